"""The record of an event."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import now
from app.columns import Bilingual, BilingualText, TextList, UtcDateTime
from app.database import Addressed, Row, db


class Minutes(db.Model, Addressed):
    """One version of an event's minutes. A published version is never written again."""

    __tablename__ = "minutes"
    __retention__ = "kept: public archive (Code du patrimoine L211-1)"
    __table_args__ = (
        UniqueConstraint("event_id", "version"),
        CheckConstraint("state IN ('draft','published')", name="state"),
        CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name="published"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    # 1 for the first; a correction is the next one.
    version: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(10), default="draft")
    # Date printed on the document.
    issued_on: Mapped[date]
    title: Mapped[Bilingual] = mapped_column(BilingualText)
    # Paragraphs separated by a blank line, **bold** allowed.
    introduction: Mapped[Bilingual] = mapped_column(BilingualText, default=Bilingual())
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_by: Mapped[str] = mapped_column(String(200), default="")
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    sections: Mapped[list["Section"]] = relationship(
        back_populates="minutes", order_by="Section.position", cascade="all, delete-orphan"
    )
    decisions: Mapped[list["Decision"]] = relationship(
        back_populates="minutes", order_by="Decision.position", cascade="all, delete-orphan"
    )


class Section(db.Model, Addressed):
    """What was said in one session. The composition is a snapshot of the programme's."""

    __tablename__ = "section"
    __retention__ = "kept with the minutes"

    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id", ondelete="CASCADE"), index=True)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("session.id", ondelete="SET NULL"))
    position: Mapped[int] = mapped_column(default=1)
    # "Table ronde 1", "Discours de conclusion"
    label: Mapped[Bilingual] = mapped_column(BilingualText)
    title: Mapped[Bilingual] = mapped_column(BilingualText, default=Bilingual())
    # [{"role": "moderator", "name": "Frédéric CHOLÉ", "qualities": ["Délégué …"]}, …] in order.
    composition: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    # Framing paragraphs before the interventions.
    narrative: Mapped[Bilingual] = mapped_column(BilingualText, default=Bilingual())
    minutes: Mapped[Minutes] = relationship(back_populates="sections")
    interventions: Mapped[list["Intervention"]] = relationship(
        back_populates="section", order_by="Intervention.position", cascade="all, delete-orphan"
    )


class Intervention(db.Model, Addressed):
    """What one person said, in the order of the narrative (not always the programme's)."""

    __tablename__ = "intervention"
    __retention__ = "kept with the minutes"

    section_id: Mapped[int] = mapped_column(ForeignKey("section.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=1)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    # As printed; kept even when the person is erased from the directory.
    name: Mapped[str] = mapped_column(String(200))
    qualities: Mapped[tuple[str, ...]] = mapped_column(TextList, default=())
    # Whether it was said from the room.
    is_from_room: Mapped[bool] = mapped_column(default=False)
    # Said together with the one before, whose text it shares; then `text` is empty.
    is_joint: Mapped[bool] = mapped_column(default=False)
    text: Mapped[Bilingual] = mapped_column(BilingualText, default=Bilingual())
    section: Mapped[Section] = relationship(back_populates="interventions")


class Decision(db.Model, Row):
    """An orientation (numbered) or a commitment outside the list (without a number)."""

    __tablename__ = "decision"
    __retention__ = "kept with the minutes"

    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=1)
    number: Mapped[int | None]
    text: Mapped[Bilingual] = mapped_column(BilingualText)
    minutes: Mapped[Minutes] = relationship(back_populates="decisions")
