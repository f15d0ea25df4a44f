"""Writing the journal: in the same transaction as the change."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.audit.models import AuditEntry
from app.database import db


@dataclass(frozen=True)
class Actor:
    """Who acts: `kind` is user, invitee, system or command line."""

    kind: str
    id: str = ""
    name: str = ""


SYSTEM = Actor("system", name="Parvis")
COMMAND_LINE = Actor("command line", name="parvis")


def record(  # noqa: PLR0913 - an entry has that many facts, all named
    actor: Actor,
    action: str,
    *,
    kind: str,
    id: str,
    name: str,
    topic: str = "",
    at: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> AuditEntry:
    """Add an entry on the object of `kind`, `id`, `name`. The caller commits."""
    entry = AuditEntry(
        at=at,
        actor_kind=actor.kind,
        actor_id=actor.id,
        actor_name=actor.name,
        action=action,
        object_kind=kind,
        object_id=id,
        object_name=name[:300],
        topic=topic,
        before=before or {},
        after=after or {},
    )
    db.session.add(entry)
    return entry
