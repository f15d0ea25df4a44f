"""Who comes."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import now
from app.columns import TextList, UtcDateTime
from app.database import Addressed, Row, db
from app.directory.models import Person
from app.events.models import Category, Event
from app.invitations.models import Invitation

# "offered": a place came free and is held for this person until they say; "pending": asked for, the
# organiser decides; "refused": the organiser said no.
STATES = ("confirmed", "offered", "waiting", "pending", "refused", "cancelled")
# A place is taken away from the others.
SEATED = frozenset({"confirmed", "offered"})
# No longer comes.
ENDED = frozenset({"refused", "cancelled"})


class Registration(db.Model, Addressed):
    """One person and one place at one event, or a rank in its queue."""

    __tablename__ = "registration"
    __retention__ = "ninety days after the event, then only figures; longer where a funder asks"
    __table_args__ = (
        UniqueConstraint("event_id", "person_id"),
        UniqueConstraint("queue_id", "waiting_rank"),
        CheckConstraint("state IN ('confirmed','offered','waiting','pending','refused','cancelled')", name="state"),
        CheckConstraint("(state = 'waiting') = (waiting_rank IS NOT NULL)", name="rank"),
        CheckConstraint("(waiting_rank IS NULL) = (queue_id IS NULL)", name="queue"),
        Index("ix_registration_event_state", "event_id", "state", "category_id"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"), index=True)
    # None for someone registered without an invitation of their own (a representative).
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitation.id"), unique=True)
    # What the badge prints, frozen at registration.
    qualities: Mapped[tuple[str, ...]] = mapped_column(TextList, default=())
    organisation: Mapped[str] = mapped_column(String(300), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    language: Mapped[str] = mapped_column(String(2), default="fr")
    # The table or zone the badge prints; organisers alone give it.
    zone: Mapped[str] = mapped_column(String(30), default="", server_default="")
    state: Mapped[str] = mapped_column(String(10))
    # The queue of what was scarce, and the order in it: strictly increasing, never given twice in one queue.
    queue_id: Mapped[int | None] = mapped_column(ForeignKey("queue.id"))
    waiting_rank: Mapped[int | None]
    # Instant of receipt: across queues, who asked first is served first.
    waiting_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Raised with each change; SEQUENCE of the calendar entry.
    sequence: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    event: Mapped[Event] = relationship()
    person: Mapped[Person] = relationship()
    category: Mapped[Category] = relationship()
    invitation: Mapped[Invitation | None] = relationship()


class Queue(db.Model, Row):
    """The waiting list of one scarce thing: the last rank it gave, so that ranks only ever grow.

    What is scarce: the event itself (neither category nor session), a category, or a session.
    """

    __tablename__ = "queue"
    __retention__ = "with its event"
    __table_args__ = (
        CheckConstraint("category_id IS NULL OR session_id IS NULL", name="thing"),
        Index(
            "uq_queue_event",
            "event_id",
            unique=True,
            sqlite_where=text("category_id IS NULL AND session_id IS NULL"),
            postgresql_where=text("category_id IS NULL AND session_id IS NULL"),
        ),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    category_id: Mapped[int | None] = mapped_column(ForeignKey("category.id", ondelete="CASCADE"), unique=True)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), unique=True)
    last_rank: Mapped[int] = mapped_column(default=0)


class Representation(db.Model, Row):
    """Someone comes instead of the invited person."""

    __tablename__ = "representation"
    __retention__ = "with the registration"

    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id", ondelete="CASCADE"), unique=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    invitation: Mapped[Invitation] = relationship()
    registration: Mapped[Registration] = relationship()


class Ceremony(db.Model, Row):
    """How the ceremony of an event is held, as far as precedence depends on it (décret 89-655, article 9)."""

    __tablename__ = "ceremony"
    __retention__ = "with its event"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), unique=True)
    # The place of the inviting authority; None: nobody among those who come.
    host_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id", ondelete="SET NULL"), index=True)
    # Ordered by the Government: the inviting authority keeps its own rank.
    is_by_government: Mapped[bool] = mapped_column(default=False)
    host: Mapped[Registration | None] = relationship()


class Companion(db.Model, Row):
    """Someone named who comes with an invited person, with a place and a code of their own."""

    __tablename__ = "companion"
    __retention__ = "with the registration"

    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id", ondelete="CASCADE"), index=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    invitation: Mapped[Invitation] = relationship()
    registration: Mapped[Registration] = relationship()


class RepresentationRequest(db.Model, Addressed):
    """Somebody whom a link was forwarded to asks to come instead; nothing is given before it is granted."""

    __tablename__ = "representation_request"
    __retention__ = "thirty days after the event"
    __table_args__ = (CheckConstraint("state IN ('waiting','granted','refused')", name="state"),)

    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id", ondelete="CASCADE"), index=True)
    civility: Mapped[str] = mapped_column(String(4), default="")
    given_name: Mapped[str] = mapped_column(String(120), default="")
    family_name: Mapped[str] = mapped_column(String(120), default="")
    quality: Mapped[str] = mapped_column(String(300), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    # What they say to the organiser.
    message: Mapped[str] = mapped_column(String(500), default="")
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Name of who granted or refused it.
    decided_by: Mapped[str] = mapped_column(String(200), default="")
    invitation: Mapped[Invitation] = relationship()

    @property
    def full_name(self) -> str:
        """Given name, then surname, as typed."""
        return f"{self.given_name} {self.family_name}".strip()


class OneTimeCode(db.Model, Row):
    """Six digits mailed to the address of an invitation; whoever types them reads that mailbox."""

    __tablename__ = "one_time_code"
    __retention__ = "one day: erased when the next one is asked for"
    __table_args__ = (UniqueConstraint("invitation_id", "number"),)

    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id", ondelete="CASCADE"))
    # Counts the codes of one invitation; the digits derive from it, so that only a hash is kept.
    number: Mapped[int]
    # Keyed hash: without the program's key six digits cannot be tried against it.
    code_hash: Mapped[str] = mapped_column(String(64))
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Wrong digits typed so far.
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    invitation: Mapped[Invitation] = relationship()
