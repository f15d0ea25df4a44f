"""Letters on their way."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import now
from app.columns import UtcDateTime
from app.database import Addressed, Row, db

# "bounced": the server took it, and a notification said later that it could not be delivered.
STATES = ("queued", "sending", "sent", "bounced", "failed", "cancelled")


class Message(db.Model, Addressed):
    """One letter to one address, for one cause. The row is written with the change that causes it."""

    __tablename__ = "message"
    __retention__ = "one year after it was sent (proof of the exchange), then erased"
    __table_args__ = (
        CheckConstraint("state IN ('queued','sending','sent','bounced','failed','cancelled')", name="state"),
        Index("ix_message_topic_state", "topic", "state"),
        Index("ix_message_state_due_at", "state", "due_at"),
    )

    # Idempotency key, e.g. "invitation:<public id>:1": one cause, one letter.
    cause: Mapped[str] = mapped_column(String(120), unique=True)
    # Which composer writes it: invitation, confirmation, waiting, cancelled…
    kind: Mapped[str] = mapped_column(String(40))
    # Public id of the event it belongs to; plain text, because events live above this room.
    topic: Mapped[str] = mapped_column(String(26), default="")
    # Public id of the invitation or registration it speaks of.
    subject_id: Mapped[str] = mapped_column(String(26), default="", index=True)
    recipient: Mapped[str] = mapped_column(String(254))
    recipient_name: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(2), default="fr")
    # Values frozen when the letter was decided; the composer may read more.
    context: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # Written when the letter is composed, just before it is posted.
    subject: Mapped[str] = mapped_column(String(300), default="")
    body_text: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(10), default="queued")
    queued_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    # Not before this instant: later than `queued_at` after a try that nobody answered.
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    # When the last try began; indexed because the pace is counted over the last minute.
    sending_since: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    # Name of the worker that has it, so that the same one takes up what it had begun.
    worker: Mapped[str] = mapped_column(String(80), default="", server_default="")
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    bounced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[list["Attempt"]] = relationship(
        back_populates="message", order_by="Attempt.id", cascade="all, delete-orphan"
    )


class Attempt(db.Model, Row):
    """One try at posting a letter, or what a mail server reported of it later."""

    __tablename__ = "attempt"
    __retention__ = "with its message"

    message_id: Mapped[int] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    # "sent", "refused" (the server said no), "unreachable"; reported later: "delayed", "bounced".
    outcome: Mapped[str] = mapped_column(String(12))
    # What the server said, first 500 characters.
    detail: Mapped[str] = mapped_column(String(500), default="")
    message: Mapped[Message] = relationship(back_populates="attempts")
