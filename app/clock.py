"""The one clock of the program; tests freeze it with time-machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_told: ContextVar[datetime | None] = ContextVar("told_time", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _told.get() or datetime.now(UTC)


def is_told() -> bool:
    """Whether `now` answers another instant than the present one."""
    return _told.get() is not None


@contextmanager
def telling(instant: datetime) -> Iterator[None]:
    """Inside, `now` answers `instant`: the demonstration tells of past days, a rehearsal shows days to come."""
    mark = _told.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _told.reset(mark)
