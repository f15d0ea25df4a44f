"""Letters about places in sessions, each with the session for the calendar (RFC 5546, 3.2.2 and 3.2.5)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from flask import render_template

from app.calendars import Entry, calendar_bytes
from app.clock import now
from app.errors import NotFound
from app.events.words import instant
from app.extensions import settings
from app.i18n import _, here, in_language
from app.invitations.service import link_token
from app.outbox.composing import Attachment, Letter
from app.outbox.models import Message
from app.programme.words import hours, session_when
from app.registration.models import Registration
from app.registration.session_models import SessionPlace
from app.registration.session_queries import find_place_at

ALARM_MINUTES = 15


def compose_place(message: Message) -> Letter:
    """The place is theirs; the session goes into the calendar. What holds when it leaves is what it says."""
    return _compose(message)


def compose_changed(message: Message) -> Letter:
    """The session has another hour or room; the calendar follows."""
    return _compose(message)


def compose_left(message: Message) -> Letter:
    """The place is no longer theirs, or the session does not take place; the calendar forgets it."""
    return _compose(message)


def compose_several(message: Message) -> Letter:
    """Everything that changed at once in the sessions of one person, with all of it as one calendar.

    METHOD:PUBLISH in a file to open: a REQUEST speaks of one UID only (RFC 5546, 3.2.2; decision 0023).
    Raises NotFound.
    """
    found = [find_place_at(public_id) for public_id in message.context["places"]]
    places = [place for place in found if place is not None]
    if not places:
        raise NotFound
    with in_language(message.language):
        return _summary(places)


def _summary(places: Sequence[SessionPlace]) -> Letter:
    registration = places[0].registration
    event = registration.event
    lines = [(place, session_when(place.session, event), hours(place.session, event)) for place in places]
    values: dict[str, Any] = {
        "event": event,
        "person": registration.person,
        "held": [line for line in lines if _holds(line[0])],
        "left": [line for line in lines if not _holds(line[0])],
        "link": _link(registration),
    }
    entries = [entry_of(place, base_url=settings().base_url, sender=settings().mail_from) for place in places]
    data = calendar_bytes(entries, name=here(event.title), zone=event.timezone, stamp=now())
    return Letter(
        subject=_("Your sessions: %(title)s", title=here(event.title)),
        text=render_template("mail/session_places.txt", **values),
        html=render_template("mail/session_places.html", **values),
        attachments=(Attachment("sessions.ics", "text/calendar", data),),
        reply_to=event.mailbox,
    )


def entry_of(place: SessionPlace, *, base_url: str, sender: str) -> Entry:
    """The session in the calendar of one person: its UID is that of the place, for good."""
    session, registration = place.session, place.registration
    event = registration.event
    return Entry(
        uid=f"{place.public_id}@{urlsplit(base_url).hostname}",
        sequence=place.sequence + event.calendar_sequence,
        start_utc=session.starts_at or event.starts_at,
        end_utc=session.ends_at,
        summary=here(session.title),
        description=here(event.title),
        location=", ".join(part for part in (session.room, event.venue.address if event.venue else "") if part),
        url=f"{base_url}/e/{event.slug}/programme" if event.is_public else "",
        organizer_name=event.organiser,
        organizer_email=event.mailbox or sender,
        attendee_name=registration.person.full_name,
        attendee_email=registration.email or sender,
        status="CONFIRMED" if place.state == "confirmed" and event.status != "cancelled" else "CANCELLED",
        alarm_minutes=ALARM_MINUTES if place.state == "confirmed" else None,
    )


def _holds(place: SessionPlace) -> bool:
    """Whether there is a place to go to: nobody goes to what does not take place."""
    is_held = "cancelled" not in (place.session.state, place.registration.event.status)
    return place.state == "confirmed" and is_held


def _compose(message: Message) -> Letter:
    place = find_place_at(message.context["place"])
    if place is None:
        raise NotFound
    with in_language(message.language):
        return _letter(place, message)


def _letter(place: SessionPlace, message: Message) -> Letter:
    session, event = place.session, place.registration.event
    holds = _holds(place)
    values: dict[str, Any] = {
        "event": event,
        "session": session,
        "when": session_when(session, event),
        "hours": hours(session, event),
        "person": place.registration.person,
        "holds": holds,
        "is_cancelled": session.state == "cancelled",
        "before": words_before(message, event),
        "link": _link(place.registration),
    }
    method = "REQUEST" if holds else "CANCEL"
    entry = entry_of(place, base_url=settings().base_url, sender=settings().mail_from)
    return Letter(
        subject=_subject(place, is_change=bool(values["before"])),
        text=render_template("mail/session_place.txt", **values),
        html=render_template("mail/session_place.html", **values),
        calendar=calendar_bytes([entry], name=here(event.title), zone=event.timezone, stamp=now(), method=method),
        calendar_method=method,
        reply_to=event.mailbox,
    )


def _subject(place: SessionPlace, *, is_change: bool) -> str:
    title = here(place.session.title)
    if "cancelled" in (place.session.state, place.registration.event.status):
        return _("Does not take place: %(title)s", title=title)
    if not _holds(place):
        return _("You no longer have a place: %(title)s", title=title)
    return _("Changed: %(title)s", title=title) if is_change else _("You have a place: %(title)s", title=title)


def words_before(message: Message, event: Any) -> dict[str, str]:
    """What the letter says was otherwise, in words: when, room."""
    told = message.context.get("before", {})
    words = {}
    if told.get("room"):
        words["room"] = told["room"]
    if told.get("starts_at"):
        words["when"] = instant(datetime.fromisoformat(told["starts_at"]), event)
    return words


def _link(registration: Registration) -> str:
    """The personal link, for someone invited; others write to the organiser."""
    if registration.invitation is None:
        return ""
    return f"{settings().base_url}/i/{link_token(registration.invitation, settings().secret_key)}"
