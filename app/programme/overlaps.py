"""Which sessions nobody can attend both."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from app.programme.models import Session

# A session without an end still takes the minute it begins in.
SHORTEST = timedelta(minutes=1)


def overlap(one: Session, other: Session) -> bool:
    """Whether two sessions share a moment; one that ends when the other begins does not."""
    if one.id == other.id or one.starts_at is None or other.starts_at is None:
        return False
    return one.starts_at < _end(other, other.starts_at) and other.starts_at < _end(one, one.starts_at)


def first_overlap(session: Session, others: Iterable[Session]) -> Session | None:
    """The first of `others`, cancelled ones aside, that shares a moment with `session`."""
    return next((other for other in others if other.state != "cancelled" and overlap(session, other)), None)


def _end(session: Session, starts_at: datetime) -> datetime:
    return session.ends_at or starts_at + SHORTEST
