"""Reading who comes to which session."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from app.database import db
from app.directory.models import Person
from app.errors import NotFound
from app.events.models import Event
from app.invitations.models import Invitation
from app.programme.models import Session
from app.programme.overlaps import overlap
from app.registration.models import Registration
from app.registration.queries import select_registrations
from app.registration.session_models import SessionPlace

LIVE = ("confirmed", "waiting")


@dataclass(frozen=True)
class Figures:
    """How many come to a session and how many wait, beside its places (None: not limited)."""

    capacity: int | None = None
    confirmed: int = 0
    waiting: int = 0

    @property
    def free(self) -> int | None:
        """Places nobody has; None when there is no limit."""
        return None if self.capacity is None else max(0, self.capacity - self.confirmed)

    @property
    def too_many(self) -> int:
        """How many more come than there are places, after the places became fewer."""
        return 0 if self.capacity is None else max(0, self.confirmed - self.capacity)

    @property
    def is_full(self) -> bool:
        """Whether somebody who asks now would wait: nobody passes those who wait already."""
        return self.free == 0 or (self.capacity is not None and self.waiting > 0)


def count_places(sessions: Iterable[Session]) -> dict[int, Figures]:
    """Figures by session id, for all of them in one query. Ask after the lock when a place depends on it."""
    listed = list(sessions)
    wanted = (
        select(SessionPlace.session_id, SessionPlace.state, func.count())
        .where(SessionPlace.session_id.in_([one.id for one in listed]), SessionPlace.state.in_(LIVE))
        .group_by(SessionPlace.session_id, SessionPlace.state)
    )
    counted: dict[int, dict[str, int]] = defaultdict(dict)
    for session, state, number in db.session.execute(wanted):
        counted[session][state] = number
    return {one.id: Figures(one.capacity, **counted[one.id]) for one in listed}


def find_place(session_id: int, registration_id: int) -> SessionPlace | None:
    """The place of someone in a session, whatever its state."""
    return db.session.scalar(
        select(SessionPlace).where(
            SessionPlace.session_id == session_id, SessionPlace.registration_id == registration_id
        )
    )


def find_place_at(public_id: str) -> SessionPlace | None:
    """The place a letter speaks of, with its session, registration and person."""
    wanted = select(SessionPlace).where(SessionPlace.public_id == public_id)
    registration = joinedload(SessionPlace.registration)
    loaded = (registration.joinedload(Registration.person), registration.joinedload(Registration.event))
    return db.session.scalar(wanted.options(joinedload(SessionPlace.session), *loaded))


def get_place(session: Session, public_id: str) -> SessionPlace:
    """A place of the session. Raises NotFound."""
    found = find_place_at(public_id)
    if found is None or found.session_id != session.id:
        raise NotFound
    return found


def is_holder(registration_id: int, session_id: int) -> bool:
    """Whether someone has a place (not a rank) in a session."""
    found = find_place(session_id, registration_id)
    return found is not None and found.state == "confirmed"


def list_places_of(registration_id: int) -> list[SessionPlace]:
    """Places and ranks of one person, in the order of the programme, with their sessions."""
    wanted = (
        select(SessionPlace)
        .join(SessionPlace.session)
        .where(SessionPlace.registration_id == registration_id, SessionPlace.state.in_(LIVE))
        .options(contains_eager(SessionPlace.session))
        .order_by(Session.starts_at, Session.position, Session.id)
    )
    return list(db.session.scalars(wanted))


def list_holders(session: Session) -> list[SessionPlace]:
    """Who has a place in the session, by name."""
    return _listed(session, "confirmed", (Person.folded_family, Person.folded_given, SessionPlace.id))


def list_queue(session: Session) -> list[SessionPlace]:
    """Who waits for a place in the session, first rank first."""
    return _listed(session, "waiting", (SessionPlace.waiting_rank,))


def _listed(session: Session, state: str, order: Sequence[object]) -> list[SessionPlace]:
    wanted = (
        select(SessionPlace)
        .join(SessionPlace.registration)
        .join(Registration.person)
        .where(SessionPlace.session_id == session.id, SessionPlace.state == state)
        .options(
            contains_eager(SessionPlace.registration).contains_eager(Registration.person),
            contains_eager(SessionPlace.registration).joinedload(Registration.category),
        )
        .order_by(*order)  # type: ignore[arg-type] # columns, which SQLAlchemy types one by one
    )
    return list(db.session.scalars(wanted))


def list_live(session_id: int) -> list[SessionPlace]:
    """Everyone with a place or a rank in the session, first come first, with their registrations."""
    wanted = (
        select(SessionPlace)
        .where(SessionPlace.session_id == session_id, SessionPlace.state.in_(LIVE))
        .options(joinedload(SessionPlace.registration).joinedload(Registration.person))
        .order_by(SessionPlace.id)
    )
    return list(db.session.scalars(wanted))


def place_in_session_queue(place: SessionPlace) -> int:
    """How many wait up to and including this one: what a person calls "my rank"."""
    wanted = select(func.count()).where(
        SessionPlace.session_id == place.session_id,
        SessionPlace.state == "waiting",
        SessionPlace.waiting_rank <= place.waiting_rank,
    )
    return db.session.scalar(wanted) or 0


def list_taken_hours(registration_ids: Sequence[int], event_id: int) -> dict[int, list[Session]]:
    """By registration id, the sessions of an event in which those people have a place."""
    wanted = (
        select(SessionPlace.registration_id, Session)
        .join(Session, Session.id == SessionPlace.session_id)
        .where(
            Session.event_id == event_id,
            SessionPlace.registration_id.in_(registration_ids),
            SessionPlace.state == "confirmed",
        )
        .order_by(Session.starts_at, Session.id)
    )
    taken: dict[int, list[Session]] = defaultdict(list)
    for registration, session in db.session.execute(wanted):
        taken[registration].append(session)
    return taken


def list_clashes(event: Event, sessions: Sequence[Session]) -> list[tuple[Registration, Session, Session]]:
    """Who has a place in two sessions at once, since the hours of one were changed; by session, then by name."""
    pairs = [(one, other) for one, other in combinations(sessions, 2) if overlap(one, other)]
    if not pairs:
        return []
    holders: dict[int, dict[int, Registration]] = defaultdict(dict)
    wanted = (
        select(SessionPlace.session_id, Registration)
        .join(SessionPlace.registration)
        .join(Registration.person)
        .where(Registration.event_id == event.id, SessionPlace.state == "confirmed")
        .options(contains_eager(Registration.person))
        .order_by(Person.folded_family, Person.folded_given, Registration.id)
    )
    for session, registration in db.session.execute(wanted):
        holders[session][registration.id] = registration
    return [(who, a, b) for a, b in pairs for number, who in holders[a.id].items() if number in holders[b.id]]


def find_held(event_id: int, held: dict[str, str]) -> Invitation | None:
    """The invitation to an event that a browser holds; `held` maps public ids to token hashes."""
    if not held:
        return None
    wanted = select(Invitation).where(Invitation.event_id == event_id, Invitation.public_id.in_(held))
    opened = (one for one in db.session.scalars(wanted.order_by(Invitation.id)))
    return next((one for one in opened if one.token_hash == held[one.public_id]), None)


def list_comers(event: Event, words: str, *, most: int = 20) -> list[Registration]:
    """Those with a place at the event whose name has these words, by name; at most `most`."""
    wanted = select_registrations(event, state="confirmed", words=words)
    return list(db.session.scalars(wanted.limit(most)))
