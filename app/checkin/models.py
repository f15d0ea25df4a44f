"""The ledger of the door."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import now
from app.columns import UtcDateTime
from app.database import Addressed, Row, db
from app.registration.models import Registration

# What the door can answer. Only "admitted" lets someone in; "undone" takes an admission back.
RESULTS = (
    "admitted",
    "already_in",
    "waiting",
    "cancelled",
    "revoked",
    "unknown",
    "other_event",
    "identity_refused",
    "event_cancelled",
    "undone",
)
# Kinds of document that may be shown (arrêté of 16 November 2018 as a model list); the kind alone
# is recorded, never a number.
DOCUMENTS = (
    "identity_card",
    "passport",
    "elected_card",
    "parliament_card",
    "driving_licence",
    "residence_permit",
    "professional_card",
    "diplomatic_card",
    "digital_identity",
    "other",
)


class Device(db.Model, Addressed):
    """A phone, tablet or computer at a gate."""

    __tablename__ = "device"
    __retention__ = "with the ledger of its event"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    # Who opened the desk; a plain copy.
    opened_by: Mapped[str] = mapped_column(String(200))
    # "Porte 1 · Guichet 3"
    gate: Mapped[str] = mapped_column(String(80))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Scan(db.Model, Addressed):
    """One passage or one refusal. Rows are added, never changed or deleted."""

    __tablename__ = "scan"
    __retention__ = "ninety days after the event, then only figures"
    __table_args__ = (
        UniqueConstraint("device_id", "nonce"),
        UniqueConstraint("entry_key"),
        CheckConstraint(
            "result IN ('admitted','already_in','waiting','cancelled','revoked','unknown',"
            "'other_event','identity_refused','event_cancelled','undone')",
            name="result",
        ),
        CheckConstraint("(result = 'admitted') = (entry_key IS NOT NULL)", name="entry_key"),
        Index("ix_scan_event_result", "event_id", "result"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    device_id: Mapped[int] = mapped_column(ForeignKey("device.id"))
    # Made by the page: the same nonce from the same device is a replay and writes nothing.
    nonce: Mapped[str] = mapped_column(String(40))
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id"), index=True)
    result: Mapped[str] = mapped_column(String(16))
    # "camera", "scanner", "typed" or "search".
    road: Mapped[str] = mapped_column(String(8), default="typed")
    # Day of the event in its zone: entry is once a day.
    day: Mapped[date]
    # "<registration>:<day>:<admissions undone so far>": two desks in the same second cannot both
    # admit one person, whatever the database.
    entry_key: Mapped[str | None] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    # Who was at the desk; a plain copy.
    agent: Mapped[str] = mapped_column(String(200), default="")
    registration: Mapped[Registration | None] = relationship()
    device: Mapped[Device] = relationship()
    identity: Mapped["IdentityCheck | None"] = relationship(back_populates="scan", uselist=False)


class IdentityCheck(db.Model, Row):
    """A document was looked at: its kind and the result. Never its number, never a copy."""

    __tablename__ = "identity_check"
    __retention__ = "with its scan"
    __table_args__ = (CheckConstraint("result IN ('matches','does_not_match')", name="result"),)

    scan_id: Mapped[int] = mapped_column(ForeignKey("scan.id", ondelete="CASCADE"), unique=True)
    document: Mapped[str] = mapped_column(String(20))
    result: Mapped[str] = mapped_column(String(16))
    scan: Mapped[Scan] = relationship(back_populates="identity")
