"""An event in the calendar of somebody invited: a date to keep, not yet an appointment."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from app.calendars import Entry, calendar_bytes
from app.clock import now
from app.codes import derived_public_id
from app.events.appointments import entry_of, host_of
from app.extensions import settings
from app.i18n import here
from app.invitations.models import Invitation
from app.outbox.composing import Attachment

NAME = "invitation.ics"
# Stands for what differs from one guest to the next, as long as it, so that lines are folded at the same places.
_SOMEBODY = "0" * 16


def registration_id_of(invitation: Invitation) -> str:
    """The public id of the registration that is opened on this invitation.

    Known before there is one: the date to keep and the place confirmed are then one entry of the calendar, under
    one identifier (RFC 5545, 3.8.4.7).
    """
    return derived_public_id("registration", invitation.public_id)


def calendar_of(invitation: Invitation) -> Attachment:
    """The .ics file of an invitation, in the reader's language.

    METHOD:PUBLISH names no attendee and asks nothing back: the answer is given by the personal link.
    """
    draft = _file(_entry(invitation), invitation.event.timezone, _stamp())
    data = draft.replace(_SOMEBODY.encode(), registration_id_of(invitation).encode())
    return Attachment(NAME, "text/calendar", data)


def calendar_of_all(invitations: Sequence[Invitation]) -> Attachment:
    """The .ics file of a mail to several invitees of one event: an entry each, with the name of whom it is for."""
    event, entries = invitations[0].event, []
    for one in invitations:
        entry = _entry(one)
        uid = entry.uid.replace(_SOMEBODY, registration_id_of(one))
        entries.append(replace(entry, uid=uid, summary=f"{entry.summary} – {one.person.full_name}"))
    data = calendar_bytes(entries, name=here(event.title), zone=event.timezone, stamp=_stamp())
    return Attachment(NAME, "text/calendar", data)


def _entry(invitation: Invitation) -> Entry:
    base, event = settings().base_url, invitation.event
    status = "CANCELLED" if event.status == "cancelled" else "TENTATIVE"
    return entry_of(event, base, uid=f"{_SOMEBODY}@{host_of(base)}", status=status)


def _stamp() -> datetime:
    return now().replace(second=0, microsecond=0)


@lru_cache(maxsize=64)
def _file(entry: Entry, zone: str, stamp: datetime) -> bytes:
    """The same for everybody invited but the identifier: written once a minute."""
    return calendar_bytes([entry], name=entry.summary, zone=zone, stamp=stamp)
