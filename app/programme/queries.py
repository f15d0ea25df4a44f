"""Reading the programme. Sessions with an hour come first, by hour; the others by their place."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from app.database import db
from app.errors import NotFound
from app.events.models import Event
from app.programme.models import Session, SessionRole

_ORDER = (Session.starts_at.is_(None), Session.starts_at, Session.position, Session.id)
_PEOPLE = selectinload(Session.roles).joinedload(SessionRole.person)


def list_sessions(event: Event) -> list[Session]:
    """The programme in order, with its people (two queries)."""
    wanted = select(Session).where(Session.event_id == event.id).order_by(*_ORDER)
    return list(db.session.scalars(wanted.options(_PEOPLE)))


def list_headlines(event: Event) -> list[Session]:
    """The programme in order, without its people (one query)."""
    wanted = select(Session).where(Session.event_id == event.id).order_by(*_ORDER)
    return list(db.session.scalars(wanted))


def find_session(public_id: str) -> Session | None:
    """The session at this address, of any event."""
    return db.session.scalar(select(Session).where(Session.public_id == public_id))


def get_session(event: Event, public_id: str) -> Session:
    """The event's session at this address. Raises NotFound."""
    wanted = select(Session).where(Session.event_id == event.id, Session.public_id == public_id)
    session = db.session.scalar(wanted.options(_PEOPLE))
    if session is None:
        raise NotFound
    return session


def get_role(event: Event, public_id: str) -> SessionRole:
    """The role at this address, in a session of the event. Raises NotFound."""
    wanted = (
        select(SessionRole)
        .join(SessionRole.session)
        .where(Session.event_id == event.id, SessionRole.public_id == public_id)
        .options(joinedload(SessionRole.person), joinedload(SessionRole.session))
    )
    role = db.session.scalar(wanted)
    if role is None:
        raise NotFound
    return role


def list_sessions_of(event_id: int, person_id: int) -> list[Session]:
    """Sessions of an event in which a person has a role."""
    wanted = (
        select(Session)
        .join(Session.roles)
        .where(Session.event_id == event_id, SessionRole.person_id == person_id)
        .order_by(*_ORDER)
    )
    return list(db.session.scalars(wanted))


def last_position(event: Event) -> int:
    """The highest place taken in the event's programme; 0 when it is empty."""
    wanted = select(func.max(Session.position)).where(Session.event_id == event.id)
    return db.session.scalar(wanted) or 0


def list_chosen(event: Event) -> list[Session]:
    """Sessions in which guests choose a place, in the order of the programme (one query)."""
    wanted = select(Session).where(Session.event_id == event.id, Session.enrolment != "none").order_by(*_ORDER)
    return list(db.session.scalars(wanted))


def count_choices(event_id: int) -> int:
    """How many sessions of an event have places to choose."""
    wanted = select(func.count()).where(Session.event_id == event_id, Session.enrolment != "none")
    return db.session.scalar(wanted) or 0
