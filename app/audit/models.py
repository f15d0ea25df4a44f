"""The journal."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.clock import now
from app.columns import UtcDateTime
from app.database import Row, db


class AuditEntry(db.Model, Row):
    """One change. Names and ids are plain copies: the entry outlives what it speaks of."""

    __tablename__ = "audit_entry"
    __retention__ = "one year, then erased (CNIL délibération 2021-122 advises six to twelve months)"
    __table_args__ = (Index("ix_audit_entry_topic_at", "topic", "at"),)

    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    # "user", "invitee", "system" or "command line".
    actor_kind: Mapped[str] = mapped_column(String(14))
    actor_id: Mapped[str] = mapped_column(String(26), default="")
    actor_name: Mapped[str] = mapped_column(String(200), default="")
    # A verb of the trade with its object: "invitation.sent", "registration.confirmed"…
    action: Mapped[str] = mapped_column(String(60))
    object_kind: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[str] = mapped_column(String(26))
    # What a reader calls the object: a name, a title.
    object_name: Mapped[str] = mapped_column(String(300), default="")
    # Public id of the event, empty when it concerns none.
    topic: Mapped[str] = mapped_column(String(26), default="")
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
