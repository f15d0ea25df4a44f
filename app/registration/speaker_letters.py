"""Whoever has a part in a session is told when it moves or does not take place (signals of the programme)."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import render_template

from app.calendars import calendar_bytes
from app.clock import now
from app.database import db
from app.directory.models import Person
from app.directory.queries import get_person
from app.errors import NotFound
from app.events.models import Event
from app.events.phases import is_over
from app.extensions import settings
from app.i18n import _, here, in_language
from app.outbox import service as outbox
from app.outbox.composing import Letter
from app.outbox.models import Message
from app.programme.appointments import session_entry
from app.programme.models import Session
from app.programme.queries import find_session
from app.programme.words import session_when
from app.registration.models import Registration
from app.registration.queries import find_registration_of
from app.registration.session_following import TOLD
from app.registration.session_letters import words_before
from app.registration.session_notices import told_before

KIND = "session_part"


def tell_of_change(session: Session, *, event: Event, before: dict[str, Any], at: datetime) -> None:
    """Another hour or room: a letter to each who has a part, with the session for the calendar (METHOD:REQUEST)."""
    if before.keys() & TOLD and session.state != "cancelled":
        _write(session, event, at, before=told_before(before))


def tell_of_cancellation(session: Session, *, event: Event, at: datetime) -> None:
    """The session does not take place: a letter to each who has a part (METHOD:CANCEL)."""
    _write(session, event, at)


def compose_part(message: Message) -> Letter:
    """The session as it is when the letter leaves, under the identifier of its public calendar. Raises NotFound."""
    session = find_session(message.context["session"])
    person = get_person(message.context["person"])
    event = db.session.get(Event, session.event_id) if session else None
    if session is None or event is None:
        raise NotFound
    with in_language(message.language):
        return _letter(session, event, person, message)


def _write(session: Session, event: Event, at: datetime, **context: Any) -> None:
    """Nothing before the event is open, nor once it is over: a programme that is being written tells nobody."""
    if event.status not in {"open", "closed"} or is_over(event, at):
        return
    for person in {role.person_id: role.person for role in session.roles}.values():
        recipient = _address(event, person)
        if recipient:
            outbox.write(
                cause=f"{KIND}:{session.public_id}:{session.sequence}:{person.public_id}", kind=KIND,
                topic=event.public_id, subject_id=session.public_id, recipient=recipient,
                recipient_name=person.full_name, language=person.language, at=at,
                context={"session": session.public_id, "person": person.public_id, **context},
            )  # fmt: skip


def _address(event: Event, person: Person) -> str:
    """Where they are written to about this event; else the directory's address."""
    own: Registration | None = find_registration_of(event.id, person.id)
    return (own.email if own else "") or person.email


def _letter(session: Session, event: Event, person: Person, message: Message) -> Letter:
    holds = "cancelled" not in (session.state, event.status)
    values = {
        "event": event, "session": session, "person": person, "holds": holds, "when": session_when(session, event),
        "before": words_before(message, event),
    }  # fmt: skip
    method, sender = ("REQUEST" if holds else "CANCEL"), settings().mail_from
    entry = replace(
        session_entry(session, event, settings().base_url), organizer_email=event.mailbox or sender,
        attendee_name=person.full_name, attendee_email=message.recipient,
    )  # fmt: skip
    title = here(session.title)
    return Letter(
        subject=_("Changed: %(title)s", title=title) if holds else _("Does not take place: %(title)s", title=title),
        text=render_template("mail/session_part.txt", **values),
        html=render_template("mail/session_part.html", **values),
        calendar=calendar_bytes([entry], name=here(event.title), zone=event.timezone, stamp=now(), method=method),
        calendar_method=method,
        reply_to=event.mailbox,
    )
