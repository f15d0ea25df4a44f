"""Stopping letters and sending them again, with an entry in the journal."""

from datetime import datetime

from app.audit.service import Actor, record
from app.database import lock_rows
from app.events.models import Event
from app.outbox import service as outbox
from app.outbox.models import Message
from app.outbox.queries import list_messages


def send_again(event: Event, message: Message, *, actor: Actor, at: datetime) -> None:
    """Put a letter that failed back into the queue. Raises NotFailed."""
    lock_rows(Message, [message.id])
    outbox.send_again(message)
    _record(event, message, "message.sent_again", actor, at)


def send_failed_again(event: Event, *, actor: Actor, at: datetime) -> int:
    """Put every letter of the event that failed back into the queue; how many."""
    failed = list_messages(event.public_id, state="failed", size=10_000)
    for message in failed:
        send_again(event, message, actor=actor, at=at)
    return len(failed)


def stop(event: Event, message: Message, *, actor: Actor, at: datetime) -> None:
    """Stop a letter that has not left. Raises AlreadySent."""
    lock_rows(Message, [message.id])
    outbox.cancel(message)
    _record(event, message, "message.cancelled", actor, at)


def _record(event: Event, message: Message, action: str, actor: Actor, at: datetime) -> None:
    record(
        actor, action, kind="message", id=message.public_id, name=message.recipient_name,
        topic=event.public_id, at=at, after={"state": message.state},
    )  # fmt: skip
