"""A registration as an entry of the guest's own calendar (RFC 5545, 5546; domain 3.19)."""

from datetime import datetime

from app.calendars import Entry, calendar_bytes
from app.events.appointments import ALARM_MINUTES, entry_of, host_of
from app.i18n import here
from app.registration.models import Registration


def calendar_of(registration: Registration, *, base_url: str, sender: str, stamp: datetime, method: str) -> bytes:
    """The .ics file of one guest, in the reader's language.

    `method`: PUBLISH for a download, REQUEST or CANCEL for a letter. `base_url` names the host of the
    stable UID; `sender` stands in for an event without a mailbox.
    """
    event = registration.event
    entry = entry_for(registration, base_url=base_url, sender=sender)
    return calendar_bytes([entry], name=here(event.title), zone=event.timezone, stamp=stamp, method=method)


def entry_for(registration: Registration, *, base_url: str, sender: str) -> Entry:
    """The event as this guest's appointment: CONFIRMED while there is a place, else CANCELLED.

    SEQUENCE grows with each change of the place and of the event, for both only ever grow.
    """
    event = registration.event
    is_off = event.status == "cancelled" or registration.state != "confirmed"
    return entry_of(
        event,
        base_url,
        uid=f"{registration.public_id}@{host_of(base_url)}",
        sequence=registration.sequence + event.calendar_sequence,
        organizer_email=event.mailbox or sender,
        attendee_name=registration.person.full_name,
        attendee_email=registration.email or sender,
        status="CANCELLED" if is_off else "CONFIRMED",
        alarm_minutes=ALARM_MINUTES,
    )
