"""Reading the journal."""

from collections.abc import Collection

from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.database import db


def list_entries(topic: str, *, page: int = 1, size: int = 50) -> list[AuditEntry]:
    """Entries of an event, the newest first."""
    wanted = select(AuditEntry).where(AuditEntry.topic == topic).order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
    return list(db.session.scalars(wanted.limit(size).offset((page - 1) * size)))


def list_entries_of(object_id: str) -> list[AuditEntry]:
    """History of one object, the newest first."""
    wanted = select(AuditEntry).where(AuditEntry.object_id == object_id).order_by(AuditEntry.id.desc())
    return list(db.session.scalars(wanted))


def count_entries_of(object_id: str) -> int:
    """How often one object was changed."""
    return db.session.scalar(select(func.count()).where(AuditEntry.object_id == object_id)) or 0


def find_last_entry_id() -> int:
    """The key of the newest entry, 0 when there is none: equal twice, nothing was changed in between."""
    return db.session.scalar(select(func.max(AuditEntry.id))) or 0


def find_entry_about(object_ids: Collection[str], *, after: int) -> AuditEntry | None:
    """The first entry about one of these objects that is newer than the entry of that key."""
    wanted = select(AuditEntry.id, AuditEntry.object_id).where(AuditEntry.id > after).order_by(AuditEntry.id)
    found = next((key for key, about in db.session.execute(wanted) if about in object_ids), None)
    return db.session.get(AuditEntry, found) if found else None
