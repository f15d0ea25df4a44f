"""What everyone concerned is told of an event that moved, or does not take place."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import now
from app.columns import UtcDateTime
from app.database import Addressed, db
from app.events.models import Event


class Announcement(db.Model, Addressed):
    """Letters to everyone concerned by a change of an event, written by the worker after a short pause."""

    __tablename__ = "announcement"
    __retention__ = "with its event: the name of the account that made the change"
    __table_args__ = (
        CheckConstraint("kind IN ('moved','cancelled')", name="kind"),
        CheckConstraint("state IN ('waiting','leaving','left','stopped')", name="state"),
        Index("ix_announcement_state_leaves_at", "state", "leaves_at"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(9))
    # What the organiser adds, as typed, shown to every reader.
    reason: Mapped[str] = mapped_column(String(500), default="")
    # What letters said until then: starts_at, ends_at (ISO 8601, UTC), date_precision, address.
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # "waiting": can still be undone; "leaving": letters are being written; "left"; "stopped": undone.
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    made_by: Mapped[str] = mapped_column(String(200), default="")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    # First instant at which letters are written.
    leaves_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Letters written so far.
    written: Mapped[int] = mapped_column(default=0)
    event: Mapped[Event] = relationship()
