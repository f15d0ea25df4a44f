"""Accounts."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access import ROLES
from app.clock import now
from app.columns import UtcDateTime
from app.database import Addressed, Row, db


class User(db.Model, Addressed):
    """Someone who works with Parvis and signs in. Invitees have no account."""

    __tablename__ = "user_account"
    __retention__ = "until an administrator removes the account"

    # Lower case; the name to sign in with.
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    # Werkzeug's scrypt string.
    password_hash: Mapped[str] = mapped_column(String(200))
    # "fr" or "en"; "" for what the browser asks.
    language: Mapped[str] = mapped_column(String(2), default="")
    is_active: Mapped[bool] = mapped_column(default=True)
    # Raised to end every session of this account (new password, "sign out everywhere").
    session_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="user", lazy="joined", cascade="all, delete-orphan"
    )

    is_authenticated = True
    is_anonymous = False

    def get_id(self) -> str:
        """What the session cookie holds (Flask-Login)."""
        return f"{self.public_id}.{self.session_version}"

    def has_role(self, role: str, event_id: int | None = None) -> bool:
        """Whether the account holds `role` or a higher one: on `event_id`, or on any when None."""
        needed = ROLES[role]
        return any(
            ROLES[m.role] >= needed and (event_id is None or m.event_id in (None, event_id)) for m in self.memberships
        )

    def has_role_everywhere(self, role: str) -> bool:
        """Whether the account holds `role` or a higher one on every event, those to come included."""
        return any(m.event_id is None and ROLES[m.role] >= ROLES[role] for m in self.memberships)


class Membership(db.Model, Row):
    """A role of an account, on one event or on all of them."""

    __tablename__ = "membership"
    __retention__ = "with its account or its event"
    __table_args__ = (
        UniqueConstraint("user_id", "event_id"),
        CheckConstraint("role IN ('admin','organiser','reception')", name="role"),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(10))
    # None: every event. A key only; this room does not know events.
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    user: Mapped[User] = relationship(back_populates="memberships")


class SignInFailure(db.Model, Row):
    """A refused sign-in, counted to slow down guessing."""

    __tablename__ = "sign_in_failure"
    __retention__ = "one day: only the last quarter of an hour is counted"

    # SHA-256 of "account:<address>" or "from:<network address>": neither is readable here.
    key: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
