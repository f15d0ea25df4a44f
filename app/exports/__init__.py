"""Lists and calendars to take away."""
