"""Around the door of an event: codes for devices, staff's notes, swaps, conflicts."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.checkin.models import Device, Scan
from app.clock import now
from app.columns import TextList, UtcDateTime
from app.database import Addressed, Row, db
from app.registration.models import Registration

CONFLICTS = (
    "twice_in",
    "cancelled_before",
    "copy_suspected",
    "clock_off",
    "refused_here",
    "undo_crossed",
    "stale_list",
)
DECISIONS = ("", "stands", "one_person", "two_people", "taken_back", "seen")


class Enrolment(db.Model, Addressed):
    """A code that makes one phone a desk: used once, within ten minutes."""

    __tablename__ = "enrolment"
    __retention__ = "with the ledger of its event"
    __table_args__ = (CheckConstraint("role IN ('agent','lead','observer')", name="role"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    # Keyed hash of the eight characters.
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    # What the device will be and may do: see Device.
    name: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(8), default="agent")
    gates: Mapped[tuple[str, ...]] = mapped_column(TextList, default=())
    days: Mapped[tuple[str, ...]] = mapped_column(TextList, default=())
    device_expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(String(200), default="")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    device_id: Mapped[int | None] = mapped_column(ForeignKey("device.id", ondelete="SET NULL"), index=True)
    device: Mapped[Device | None] = relationship()


class DoorNote(db.Model, Row):
    """What the desk must do for one guest ("escort to row A"), in the words of the staff."""

    __tablename__ = "door_note"
    __retention__ = "with the registration"

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"), unique=True)
    words: Mapped[str] = mapped_column(String(120), default="")
    # Whom the lead looks out for.
    is_vip: Mapped[bool] = mapped_column(default=False)
    registration: Mapped[Registration] = relationship()


class Replacement(db.Model, Row):
    """At the door another person came instead: one for one, the old code dies (scenario 5.4)."""

    __tablename__ = "replacement"
    __retention__ = "with the registration"

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"), unique=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"), index=True)
    reason: Mapped[str] = mapped_column(String(300), default="")
    agent: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    by: Mapped[Registration] = relationship(foreign_keys=[by_id])


class Conflict(db.Model, Addressed):
    """Two rows of the ledger, or a row and a rule, that do not agree: a lead decides (promise 2)."""

    __tablename__ = "door_conflict"
    __retention__ = "with the ledger of its event"
    __table_args__ = (
        UniqueConstraint("scan_id", "kind"),
        CheckConstraint(
            "kind IN ('twice_in','cancelled_before','copy_suspected','clock_off','refused_here',"
            "'undo_crossed','stale_list')",
            name="kind",
        ),
        CheckConstraint("decision IN ('','stands','one_person','two_people','taken_back','seen')", name="decision"),
        CheckConstraint("(decision = '') = (decided_at IS NULL)", name="decided"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    scan_id: Mapped[int] = mapped_column(ForeignKey("scan.id", ondelete="CASCADE"))
    # The earlier passage it does not agree with; None: a rule.
    other_id: Mapped[int | None] = mapped_column(ForeignKey("scan.id", ondelete="CASCADE"), index=True)
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    # The decision that stands, as the last row of `decisions` tells it; "" while a lead is waited for.
    decision: Mapped[str] = mapped_column(String(12), default="")
    reason: Mapped[str] = mapped_column(String(300), default="")
    decided_by: Mapped[str] = mapped_column(String(200), default="")
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    scan: Mapped[Scan] = relationship(foreign_keys=[scan_id])
    other: Mapped[Scan | None] = relationship(foreign_keys=[other_id])
    decisions: Mapped[list["DoorDecision"]] = relationship(order_by="DoorDecision.id")


class DoorDecision(db.Model, Row):
    """One decision on a conflict, or its reopening (""): rows are added, never changed."""

    __tablename__ = "door_decision"
    __retention__ = "with the ledger of its event"
    __table_args__ = (
        CheckConstraint("decision IN ('','stands','one_person','two_people','taken_back','seen')", name="decision"),
    )

    conflict_id: Mapped[int] = mapped_column(ForeignKey("door_conflict.id", ondelete="CASCADE"), index=True)
    decision: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(String(300))
    decided_by: Mapped[str] = mapped_column(String(200))
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
