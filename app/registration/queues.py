"""Queues: one for each scarce thing, whose ranks only grow, without gap or repeat."""

from dataclasses import dataclass

from sqlalchemy import update

from app.database import db
from app.registration.models import Queue


@dataclass(frozen=True)
class Rank:
    """A rank in one queue."""

    queue_id: int
    number: int


def next_rank(event_id: int, *, category_id: int | None = None, session_id: int | None = None) -> Rank:
    """Give the next rank of the queue of an event, of one of its categories, or of one of its sessions.

    The caller holds the lock of what is scarce (`seats.lock_scarce`, or that of the session). A
    rank rolled back is given again: it was never told.
    """
    raised = (
        update(Queue)
        .where(Queue.event_id == event_id, Queue.category_id == category_id, Queue.session_id == session_id)
        .values(last_rank=Queue.last_rank + 1)
        .returning(Queue.id, Queue.last_rank)
    )
    row = db.session.execute(raised.execution_options(synchronize_session=False)).one_or_none()
    if row is not None:
        return Rank(row.id, row.last_rank)
    queue = Queue(event_id=event_id, category_id=category_id, session_id=session_id, last_rank=1)
    db.session.add(queue)
    db.session.flush()
    return Rank(queue.id, 1)
