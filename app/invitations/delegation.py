"""A delegation: people who come together, entered by one contact (domain 2.8)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import now
from app.columns import TextList, UtcDateTime
from app.database import Addressed, db
from app.directory.models import Organisation, Person
from app.events.models import Category, Event

STATES = ("draft", "sent", "registered", "declined", "withdrawn")
# Who counts in the delegation's quota, and who comes to support it.
DELEGATES = ("head", "member")
SUPPORT = ("interpreter", "driver", "security")
ROLES = (*DELEGATES, *SUPPORT)


class Delegation(db.Model, Addressed):
    """An organisation or a country sends several people; its contact names them by one link."""

    __tablename__ = "delegation"
    __retention__ = "contact and link: thirty days after the event; members with their registration"
    __table_args__ = (
        CheckConstraint("state IN ('draft','sent','registered','declined','withdrawn')", name="state"),
        CheckConstraint("quota >= 0 AND support_quota >= 0", name="quota"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"), index=True)
    # As printed on its badges, e.g. "Oblast de Kharkiv"; the directory's entry when there is one.
    name: Mapped[str] = mapped_column(String(300))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id", ondelete="SET NULL"), index=True)
    # ISO 3166-1 alpha-2.
    country: Mapped[str] = mapped_column(String(2), default="FR")
    # How many delegates, the head among them, and how many interpreters, drivers and officers.
    quota: Mapped[int] = mapped_column(default=1)
    support_quota: Mapped[int] = mapped_column(default=0)
    contact_name: Mapped[str] = mapped_column(String(200), default="")
    contact_email: Mapped[str] = mapped_column(String(254), default="")
    # Language the contact is written to.
    language: Mapped[str] = mapped_column(String(2), default="fr")
    state: Mapped[str] = mapped_column(String(10), default="draft")
    # SHA-256 of the contact's link; raising the version makes another link and kills the old one.
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    token_version: Mapped[int] = mapped_column(default=1)
    # First instant at which this delegation is late; None: the event's deadline holds.
    answer_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Keys of the forms sent last, newest first: a form sent twice is answered once.
    form_keys: Mapped[tuple[str, ...]] = mapped_column(TextList, default=(), server_default="[]")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    event: Mapped[Event] = relationship()
    category: Mapped[Category] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    members: Mapped[list["DelegationMember"]] = relationship(
        back_populates="delegation", order_by="DelegationMember.position", cascade="all, delete-orphan"
    )


class DelegationMember(db.Model, Addressed):
    """Someone a contact named: typed first, a person of the directory once a place was asked for."""

    __tablename__ = "delegation_member"
    __retention__ = "with the registration; those never registered, thirty days after the event"
    __table_args__ = (
        CheckConstraint("role IN ('head','member','interpreter','driver','security')", name="role"),
        CheckConstraint("civility IN ('','M','Mme')", name="civility"),
    )

    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(12), default="member")
    # Order on the page and in the pack of badges, from 1.
    position: Mapped[int] = mapped_column(default=1)
    civility: Mapped[str] = mapped_column(String(4), default="")
    given_name: Mapped[str] = mapped_column(String(120), default="")
    family_name: Mapped[str] = mapped_column(String(120), default="")
    # The whole name in its own script; the Latin one is for the badge and the desk.
    native_name: Mapped[str] = mapped_column(String(200), default="")
    # Function as printed on the badge.
    quality: Mapped[str] = mapped_column(String(300), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    delegation: Mapped[Delegation] = relationship(back_populates="members")
    person: Mapped[Person | None] = relationship()

    @property
    def full_name(self) -> str:
        """Given name, then surname, as typed."""
        return f"{self.given_name} {self.family_name}".strip()
