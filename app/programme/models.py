"""The programme."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.columns import Bilingual, BilingualText, TextList, UtcDateTime
from app.database import Addressed, db
from app.directory.models import Person

SESSION_KINDS = ("welcome", "plenary", "round_table", "workshop", "regional", "cafe", "b2b", "speech", "break")
ROLES = ("moderator", "speaker", "chair", "rapporteur", "room")
# none: everyone may come in; open: guests choose a place; closed: the list of who comes stands.
ENROLMENTS = ("none", "open", "closed")


class Session(db.Model, Addressed):
    """One item of the programme."""

    __tablename__ = "session"
    __retention__ = "kept with its event: published programme"
    __table_args__ = (
        CheckConstraint("ends_at IS NULL OR starts_at IS NULL OR ends_at > starts_at", name="order"),
        CheckConstraint(
            "kind IN ('welcome','plenary','round_table','workshop','regional','cafe','b2b','speech','break')",
            name="kind",
        ),
        CheckConstraint("capacity IS NULL OR capacity >= 0", name="capacity"),
        CheckConstraint("enrolment IN ('none','open','closed')", name="enrolment"),
        CheckConstraint("state IN ('planned','cancelled')", name="state"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    # "Table ronde 1", when the sessions of a kind are numbered.
    number: Mapped[int | None]
    title: Mapped[Bilingual] = mapped_column(BilingualText)
    abstract: Mapped[Bilingual] = mapped_column(BilingualText, default=Bilingual())
    # None while the hour is not decided; then `position` alone orders.
    starts_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    room: Mapped[str] = mapped_column(String(120), default="")
    position: Mapped[int] = mapped_column(default=1)
    # Raised at each change: SEQUENCE of its calendar entry.
    sequence: Mapped[int] = mapped_column(default=0, server_default="0")
    enrolment: Mapped[str] = mapped_column(String(6), default="none", server_default="none")
    # Number of places; None: not limited. Counts only where places are chosen.
    capacity: Mapped[int | None]
    # A cancelled session stays in the programme, marked so.
    state: Mapped[str] = mapped_column(String(9), default="planned", server_default="planned")
    roles: Mapped[list["SessionRole"]] = relationship(
        back_populates="session", order_by="SessionRole.position", cascade="all, delete-orphan"
    )


class SessionRole(db.Model, Addressed):
    """What a person does in a session, with the qualities as printed on that day."""

    __tablename__ = "session_role"
    __retention__ = "kept with its event: published programme"
    __table_args__ = (CheckConstraint("role IN ('moderator','speaker','chair','rapporteur','room')", name="role"),)

    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(String(10))
    position: Mapped[int] = mapped_column(default=1)
    # Ordered snapshot; a later change of mandate leaves it alone.
    qualities: Mapped[tuple[str, ...]] = mapped_column(TextList, default=())
    session: Mapped[Session] = relationship(back_populates="roles")
    person: Mapped[Person] = relationship()
