"""A rehearsal of the door: invented guests, and what the door answered to them.

Tables of their own, so that nothing that counts people or badges can ever count these.
"""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.checkin.models import Device
from app.clock import now
from app.codes import new_public_id
from app.columns import UtcDateTime
from app.database import Addressed, Row, db
from app.events.models import Category

# What begins the code of an invented guest: ten letters of base32 before 80 random bits, so that no badge of ours
# begins so; and letters that no short code has (`app.codes.READABLE`). A device knows them without any list.
IDENTITY_MARK, SHORT_MARK, GUEST_MARK = "REPETITION", "ESSAI", "repetition"


def new_guest_id() -> str:
    """The address of an invented guest or of an answer to one, which no registration and no row of the ledger has."""
    return f"{GUEST_MARK}{new_public_id()}"


class RehearsalGuest(db.Model, Row):
    """Somebody invented, whose badge shows one answer of the door."""

    __tablename__ = "rehearsal_guest"
    __retention__ = "until the rehearsal is closed"
    __table_args__ = (
        UniqueConstraint("event_id", "short_code"),
        CheckConstraint("state IN ('confirmed','offered','waiting','cancelled')", name="state"),
        CheckConstraint("badge_state IN ('active','revoked')", name="badge_state"),
    )

    public_id: Mapped[str] = mapped_column(String(26), unique=True, default=new_guest_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    # What its badge shows at a first scan: a result of the door, or "companion", "delegation", "escort".
    shows: Mapped[str] = mapped_column(String(16))
    given_name: Mapped[str] = mapped_column(String(80))
    family_name: Mapped[str] = mapped_column(String(80))
    native_name: Mapped[str] = mapped_column(String(160), default="")
    quality: Mapped[str] = mapped_column(String(160), default="")
    organisation: Mapped[str] = mapped_column(String(160), default="")
    # As on a registration and a badge; `code` is what is printed, `version` what is in force.
    state: Mapped[str] = mapped_column(String(16), default="confirmed")
    badge_state: Mapped[str] = mapped_column(String(8), default="active")
    code: Mapped[str] = mapped_column(String(132))
    version: Mapped[int] = mapped_column(default=1)
    short_code: Mapped[str] = mapped_column(String(8))
    # One line for the desk; who comes instead; came in this morning, before anybody scans.
    note: Mapped[str] = mapped_column(String(120), default="")
    stand_in: Mapped[str] = mapped_column(String(160), default="")
    is_in: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Facts told to `deciding.decide` instead of those of the gate and the category.
    facts: Mapped[dict[str, list[str] | int | bool]] = mapped_column(JSON, default=dict)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    category: Mapped[Category] = relationship()

    @property
    def name(self) -> str:
        """As the desk shows a name."""
        return f"{self.given_name} {self.family_name.upper()}"


class RehearsalScan(db.Model, Addressed):
    """One answer to a code of a rehearsal; gone when the rehearsal is closed."""

    __tablename__ = "rehearsal_scan"
    __retention__ = "until the rehearsal is closed"
    __table_args__ = (UniqueConstraint("device_id", "nonce"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    device_id: Mapped[int] = mapped_column(ForeignKey("device.id", ondelete="CASCADE"))
    nonce: Mapped[str] = mapped_column(String(40))
    # None: a code of a rehearsal that is over.
    guest_id: Mapped[int | None] = mapped_column(ForeignKey("rehearsal_guest.id", ondelete="CASCADE"), index=True)
    result: Mapped[str] = mapped_column(String(16))
    direction: Mapped[str] = mapped_column(String(3), default="in")
    scope: Mapped[str] = mapped_column(String(24), default="")
    gate: Mapped[str] = mapped_column(String(80), default="")
    day: Mapped[date]
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    agent: Mapped[str] = mapped_column(String(200), default="")
    is_offline: Mapped[bool] = mapped_column(default=False, server_default=false())
    guest: Mapped[RehearsalGuest | None] = relationship()
    device: Mapped[Device] = relationship()
