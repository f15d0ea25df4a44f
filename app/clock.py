"""The one clock of the program; tests freeze it with time-machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_told: ContextVar[datetime | None] = ContextVar("told_time", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _told.get() or datetime.now(UTC)


@contextmanager
def telling(instant: datetime) -> Iterator[None]:
    """Inside, `now` answers `instant`: the demonstration tells what happened in the past days."""
    mark = _told.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _told.reset(mark)
