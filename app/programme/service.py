"""Rules of the programme: order, hours, and nobody in two rooms at once."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from app.audit.service import Actor
from app.columns import Bilingual
from app.database import db
from app.directory.mandates import snapshot_qualities
from app.directory.models import Person
from app.errors import Refusal
from app.events.models import Event
from app.i18n import lazy
from app.programme import queries
from app.programme.changing import keep_choices, lock_sessions, note
from app.programme.models import ENROLMENTS, ROLES, SESSION_KINDS, Session, SessionRole
from app.programme.signals import session_changed, session_removed
from app.text import nfc

Ordered = TypeVar("Ordered", Session, SessionRole)
# A session without an end still takes the minute it begins in.
SHORTEST = timedelta(minutes=1)


class TitleMissing(Refusal):
    """A programme is read by its titles."""

    message = lazy("Please give the session a title, in French or in English.")


class EndBeforeStart(Refusal):
    """A session ends after it begins."""

    message = lazy("The session would end before it begins. Please check both hours.")


class HourMissing(Refusal):
    """An end without a beginning says nothing."""

    message = lazy("Please say when the session begins, or leave its end empty.")


class HourNeeded(Refusal):
    """Only hours tell which sessions overlap."""

    message = lazy("Guests can choose a place once the session has a day, a beginning and an end.")


class PersonTwiceAtOnce(Refusal):
    """Nobody can be in two sessions at the same time."""

    message = lazy(
        "%(name)s already takes part in “%(title)s” at that time. Please change the hour of one of"
        " the two sessions, or ask someone else."
    )


class AlreadyInSession(Refusal):
    """A person has one role in a session."""

    message = lazy("%(name)s already has a role in this session. Please change that role instead.")


@dataclass(frozen=True)
class Details:
    """What is said of a session; instants are aware, None while nobody has decided."""

    kind: str
    title: Bilingual
    abstract: Bilingual = Bilingual()
    number: int | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    room: str = ""
    # Whether guests choose a place (app.programme.models.ENROLMENTS), and how many there are; None: not limited.
    enrolment: str = "none"
    capacity: int | None = None

    def checked(self) -> "Details":
        """The same, cleaned. Raises TitleMissing, HourMissing, EndBeforeStart, HourNeeded."""
        if self.kind not in SESSION_KINDS or self.enrolment not in ENROLMENTS:
            raise ValueError(self.kind, self.enrolment)
        if not self.title:
            raise TitleMissing
        if self.ends_at and not self.starts_at:
            raise HourMissing
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise EndBeforeStart
        if self.enrolment != "none" and not (self.starts_at and self.ends_at):
            raise HourNeeded
        return replace(self, room=nfc(self.room).strip())


def add_session(event: Event, details: Details, *, actor: Actor, at: datetime) -> Session:
    """Put a session at the end of the programme. Raises as `Details.checked`."""
    values = _columns(details.checked())
    session = Session(event_id=event.id, position=queries.last_position(event) + 1, roles=[], **values)
    db.session.add(session)
    db.session.flush()
    keep_choices(event)
    note("session.added", session, event, actor, at, after=_told(session))
    return session


def edit_session(session: Session, details: Details, *, event: Event, actor: Actor, at: datetime) -> None:
    """Change a session. Raises as `Details.checked`, and PersonTwiceAtOnce for those who are in it."""
    details = details.checked()
    lock_sessions(event, session)
    for one in session.roles:
        _check_free(one.person, session, details.starts_at, details.ends_at)
    before, were = _told(session), {}
    for name, value in _columns(details).items():
        if getattr(session, name) != value:
            were[name] = getattr(session, name)
            setattr(session, name, value)
    db.session.flush()
    keep_choices(event)
    note("session.changed", session, event, actor, at, before=before, after=_told(session))
    session_changed.send(session, event=event, before=were, at=at)


def move_session(session: Session, step: int, *, event: Event, actor: Actor, at: datetime) -> bool:
    """Exchange a session with the one before (`step` -1) or after (+1).

    Hours decide before hand: sessions of different hours are not exchanged. Whether it moved.
    """
    sessions = queries.list_headlines(event)
    for position, one in enumerate(sessions, start=1):
        one.position = position
    moved = _exchange(sessions, session, step, same=lambda one: one.starts_at == session.starts_at)
    if moved:
        note("session.moved", session, event, actor, at, after={"position": session.position})
    return moved


def remove_session(session: Session, *, event: Event, actor: Actor, at: datetime) -> None:
    """Take a session and its roles out of the programme; minutes keep what they copied."""
    lock_sessions(event, session)
    session_removed.send(session, event=event, at=at)
    note("session.removed", session, event, actor, at, before=_told(session))
    db.session.delete(session)
    db.session.flush()
    keep_choices(event)


def add_role(
    session: Session,
    person: Person,
    role: str,
    *,
    qualities: Sequence[str] | None = None,
    event: Event,
    actor: Actor,
    at: datetime,
) -> SessionRole:
    """Give a person a role, last in the order, with a snapshot of `qualities` in their order.

    None copies the mandates held on the day `at`, in the person's order. Raises AlreadyInSession, PersonTwiceAtOnce.
    """
    if any(one.person_id == person.id for one in session.roles):
        raise AlreadyInSession(name=person.full_name)
    _check_free(person, session, session.starts_at, session.ends_at)
    titles = snapshot_qualities(person, at.date()) if qualities is None else qualities
    one = SessionRole(
        person=person,
        role=_known_role(role),
        position=max((other.position for other in session.roles), default=0) + 1,
        qualities=clean_qualities(titles),
    )
    session.roles.append(one)
    db.session.flush()
    note(
        "role.added",
        session,
        event,
        actor,
        at,
        after={"person": person.full_name, "role": role, "qualities": list(one.qualities)},
    )
    return one


def edit_role(
    one: SessionRole, role: str, qualities: Sequence[str], *, event: Event, actor: Actor, at: datetime
) -> None:
    """Change a role and the qualities printed with it."""
    before = {"role": one.role, "qualities": list(one.qualities)}
    one.role, one.qualities = _known_role(role), clean_qualities(qualities)
    note(
        "role.changed",
        one.session,
        event,
        actor,
        at,
        before={"person": one.person.full_name, **before},
        after={"role": one.role, "qualities": list(one.qualities)},
    )


def move_role(one: SessionRole, step: int, *, event: Event, actor: Actor, at: datetime) -> bool:
    """Exchange a person with the one before or after in the order of the session. Whether it moved."""
    people = sorted(one.session.roles, key=lambda other: other.position)
    for position, other in enumerate(people, start=1):
        other.position = position
    moved = _exchange(people, one, step)
    if moved:
        note(
            "role.moved",
            one.session,
            event,
            actor,
            at,
            after={"person": one.person.full_name, "position": one.position},
        )
    return moved


def remove_role(one: SessionRole, *, event: Event, actor: Actor, at: datetime) -> None:
    """Take a person out of a session."""
    session = one.session
    note("role.removed", session, event, actor, at, before={"person": one.person.full_name, "role": one.role})
    session.roles.remove(one)


def clean_qualities(lines: Sequence[str]) -> tuple[str, ...]:
    """Qualities in NFC and trimmed, in their order, empty ones left out."""
    return tuple(text for line in lines if (text := nfc(line).strip()))


def _known_role(role: str) -> str:
    if role not in ROLES:
        raise ValueError(role)
    return role


def _check_free(person: Person, session: Session, starts_at: datetime | None, ends_at: datetime | None) -> None:
    """Raises PersonTwiceAtOnce when another session of the event holds the person at that time."""
    if starts_at is None:
        return
    until = ends_at or starts_at + SHORTEST
    for other in queries.list_sessions_of(session.event_id, person.id):
        if other.id == session.id or other.starts_at is None:
            continue
        if other.starts_at < until and starts_at < (other.ends_at or other.starts_at + SHORTEST):
            raise PersonTwiceAtOnce(name=person.full_name, title=other.title.fr or other.title.en)


def _exchange(ordered: list[Ordered], one: Ordered, step: int, same: Any = None) -> bool:
    place = next(n for n, other in enumerate(ordered) if other is one)
    target = place + step
    if not 0 <= target < len(ordered) or (same and not same(ordered[target])):
        return False
    other = ordered[target]
    one.position, other.position = other.position, one.position
    return True


def _columns(details: Details) -> dict[str, Any]:
    return {**asdict(details), "title": details.title, "abstract": details.abstract}


def _told(session: Session) -> dict[str, Any]:
    """A session's facts for the journal."""
    return {
        "title": session.title.fr or session.title.en,
        "kind": session.kind,
        "starts_at": session.starts_at.isoformat() if session.starts_at else None,
        "ends_at": session.ends_at.isoformat() if session.ends_at else None,
        "room": session.room,
        "enrolment": session.enrolment,
        "capacity": session.capacity,
    }
