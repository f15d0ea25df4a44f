"""Letters of one event that must not leave as they are: held back, stopped, or let go after all."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from app.database import db
from app.outbox.models import Message
from app.outbox.queries import lock_messages

# Kept with a letter's context: when it would have left.
HELD = "held since"


def hold(topic: str, *, beside: Collection[str], until: datetime) -> int:
    """Let nothing of the event leave before `until`, except letters of the kinds `beside`; how many wait."""
    waiting = _queued(topic, beside)
    for message in waiting:
        message.context = {**message.context, HELD: message.due_at.isoformat()}
        message.due_at = max(message.due_at, until)
    return len(waiting)


def let_go(topic: str) -> int:
    """What was held leaves when it would have; how many letters."""
    held = [message for message in _queued(topic, ()) if message.context.get(HELD)]
    for message in held:
        context = dict(message.context)
        message.due_at = datetime.fromisoformat(context.pop(HELD))
        message.context = context
    return len(held)


def stop(topic: str, *, beside: Collection[str] = ()) -> int:
    """What has not left never leaves, except letters of the kinds `beside`; how many were stopped."""
    waiting = _queued(topic, beside)
    for message in waiting:
        message.state = "cancelled"
    return len(waiting)


def _queued(topic: str, beside: Collection[str]) -> list[Message]:
    """Locked in sorted order, as the worker locks them; what it took meanwhile is left out. Raises Busy."""
    wanted = select(Message.public_id).where(Message.topic == topic, Message.state == "queued")
    names = db.session.scalars(wanted.where(Message.kind.not_in(beside))).all()
    return [message for message in lock_messages(sorted(names)) if message.state == "queued"]
