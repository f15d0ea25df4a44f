"""Badges."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import now
from app.columns import UtcDateTime
from app.database import Addressed, Row, db
from app.registration.models import Registration


class Badge(db.Model, Row):
    """What a guest carries. The code holds no personal data and survives a corrected name."""

    __tablename__ = "badge"
    __retention__ = "with the registration"
    __table_args__ = (
        CheckConstraint("state IN ('active','revoked')", name="state"),
        Index("ix_badge_event_short_code", "event_id", "short_code", unique=True),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"), index=True)
    # Exactly what the QR contains: 26 upper-case alphanumeric characters.
    code: Mapped[str] = mapped_column(String(40), unique=True)
    # Eight characters without look-alikes, printed under the QR.
    short_code: Mapped[str] = mapped_column(String(8))
    # The QR's modules as badges.qr_matrix gives them; None until it is first drawn.
    matrix: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(8), default="active")
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    registration: Mapped[Registration] = relationship()


class PrintRun(db.Model, Addressed):
    """Badges were drawn: who asked, when, how many."""

    __tablename__ = "print_run"
    __retention__ = "with its event"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    made_by: Mapped[str] = mapped_column(String(200), default="")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    design: Mapped[str] = mapped_column(String(40))
    badges: Mapped[int]
