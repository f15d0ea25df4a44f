"""Reading the outbox."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased, selectinload

from app.database import db, lock_rows
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
    topic: str, *, state: str = "", kind: str = "", words: str = "", page: int = 1, size: int = 50
) -> list[Message]:
    """Letters of an event, the newest first; `words` are part of a name or an address."""
    wanted = select(Message).options(selectinload(Message.attempts)).order_by(Message.id.desc())
    wanted = _narrowed(wanted, topic, state, kind, words)
    return list(db.session.scalars(wanted.limit(size).offset((page - 1) * size)))


def count_messages(topic: str) -> dict[str, int]:
    """How many letters of an event are in each state."""
    wanted = select(Message.state, func.count()).where(Message.topic == topic).group_by(Message.state)
    return dict(db.session.execute(wanted).all())


def count_come_back(topic: str, *, beside: Sequence[str]) -> int:
    """How many letters of an event, of other kinds than `beside`, came back and were not written again since."""
    later = aliased(Message)
    again = select(later.id).where(
        later.subject_id == Message.subject_id, later.kind == Message.kind, later.id > Message.id
    )
    wanted = select(func.count()).select_from(Message).where(Message.topic == topic, Message.state == "bounced")
    return db.session.scalar(wanted.where(Message.kind.not_in(beside), ~again.exists())) or 0


def count_stopped_by_hand(topic: str) -> int:
    """How many letters of an event somebody stopped and may let leave after all."""
    by_hand = Message.context["stopped by hand"].as_boolean()
    wanted = select(func.count()).where(Message.topic == topic, Message.state == "cancelled", by_hand)
    return db.session.scalar(wanted) or 0


def list_due(at: datetime, *, limit: int, last: Sequence[str] = ()) -> list[Message]:
    """The next letters to post, the longest due first; those of the kinds `last` after all others."""
    wanted = select(Message).where(Message.state == "queued", Message.due_at <= at)
    order = (case((Message.kind.in_(last), 1), else_=0), Message.due_at, Message.id)
    return list(db.session.scalars(wanted.order_by(*order).limit(limit)))


def list_by_id(ids: Sequence[int]) -> list[Message]:
    """The letters of these keys, in their order."""
    found = {message.id: message for message in db.session.scalars(select(Message).where(Message.id.in_(ids)))}
    return [found[key] for key in ids if key in found]


def count_begun_since(at: datetime) -> int:
    """How many letters were last begun after `at`, by any worker."""
    return db.session.scalar(select(func.count()).where(Message.sending_since > at)) or 0


def list_claimed(worker: str) -> dict[str, datetime]:
    """The letters that worker has begun and nothing was noted of: public id → when it began.

    Those of no worker, which the first release left, are anybody's.
    """
    wanted = select(Message.public_id, Message.sending_since)
    found = db.session.execute(wanted.where(Message.state == "sending", Message.worker.in_((worker, ""))))
    return {public_id: since for public_id, since in found if since is not None}


def lock_messages(public_ids: Sequence[str]) -> list[Message]:
    """These letters with their tries, locked until the commit. Raises Busy."""
    ids: list[int] = []
    for start in range(0, len(public_ids), 500):
        some = public_ids[start : start + 500]
        ids += db.session.scalars(select(Message.id).where(Message.public_id.in_(some)))
    lock_rows(Message, ids)
    found: list[Message] = []
    for start in range(0, len(ids), 500):
        wanted = select(Message).where(Message.id.in_(ids[start : start + 500]))
        wanted = wanted.options(selectinload(Message.attempts)).execution_options(populate_existing=True)
        found += db.session.scalars(wanted)
    return found


def list_messages_about(subject_id: str) -> list[Message]:
    """Letters about one invitation or registration, the newest first."""
    wanted = select(Message).where(Message.subject_id == subject_id).order_by(Message.id.desc())
    return list(db.session.scalars(wanted))


def has_newer(message: Message) -> bool:
    """Whether a later letter of the same kind about the same thing leaves, or left."""
    wanted = select(Message.id).where(
        Message.subject_id == message.subject_id, Message.kind == message.kind, Message.id > message.id,
        Message.state.in_(("queued", "sending", "sent")),
    )  # fmt: skip
    return db.session.scalar(wanted.limit(1)) is not None


def list_written_at(topic: str, at: datetime) -> list[Message]:
    """Letters of a topic written by one change, at the instant it gave, in the order of writing."""
    wanted = select(Message).where(Message.topic == topic, Message.queued_at == at)
    return list(db.session.scalars(wanted.order_by(Message.id)))


def count_narrowed(topic: str, *, state: str = "", kind: str = "", words: str = "") -> int:
    """How many letters `list_messages` has in all with the same narrowing."""
    wanted = _narrowed(select(func.count()), topic, state, kind, words)
    return db.session.scalar(wanted) or 0


def list_kinds(topic: str) -> list[str]:
    """The kinds of letters an event has."""
    wanted = select(Message.kind).where(Message.topic == topic).distinct().order_by(Message.kind)
    return list(db.session.scalars(wanted))


def _narrowed(wanted: Any, topic: str, state: str, kind: str, words: str) -> Any:
    wanted = wanted.where(Message.topic == topic)
    if state:
        wanted = wanted.where(Message.state == state)
    if kind:
        wanted = wanted.where(Message.kind == kind)
    if words.strip():
        looked_for = words.strip()
        wanted = wanted.where(
            Message.recipient_name.icontains(looked_for, autoescape=True)
            | Message.recipient.icontains(looked_for, autoescape=True)
        )
    return wanted
