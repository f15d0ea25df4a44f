"""The state of an event on one page."""
