"""Whom we asked, in which quality, by which channel, and what they said."""
