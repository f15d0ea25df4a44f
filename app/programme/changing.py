"""What befalls a session on which people count: rooms exchanged, cancelled, back in the programme."""

from datetime import datetime
from typing import Any

from app.audit.service import Actor, record
from app.database import lock_row, lock_rows
from app.errors import Refusal
from app.events.choices import note_session_choices
from app.events.models import Event
from app.i18n import lazy
from app.programme.models import Session
from app.programme.queries import count_choices
from app.programme.signals import session_cancelled, session_changed


class SameRoom(Refusal):
    """Two rooms are exchanged when there are two."""

    message = lazy("Both sessions are in the same room: there is nothing to exchange.")


class RoomMissing(Refusal):
    """A room nobody has named cannot be exchanged."""

    message = lazy("Please give both sessions a room first.")


def lock_sessions(event: Event, *sessions: Session) -> None:
    """Lock the event, then its sessions in sorted order, until the commit; they are read again.

    Everyone who changes a session, or who comes to it, passes here: the event first, so that nobody
    holds a session while waiting for the event. Raises Busy after the bounded wait.
    """
    lock_row(event)
    lock_rows(Session, sorted({session.id for session in sessions}))


def exchange_rooms(one: Session, other: Session, *, event: Event, actor: Actor, at: datetime) -> None:
    """Each session goes to the room of the other. Raises RoomMissing, SameRoom."""
    lock_sessions(event, one, other)
    if not (one.room and other.room):
        raise RoomMissing
    if one.room == other.room:
        raise SameRoom
    rooms = one.room, other.room
    one.room, other.room = other.room, one.room
    for session, room in zip((one, other), rooms, strict=True):
        note("session.room_exchanged", session, event, actor, at, before={"room": room}, after={"room": session.room})
        session_changed.send(session, event=event, before={"room": room}, at=at)


def cancel_session(session: Session, *, event: Event, actor: Actor, at: datetime) -> bool:
    """The session does not take place: it stays in the programme, marked so. Whether that is news."""
    lock_sessions(event, session)
    if session.state == "cancelled":
        return False
    session.state = "cancelled"
    note("session.cancelled", session, event, actor, at, after={"state": "cancelled"})
    session_cancelled.send(session, event=event, at=at)
    return True


def put_back(session: Session, *, event: Event, actor: Actor, at: datetime) -> bool:
    """A cancelled session takes place after all; who had a place chooses again. Whether that is news."""
    lock_sessions(event, session)
    if session.state == "planned":
        return False
    session.state = "planned"
    note("session.put_back", session, event, actor, at, after={"state": "planned"})
    return True


def keep_choices(event: Event) -> None:
    """Note on the event whether a session of it has places to choose; after any change of sessions."""
    has_any = count_choices(event.id) > 0
    if event.has_session_choices != has_any:
        note_session_choices(event, has_any=has_any)


def note(action: str, session: Session, event: Event, actor: Actor, at: datetime, **states: Any) -> None:
    """What happened to a session, in the journal (`states`: before and after); calendars learn that it changed."""
    name = session.title.fr or session.title.en
    if action != "session.added":
        session.sequence += 1
    record(actor, action, kind="session", id=session.public_id, name=name, topic=event.public_id, at=at, **states)
