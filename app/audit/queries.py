"""Reading the journal."""

from sqlalchemy import select

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
