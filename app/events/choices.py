"""Whether guests of an event have sessions to choose; kept on the event so that others need not look."""

from app.events.models import Event


def note_session_choices(event: Event, *, has_any: bool) -> None:
    """Say whether any session of the event has places to choose. The programme calls it."""
    event.has_session_choices = has_any
