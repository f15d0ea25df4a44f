"""Whether the list of those who come was handed to security; kept on the event so that answers need not look."""

from datetime import datetime

from app.events.models import Event


def note_list_locked(event: Event, at: datetime) -> None:
    """Say when the first list was locked. The registrations call it."""
    event.list_locked_at = at
