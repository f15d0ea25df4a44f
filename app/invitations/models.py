"""Invitations, and lists of guests waiting to be taken in."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import now
from app.columns import TextList, UtcDateTime
from app.database import Addressed, db
from app.directory.models import Person
from app.events.models import Category, Event

STATES = ("draft", "sent", "accepted", "declined", "represented", "withdrawn")


class Invitation(db.Model, Addressed):
    """We ask this person, in this quality, to this event; what they said."""

    __tablename__ = "invitation"
    __retention__ = "declined and unanswered: thirty days after the event; others with the registration"
    __table_args__ = (
        UniqueConstraint("event_id", "person_id"),
        CheckConstraint("state IN ('draft','sent','accepted','declined','represented','withdrawn')", name="state"),
        Index("ix_invitation_event_state", "event_id", "state"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"), index=True)
    # Snapshot: in which quality the person is invited, in the printed order.
    qualities: Mapped[tuple[str, ...]] = mapped_column(TextList, default=())
    organisation: Mapped[str] = mapped_column(String(300), default="")
    # Where the letter goes: the person's own mailbox or a secretariat's.
    email: Mapped[str] = mapped_column(String(254), default="")
    language: Mapped[str] = mapped_column(String(2), default="fr")
    state: Mapped[str] = mapped_column(String(12), default="draft")
    # SHA-256 of the personal link's token; the token itself is never stored. Raising the version
    # makes a new link and kills the old one.
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    token_version: Mapped[int] = mapped_column(default=1)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # "link", "mail", "phone", "paper", or "staff" where the organiser cancelled the place.
    answered_by: Mapped[str] = mapped_column(String(8), default="")
    decline_reason: Mapped[str] = mapped_column(String(500), default="")
    # Columns of the sender's list that Parvis has no field for.
    extra: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    event: Mapped[Event] = relationship()
    person: Mapped[Person] = relationship()
    category: Mapped[Category] = relationship()


class GuestListImport(db.Model, Addressed):
    """A list read and shown for approval; nothing of it is a guest before it is applied."""

    __tablename__ = "guest_list_import"
    __retention__ = "rows are erased when the list is applied or dropped; the summary stays a year"
    __table_args__ = (CheckConstraint("state IN ('previewed','applied','dropped')", name="state"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    category_id: Mapped[int | None] = mapped_column(ForeignKey("category.id", ondelete="SET NULL"))
    file_name: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(10), default="previewed")
    # Rows as app.guest_list read them, as JSON objects.
    rows: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    # Counts: {"created": n, "updated": n, "unchanged": n, "rejected": n}.
    summary: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    made_by: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    event: Mapped[Event] = relationship()
    category: Mapped[Category | None] = relationship()
