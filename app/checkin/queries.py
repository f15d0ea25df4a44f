"""Reading the ledger."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.checkin.models import Device, Scan
from app.database import db
from app.errors import NotFound
from app.events.models import Event
from app.registration.models import Registration


def get_device(event: Event, public_id: str) -> Device:
    """A desk of the event. Raises NotFound."""
    wanted = select(Device).where(Device.event_id == event.id, Device.public_id == public_id)
    device = db.session.scalar(wanted)
    if device is None:
        raise NotFound
    return device


def find_scan_by_nonce(device: Device, nonce: str) -> Scan | None:
    """The answer already given to this request of this device."""
    wanted = select(Scan).where(Scan.device_id == device.id, Scan.nonce == nonce)
    return db.session.scalar(wanted)


def list_passages(registration_id: int, day: date) -> list[Scan]:
    """Admissions and admissions taken back of one person on one day, oldest first."""
    wanted = select(Scan).where(
        Scan.registration_id == registration_id,
        Scan.day == day,
        Scan.result.in_(("admitted", "undone")),
    )
    return list(db.session.scalars(wanted.options(joinedload(Scan.device)).order_by(Scan.id)))


def count_present(event: Event, day: date | None = None) -> int:
    """How many people came in (on `day`, or at all), admissions taken back not counted."""
    admitted = _count_results(event, day)
    return admitted.get("admitted", 0) - admitted.get("undone", 0)


def _count_results(event: Event, day: date | None) -> dict[str, int]:
    if day is None:
        return _count_people(event)
    wanted = select(Scan.result, func.count()).where(
        Scan.event_id == event.id, Scan.day == day, Scan.result.in_(("admitted", "undone"))
    )
    return {result: n for result, n in db.session.execute(wanted.group_by(Scan.result))}


def _count_people(event: Event) -> dict[str, int]:
    return {"admitted": len(list_present_ids(event))}


def list_present_ids(event: Event) -> set[int]:
    """Registrations of everyone who came in on at least one day."""
    wanted = select(Scan.registration_id, Scan.day, Scan.result).where(
        Scan.event_id == event.id, Scan.result.in_(("admitted", "undone"))
    )
    balance: dict[tuple[int | None, date], int] = {}
    for registration, day, result in db.session.execute(wanted):
        key = (registration, day)
        balance[key] = balance.get(key, 0) + (1 if result == "admitted" else -1)
    return {registration for (registration, _), n in balance.items() if n > 0 and registration}


def count_expected(event: Event) -> int:
    """How many are confirmed."""
    wanted = select(func.count()).where(
        Registration.event_id == event.id, Registration.state == "confirmed"
    )
    return db.session.scalar(wanted) or 0


def list_recent_scans(event: Event, limit: int = 20) -> list[Scan]:
    """The last passages and refusals, newest first."""
    wanted = (
        select(Scan)
        .where(Scan.event_id == event.id)
        .options(
            joinedload(Scan.device), joinedload(Scan.registration).joinedload(Registration.person)
        )
        .order_by(Scan.id.desc())
    )
    return list(db.session.scalars(wanted.limit(limit)))
