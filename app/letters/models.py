"""Wording of letters."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import now
from app.columns import Bilingual, BilingualText, TextList, UtcDateTime
from app.database import Addressed, Row, db
from app.events.models import Event

NOTHING = '{"fr": "", "en": ""}'


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
    # One of app.letters.wording.KINDS.
    kind: Mapped[str] = mapped_column(String(20), default="invitation")
    # None: every category without a wording of its own.
    category_id: Mapped[int | None] = mapped_column(ForeignKey("category.id", ondelete="CASCADE"))
    # Above the letterhead, e.g. the motto of the State; on one line.
    motto: Mapped[Bilingual] = mapped_column(BilingualText, default=Bilingual(), server_default=NOTHING)
    # Heading of the sheet, one line each, e.g. "Le Ministre".
    letterhead: Mapped[Bilingual] = mapped_column(BilingualText, default=Bilingual())
    # Place before the date; empty prints the date alone.
    place: Mapped[str] = mapped_column(String(80), default="")
    date_style: Mapped[str] = mapped_column(String(8), default="long")
    # The day printed on it; None: the day it leaves.
    dated_on: Mapped[date | None]
    # "Nos réf." line, empty for none.
    reference: Mapped[str] = mapped_column(String(80), default="", server_default="")
    # Whether the invitee's name and functions stand above the letter.
    has_addressee: Mapped[bool] = mapped_column(default=True, server_default=true())
    # Title above the text, of an open letter.
    heading: Mapped[Bilingual] = mapped_column(BilingualText, default=Bilingual(), server_default=NOTHING)
    # Subject of the mail and, when `prints_object`, the object line of the sheet.
    subject: Mapped[Bilingual] = mapped_column(BilingualText)
    prints_object: Mapped[bool] = mapped_column(default=False)
    # Form of address; empty: from the person (app.directory.protocol).
    salutation: Mapped[Bilingual] = mapped_column(BilingualText, default=Bilingual())
    # Paragraphs separated by a blank line; "{announcement}" alone is the set-apart block.
    body: Mapped[Bilingual] = mapped_column(BilingualText)
    # Lines of the block set apart, placeholders and **large** lines allowed; empty: the event's facts.
    announcement: Mapped[Bilingual] = mapped_column(BilingualText, default=Bilingual(), server_default=NOTHING)
    # Formula with {salutation}, repeated exactly.
    closing: Mapped[Bilingual] = mapped_column(BilingualText, default=Bilingual())
    # What comes with it, one line each.
    enclosures: Mapped[Bilingual] = mapped_column(BilingualText, default=Bilingual(), server_default=NOTHING)
    signatories: Mapped[list["Signatory"]] = relationship(
        back_populates="template", order_by="Signatory.position", cascade="all, delete-orphan"
    )


class Signatory(db.Model, Row):
    """Who signs, side by side with the others, qualities in the printed order."""

    __tablename__ = "signatory"
    __retention__ = "with its letter"
    __table_args__ = (CheckConstraint("civility IN ('','M','Mme')", name="civility"),)

    template_id: Mapped[int] = mapped_column(ForeignKey("letter_template.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=1)
    name: Mapped[str] = mapped_column(String(200))
    qualities: Mapped[tuple[str, ...]] = mapped_column(TextList, default=())
    # "", "M" or "Mme": an officer is "Mon général" from a man only.
    civility: Mapped[str] = mapped_column(String(4), default="", server_default="")
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("signature_picture.id", ondelete="SET NULL"), index=True)
    template: Mapped[LetterTemplate] = relationship(back_populates="signatories")
    picture: Mapped["SignaturePicture | None"] = relationship()


class SignaturePicture(db.Model, Addressed):
    """A signature scanned, as the program itself wrote it again from what was uploaded (PNG)."""

    __tablename__ = "signature_picture"
    __retention__ = "until its signatory no longer signs a letter of the event"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)
    # Pixels.
    width: Mapped[int]
    height: Mapped[int]
    # Read in its place by those who do not see it.
    alternative: Mapped[Bilingual] = mapped_column(BilingualText)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class MergeRun(db.Model, Addressed):
    """All letters of a kind in one file for the printer: asked for, being drawn, ready to fetch."""

    __tablename__ = "merge_run"
    __retention__ = "seven days: the file names everyone written to"
    __table_args__ = (CheckConstraint("state IN ('waiting','running','ready','failed')", name="state"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    # Keywords of the recipients asked for, e.g. {"category": "communes", "channel": "paper"}.
    narrowing: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    # Letters written so far, and in all.
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    # Begin each letter on a sheet of its own when both sides are printed.
    is_two_sided: Mapped[bool] = mapped_column(default=False)
    pages: Mapped[int] = mapped_column(default=0)
    pdf: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    # Why it failed, one sentence.
    trouble: Mapped[str] = mapped_column(String(500), default="")
    made_by: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    event: Mapped[Event] = relationship()
