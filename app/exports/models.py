"""Addresses that calendar programs ask again and again."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import now
from app.columns import UtcDateTime
from app.database import Addressed, db
from app.directory.models import Person
from app.events.models import Event
from app.registration.models import Registration

KINDS = ("attendee", "speaker", "room")


class CalendarSubscription(db.Model, Addressed):
    """A secret address of a calendar: of one attendee, one speaker or one room of an event."""

    __tablename__ = "calendar_subscription"
    __retention__ = "with the registration; those of rooms and speakers with their event"
    __table_args__ = (
        CheckConstraint("kind IN ('attendee','speaker','room')", name="kind"),
        CheckConstraint(
            "(kind = 'attendee') = (registration_id IS NOT NULL) AND (kind = 'speaker') = (person_id IS NOT NULL)"
            " AND (kind = 'room') = (room <> '')",
            name="whose",
        ),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    # As the programme writes it.
    room: Mapped[str] = mapped_column(String(120), default="")
    # Language of what the calendar says.
    language: Mapped[str] = mapped_column(String(2), default="fr")
    # SHA-256 of the secret part of the address; raising the version makes another and ends this one.
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    token_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    # When the address was ended; None while it answers.
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    event: Mapped[Event] = relationship()
    registration: Mapped[Registration | None] = relationship()
    person: Mapped[Person | None] = relationship()
