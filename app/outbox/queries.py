"""Reading the outbox."""

from sqlalchemy import func, select

from app.database import db
from app.errors import NotFound
from app.outbox.models import Message


def find_message_for_cause(cause: str) -> Message | None:
    """The letter already written for this cause."""
    return db.session.scalar(select(Message).where(Message.cause == cause))


def get_message(public_id: str, topic: str | None = None) -> Message:
    """The letter, within `topic` when given. Raises NotFound."""
    wanted = select(Message).where(Message.public_id == public_id)
    if topic is not None:
        wanted = wanted.where(Message.topic == topic)
    message = db.session.scalar(wanted)
    if message is None:
        raise NotFound
    return message


def list_messages(
    topic: str, *, state: str = "", kind: str = "", page: int = 1, size: int = 50
) -> list[Message]:
    """Letters of an event, the newest first."""
    wanted = select(Message).where(Message.topic == topic).order_by(Message.id.desc())
    if state:
        wanted = wanted.where(Message.state == state)
    if kind:
        wanted = wanted.where(Message.kind == kind)
    return list(db.session.scalars(wanted.limit(size).offset((page - 1) * size)))


def count_messages(topic: str) -> dict[str, int]:
    """How many letters of an event are in each state."""
    wanted = select(Message.state, func.count()).where(Message.topic == topic).group_by(Message.state)
    return {state: number for state, number in db.session.execute(wanted)}


def list_unfinished() -> list[Message]:
    """Letters neither sent nor given up, oldest first."""
    wanted = select(Message).where(Message.state.in_(("queued", "sending"))).order_by(Message.id)
    return list(db.session.scalars(wanted))
