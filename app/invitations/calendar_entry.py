"""The event as an entry for the calendar of somebody invited: a date to keep, not yet an appointment."""

from datetime import datetime
from functools import lru_cache
from urllib.parse import urlsplit

from app.audit.queries import count_entries_of
from app.calendars import Entry, calendar_bytes
from app.clock import now
from app.events.models import Event
from app.extensions import settings
from app.i18n import _, here
from app.outbox.composing import Attachment

NAME = "invitation.ics"


def calendar_of(event: Event) -> Attachment:
    """The .ics file of an invitation, in the reader's language.

    METHOD:PUBLISH names no attendee and asks nothing back: the answer is given by the personal link. The identifier
    is that of the event's public calendar, so that a date that is moved moves (RFC 5545, 3.8.4.7 and 3.8.7.4).
    """
    base = settings().base_url
    entry = Entry(
        uid=f"{event.public_id}@{urlsplit(base).hostname}",
        sequence=count_entries_of(event.public_id),
        start_utc=event.starts_at,
        end_utc=event.ends_at,
        is_all_day=event.date_precision == "day",
        summary=here(event.title),
        description="\n".join(_lines(event)),
        location=event.venue.address if event.venue else "",
        url=f"{base}/e/{event.slug}/" if event.is_public else "",
        organizer_name=event.organiser,
        organizer_email=event.mailbox,
        status="CANCELLED" if event.status == "cancelled" else "TENTATIVE",
    )
    return Attachment(NAME, "text/calendar", _file(entry, event.timezone, now().replace(second=0, microsecond=0)))


def _lines(event: Event) -> list[str]:
    lines = [here(event.subtitle)] if event.subtitle else []
    if event.id_check:
        lines.append(_("Please bring an identity document: it will be asked for at the entrance."))
    if event.mailbox:
        lines.append(_("Questions: %(mailbox)s", mailbox=event.mailbox))
    return lines


@lru_cache(maxsize=64)
def _file(entry: Entry, zone: str, stamp: datetime) -> bytes:
    """The same for everybody invited: written once a minute."""
    return calendar_bytes([entry], name=entry.summary, zone=zone, stamp=stamp)
