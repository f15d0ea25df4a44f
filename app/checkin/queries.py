"""Reading the ledger."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import joinedload, load_only

from app.checkin.models import Device, IdentityCheck, Scan
from app.database import db
from app.errors import NotFound
from app.events.models import Event
from app.events.queries import RoleHolder
from app.registration.models import Registration

# What the door itself changes; every other result is a refusal.
PASSAGES = ("admitted", "undone")
# What a desk needs to know of its event: one small row, read at each scan.
_DESK_COLUMNS = (Event.public_id, Event.slug, Event.title, Event.status, Event.id_check, Event.timezone, Event.accent)
# Built once: at the door these statements run for each guest.
_DESK = (
    select(Event, Device)
    .join(Device, Device.event_id == Event.id)
    .where(Event.slug == bindparam("desk_slug"), Device.public_id == bindparam("desk_id"))
    .options(load_only(*_DESK_COLUMNS))
)
_PASSAGES = (
    select(Scan)
    .where(
        Scan.registration_id == bindparam("passages_of"),
        Scan.day == bindparam("passages_on"),
        Scan.result.in_(PASSAGES),
    )
    .options(
        load_only(Scan.public_id, Scan.registration_id, Scan.device_id, Scan.nonce, Scan.result, Scan.at),
        joinedload(Scan.device).load_only(Device.gate),
    )
    .order_by(Scan.id)
)


def get_device(event: Event, public_id: str) -> Device:
    """A desk of the event. Raises NotFound."""
    wanted = select(Device).where(Device.event_id == event.id, Device.public_id == public_id)
    device = db.session.scalar(wanted)
    if device is None:
        raise NotFound
    return device


def get_desk_for(user: RoleHolder, slug: str, public_id: str) -> tuple[Event, Device]:
    """An event and one of its desks, for someone who may work at its reception, in one statement.

    Of the event only what a desk needs is loaded. Raises NotFound: no hint.
    """
    found = db.session.execute(_DESK, {"desk_slug": slug, "desk_id": public_id}).first()
    if found is None or not user.has_role("reception", found[0].id):
        raise NotFound
    return found[0], found[1]


def list_gates(event: Event) -> list[str]:
    """Names that desks of the event were opened under, in order."""
    wanted = select(Device.gate).where(Device.event_id == event.id).distinct()
    return sorted(db.session.scalars(wanted))


def find_scan_by_nonce(device: Device, nonce: str) -> Scan | None:
    """The answer already given to this request of this device."""
    wanted = select(Scan).where(Scan.device_id == device.id, Scan.nonce == nonce)
    return db.session.scalar(wanted)


def get_scan(event: Event, public_id: str) -> Scan:
    """One passage or refusal of the event, with whom it concerns. Raises NotFound."""
    wanted = (
        select(Scan)
        .where(Scan.event_id == event.id, Scan.public_id == public_id)
        .options(
            joinedload(Scan.registration).joinedload(Registration.person),
            joinedload(Scan.registration).joinedload(Registration.category),
        )
    )
    scan = db.session.scalar(wanted)
    if scan is None:
        raise NotFound
    return scan


def list_passages(registration_id: int, day: date) -> list[Scan]:
    """Admissions and admissions taken back of one person on one day, oldest first."""
    day_of_one = {"passages_of": registration_id, "passages_on": day}
    return list(db.session.scalars(_PASSAGES, day_of_one))


def find_last_document(device: Device) -> str:
    """The kind of document last shown at this desk; "" before the first."""
    wanted = (
        select(IdentityCheck.document)
        .join(IdentityCheck.scan)
        .where(Scan.device_id == device.id, IdentityCheck.result == "matches")
    )
    return db.session.scalar(wanted.order_by(Scan.id.desc()).limit(1)) or ""


def count_present(event: Event, day: date | None = None) -> int:
    """How many people came in (on `day`, or at all), admissions taken back not counted."""
    if day is None:
        return len(list_present_ids(event))
    wanted = select(Scan.result, func.count()).where(
        Scan.event_id == event.id, Scan.day == day, Scan.result.in_(PASSAGES)
    )
    counts = Counter[str]()
    for result, number in db.session.execute(wanted.group_by(Scan.result)):
        counts[result] = number
    return counts["admitted"] - counts["undone"]


def list_present_ids(event: Event) -> set[int]:
    """Registrations of everyone who came in on at least one day."""
    return {entry.registration_id for entry in list_entries(event)}


@dataclass(frozen=True)
class Entry:
    """Someone who came in on a day, and whose admission stands."""

    registration_id: int
    day: date
    at: datetime
    gate: str
    category_id: int


def list_entries(event: Event, day: date | None = None) -> list[Entry]:
    """Admissions that stand (on `day`, or all), oldest first: one statement, whatever the size."""
    wanted = (
        select(Scan.result, Scan.registration_id, Scan.day, Scan.at, Device.gate, Registration.category_id)
        .join(Device, Device.id == Scan.device_id)
        .join(Registration, Registration.id == Scan.registration_id)
        .where(Scan.event_id == event.id, Scan.result.in_(PASSAGES))
        .order_by(Scan.id)
    )
    if day is not None:
        wanted = wanted.where(Scan.day == day)
    return _standing(db.session.execute(wanted))


def _standing(rows: Iterable[Any]) -> list[Entry]:
    standing: dict[tuple[int, date], Entry] = {}
    for result, registration, day, at, gate, category in rows:
        standing.pop((registration, day), None)
        if result == "admitted":
            standing[registration, day] = Entry(registration, day, at, gate, category)
    return list(standing.values())


def list_days(event: Event) -> list[date]:
    """Days on which something was scanned, in order."""
    wanted = select(Scan.day).where(Scan.event_id == event.id).distinct().order_by(Scan.day)
    return list(db.session.scalars(wanted))


def count_expected(event: Event) -> int:
    """How many are confirmed."""
    wanted = select(func.count()).where(Registration.event_id == event.id, Registration.state == "confirmed")
    return db.session.scalar(wanted) or 0


def list_recent_scans(event: Event, limit: int = 20) -> list[Scan]:
    """The last passages and refusals, newest first."""
    wanted = (
        select(Scan)
        .where(Scan.event_id == event.id)
        .options(joinedload(Scan.device), joinedload(Scan.registration).joinedload(Registration.person))
        .order_by(Scan.id.desc())
    )
    return list(db.session.scalars(wanted.limit(limit)))
