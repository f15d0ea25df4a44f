"""Stopping letters and sending them again, with an entry in the journal."""

from datetime import datetime

from email_validator import EmailNotValidError, validate_email

from app.audit.service import Actor, record
from app.database import lock_rows
from app.errors import Refusal
from app.events.models import Event
from app.i18n import lazy
from app.outbox import service as outbox
from app.outbox.models import Message
from app.outbox.queries import list_messages


class NoAddress(Refusal):
    """A letter goes to one address."""

    message = lazy("“%(address)s” is not an e-mail address. Please correct it.")
    status = 422


def send_again(event: Event, message: Message, *, actor: Actor, at: datetime, recipient: str = "") -> None:
    """Put a letter that did not arrive back into the queue, to another address when given.

    Raises NotFailed, NoAddress.
    """
    lock_rows(Message, [message.id])
    before = message.recipient
    outbox.send_again(message, at, _checked(recipient))
    changed = {"address": message.recipient} if message.recipient != before else {}
    _record(event, message, "message.sent_again", actor, at, **changed)


def send_failed_again(event: Event, *, actor: Actor, at: datetime) -> int:
    """Put every letter of the event that failed back into the queue; how many."""
    failed = list_messages(event.public_id, state="failed", size=10_000)
    lock_rows(Message, [message.id for message in failed])
    for message in failed:
        outbox.send_again(message, at)
        _record(event, message, "message.sent_again", actor, at)
    return len(failed)


def stop_waiting(event: Event, *, kind: str = "", actor: Actor, at: datetime) -> int:
    """Stop every letter of the event (of that kind) that still waits to leave; how many."""
    waiting = list_messages(event.public_id, state="queued", kind=kind, size=100_000)
    lock_rows(Message, [message.id for message in waiting])
    stopped = [message for message in waiting if message.state == "queued"]
    for message in stopped:
        outbox.cancel(message, at, by_hand=True)
        _record(event, message, "message.cancelled", actor, at)
    return len(stopped)


def resume_stopped(event: Event, *, actor: Actor, at: datetime) -> int:
    """Put every letter that somebody stopped by hand back into the queue; how many."""
    stopped = list_messages(event.public_id, state="cancelled", size=100_000)
    lock_rows(Message, [message.id for message in stopped])
    resumed = [message for message in stopped if outbox.can_send_again(message, at)]
    for message in resumed:
        outbox.send_again(message, at)
        _record(event, message, "message.sent_again", actor, at)
    return len(resumed)


def stop(event: Event, message: Message, *, actor: Actor, at: datetime) -> None:
    """Stop a letter that has not left. Raises AlreadySent."""
    lock_rows(Message, [message.id])
    outbox.cancel(message, at, by_hand=True)
    _record(event, message, "message.cancelled", actor, at)


def _checked(address: str) -> str:
    if not address:
        return ""
    try:
        return validate_email(address, check_deliverability=False).normalized
    except EmailNotValidError:
        raise NoAddress(address=address) from None


def _record(event: Event, message: Message, action: str, actor: Actor, at: datetime, **more: str) -> None:
    record(
        actor, action, kind="message", id=message.public_id, name=message.recipient_name,
        topic=event.public_id, at=at, after={"state": message.state, **more},
    )  # fmt: skip
