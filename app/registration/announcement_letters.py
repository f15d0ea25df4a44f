"""The letters about an event that moved or does not take place, and about a place given up, with their calendars."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import render_template

from app import when
from app.calendars import calendar_bytes
from app.clock import now
from app.errors import NotFound
from app.events.models import Event
from app.events.words import event_when
from app.extensions import settings
from app.i18n import _, here, in_language, language
from app.invitations import delegations
from app.invitations.calendar_entry import calendar_of as date_to_keep
from app.invitations.delegation import Delegation
from app.invitations.delegation_queries import find_delegation
from app.invitations.models import Invitation
from app.invitations.queries import find_invitation
from app.invitations.service import link_token
from app.outbox.composing import Attachment, Letter
from app.outbox.models import Message
from app.registration.announcement_models import Announcement
from app.registration.announcement_queries import find_announcement
from app.registration.calendar_entry import calendar_of
from app.registration.models import Registration
from app.registration.queries import find_registration
from app.registration.session_letters import entry_of
from app.registration.session_models import SessionPlace
from app.registration.session_queries import list_places_of
from app.text import file_name

Reader = Registration | Invitation | Delegation


def compose_moved(message: Message) -> Letter:
    """Another day, hour or place: what it was, what it is, and the calendar that follows. Raises NotFound."""
    return _compose(message, "event_moved")


def compose_cancelled(message: Message) -> Letter:
    """The event does not take place, and the calendar forgets it. Raises NotFound."""
    return _compose(message, "event_cancelled")


def write_given_up(registration: Registration, language: str) -> Letter:
    """A place is given up: the calendar forgets it (RFC 5546, 3.2.5)."""
    event = registration.event
    with in_language(language):
        values = {"event": event, "person": registration.person, "link": _link(registration), "when": event_when(event)}
        return Letter(
            subject=_("Your place is given up: %(title)s", title=here(event.title)),
            text=render_template("mail/cancellation.txt", **values),
            html=render_template("mail/cancellation.html", **values),
            calendar=_appointment(registration, "CANCEL"),
            calendar_method="CANCEL",
            reply_to=event.mailbox,
        )


def _compose(message: Message, kind: str) -> Letter:
    announcement = find_announcement(message.context["announcement"])
    reader = _FINDERS[message.context["reader"]](message.subject_id)
    if announcement is None or reader is None:
        raise NotFound
    event = announcement.event
    with in_language(message.language):
        before = before_in_words(announcement.before, event)
        values: dict[str, Any] = {
            "event": event,
            "name": message.recipient_name,
            "reason": _reason(announcement),
            "before": before,
            "when": event_when(event),
            "where": event.venue.address if event.venue else "",
            "has_place": _has_place(reader),
            "members": [member.full_name for member in reader.members] if isinstance(reader, Delegation) else [],
            "link": _link(reader),
        }
        return Letter(
            subject=_subject(kind, event, before, values),
            text=render_template(f"mail/{kind}.txt", **values),
            html=render_template(f"mail/{kind}.html", **values),
            reply_to=event.mailbox,
            **_calendar(kind, reader),
        )


def _reason(announcement: Announcement) -> str:
    """What the organiser adds, in the reader's language where it was written in both."""
    notice = announcement.event.notice
    return here(notice) if announcement.reason in {notice.fr, notice.en} else announcement.reason


def _calendar(kind: str, reader: Reader) -> dict[str, Any]:
    """What goes into the calendar of a reader: nothing for a rank in a queue or a contact.

    Whoever was asked and has not answered holds a date to keep, published under its identifier again.
    """
    if isinstance(reader, Registration) and reader.state == "confirmed":
        if kind == "event_moved":
            return {"calendar": _appointment(reader, "REQUEST"), "calendar_method": "REQUEST"}
        sessions = tuple(_forgotten(place) for place in list_places_of(reader.id) if place.state == "confirmed")
        return {"calendar": _appointment(reader, "CANCEL"), "calendar_method": "CANCEL", "attachments": sessions}
    if isinstance(reader, Invitation):
        return {"attachments": (date_to_keep(reader),)}
    return {}


def _appointment(registration: Registration, method: str) -> bytes:
    base, sender = settings().base_url, settings().mail_from
    return calendar_of(registration, base_url=base, sender=sender, stamp=now(), method=method)


def _forgotten(place: SessionPlace) -> Attachment:
    """A session chosen, for the calendar to forget: one file each, for a message names one thing (RFC 5546, 3.2.5)."""
    event = place.registration.event
    entry = entry_of(place, base_url=settings().base_url, sender=settings().mail_from)
    data = calendar_bytes([entry], name=entry.summary, zone=event.timezone, stamp=now(), method="CANCEL")
    return Attachment(file_name(entry.summary, "ics"), "text/calendar", data)


def _has_place(reader: Reader) -> bool:
    return isinstance(reader, Registration) and reader.state == "confirmed"


def _subject(kind: str, event: Event, before: dict[str, str], values: dict[str, Any]) -> str:
    title = here(event.title)
    if kind == "event_cancelled":
        return _("Cancelled: %(title)s", title=title)
    if before["when"] != values["when"]:
        return _("New date: %(title)s", title=title)
    return _("New place: %(title)s", title=title)


def before_in_words(told: dict[str, Any], event: Event) -> dict[str, str]:
    """When and where it was to be, as letters said until now."""
    start = datetime.fromisoformat(told["starts_at"])
    end = datetime.fromisoformat(told["ends_at"]) if told["ends_at"] else None
    zone = ZoneInfo(event.timezone)
    words = when.range_words(start, end, zone, language(), told["date_precision"])
    return {"when": words, "where": told["address"]}


def _link(reader: Reader) -> str:
    """The personal link of an invitee or of a contact; empty for somebody without one."""
    base, secret = settings().base_url, settings().secret_key
    if isinstance(reader, Delegation):
        return f"{base}/d/{delegations.link_token(reader, secret)}"
    invitation = reader.invitation if isinstance(reader, Registration) else reader
    return f"{base}/i/{link_token(invitation, secret)}" if invitation else ""


_FINDERS = {"registration": find_registration, "invitation": find_invitation, "delegation": find_delegation}
