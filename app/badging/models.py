"""Badges."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.badging.codes import IDENTITY
from app.clock import now
from app.columns import UtcDateTime
from app.database import Addressed, Row, db
from app.events.models import Event
from app.registration.models import Registration


def _identity_in(context: Any) -> str:
    """The identity with which the code of a new row begins."""
    return str(context.get_current_parameters()["code"][:IDENTITY])


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
    # Exactly what the QR contains (app.badging.codes); of a badge issued before signatures, its identity alone.
    code: Mapped[str] = mapped_column(String(140), unique=True)
    # 128 random bits, 26 characters, kept through all its versions: finds the badge an older code belonged to.
    identity: Mapped[str] = mapped_column(String(26), unique=True, default=_identity_in)
    # Raised when it is reprinted or replaced: older ones answer "replaced". 0: issued before signatures.
    version: Mapped[int] = mapped_column(default=0, server_default="0")
    # Eight characters without look-alikes, printed under the QR.
    short_code: Mapped[str] = mapped_column(String(8))
    # Short codes of the versions it replaced, the last first, with a space between.
    former_codes: Mapped[str] = mapped_column(String(200), default="", server_default="")
    # The QR's modules as badges.qr_matrix gives them; None until it is first drawn.
    matrix: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(8), default="active")
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    registration: Mapped[Registration] = relationship()


class PrintRun(db.Model, Addressed):
    """Something was printed: what, of whom (`PrintedBadge`), who asked, when, why, and the file for a week."""

    __tablename__ = "print_run"
    __retention__ = "with its event; its file one week, erased when the next one is asked for"
    __table_args__ = (
        CheckConstraint("state IN ('waiting','running','ready','failed')", name="state"),
        CheckConstraint("scope IN ('all','changed','one','delegation')", name="scope"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    made_by: Mapped[str] = mapped_column(String(200), default="")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    # "badges", or one of app.badging.products.
    product: Mapped[str] = mapped_column(String(20), default="badges", server_default="badges")
    # "" for what has no designs.
    design: Mapped[str] = mapped_column(String(40), default="")
    # Whose: everyone's, those new or changed since the last run of this design, one person's, a delegation's.
    scope: Mapped[str] = mapped_column(String(10), default="all", server_default="all")
    # Why, in the words of who asked; may be empty.
    reason: Mapped[str] = mapped_column(String(200), default="", server_default="")
    # How the sheets are laid out, see app.badging.layout.Layout.
    options: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    # How many pieces there are: badges, signs, sheets.
    badges: Mapped[int]
    state: Mapped[str] = mapped_column(String(8), default="ready", server_default="ready")
    # How many of them are drawn.
    done: Mapped[int] = mapped_column(default=0, server_default="0")
    pages: Mapped[int] = mapped_column(default=0, server_default="0")
    # Why it failed, for whoever asked.
    trouble: Mapped[str] = mapped_column(String(500), default="", server_default="")
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    pdf: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    event: Mapped[Event] = relationship()


class PrintedBadge(db.Model, Row):
    """One badge on one run: the frozen list, and the log of each print."""

    __tablename__ = "printed_badge"
    __retention__ = "with the badge"
    __table_args__ = (UniqueConstraint("run_id", "badge_id"),)

    run_id: Mapped[int] = mapped_column(ForeignKey("print_run.id", ondelete="CASCADE"))
    badge_id: Mapped[int] = mapped_column(ForeignKey("badge.id", ondelete="CASCADE"), index=True)
    # From 1, in the order of printing.
    position: Mapped[int]
    # Version of the badge that was printed.
    version: Mapped[int]
    # Mark of what was printed (app.badging.content): another one now means that the badge has changed since.
    content: Mapped[str] = mapped_column(String(32))
    badge: Mapped[Badge] = relationship()
    run: Mapped[PrintRun] = relationship()
