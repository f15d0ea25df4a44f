"""Who comes, as it was handed to the security of the venue: frozen versions (domain 2.10)."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.columns import TextList, UtcDateTime
from app.database import Addressed, db


class SecurityList(db.Model, Addressed):
    """One version of the list, never written again: the next one holds what changed since."""

    __tablename__ = "security_list"
    __retention__ = "thirty days after the event (domain 3.4)"
    __table_args__ = (UniqueConstraint("event_id", "version"), CheckConstraint("version >= 1", name="version"))

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    # 1, 2, … without a gap.
    version: Mapped[int]
    locked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Name of who locked it, and to whom it goes.
    locked_by: Mapped[str] = mapped_column(String(200))
    recipient: Mapped[str] = mapped_column(String(300))
    # Language and titles of the columns when it was locked: the file stays the same to the byte.
    language: Mapped[str] = mapped_column(String(2))
    titles: Mapped[tuple[str, ...]] = mapped_column(TextList)
    # Address of a registration → the six cells of `titles`. Nothing else is on it: no birth date, no number.
    people: Mapped[dict[str, list[str]]] = mapped_column(JSON)
    # SHA-256 of the whole list as CSV, 64 hexadecimal digits.
    digest: Mapped[str] = mapped_column(String(64))
