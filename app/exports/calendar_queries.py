"""Reading what calendars tell: sessions with hours, subscriptions."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.codes import token_hash
from app.database import db
from app.directory.models import Person
from app.errors import NotFound
from app.events.models import Event
from app.exports.models import CalendarSubscription
from app.programme.models import Session, SessionRole
from app.registration.models import Registration


def list_sessions_at_hours(event: Event) -> list[Session]:
    """Every session whose hour is known, in order."""
    return list(db.session.scalars(_sessions(event)))


def list_sessions_in(event: Event, room: str) -> list[Session]:
    """Those in one room, as the programme writes it."""
    return list(db.session.scalars(_sessions(event).where(Session.room == room)))


def list_sessions_with(event: Event, person_id: int) -> list[Session]:
    """Those in which a person has a role."""
    wanted = _sessions(event).join(Session.roles).where(SessionRole.person_id == person_id)
    return list(db.session.scalars(wanted))


def list_rooms(event: Event) -> list[str]:
    """Rooms in which something takes place, by name."""
    wanted = select(Session.room).where(Session.event_id == event.id, Session.room != "").distinct()
    return sorted(db.session.scalars(wanted))


def list_speakers(event: Event) -> list[Person]:
    """People with a role in the programme, by name."""
    speaking = select(SessionRole.person_id).join(SessionRole.session).where(Session.event_id == event.id)
    wanted = select(Person).where(Person.id.in_(speaking))
    return sorted(db.session.scalars(wanted), key=lambda one: (one.folded_family, one.folded_given, one.id))


def find_subscription(token: str) -> CalendarSubscription | None:
    """The calendar behind a secret address that answers, with what it speaks of; None once it was ended."""
    wanted = select(CalendarSubscription).where(
        CalendarSubscription.token_hash == token_hash(token), CalendarSubscription.revoked_at.is_(None)
    )
    event = joinedload(CalendarSubscription.event).joinedload(Event.venue)
    registration = joinedload(CalendarSubscription.registration).joinedload(Registration.person)
    return db.session.scalar(wanted.options(event, registration, joinedload(CalendarSubscription.person)))


def find_attendee_subscription(registration: Registration) -> CalendarSubscription | None:
    """The live address of one attendee."""
    wanted = _live(registration.event_id).where(CalendarSubscription.registration_id == registration.id)
    return db.session.scalar(wanted)


def list_subscriptions(event: Event) -> list[CalendarSubscription]:
    """Every address of the event that answers, in the order they were made."""
    loaded = (
        joinedload(CalendarSubscription.registration).joinedload(Registration.person),
        joinedload(CalendarSubscription.person),
    )
    return list(db.session.scalars(_live(event.id).options(*loaded).order_by(CalendarSubscription.id)))


def get_subscription(event: Event, public_id: str) -> CalendarSubscription:
    """One address of the event, whether it still answers or not. Raises NotFound."""
    wanted = select(CalendarSubscription).where(CalendarSubscription.public_id == public_id)
    found = db.session.scalar(wanted.where(CalendarSubscription.event_id == event.id))
    if found is None:
        raise NotFound
    return found


def _live(event_id: int) -> Select[CalendarSubscription]:
    return select(CalendarSubscription).where(
        CalendarSubscription.event_id == event_id, CalendarSubscription.revoked_at.is_(None)
    )


def _sessions(event: Event) -> Select[Session]:
    wanted = select(Session).where(Session.event_id == event.id, Session.starts_at.is_not(None))
    return wanted.order_by(Session.starts_at, Session.position, Session.id)
