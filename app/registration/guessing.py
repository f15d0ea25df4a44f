"""Slows down whoever tries links at random: counted in memory, so that a GET writes nothing."""

import threading
from collections import OrderedDict, deque
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=10)
# Links of 128 bits cannot be guessed: this spares the database, and leaves room for honest mistakes.
MOST_MISSES = 30
MOST_ADDRESSES = 10_000
_misses: OrderedDict[str, deque[datetime]] = OrderedDict()
_lock = threading.Lock()


def note_miss(address: str, at: datetime) -> None:
    """A link that opens nothing was tried from this network address."""
    with _lock:
        times = _misses.setdefault(address, deque(maxlen=MOST_MISSES))
        times.append(at)
        _misses.move_to_end(address)
        while len(_misses) > MOST_ADDRESSES:
            _misses.popitem(last=False)


def is_slowed(address: str, at: datetime) -> bool:
    """Whether this network address tried MOST_MISSES unknown links within WINDOW."""
    with _lock:
        times = _misses.get(address)
        return times is not None and len(times) == MOST_MISSES and at - times[0] < WINDOW


def forget() -> None:
    """Start counting anew (tests)."""
    with _lock:
        _misses.clear()
