"""Places kept aside, and places offered to who waited."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import now
from app.columns import UtcDateTime
from app.database import Addressed, Row, db
from app.events.models import Category, Event
from app.invitations.delegation import Delegation
from app.registration.models import Registration


class HeldPlaces(db.Model, Addressed):
    """Places nobody gets by answering: kept for a delegation, for late ministers."""

    __tablename__ = "held_places"
    __retention__ = "with its event: the name of the account that held them"
    __table_args__ = (CheckConstraint("places >= 0", name="places"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    # Inside which category; None: among the places of the event, whoever they will go to.
    category_id: Mapped[int | None] = mapped_column(ForeignKey("category.id", ondelete="CASCADE"), index=True)
    # The delegation whose members take them without being asked.
    delegation_id: Mapped[int | None] = mapped_column(ForeignKey("delegation.id", ondelete="SET NULL"), index=True)
    # How many are still held: each one given makes it one less.
    places: Mapped[int]
    for_whom: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    created_by: Mapped[str] = mapped_column(String(200), default="")
    event: Mapped[Event] = relationship()
    category: Mapped[Category | None] = relationship()
    delegation: Mapped[Delegation | None] = relationship()


class Offer(db.Model, Row):
    """A place that came free, held for somebody who waited; why this person, and what became of it."""

    __tablename__ = "offer"
    __retention__ = "with the registration"
    __table_args__ = (
        CheckConstraint("state IN ('open','taken','lapsed','given_up')", name="state"),
        CheckConstraint("(state = 'open') = (closed_at IS NULL)", name="closed"),
        # Without an hour nothing was asked: the place was confirmed at once.
        CheckConstraint("expires_at IS NOT NULL OR state = 'taken'", name="expires"),
        Index(
            "uq_offer_open",
            "registration_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_offer_state_expires_at", "state", "expires_at"),
    )

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"), index=True)
    # In which queue and at which rank the person waited.
    queue_id: Mapped[int | None] = mapped_column(ForeignKey("queue.id", ondelete="SET NULL"), index=True)
    rank: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(8), default="open")
    # Why somebody chose this person out of their turn; empty: the next one that fitted.
    reason: Mapped[str] = mapped_column(String(300), default="")
    # Name of the account that chose; empty: the rule did.
    made_by: Mapped[str] = mapped_column(String(200), default="")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    registration: Mapped[Registration] = relationship()
