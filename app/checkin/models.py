"""The ledger of the door."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import now
from app.columns import TextList, UtcDateTime
from app.database import Addressed, Row, db
from app.programme.models import Session
from app.registration.models import Registration

# What the door can answer. Only "admitted" lets someone in who was outside; "undone" takes an admission
# back, "exited" says that they left, "returned" that they came back though nobody saw them leave.
RESULTS = (
    "admitted",
    "already_in",
    "returned",
    "copy_suspected",
    "exited",
    "not_in",
    "waiting",
    "offered",
    "cancelled",
    "replaced",
    "revoked",
    "unknown",
    "forged",
    "not_on_list",
    "other_event",
    "not_this_day",
    "not_this_zone",
    "too_early",
    "too_late",
    "identity_refused",
    "event_cancelled",
    "undone",
    "rehearsal_code",
)
# What a code of a rehearsal answers that is over: never a row of the ledger, only beside it (rehearsal_models.py).
REHEARSAL_CODE = "rehearsal_code"
# Kinds of document that may be shown (arrêté of 16 November 2018 as a model list); the kind alone
# is recorded, never a number.
DOCUMENTS = (
    "identity_card",
    "passport",
    "elected_card",
    "parliament_card",
    "driving_licence",
    "residence_permit",
    "professional_card",
    "diplomatic_card",
    "digital_identity",
    "other",
)


ROLES = ("agent", "lead", "observer")
# How often one badge opens a gate: once each day, or once in the whole event.
RULES = ("day", "once")
# How an identity was judged; "waived" by a lead, with the reason in the row of the ledger.
IDENTITIES = ("matches", "does_not_match", "waived")


def _one_of(column: str, words: tuple[str, ...]) -> str:
    return f"{column} IN ({','.join(repr(word) for word in words)})"


class Gate(db.Model, Addressed):
    """A door of the event, of a zone of it, or of a session."""

    __tablename__ = "gate"
    __retention__ = "with its event"
    __table_args__ = (
        UniqueConstraint("event_id", "name"),
        CheckConstraint("rule IN ('day','once')", name="rule"),
        CheckConstraint("session_id IS NULL OR zone = ''", name="zone_or_session"),
        CheckConstraint("closes_at IS NULL OR opens_at IS NULL OR closes_at > opens_at", name="order"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    # "Porte 1"
    name: Mapped[str] = mapped_column(String(80))
    # Gates of one zone count as one entrance; "": the event's main entrance.
    zone: Mapped[str] = mapped_column(String(20), default="")
    # Whose list it keeps; None: everyone who is confirmed.
    session_id: Mapped[int | None] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), index=True)
    rule: Mapped[str] = mapped_column(String(4), default="day")
    # Keys of the categories that may pass; empty: all.
    categories: Mapped[tuple[str, ...]] = mapped_column(TextList, default=())
    # Before is too early, after is too late; None: not said.
    opens_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Whether people are also scanned when they leave.
    counts_exits: Mapped[bool] = mapped_column(default=False, server_default=false())
    position: Mapped[int] = mapped_column(default=1)
    session: Mapped[Session | None] = relationship()

    @property
    def scope(self) -> str:
        """What an entry is counted for: gates of one scope are one entrance."""
        if self.session_id is not None:
            return f"s-{self.session.public_id}" if self.session else ""
        return f"z-{self.zone}" if self.zone else ""


class DoorSettings(db.Model, Row):
    """What the lead chose for the door of one event; without a row, everything as usual."""

    __tablename__ = "door_settings"
    __retention__ = "with its event"
    __table_args__ = (
        CheckConstraint("desk_seconds BETWEEN 1 AND 600", name="desk_seconds"),
        CheckConstraint("arrival_minutes BETWEEN 10 AND 240", name="arrival_minutes"),
        CheckConstraint("show_up BETWEEN 1 AND 100", name="show_up"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), unique=True)
    # Kinds of document taken, in the order of the desk; empty: all of checkin.models.DOCUMENTS.
    documents: Mapped[tuple[str, ...]] = mapped_column(TextList, default=())
    # {category key: [ISO days]} for categories that may not come every day.
    category_days: Mapped[dict[str, list[str]]] = mapped_column(JSON, default=dict)
    # What the forecast of the queue assumes (app/checkin/forecast.py): seconds a guest takes at a desk, minutes within
    # which guests come, how many of a hundred confirmed do come, whether exceptions have a desk of their own.
    desk_seconds: Mapped[int] = mapped_column(default=25, server_default="25")
    arrival_minutes: Mapped[int] = mapped_column(default=30, server_default="30")
    show_up: Mapped[int] = mapped_column(default=85, server_default="85")
    has_exception_desk: Mapped[bool] = mapped_column(default=True, server_default=true())


class Device(db.Model, Addressed):
    """A phone, tablet or computer at a gate: opened by an account, or enrolled by a code and a token."""

    __tablename__ = "device"
    __retention__ = "with the ledger of its event"
    __table_args__ = (CheckConstraint(_one_of("role", ROLES), name="role"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    # Who opened the desk, or made the code it was enrolled with; a plain copy.
    opened_by: Mapped[str] = mapped_column(String(200))
    # "Porte 1 · Guichet 3": where it stands now.
    gate: Mapped[str] = mapped_column(String(80))
    # The gate whose rules it keeps; None: the main entrance, once a day.
    gate_id: Mapped[int | None] = mapped_column(ForeignKey("gate.id", ondelete="SET NULL"), index=True)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    # What people call it, e.g. "Téléphone de Léa"; "" for a desk opened by an account.
    name: Mapped[str] = mapped_column(String(80), default="", server_default="")
    role: Mapped[str] = mapped_column(String(8), default="agent", server_default="agent")
    # SHA-256 of its token; None for a desk opened by an account, and once the token is forgotten.
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    # Public ids of the gates it may stand at, and ISO days it may work; empty: any.
    gates: Mapped[tuple[str, ...]] = mapped_column(TextList, default=(), server_default="[]")
    days: Mapped[tuple[str, ...]] = mapped_column(TextList, default=(), server_default="[]")
    # Until when the token works.
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # When it said that it erased its list: after the day, a revocation or "forget this device".
    wiped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Its clock less ours, in milliseconds; scans that wait on it; the version of its page; age of its list.
    clock_offset: Mapped[int | None]
    queue: Mapped[int | None]
    version: Mapped[str] = mapped_column(String(40), default="", server_default="")
    synced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    gate_row: Mapped[Gate | None] = relationship()
    settings: Mapped[DoorSettings | None] = relationship(
        primaryjoin="foreign(Device.event_id) == DoorSettings.event_id", viewonly=True, uselist=False
    )

    @property
    def scope(self) -> str:
        """What an entry at its gate is counted for."""
        return self.gate_row.scope if self.gate_row else ""


class Scan(db.Model, Addressed):
    """One passage or one refusal. Rows are added, never changed or deleted."""

    __tablename__ = "scan"
    __retention__ = "ninety days after the event, then only figures"
    __table_args__ = (
        UniqueConstraint("device_id", "nonce"),
        UniqueConstraint("entry_key"),
        CheckConstraint(_one_of("result", tuple(word for word in RESULTS if word != REHEARSAL_CODE)), name="result"),
        CheckConstraint("direction IN ('in','out')", name="direction"),
        CheckConstraint("(result = 'admitted') = (entry_key IS NOT NULL)", name="entry_key"),
        Index("ix_scan_event_result", "event_id", "result"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    device_id: Mapped[int] = mapped_column(ForeignKey("device.id"))
    # Made by the page: the same nonce from the same device is a replay and writes nothing.
    nonce: Mapped[str] = mapped_column(String(40))
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id"), index=True)
    result: Mapped[str] = mapped_column(String(16))
    # "camera", "scanner", "typed" or "search".
    road: Mapped[str] = mapped_column(String(8), default="typed")
    # Day of the event in its zone: entry is once a day.
    day: Mapped[date]
    # "<registration>:<day>:<passages so far>", before it the gate's scope: two desks in the same second cannot both
    # admit one person, whatever the database.
    entry_key: Mapped[str | None] = mapped_column(String(60))
    # When it happened, by our clock: for an upload the device's time less the offset of its clock.
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    # Who was at the desk; a plain copy.
    agent: Mapped[str] = mapped_column(String(200), default="")
    # The gate's name then; a device may move.
    gate: Mapped[str] = mapped_column(String(80), default="", server_default="")
    # What the entry is counted for: "" the main entrance, "z-<zone>" or "s-<session>".
    scope: Mapped[str] = mapped_column(String(24), default="", server_default="")
    direction: Mapped[str] = mapped_column(String(3), default="in", server_default="in")
    # Why a lead decided otherwise, and what the rule had answered ("" when nobody did).
    reason: Mapped[str] = mapped_column(String(300), default="", server_default="")
    overrides: Mapped[str] = mapped_column(String(16), default="", server_default="")
    # Decided by the device without us; then what its clock said, how far off it was (ms), when it reached us.
    is_offline: Mapped[bool] = mapped_column(default=False, server_default=false())
    device_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    clock_offset: Mapped[int | None]
    received_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    registration: Mapped[Registration | None] = relationship()
    device: Mapped[Device] = relationship()
    identity: Mapped["IdentityCheck | None"] = relationship(back_populates="scan", uselist=False)


class IdentityCheck(db.Model, Row):
    """A document was looked at: its kind and the result. Never its number, never a copy."""

    __tablename__ = "identity_check"
    __retention__ = "with its scan"
    __table_args__ = (CheckConstraint(_one_of("result", IDENTITIES), name="result"),)

    scan_id: Mapped[int] = mapped_column(ForeignKey("scan.id", ondelete="CASCADE"), unique=True)
    document: Mapped[str] = mapped_column(String(20))
    result: Mapped[str] = mapped_column(String(16))
    scan: Mapped[Scan] = relationship(back_populates="identity")
