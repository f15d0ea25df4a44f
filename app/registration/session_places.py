"""Places in sessions: chosen, exchanged, given up, passed to the next who waits (scenario 5.13).

One write transaction: lock the event and the session, count, decide, write the place, its letter and
the journal. `lock_sessions` is looked up here so that the negative control of the race test can take
it out. Overlapping choices are refused; a full session has a queue of its own.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from app.audit.service import SYSTEM, Actor, record
from app.codes import new_public_id
from app.database import db, lock_row
from app.events.models import Event
from app.i18n import here
from app.programme.changing import lock_sessions
from app.programme.models import Session
from app.programme.overlaps import first_overlap, overlap
from app.programme.queries import list_sessions_of
from app.registration import session_queries as queries
from app.registration.models import Queue, Registration
from app.registration.session_models import SessionPlace
from app.registration.session_notices import in_one_letter, write_left, write_place
from app.registration.session_refusals import (
    ChoiceClosed,
    HasPart,
    NoExchange,
    NoFreePlace,
    NotExpected,
    NothingToChoose,
    SameHours,
    SessionCancelled,
)
from app.registration.signals import session_place_confirmed, session_place_given_up


@dataclass(frozen=True)
class Kept:
    """A place or a rank in a session, set aside for who comes instead."""

    session: Session
    rank: int | None


def choose(
    registration: Registration,
    session: Session,
    *,
    actor: Actor,
    at: datetime,
    instead_of: SessionPlace | None = None,
    by_staff: bool = False,
) -> SessionPlace:
    """Give someone a place in a session, or the next rank of its queue. Twice gives the same place.

    `instead_of`: another place of theirs, given up for this one, and only if this one is free.
    `by_staff`: the organiser may also fill a session whose choice is closed. Raises NotExpected,
    NothingToChoose, SessionCancelled, ChoiceClosed, SameHours, HasPart, NoExchange.
    """
    event = registration.event
    lock_sessions(event, session, *([instead_of.session] if instead_of else []))
    lock_row(registration)
    _check_open(session, event, at, by_staff=by_staff)
    if registration.state != "confirmed":
        raise NotExpected
    place = queries.find_place(session.id, registration.id)
    if place is not None and place.state in queries.LIVE:
        return place
    _check_hours(registration, session, event, instead_of)
    figures = queries.count_places([session])[session.id]
    if instead_of is not None and instead_of.state in queries.LIVE:
        if figures.is_full:
            raise NoExchange(wanted=here(session.title), kept=here(instead_of.session.title))
        _end(instead_of, event, actor, at)
    place = _seat(place, registration, session, actor, at, is_full=figures.is_full)
    if place.state == "waiting" and figures.free != 0:  # those before may sit elsewhere at these hours by now
        promote(session, event, at)
    return place


def give_up(place: SessionPlace, *, actor: Actor, at: datetime) -> bool:
    """Take a place or a rank back, and seat the next who waits. Whether there was one."""
    event = place.registration.event
    lock_sessions(event, place.session)
    lock_row(place)
    if place.state not in queries.LIVE:
        return False
    _end(place, event, actor, at)
    return True


def seat(place: SessionPlace, *, actor: Actor, at: datetime) -> None:
    """The organiser gives a free place to somebody of the queue, whatever their rank. Raises NoFreePlace, SameHours."""
    event, session = place.registration.event, place.session
    lock_sessions(event, session)
    lock_row(place)
    if place.state != "waiting":
        return
    if queries.count_places([session])[session.id].free == 0:
        raise NoFreePlace(title=here(session.title))
    held = queries.list_taken_hours([place.registration_id], event.id)
    clash = first_overlap(session, held.get(place.registration_id, ()))
    if clash is not None:
        raise SameHours.of(session, clash, event)
    _confirm(place, actor, at)


def promote(session: Session, event: Event, at: datetime) -> list[SessionPlace]:
    """Seat those who wait, in order of rank, as long as there are places. Returns who was seated.

    Somebody who meanwhile has a place at the same hours is passed over and keeps the rank.
    """
    lock_sessions(event, session)
    fitting = list_fitting(session, event)
    for place in fitting:
        _confirm(place, SYSTEM, at)
    return fitting


def list_fitting(session: Session, event: Event) -> list[SessionPlace]:
    """Those of the queue who would be seated now, in order of rank."""
    if session.state == "cancelled":
        return []
    free = queries.count_places([session])[session.id].free
    waiting = queries.list_queue(session) if free != 0 else []
    if not waiting:
        return []
    held = queries.list_taken_hours([place.registration_id for place in waiting], event.id)
    fitting = [place for place in waiting if first_overlap(session, held.get(place.registration_id, ())) is None]
    return fitting if free is None else fitting[:free]


def release(registration: Registration, at: datetime) -> None:
    """Who no longer comes to the event leaves its sessions too. The caller holds the event."""
    places = queries.list_places_of(registration.id)
    lock_sessions(registration.event, *(place.session for place in places))
    with in_one_letter(at):
        for place in places:
            _end(place, registration.event, SYSTEM, at)


def set_aside(registration: Registration, at: datetime) -> list[Kept]:
    """End the places and ranks of one person without seating anybody; the caller passes each on. It holds the event."""
    places = queries.list_places_of(registration.id)
    lock_sessions(registration.event, *(place.session for place in places))
    kept = [Kept(place.session, place.waiting_rank) for place in places]
    for place in places:
        if _cancel(place, SYSTEM, at):
            write_left(place, at)
    return kept


def take_over(kept: Kept, registration: Registration, *, actor: Actor, at: datetime) -> None:
    """Give one person what was set aside: the place, or the very rank. The caller holds the session."""
    place = queries.find_place(kept.session.id, registration.id) or SessionPlace(
        public_id=new_public_id(), session=kept.session, registration=registration, state="cancelled", sequence=-1,
        created_at=at,
    )  # fmt: skip
    if kept.rank is None:
        _confirm(place, actor, at)
    else:
        _wait(place, kept.rank, actor, at)


def close(place: SessionPlace, at: datetime) -> None:
    """The session does not take place: the place ends and passes to nobody. The caller holds the session."""
    _cancel(place, SYSTEM, at)
    write_left(place, at)


def _check_open(session: Session, event: Event, at: datetime, *, by_staff: bool) -> None:
    title = here(session.title)
    if session.enrolment == "none":
        raise NothingToChoose(title=title)
    if session.state == "cancelled" or event.status == "cancelled":
        raise SessionCancelled(title=title)
    has_begun = session.starts_at is not None and session.starts_at <= at
    is_open = session.enrolment == "open" and event.status in {"open", "closed"} and not has_begun
    if not (is_open or by_staff):
        raise ChoiceClosed.at(title, event)


def _check_hours(registration: Registration, session: Session, event: Event, instead_of: SessionPlace | None) -> None:
    """Nobody is in two rooms at once; a rank in a queue counts, since a place may come of it."""
    others = [place.session for place in queries.list_places_of(registration.id) if place is not instead_of]
    clash = first_overlap(session, others)
    if clash is not None:
        raise SameHours.of(session, clash, event)
    for part in list_sessions_of(event.id, registration.person_id):
        if part.state != "cancelled" and overlap(part, session):
            raise HasPart(wanted=here(session.title), part=here(part.title), name=registration.person.full_name)


def _seat(
    place: SessionPlace | None,
    registration: Registration,
    session: Session,
    actor: Actor,
    at: datetime,
    *,
    is_full: bool,
) -> SessionPlace:
    rank = _next_rank(session) if is_full else None  # before the place is pending: it asks the database
    if place is None:
        place = SessionPlace(
            public_id=new_public_id(), session=session, registration=registration, state="waiting",
            waiting_rank=rank, sequence=-1, created_at=at,
        )  # fmt: skip
    if rank is None:
        _confirm(place, actor, at)
        return place
    _wait(place, rank, actor, at)
    return place


def _wait(place: SessionPlace, rank: int, actor: Actor, at: datetime) -> None:
    place.state, place.waiting_rank = "waiting", rank
    place.sequence += 1
    place.changed_at = at
    db.session.add(place)
    db.session.flush()
    _note(place, actor, at)


def _confirm(place: SessionPlace, actor: Actor, at: datetime) -> None:
    place.state, place.waiting_rank = "confirmed", None
    place.sequence += 1
    place.changed_at = at
    db.session.add(place)
    db.session.flush()
    write_place(place, at)
    _note(place, actor, at)
    session_place_confirmed.send(place, at=at)


def _end(place: SessionPlace, event: Event, actor: Actor, at: datetime) -> None:
    """Cancel a place or a rank; a place passes to the next. The caller holds event and session."""
    was_seat = _cancel(place, actor, at)
    if was_seat:
        write_left(place, at)
        promote(place.session, event, at)


def _cancel(place: SessionPlace, actor: Actor, at: datetime) -> bool:
    """Whether a seat was given up, rather than a rank."""
    was_seat = place.state == "confirmed"
    place.state, place.waiting_rank = "cancelled", None
    place.sequence += 1
    place.changed_at = at
    db.session.flush()
    _note(place, actor, at)
    if was_seat:
        session_place_given_up.send(place, at=at)
    return was_seat


def _next_rank(session: Session) -> int:
    """Ranks of a session only grow. The caller holds the session."""
    raised = update(Queue).where(Queue.session_id == session.id).values(last_rank=Queue.last_rank + 1)
    rank = db.session.scalar(raised.returning(Queue.last_rank).execution_options(synchronize_session=False))
    if rank is None:
        db.session.add(Queue(event_id=session.event_id, session_id=session.id, last_rank=1))
    return rank or 1


def _note(place: SessionPlace, actor: Actor, at: datetime) -> None:
    """In the journal of the registration: the session is what it is about, the person whom it concerns."""
    registration = place.registration
    record(
        actor,
        f"session_place.{place.state}",
        kind="registration",
        id=registration.public_id,
        name=here(place.session.title),
        topic=registration.event.public_id,
        at=at,
        after={"person": registration.person.full_name, "rank": place.waiting_rank},
    )
