"""Reading the ledger."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, case, func, or_, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from app.checkin.models import Device, DoorSettings, Gate, IdentityCheck, Scan
from app.codes import token_hash
from app.database import db
from app.errors import NotFound
from app.events.models import Event
from app.events.queries import RoleHolder
from app.prepared import Prepared
from app.programme.models import Session
from app.reading import Reading, divide, rows_of
from app.registration.models import Registration

# What changes who is inside; every other result is a refusal or a remark.
PASSAGES = ("admitted", "exited", "undone")
# What a desk needs to know of its event, itself and its gate: one row, read at each scan.
_EVENT = Reading(Event, "public_id", "slug", "title", "status", "id_check", "timezone", "accent", "asks", "badge_key")
_DEVICE = Reading(
    Device,
    *("event_id", "public_id", "gate", "gate_id", "name", "role", "gates", "days"),
    *("expires_at", "revoked_at", "clock_offset", "version"),
)
_GATE = Reading(
    Gate,
    *("public_id", "event_id", "name", "zone", "session_id", "rule", "categories", "opens_at", "closes_at"),
    *("counts_exits", "position"),
)
_SESSION = Reading(Session, "public_id")
_SETTINGS = Reading(DoorSettings, "event_id", "documents", "category_days")
# Built once: at the door these statements run for each guest.
_DESKS = (
    select(*_EVENT.columns, *_DEVICE.columns, *_GATE.columns, *_SESSION.columns, *_SETTINGS.columns)
    .select_from(Event)
    .join(Device, Device.event_id == Event.id)
    .outerjoin(Gate, Gate.id == Device.gate_id)
    .outerjoin(Session, Session.id == Gate.session_id)
    .outerjoin(DoorSettings, DoorSettings.event_id == Event.id)
)
_DESK = Prepared(_DESKS.where(Event.slug == bindparam("desk_slug"), Device.public_id == bindparam("desk_id")))
_DESK_OF_TOKEN = Prepared(_DESKS.where(Device.token_hash == bindparam("desk_token")))
_PASSAGE = Reading(Scan, "public_id", "registration_id", "device_id", "nonce", "result", "at", "gate")
_PASSED_AT = Reading(Device, "public_id", "gate")
_WITHIN_SCOPE = (
    select(*_PASSAGE.columns, *_PASSED_AT.columns)
    .select_from(Scan)
    .join(Device, Device.id == Scan.device_id)
    .where(
        Scan.registration_id == bindparam("passages_of"),
        Scan.scope == bindparam("passages_in"),
        or_(*(Scan.result == result for result in PASSAGES)),
    )
    .order_by(Scan.at, Scan.id)
)
_PASSAGES_OF_SCOPE = Prepared(_WITHIN_SCOPE)
_PASSAGES = Prepared(_WITHIN_SCOPE.where(Scan.day == bindparam("passages_on")))
_KEPT = Prepared(select(Scan.id).where(Scan.device_id == bindparam("kept_by"), Scan.nonce == bindparam("kept_nonce")))


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
    found = _find_desk(_DESK, {"desk_slug": slug, "desk_id": public_id})
    if found is None or not user.has_role("reception", found[0].id):
        raise NotFound
    return found


def find_desk_by_token(token: str) -> tuple[Event, Device] | None:
    """The event and the device a token belongs to, in one statement; whether it still works is for the caller."""
    return _find_desk(_DESK_OF_TOKEN, {"desk_token": token_hash(token)})


def _find_desk(statement: Prepared, asked: dict[str, Any]) -> tuple[Event, Device] | None:
    rows = rows_of(statement, asked)
    if not rows:
        return None
    event, device, gate, session, chosen = divide(rows[0], _EVENT, _DEVICE, _GATE, _SESSION, _SETTINGS)
    if gate:
        set_committed_value(gate, "session", session)
    set_committed_value(device, "gate_row", gate)
    set_committed_value(device, "settings", chosen)
    return event, device


def list_gates(event: Event) -> list[str]:
    """Names that desks of the event were opened under, in order."""
    wanted = select(Device.gate).where(Device.event_id == event.id).distinct()
    return sorted(db.session.scalars(wanted))


def find_scan_by_nonce(device: Device, nonce: str) -> Scan | None:
    """The answer already given to this request of this device."""
    kept = rows_of(_KEPT, {"kept_by": device.id, "kept_nonce": nonce})
    return db.session.get_one(Scan, kept[0][0]) if kept else None


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
    """Passages of one person at the main entrance on one day, by their instant."""
    return list_passages_at(registration_id, "", day)


def list_passages_at(registration_id: int, scope: str, day: date | None) -> list[Scan]:
    """Passages of one person in one scope (a zone, a session) on one day, or on all, by their instant."""
    asked = {"passages_of": registration_id, "passages_in": scope}
    if day is None:
        return _passages(_PASSAGES_OF_SCOPE, asked)
    return _passages(_PASSAGES, {**asked, "passages_on": day})


def _passages(statement: Prepared, asked: dict[str, Any]) -> list[Scan]:
    found = []
    for row in rows_of(statement, asked):
        scan, device = divide(row, _PASSAGE, _PASSED_AT)
        set_committed_value(scan, "device", device)
        found.append(scan)
    return found


def list_passages_before(scan: Scan) -> list[Scan]:
    """Passages of the same person in the same scope that the ledger held before this row."""
    asked = {"passages_of": scan.registration_id, "passages_in": scan.scope}
    return [passage for passage in _passages(_PASSAGES_OF_SCOPE, asked) if passage.id < scan.id]


def find_last_document(device: Device) -> str:
    """The kind of document last shown at this desk; "" before the first."""
    wanted = (
        select(IdentityCheck.document)
        .join(IdentityCheck.scan)
        .where(Scan.device_id == device.id, IdentityCheck.result == "matches")
    )
    return db.session.scalar(wanted.order_by(Scan.id.desc()).limit(1)) or ""


def count_present(event: Event, day: date | None = None) -> int:
    """How many people came in by the main entrance (on `day`, or at all), admissions taken back not counted."""
    if day is None:
        return len(list_present_ids(event))
    change = case((Scan.result == "admitted", 1), (Scan.result == "undone", -1), else_=0)
    people = (
        select(Scan.registration_id)
        .where(Scan.event_id == event.id, Scan.day == day, Scan.scope == "", Scan.result.in_(PASSAGES))
        .where(Scan.registration_id.is_not(None))
        .group_by(Scan.registration_id)
        .having(func.sum(change) > 0)
    )
    return db.session.scalar(select(func.count()).select_from(people.subquery())) or 0


def list_present_ids(event: Event) -> set[int]:
    """Registrations of everyone who came in by the main entrance on at least one day."""
    return {entry.registration_id for entry in list_entries(event)}


@dataclass(frozen=True)
class Entry:
    """Someone who came in on a day, and whose admission stands."""

    registration_id: int
    day: date
    at: datetime
    gate: str
    category_id: int
    device_id: int = 0


def list_entries(event: Event, day: date | None = None, *, scope: str | None = "") -> list[Entry]:
    """Admissions that stand (on `day`, or all), oldest first: one statement, whatever the size.

    `scope`: of the main entrance, so that whoever went on to a zone or a workshop is counted once, as they came;
    None: whatever door saw them first.
    """
    wanted = (
        select(
            Scan.result, Scan.registration_id, Scan.day, Scan.at, Scan.gate, Registration.category_id,
            Scan.device_id, Scan.scope,
        )
        .join(Registration, Registration.id == Scan.registration_id)
        .where(Scan.event_id == event.id, Scan.result.in_(("admitted", "undone")))
        .order_by(Scan.at, Scan.id)
    )  # fmt: skip
    if day is not None:
        wanted = wanted.where(Scan.day == day)
    if scope is not None:
        wanted = wanted.where(Scan.scope == scope)
    return _standing(db.session.execute(wanted))


def _standing(rows: Iterable[Any]) -> list[Entry]:
    """The first admission of each person and day that was not taken back: the earliest counts (scenario 5.5)."""
    kept: dict[tuple[int, date, str], list[Entry]] = {}
    for result, registration, day, at, gate, category, device, scope in rows:
        entries = kept.setdefault((registration, day, scope), [])
        if result == "admitted":
            entries.append(Entry(registration, day, at, gate, category, device))
        elif entries:
            entries.pop()
    first: dict[tuple[int, date], Entry] = {}
    for entry in sorted((entries[0] for entries in kept.values() if entries), key=lambda entry: entry.at):
        first.setdefault((entry.registration_id, entry.day), entry)
    return list(first.values())


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
