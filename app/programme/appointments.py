"""A session as an entry of calendars."""

from app.calendars import Entry
from app.events.appointments import host_of
from app.events.models import Event
from app.i18n import here
from app.programme.models import Session


def session_entry(session: Session, event: Event, base_url: str) -> Entry:
    """A session as an entry of a public calendar, under its own identifier."""
    place = (session.room, event.venue.address if event.venue else "")
    is_off = "cancelled" in {event.status, session.state}
    return Entry(
        uid=f"{session.public_id}@{host_of(base_url)}",
        sequence=session.sequence + event.calendar_sequence,
        start_utc=session.starts_at or event.starts_at,
        end_utc=session.ends_at,
        summary=here(session.title),
        description=here(session.abstract),
        location=", ".join(part for part in place if part),
        url=f"{base_url}/e/{event.slug}/programme" if event.is_public else "",
        organizer_name=event.organiser,
        organizer_email=event.mailbox,
        status="CANCELLED" if is_off else "CONFIRMED",
    )
