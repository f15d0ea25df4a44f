"""Reading badges."""

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload

from app.badging.models import Badge
from app.codes import normal_code
from app.database import db
from app.directory.models import Person
from app.events.models import Event
from app.registration.models import Registration


def find_active_badge(registration_id: int) -> Badge | None:
    """The badge a registration carries now."""
    wanted = select(Badge).where(Badge.registration_id == registration_id, Badge.state == "active")
    return db.session.scalar(wanted)


def find_badge_by_code(event: Event, typed: str) -> Badge | None:
    """The badge of a scanned or typed code, whole or short, of any event for a whole code."""
    code = normal_code(typed)
    wanted = (
        select(Badge)
        .join(Badge.registration)
        .join(Registration.person)
        .where(or_(Badge.code == code, (Badge.short_code == code) & (Badge.event_id == event.id)))
        .options(
            contains_eager(Badge.registration).contains_eager(Registration.person),
            contains_eager(Badge.registration).joinedload(Registration.category),
        )
    )
    return db.session.scalar(wanted.limit(1))


def list_active_badges(event: Event) -> list[Badge]:
    """Badges of everyone confirmed, by name."""
    wanted = (
        select(Badge)
        .join(Badge.registration)
        .join(Registration.person)
        .where(Badge.event_id == event.id, Badge.state == "active", Registration.state == "confirmed")
        .options(
            contains_eager(Badge.registration).contains_eager(Registration.person),
            contains_eager(Badge.registration).joinedload(Registration.category),
        )
        .order_by(Person.folded_family, Person.folded_given, Badge.id)
    )
    return list(db.session.scalars(wanted))
