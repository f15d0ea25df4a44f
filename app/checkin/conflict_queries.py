"""Reading the conflicts of the door: what waits for the lead, what was decided."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from app.checkin.door_models import Conflict
from app.checkin.models import Scan
from app.database import db
from app.errors import NotFound
from app.events.models import Event
from app.registration.models import Registration

_SCANS = (
    joinedload(Conflict.scan).joinedload(Scan.device),
    joinedload(Conflict.scan).joinedload(Scan.registration).joinedload(Registration.person),
    joinedload(Conflict.scan).joinedload(Scan.registration).joinedload(Registration.category),
    joinedload(Conflict.scan).joinedload(Scan.identity),
    joinedload(Conflict.other).joinedload(Scan.device),
    joinedload(Conflict.other).joinedload(Scan.identity),
    selectinload(Conflict.decisions),
)


def list_conflicts(event: Event, *, is_waiting: bool) -> list[Conflict]:
    """Those that wait, the oldest first; or those decided, the latest first. Two statements."""
    wanted = select(Conflict).where(Conflict.event_id == event.id).options(*_SCANS)
    if is_waiting:
        wanted = wanted.where(Conflict.decision == "").order_by(Conflict.raised_at, Conflict.id)
    else:
        wanted = wanted.where(Conflict.decision != "").order_by(Conflict.decided_at.desc(), Conflict.id.desc())
    return list(db.session.scalars(wanted))


def get_conflict(event: Event, public_id: str) -> Conflict:
    """A conflict of the event. Raises NotFound."""
    wanted = select(Conflict).where(Conflict.event_id == event.id, Conflict.public_id == public_id)
    found = db.session.scalar(wanted.options(*_SCANS))
    if found is None:
        raise NotFound
    return found


def count_conflicts(event: Event) -> int:
    """How many wait for a decision."""
    wanted = select(func.count()).where(Conflict.event_id == event.id, Conflict.decision == "")
    return db.session.scalar(wanted) or 0
