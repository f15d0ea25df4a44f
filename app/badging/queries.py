"""Reading badges."""

from dataclasses import dataclass

from sqlalchemy import Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import contains_eager, load_only

from app.badging.codes import read_code, standing
from app.badging.models import Badge, PrintRun
from app.codes import normal_code
from app.database import db
from app.directory.models import Person
from app.events.models import Category, Event
from app.invitations.delegation import Delegation
from app.registration.models import Registration

# Built once: at the door this statement runs for each guest.
_BY_CODE = (
    select(Badge)
    .join(Badge.registration)
    .join(Registration.person)
    .where(
        or_(
            Badge.identity == bindparam("typed_identity"),
            and_(Badge.short_code == bindparam("typed_code"), Badge.event_id == bindparam("typed_at")),
        )
    )
    .options(
        load_only(Badge.event_id, Badge.registration_id, Badge.state, Badge.code, Badge.version),
        contains_eager(Badge.registration).load_only(
            Registration.public_id,
            Registration.event_id,
            Registration.state,
            Registration.qualities,
            Registration.organisation,
        ),
        contains_eager(Badge.registration)
        .contains_eager(Registration.person)
        .load_only(Person.given_name, Person.family_name, Person.native_name),
        contains_eager(Badge.registration)
        .joinedload(Registration.category)
        .load_only(Category.key, Category.name, Category.palette, Category.shape),
    )
    .limit(1)
)


def find_active_badge(registration_id: int) -> Badge | None:
    """The badge a registration carries now."""
    wanted = select(Badge).where(Badge.registration_id == registration_id, Badge.state == "active")
    return db.session.scalar(wanted)


@dataclass(frozen=True)
class Presented:
    """A code shown at the door: the badge it belongs to, and what it is worth (`app.badging.codes.standing`)."""

    badge: Badge
    standing: str


def find_presented(event: Event, typed: str) -> Presented | None:
    """The badge that a scanned or typed code belongs to, of any event for a whole code, even a code replaced since."""
    text, code = normal_code(typed), read_code(typed)
    asked = {"typed_identity": code.identity if code else "", "typed_code": text, "typed_at": event.id}
    badge = db.session.scalar(_BY_CODE, asked)
    if badge is None:
        return None
    return Presented(badge, standing(code, badge.code) if code else "valid")


def find_badge_by_code(event: Event, typed: str) -> Badge | None:
    """The badge of a scanned or typed code in force, whole or short, of any event for a whole code."""
    found = find_presented(event, typed)
    return found.badge if found and found.standing == "valid" else None


def _select_active(event: Event) -> Select[Badge]:
    return (
        select(Badge)
        .join(Badge.registration)
        .join(Registration.person)
        .where(Badge.event_id == event.id, Badge.state == "active", Registration.state == "confirmed")
        .options(
            contains_eager(Badge.registration).contains_eager(Registration.person),
            contains_eager(Badge.registration).joinedload(Registration.category),
        )
    )


def list_active_badges(event: Event) -> list[Badge]:
    """Badges of everyone confirmed, by name."""
    by_name = _select_active(event).order_by(Person.folded_family, Person.folded_given, Badge.id)
    return list(db.session.scalars(by_name))


def list_delegation_badges(delegation: Delegation) -> list[Badge]:
    """Badges of the members confirmed, in the order of the delegation's list."""
    order = {member.person_id: member.position for member in delegation.members if member.person_id}
    wanted = _select_active(delegation.event).where(Registration.person_id.in_(order))
    return sorted(db.session.scalars(wanted), key=lambda badge: order[badge.registration.person_id])


@dataclass(frozen=True)
class BadgeCount:
    """How many badges a category has to print."""

    category: Category
    badges: int


def count_badges(event: Event) -> list[BadgeCount]:
    """Badges to print, category by category, in the event's order."""
    wanted = (
        select(Registration.category_id, func.count())
        .join(Badge, Badge.registration_id == Registration.id)
        .where(Badge.event_id == event.id, Badge.state == "active", Registration.state == "confirmed")
        .group_by(Registration.category_id)
    )
    found = dict(db.session.execute(wanted).all())
    return [BadgeCount(category, found.get(category.id, 0)) for category in event.categories]


def find_sample_badge(event: Event) -> Badge | None:
    """The badge with the longest name: who sees that it fits knows that the others do."""
    letters = func.length(Person.family_name) + func.length(Person.given_name)
    return db.session.scalar(_select_active(event).order_by(letters.desc(), Badge.id).limit(1))


def list_print_runs(event: Event, limit: int = 10) -> list[PrintRun]:
    """When badges were drawn, the latest first."""
    wanted = select(PrintRun).where(PrintRun.event_id == event.id).order_by(PrintRun.id.desc())
    return list(db.session.scalars(wanted.limit(limit)))
