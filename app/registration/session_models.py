"""Who comes to which session."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import now
from app.columns import UtcDateTime
from app.database import Addressed, db
from app.programme.models import Session
from app.registration.models import Registration


class SessionPlace(db.Model, Addressed):
    """The place of one registered person in one session, or a rank in the session's queue."""

    __tablename__ = "session_place"
    __retention__ = "with the registration"
    __table_args__ = (
        UniqueConstraint("session_id", "registration_id"),
        UniqueConstraint("session_id", "waiting_rank"),
        CheckConstraint("state IN ('confirmed','waiting','cancelled')", name="state"),
        CheckConstraint("(state = 'waiting') = (waiting_rank IS NOT NULL)", name="rank"),
        Index("ix_session_place_session_state", "session_id", "state"),
    )

    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(String(9))
    # Order in the queue of the session: strictly increasing, never given twice in one session.
    waiting_rank: Mapped[int | None]
    # Raised with each change that a calendar must know; SEQUENCE of its entry.
    sequence: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    session: Mapped[Session] = relationship()
    registration: Mapped[Registration] = relationship()
