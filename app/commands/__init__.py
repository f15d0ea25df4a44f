"""Commands of `parvis`, by subject."""
