"""Series and their editions."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import now
from app.columns import Bilingual, BilingualText, TextList, UtcDateTime
from app.database import Addressed, Row, db

_NOTHING = '{"fr": "", "en": ""}'
STATUSES = ("draft", "open", "closed", "archived", "cancelled")


class Series(db.Model, Addressed):
    """What comes back every year: the Assises, the Rencontres."""

    __tablename__ = "series"
    __retention__ = "kept: no personal data"

    slug: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[Bilingual] = mapped_column(BilingualText)
    events: Mapped[list["Event"]] = relationship(back_populates="series", order_by="Event.starts_at")


class Venue(db.Model, Addressed):
    """Where an event takes place."""

    __tablename__ = "venue"
    __retention__ = "kept: no personal data"

    name: Mapped[str] = mapped_column(String(200))
    street: Mapped[str] = mapped_column(String(200), default="")
    postcode: Mapped[str] = mapped_column(String(12), default="")
    city: Mapped[str] = mapped_column(String(100), default="")
    country: Mapped[str] = mapped_column(String(2), default="FR")
    # How to come: transport, entrance.
    directions: Mapped[Bilingual] = mapped_column(BilingualText, default=Bilingual())
    # Access for disabled visitors.
    accessibility: Mapped[Bilingual] = mapped_column(BilingualText, default=Bilingual())

    @property
    def address(self) -> str:
        """Name, street, postcode and city on one line."""
        town = f"{self.postcode} {self.city}".strip()
        return ", ".join(part for part in (self.name, self.street, town) if part)


class Event(db.Model, Addressed):
    """One edition."""

    __tablename__ = "event"
    __retention__ = "kept: no personal data beyond the organiser's"
    __table_args__ = (
        UniqueConstraint("series_id", "edition_number"),
        CheckConstraint("status IN ('draft','open','closed','archived','cancelled')", name="status"),
        CheckConstraint("capacity IS NULL OR capacity >= 0", name="capacity"),
        CheckConstraint("ends_at IS NULL OR ends_at > starts_at", name="order"),
        CheckConstraint("date_precision IN ('minute','day')", name="precision"),
        CheckConstraint("over_percent BETWEEN 0 AND 100 AND (over_percent = 0 OR over_reason <> '')", name="over"),
        CheckConstraint("promotion IN ('automatic','by_hand')", name="promotion"),
        CheckConstraint("offer_hours BETWEEN 0 AND 336", name="offer_hours"),
        CheckConstraint("grace_minutes BETWEEN 0 AND 60", name="grace_minutes"),
    )

    series_id: Mapped[int | None] = mapped_column(ForeignKey("series.id"))
    edition_number: Mapped[int | None]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[Bilingual] = mapped_column(BilingualText)
    # One sentence under the title.
    subtitle: Mapped[Bilingual] = mapped_column(BilingualText, default=Bilingual())
    # Paragraphs, **bold** and *italic* allowed.
    description: Mapped[Bilingual] = mapped_column(BilingualText, default=Bilingual())
    practical: Mapped[Bilingual] = mapped_column(BilingualText, default=Bilingual())
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # None when nobody has said it: the invitation of 2025 gives no end.
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # "minute": hours are known; "day": only the days are.
    date_precision: Mapped[str] = mapped_column(String(8), default="minute")
    doors_open_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # IANA name; every rule with a date is evaluated in it.
    timezone: Mapped[str] = mapped_column(String(40), default="Europe/Paris")
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venue.id"))
    # Number of places; None: not limited.
    capacity: Mapped[int | None]
    # Whether a session of the programme has places to choose; answers ask nothing more while none has.
    has_session_choices: Mapped[bool] = mapped_column(default=False, server_default=false())
    # When the first list was handed to the security of the venue (app.registration.security_list); None: not yet.
    list_locked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    id_check: Mapped[bool] = mapped_column(default=False)
    # Minutes after a deadline during which an answer is taken from whoever opened the form in time.
    grace_minutes: Mapped[int] = mapped_column(default=0, server_default="0")
    status: Mapped[str] = mapped_column(String(10), default="draft")
    # Whether anyone may read the event's page; a draft never is.
    is_public: Mapped[bool] = mapped_column(default=True)
    # "#rrggbb", readable under white text (app.palette).
    accent: Mapped[str] = mapped_column(String(7), default="#24456f")
    # Start of the SHA-256 of the picture in `event_logo`; "" without one.
    logo_digest: Mapped[str] = mapped_column(String(16), default="", server_default="")
    # Who organises: name on two levels, functional mailbox, phone, legal footer.
    organiser: Mapped[str] = mapped_column(String(200), default="")
    organiser_parent: Mapped[str] = mapped_column(String(200), default="")
    mailbox: Mapped[str] = mapped_column(String(254), default="")
    legal_footer: Mapped[str] = mapped_column(String(400), default="")
    # Ordered aims of the edition.
    priorities: Mapped[tuple[str, ...]] = mapped_column(TextList, default=())
    # Expected figures, e.g. {"participants": 500, "delegations": 25}: targets, never measures.
    expected: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # ISO code; None while undecided, if there is to be one.
    guest_country: Mapped[str | None] = mapped_column(String(2))
    has_guest_country: Mapped[bool] = mapped_column(default=False)
    # When and why it was cancelled or postponed, in words guests read; what it was before, for the way back.
    notice: Mapped[Bilingual] = mapped_column(BilingualText, default=Bilingual(), server_default=_NOTHING)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    status_before: Mapped[str] = mapped_column(String(10), default="", server_default="")
    postponed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The beginning and the end guests were told first; None while it was not postponed.
    first_starts_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    first_ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # What guests are asked or offered beside the answer, of app.events.asking.ASKED; empty: nothing.
    asks: Mapped[tuple[str, ...]] = mapped_column(TextList, default=(), server_default="[]")
    # The edition this one was made from.
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="SET NULL"))
    # Raised whenever calendars tell something else of the event: part of SEQUENCE (RFC 5545, 3.8.7.4).
    calendar_sequence: Mapped[int] = mapped_column(default=0, server_default="0")
    # Seats given beyond the capacity, per cent of it, with the reason; 0: none.
    over_percent: Mapped[int] = mapped_column(default=0, server_default="0")
    over_reason: Mapped[str] = mapped_column(String(300), default="", server_default="")
    # Whether a place that comes free goes to the next by itself ("automatic") or "by_hand".
    promotion: Mapped[str] = mapped_column(String(9), default="automatic", server_default="automatic")
    # Hours for which a place is offered to who waited; 0: it is confirmed without asking.
    offer_hours: Mapped[int] = mapped_column(default=24, server_default="24")
    has_waiting_list: Mapped[bool] = mapped_column(default=True, server_default=true())
    # Whether the public may read how many places are left.
    shows_remaining: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Number of the key its badges are signed with, from 1 (app.badging.codes); raised by a rotation.
    badge_key: Mapped[int] = mapped_column(default=1, server_default="1")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    series: Mapped[Series | None] = relationship(back_populates="events")
    venue: Mapped[Venue | None] = relationship()
    categories: Mapped[list["Category"]] = relationship(
        back_populates="event", order_by="Category.position", cascade="all, delete-orphan"
    )
    deadline: Mapped["Deadline | None"] = relationship(
        back_populates="event", uselist=False, cascade="all, delete-orphan"
    )


class EventLogo(db.Model, Row):
    """The organiser's mark on an event's pages: a picture we drew again ourselves, as PNG."""

    __tablename__ = "event_logo"
    __retention__ = "with its event"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), unique=True)
    picture: Mapped[bytes] = mapped_column(LargeBinary)


class Category(db.Model, Addressed):
    """A collège: a group of guests with a quota, a colour, a word and a shape."""

    __tablename__ = "category"
    __retention__ = "with its event"
    __table_args__ = (
        UniqueConstraint("event_id", "key"),
        CheckConstraint("quota IS NULL OR quota >= 0", name="quota"),
        CheckConstraint("over_percent BETWEEN 0 AND 100 AND (over_percent = 0 OR over_reason <> '')", name="over"),
        CheckConstraint("palette BETWEEN 1 AND 12", name="palette"),
        CheckConstraint("shape IN ('disc','square','triangle','diamond','star','bar')", name="shape"),
        CheckConstraint("deadline_day IS NULL OR deadline_days_before IS NULL", name="deadline_day_or_distance"),
        CheckConstraint("deadline_days_before BETWEEN 0 AND 365", name="deadline_days_before"),
        CheckConstraint("deadline_at IS NULL OR deadline_is_inclusive = false", name="deadline_hour_or_day"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    # Stable name in lists and on the command line, e.g. "parlementaires".
    key: Mapped[str] = mapped_column(String(40))
    name: Mapped[Bilingual] = mapped_column(BilingualText)
    # Number of places of this category inside the event's; None: only the event's limit counts.
    quota: Mapped[int | None]
    # Seats given beyond the quota, per cent of it, with the reason; 0: none.
    over_percent: Mapped[int] = mapped_column(default=0, server_default="0")
    over_reason: Mapped[str] = mapped_column(String(300), default="", server_default="")
    # Whether an acceptance waits for the organiser before it asks for a place.
    needs_approval: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Index into app.palette.CATEGORY_COLOURS, from 1.
    palette: Mapped[int] = mapped_column(default=1)
    shape: Mapped[str] = mapped_column(String(8), default="disc")
    position: Mapped[int] = mapped_column(default=1)
    # A deadline of its own, as in `Deadline`; neither a day nor a distance: the event's holds.
    deadline_day: Mapped[date | None]
    deadline_days_before: Mapped[int | None]
    deadline_is_inclusive: Mapped[bool] = mapped_column(default=False, server_default=false())
    deadline_at: Mapped[time | None]
    # From this day on a new function or organisation no longer changes what is printed: the desk is told.
    frozen_on: Mapped[date | None]
    event: Mapped[Event] = relationship(back_populates="categories")


class Deadline(db.Model, Row):
    """Until when answers are taken. "Avant le 7" excludes the 7th, "jusqu'au 7" includes it."""

    __tablename__ = "deadline"
    __retention__ = "with its event"
    __table_args__ = (
        CheckConstraint("at IS NULL OR is_inclusive = false", name="hour_or_day"),
        CheckConstraint("(day IS NULL) <> (days_before IS NULL)", name="day_or_distance"),
        CheckConstraint("days_before BETWEEN 0 AND 365", name="days_before"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), unique=True)
    day: Mapped[date | None]
    # Instead of a day: so many days before the event's first day, wherever that moves.
    days_before: Mapped[int | None]
    # Whether answers are still taken on that day.
    is_inclusive: Mapped[bool] = mapped_column(default=False)
    # Hour of closing on that day, in the event's zone; then the day is neither in nor out.
    at: Mapped[time | None]
    event: Mapped[Event] = relationship(back_populates="deadline")
