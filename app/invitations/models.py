"""Invitations, the waves they leave in, their reminders."""

from datetime import date, datetime, time

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import now
from app.columns import Bilingual, BilingualText, TextList, UtcDateTime
from app.database import Addressed, Row, db
from app.directory.models import Office, Person
from app.events.models import Category, Event

# In the order of an invitation's life. "approved": a second person let its wave leave; "opened": a
# person (never a mail scanner) looked at the answer page; "no_answer": the deadline passed in silence.
STATES = (
    "draft",
    "approved",
    "sent",
    "bounced",
    "opened",
    "accepted",
    "declined",
    "represented",
    "no_answer",
    "withdrawn",
)
NOT_SENT = frozenset({"draft", "approved"})
# The letter left and the answer is awaited.
AWAITED = frozenset({"sent", "bounced", "opened"})
# Whom a reminder may go to.
REMINDABLE = ("sent", "opened")
ANSWERED = frozenset({"accepted", "declined", "represented"})
UNANSWERED = NOT_SENT | AWAITED | {"no_answer"}
CHANNELS = ("mail", "paper", "hand")
MOST_COMPANIONS = 20


class Campaign(db.Model, Addressed):
    """A wave: invitations that leave together, once a second person approved them."""

    __tablename__ = "campaign"
    __retention__ = "kept with its event: names of the accounts that submitted and approved"
    __table_args__ = (
        UniqueConstraint("event_id", "name"),
        CheckConstraint("state IN ('open','submitted','approved')", name="state"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    # "A", "B", "C" or whatever the organiser calls it.
    name: Mapped[str] = mapped_column(String(60))
    position: Mapped[int] = mapped_column(default=1)
    # The day it is meant to leave, in the event's zone; nothing leaves by itself.
    planned_on: Mapped[date | None]
    # "open": being put together; "submitted": waits for a second person; "approved": may leave.
    state: Mapped[str] = mapped_column(String(10), default="open")
    # Public ids and names of the two accounts, as they were.
    submitted_by_id: Mapped[str] = mapped_column(String(26), default="")
    submitted_by: Mapped[str] = mapped_column(String(200), default="")
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    approved_by_id: Mapped[str] = mapped_column(String(26), default="")
    approved_by: Mapped[str] = mapped_column(String(200), default="")
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Why the second person sent it back; empty otherwise.
    returned_because: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    event: Mapped[Event] = relationship()


class MailingRules(db.Model, Row):
    """How the letters of one event leave. Without a row the defaults hold."""

    __tablename__ = "mailing_rules"
    __retention__ = "with its event: no personal data"
    __table_args__ = (CheckConstraint("shared_mailbox IN ('each','digest')", name="shared_mailbox"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), unique=True)
    # Whether invitations outside a wave are held back too.
    requires_approval: Mapped[bool] = mapped_column(default=False)
    # Several invitees behind one mailbox: "each" gets a mail, or one "digest" holds their links.
    shared_mailbox: Mapped[str] = mapped_column(String(8), default="each")


class Reminder(db.Model, Addressed):
    """A dated letter to those who have not answered: so many days before their deadline, at nine."""

    __tablename__ = "reminder"
    __retention__ = "with its event: no personal data"
    __table_args__ = (
        UniqueConstraint("event_id", "days_before"),
        CheckConstraint("days_before BETWEEN 0 AND 90", name="days_before"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    days_before: Mapped[int]
    # States of the invitations it goes to, among "sent" and "opened".
    states: Mapped[tuple[str, ...]] = mapped_column(TextList, default=("sent", "opened"))
    # A sentence of the organiser's own, before the facts.
    note: Mapped[Bilingual] = mapped_column(BilingualText, default=Bilingual())
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    event: Mapped[Event] = relationship()


class Invitation(db.Model, Addressed):
    """We ask this person, in this quality, to this event; what they said."""

    __tablename__ = "invitation"
    __retention__ = "declined and unanswered: thirty days after the event; others with the registration"
    __table_args__ = (
        UniqueConstraint("event_id", "person_id"),
        CheckConstraint(
            "state IN ('draft','approved','sent','bounced','opened','accepted','declined','represented',"
            "'no_answer','withdrawn')",
            name="state",
        ),
        CheckConstraint("channel IN ('mail','paper','hand')", name="channel"),
        CheckConstraint("companions_allowed BETWEEN 0 AND 20", name="companions_allowed"),
        CheckConstraint("deadline_time IS NULL OR deadline_day IS NOT NULL", name="deadline_hour_has_day"),
        Index("ix_invitation_event_state", "event_id", "state"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    # Whoever holds this office is invited: `person` is its holder when a letter leaves (scenario 5.14).
    office_id: Mapped[int | None] = mapped_column(ForeignKey("office.id", ondelete="SET NULL"), index=True)
    # Who held the office when an earlier letter left; a contact still, no longer the invitee.
    former_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"), index=True)
    # None: outside the waves.
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id", ondelete="SET NULL"), index=True)
    # Snapshot: in which quality the person is invited, in the printed order.
    qualities: Mapped[tuple[str, ...]] = mapped_column(TextList, default=())
    organisation: Mapped[str] = mapped_column(String(300), default="")
    # Where the letter goes: the person's own mailbox or a secretariat's.
    email: Mapped[str] = mapped_column(String(254), default="")
    language: Mapped[str] = mapped_column(String(2), default="fr")
    # The table or zone meant for whoever comes on this invitation; what is printed is the registration's.
    zone: Mapped[str] = mapped_column(String(30), default="", server_default="")
    # How the letter travels: by mail, printed and posted ("paper"), or given by "hand".
    channel: Mapped[str] = mapped_column(String(6), default="mail", server_default="mail")
    # Keys of the forms sent last, newest first: a form sent twice is answered once.
    form_keys: Mapped[tuple[str, ...]] = mapped_column(TextList, default=(), server_default="[]")
    # How many people may come along; each is named.
    companions_allowed: Mapped[int] = mapped_column(default=0, server_default="0")
    # Whether somebody may come in this person's name.
    is_transferable: Mapped[bool] = mapped_column(default=True, server_default=true())
    # A later (or earlier) day than the event's, for this person alone: that day is included, or
    # answers close at `deadline_time` of that day, in the event's zone.
    deadline_day: Mapped[date | None]
    deadline_time: Mapped[time | None]
    state: Mapped[str] = mapped_column(String(12), default="draft")
    # SHA-256 of the personal link's token; the token itself is never stored. Raising the version
    # makes a new link and kills the old one.
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    token_version: Mapped[int] = mapped_column(default=1)
    # When the save-the-date left, then the invitation; last_contact_at: the latest letter of any kind.
    announced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_contact_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Public id of the shared letter that carried this link; empty when it had a letter of its own.
    digest_id: Mapped[str] = mapped_column(String(26), default="", server_default="", index=True)
    # A person moved on the answer page: known by a POST or a scroll, never by a GET.
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    bounced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # What the mail server said, first 500 characters.
    bounce_reason: Mapped[str] = mapped_column(String(500), default="", server_default="")
    reminders_sent: Mapped[int] = mapped_column(default=0, server_default="0")
    reminders_stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # "link", "mail", "phone", "paper", or "staff" where the organiser cancelled the place.
    answered_by: Mapped[str] = mapped_column(String(8), default="")
    decline_reason: Mapped[str] = mapped_column(String(500), default="")
    # Columns of the sender's list that Parvis has no field for.
    extra: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    event: Mapped[Event] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=person_id)
    office: Mapped[Office | None] = relationship()
    former_person: Mapped[Person | None] = relationship(foreign_keys=former_person_id)
    category: Mapped[Category] = relationship()
    campaign: Mapped[Campaign | None] = relationship()
