"""What a guest tells beside the answer: how to be printed, needs, wishes, questions answered, late requests."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from app.clock import now
from app.columns import Bilingual, BilingualText, TextList, UtcDateTime
from app.database import Addressed, Row, db
from app.events.models import Event
from app.invitations.models import Invitation
from app.registration.models import Registration

CONSENT_KINDS = ("access", "diet", "photo", "sharing")
QUESTION_KINDS = ("text", "choice", "yes_no", "date", "country", "phone", "file")
LATE_KINDS = ("attend", "decline", "represented", "change")


class RegistrationDetail(db.Model, Row):
    """The name on the identity document, and a function that came after its category was frozen."""

    __tablename__ = "registration_detail"
    __retention__ = "with the registration; the document's name thirty days after the event"

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"), unique=True)
    # As on the identity document, where the venue asks for it; empty: the same as everywhere else.
    document_given_name: Mapped[str] = mapped_column(String(120), default="")
    document_family_name: Mapped[str] = mapped_column(String(120), default="")
    # What should be printed now, told after the freeze: the desk sees it, the badge says what it said.
    # `later_at` None: no difference.
    later_qualities: Mapped[tuple[str, ...]] = mapped_column(TextList, default=())
    later_organisation: Mapped[str] = mapped_column(String(300), default="")
    later_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    registration: Mapped[Registration] = relationship()

    @property
    def document_name(self) -> str:
        """Given names, then surname, as on the document; empty when nothing was said."""
        return f"{self.document_given_name} {self.document_family_name}".strip()


class Consent(db.Model, Row):
    """What a guest agreed that we know or do, with the words they read; taken back at any time."""

    __tablename__ = "consent"
    __retention__ = "until `kept_until`: needs seven days after the event, the others a year (law 78-17, GDPR 5.1.e)"
    __table_args__ = (
        UniqueConstraint("registration_id", "kind"),
        CheckConstraint("kind IN ('access','diet','photo','sharing')", name="kind"),
        Index("ix_consent_kept_until", "kept_until"),
    )

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"))
    # access: a need at the place; diet: what they eat; photo: no photograph; sharing: on the list given to others.
    kind: Mapped[str] = mapped_column(String(8))
    # What they wrote of a need; empty for photo and sharing.
    text: Mapped[str] = mapped_column(String(500), default="")
    # Version of the words, and the words themselves as this person read them.
    version: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(String(600))
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Last day it is kept, in the event's zone.
    kept_until: Mapped[date]
    registration: Mapped[Registration] = relationship()


class Question(db.Model, Addressed):
    """Something the organiser asks the guests of some categories, at registration or at the desk."""

    __tablename__ = "question"
    __retention__ = "with its event: no personal data"
    __table_args__ = (
        CheckConstraint("kind IN ('text','choice','yes_no','date','country','phone','file')", name="kind"),
        CheckConstraint("asked_at IN ('registration','desk')", name="asked_at"),
        CheckConstraint("most_megabytes BETWEEN 1 AND 10", name="most_megabytes"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    label: Mapped[Bilingual] = mapped_column(BilingualText)
    hint: Mapped[Bilingual] = mapped_column(BilingualText, default=Bilingual())
    # Of a choice: [{"key": "bus", "fr": "En autocar", "en": "By coach"}, …]; a key never changes its meaning.
    choices: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    is_required: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[str] = mapped_column(String(12), default="registration")
    # Keys of the categories it is asked of; empty: everyone.
    categories: Mapped[tuple[str, ...]] = mapped_column(TextList, default=())
    # Of a file: at most so many megabytes, with these endings.
    most_megabytes: Mapped[int] = mapped_column(default=5)
    endings: Mapped[tuple[str, ...]] = mapped_column(TextList, default=())
    position: Mapped[int] = mapped_column(default=1)
    # No longer asked, nor exported; it can be put back with its answers.
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    event: Mapped[Event] = relationship()


class QuestionAnswer(db.Model, Row):
    """What one guest answered to one question."""

    __tablename__ = "question_answer"
    __retention__ = "thirty days after the event"
    __table_args__ = (UniqueConstraint("registration_id", "question_id"),)

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"))
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), index=True)
    # Text as typed; the key of a choice; "yes" or "no"; a day as 2026-11-18; a country's ISO code; a
    # telephone number; the name of a file.
    value: Mapped[str] = mapped_column(String(1000))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    # Of a file.
    mime: Mapped[str] = mapped_column(String(100), default="")
    data: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    question: Mapped[Question] = relationship()
    registration: Mapped[Registration] = relationship()


class LateRequest(db.Model, Addressed):
    """What an invitee asks after the deadline; nothing changes before the organiser grants it."""

    __tablename__ = "late_request"
    __retention__ = "thirty days after the event"
    __table_args__ = (
        CheckConstraint("kind IN ('attend','decline','represented','change')", name="kind"),
        CheckConstraint("state IN ('waiting','granted','refused')", name="state"),
    )

    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    # What was typed: names and function of who comes instead, or how to be printed.
    content: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # What they say to the organiser.
    message: Mapped[str] = mapped_column(String(500), default="")
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Name of who decided, and why, in words the invitee reads.
    decided_by: Mapped[str] = mapped_column(String(200), default="")
    decided_because: Mapped[str] = mapped_column(String(500), default="")
    invitation: Mapped[Invitation] = relationship()
