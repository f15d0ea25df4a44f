"""Wording of letters."""

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.columns import Bilingual, BilingualText, TextList
from app.database import Addressed, Row, db


class LetterTemplate(db.Model, Addressed):
    """The wording of one kind of letter for an event, for all categories or for one.

    Texts hold {placeholders} of a fixed list (app.letters.placeholders); nothing else is evaluated.
    """

    __tablename__ = "letter_template"
    __retention__ = "kept with its event: no personal data beyond the signatories'"
    __table_args__ = (
        UniqueConstraint("event_id", "kind", "category_id"),
        CheckConstraint("date_style IN ('numeric','long','weekday','none')", name="date_style"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    # "invitation" or "save_the_date".
    kind: Mapped[str] = mapped_column(String(20), default="invitation")
    # None: every category without a wording of its own.
    category_id: Mapped[int | None] = mapped_column(ForeignKey("category.id", ondelete="CASCADE"))
    # Heading of the sheet, one line each, e.g. "Le Ministre".
    letterhead: Mapped[Bilingual] = mapped_column(BilingualText, default=Bilingual())
    # Place before the date; empty prints the date alone.
    place: Mapped[str] = mapped_column(String(80), default="")
    date_style: Mapped[str] = mapped_column(String(8), default="long")
    # Subject of the mail and, when `prints_object`, the object line of the sheet.
    subject: Mapped[Bilingual] = mapped_column(BilingualText)
    prints_object: Mapped[bool] = mapped_column(default=False)
    # Form of address; empty: from the person (app.directory.protocol).
    salutation: Mapped[Bilingual] = mapped_column(BilingualText, default=Bilingual())
    # Paragraphs separated by a blank line; "{announcement}" alone is the set-apart block.
    body: Mapped[Bilingual] = mapped_column(BilingualText)
    # Formula with {salutation}, repeated exactly.
    closing: Mapped[Bilingual] = mapped_column(BilingualText, default=Bilingual())
    signatories: Mapped[list["Signatory"]] = relationship(
        back_populates="template", order_by="Signatory.position", cascade="all, delete-orphan"
    )


class Signatory(db.Model, Row):
    """Who signs, side by side with the others, qualities in the printed order."""

    __tablename__ = "signatory"
    __retention__ = "with its letter"

    template_id: Mapped[int] = mapped_column(ForeignKey("letter_template.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=1)
    name: Mapped[str] = mapped_column(String(200))
    qualities: Mapped[tuple[str, ...]] = mapped_column(TextList, default=())
    template: Mapped[LetterTemplate] = relationship(back_populates="signatories")
