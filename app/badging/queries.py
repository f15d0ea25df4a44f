"""Reading badges."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Select, and_, bindparam, func, or_, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import contains_eager, joinedload
from sqlalchemy.orm.attributes import set_committed_value

from app.badging.codes import read_code, standing
from app.badging.models import Badge, PrintedBadge, PrintRun
from app.codes import normal_code
from app.database import db
from app.directory.models import Person
from app.errors import Busy, NotFound
from app.events.models import Category, Event
from app.invitations.delegation import Delegation
from app.prepared import Prepared
from app.reading import Reading, divide, rows_of
from app.registration.models import Registration

SHORT = 8
# Ids that a statement names one by one; for more, reading every badge of the event is faster.
FEW = 500
# What the door needs of a badge and of whom it belongs to: one row, read at each scan.
_BADGE = Reading(Badge, "event_id", "registration_id", "state", "code", "version")
_GUEST = Reading(
    Registration,
    *("public_id", "event_id", "person_id", "category_id", "invitation_id", "state"),
    *("qualities", "organisation", "changed_at"),
)
_PERSON = Reading(Person, "given_name", "family_name", "native_name")
_CATEGORY = Reading(Category, "key", "name", "palette", "shape", "frozen_on")
_WITH_GUEST = (
    select(*_BADGE.columns, *_GUEST.columns, *_PERSON.columns, *_CATEGORY.columns)
    .select_from(Badge)
    .join(Badge.registration)
    .join(Registration.person)
    .join(Registration.category)
    .limit(1)
)
# Built once: at the door these statements run for each guest.
_WITH_CODE = _WITH_GUEST.where(
    or_(
        Badge.identity == bindparam("typed_identity"),
        and_(Badge.short_code == bindparam("typed_code"), Badge.event_id == bindparam("typed_at")),
    )
)
_BY_CODE = Prepared(_WITH_CODE)
_BY_CODE_TO_PASS = Prepared(_WITH_CODE.with_for_update(key_share=True, of=Registration))
# Only for a short code that no badge has now.
_BY_FORMER = Prepared(
    _WITH_GUEST.where(Badge.event_id == bindparam("typed_at"), Badge.former_codes.contains(bindparam("typed_code")))
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


def find_presented(event: Event, typed: str, *, to_pass: bool = False) -> Presented | None:
    """The badge that a scanned or typed code belongs to, of any event for a whole code, even a code replaced since.

    `to_pass`: its registration is locked until the commit, as `lock_rows` does. Raises Busy.
    """
    text, code = normal_code(typed), read_code(typed)
    asked = {"typed_identity": code.identity if code else "", "typed_code": text, "typed_at": event.id}
    try:
        badge = _find(_BY_CODE_TO_PASS if to_pass else _BY_CODE, asked)
    except OperationalError as error:
        raise Busy from error
    if badge is None:
        former = _find(_BY_FORMER, asked) if len(text) == SHORT else None
        return Presented(former, "replaced") if former else None
    return Presented(badge, standing(code, badge.code) if code else "valid")


def _find(statement: Prepared, asked: dict[str, Any]) -> Badge | None:
    rows = rows_of(statement, asked)
    if not rows:
        return None
    badge, guest, person, category = divide(rows[0], _BADGE, _GUEST, _PERSON, _CATEGORY)
    set_committed_value(guest, "person", person)
    set_committed_value(guest, "category", category)
    set_committed_value(badge, "registration", guest)
    return cast("Badge", badge)


def find_badge_by_code(event: Event, typed: str) -> Badge | None:
    """The badge of a scanned or typed code in force, whole or short, of any event for a whole code."""
    found = find_presented(event, typed)
    return found.badge if found and found.standing == "valid" else None


# Of each badge of a run what is printed or sorted by: thousands are loaded at once.
_PRINTED = (
    Reading(Badge, "event_id", "registration_id", "code", "version", "short_code", "matrix"),
    Reading(
        Registration,
        *("public_id", "event_id", "person_id", "category_id", "qualities", "organisation", "zone", "state"),
    ),
    Reading(Person, "given_name", "family_name", "native_name", "country", "spoken", "folded_given", "folded_family"),
)


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


def list_badges(event: Event, numbers: Sequence[int]) -> list[Badge]:
    """The badges of these ids that are still in force, in the order of the ids, with everything that is printed."""
    places = {number: place for place, number in enumerate(numbers)}
    wanted = (
        select(*(column for one in _PRINTED for column in one.columns))
        .select_from(Badge)
        .join(Badge.registration)
        .join(Registration.person)
        .where(Badge.event_id == event.id, Badge.state == "active", Registration.state == "confirmed")
    )
    if len(places) <= FEW:
        wanted = wanted.where(Badge.id.in_(places))
    categories = {category.id: category for category in event.categories}
    rows = (row for row in db.session.execute(wanted) if row[0] in places)
    found = [_printed(divide(row, *_PRINTED), categories) for row in rows]
    return sorted(found, key=lambda badge: places[badge.id])


def _printed(read: Sequence[Any], categories: Mapping[int, Category]) -> Badge:
    """The badge of what was read, with those it is printed from."""
    badge, guest, person = read
    set_committed_value(guest, "person", person)
    set_committed_value(guest, "category", categories[guest.category_id])
    set_committed_value(badge, "registration", guest)
    return badge


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


def list_print_runs(event: Event, limit: int = 20) -> list[PrintRun]:
    """When something was printed for more than one person, the latest first, without the files."""
    wanted = select(PrintRun).where(PrintRun.event_id == event.id, PrintRun.scope != "one").order_by(PrintRun.id.desc())
    return list(db.session.scalars(wanted.limit(limit)))


def find_badge_of(registration: Registration) -> Badge | None:
    """The badge of someone who has a place."""
    return find_active_badge(registration.id) if registration.state == "confirmed" else None


def find_last_run(event: Event, *, scope: str = "") -> PrintRun | None:
    """The last run of badges (of one scope), without its file; those of one person are no run of the whole event."""
    wanted = select(PrintRun).where(PrintRun.event_id == event.id, PrintRun.product == "badges")
    wanted = wanted.where(PrintRun.scope == scope if scope else PrintRun.scope.in_(("all", "changed")))
    return db.session.scalar(wanted.order_by(PrintRun.id.desc()).limit(1))


def find_run(public_id: str) -> PrintRun | None:
    """The run at this address."""
    return db.session.scalar(select(PrintRun).where(PrintRun.public_id == public_id))


def get_run(event: Event, public_id: str) -> PrintRun:
    """A run of the event. Raises NotFound."""
    run = find_run(public_id)
    if run is None or run.event_id != event.id:
        raise NotFound
    return run


def get_run_of(registration: Registration, public_id: str) -> PrintRun:
    """A run that printed the badge of this registration alone. Raises NotFound."""
    run = find_run(public_id)
    printed = list_printed(run) if run and run.scope == "one" else []
    if run is None or [one.badge.registration_id for one in printed] != [registration.id]:
        raise NotFound
    return run


def has_prints(badge: Badge) -> bool:
    """Whether a badge was ever printed."""
    found = select(PrintedBadge.id).join(PrintedBadge.run).where(PrintedBadge.badge_id == badge.id)
    return db.session.scalar(found.where(PrintRun.state != "failed").limit(1)) is not None


def has_file(run: PrintRun) -> bool:
    """Whether the file of a run is still kept, without reading it."""
    return bool(db.session.scalar(select(PrintRun.pdf.is_not(None)).where(PrintRun.id == run.id)))


def list_printed(run: PrintRun) -> list[PrintedBadge]:
    """The frozen list of a run, in its order, with the people."""
    wanted = select(PrintedBadge).where(PrintedBadge.run_id == run.id).order_by(PrintedBadge.position)
    person = joinedload(PrintedBadge.badge).joinedload(Badge.registration).joinedload(Registration.person)
    return list(db.session.scalars(wanted.options(person)))


def list_frozen(run: PrintRun) -> Sequence[Any]:
    """The frozen list of a run, in its order, as bare rows: id, badge_id, content."""
    wanted = select(PrintedBadge.id, PrintedBadge.badge_id, PrintedBadge.content)
    return db.session.execute(wanted.where(PrintedBadge.run_id == run.id).order_by(PrintedBadge.position)).all()


def list_prints_of(badge: Badge) -> list[PrintedBadge]:
    """Each time a badge was printed, the latest first, with its run."""
    wanted = select(PrintedBadge).where(PrintedBadge.badge_id == badge.id).order_by(PrintedBadge.id.desc())
    return list(db.session.scalars(wanted.options(joinedload(PrintedBadge.run))))


def list_undrawn(run: PrintRun, limit: int) -> list[tuple[int, str]]:
    """Ids and codes of badges of a run whose QR was never drawn, the first so many."""
    wanted = select(Badge.id, Badge.code).join(PrintedBadge, PrintedBadge.badge_id == Badge.id)
    wanted = wanted.where(PrintedBadge.run_id == run.id, Badge.matrix.is_(None)).limit(limit)
    return [(number, code) for number, code in db.session.execute(wanted)]
