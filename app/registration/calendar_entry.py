"""A registration as an entry of the guest's own calendar (RFC 5545; domain 3.19)."""

from datetime import datetime
from urllib.parse import urlsplit

from app.calendars import Entry, calendar_bytes
from app.i18n import _, here
from app.registration.models import Registration

ALARM_MINUTES = 180


def calendar_of(registration: Registration, *, base_url: str, sender: str, stamp: datetime, method: str) -> bytes:
    """The .ics file of one guest, in the reader's language.

    `method`: PUBLISH for a download, REQUEST for a letter. `base_url` names the host of the stable
    UID; `sender` stands in for an event without a mailbox.
    """
    event = registration.event
    entry = Entry(
        uid=f"{registration.public_id}@{urlsplit(base_url).hostname}",
        start_utc=event.starts_at,
        end_utc=event.ends_at,
        summary=here(event.title),
        sequence=registration.sequence,
        description=_description(registration, base_url),
        location=event.venue.address if event.venue else "",
        url=f"{base_url}/e/{event.slug}/" if event.is_public else "",
        organizer_name=event.organiser,
        organizer_email=event.mailbox or sender,
        attendee_name=registration.person.full_name,
        attendee_email=registration.email or sender,
        alarm_minutes=ALARM_MINUTES,
    )
    return calendar_bytes([entry], name=here(event.title), zone=event.timezone, stamp=stamp, method=method)


def _description(registration: Registration, base_url: str) -> str:
    event = registration.event
    lines = []
    if event.id_check:
        lines.append(_("Please bring an identity document: it is asked for at the entrance."))
    if event.is_public:
        lines.append(_("Programme: %(address)s", address=f"{base_url}/e/{event.slug}/programme"))
    if event.mailbox:
        lines.append(_("A question? %(mailbox)s", mailbox=event.mailbox))
    return "\n".join(lines)
