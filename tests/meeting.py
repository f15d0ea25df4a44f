"""Where the threads of a race test wait for one another: after they have looked, before they act on what they saw.

With the lock they cannot meet, so the first waits a moment in vain and then all pass, one after the other. A negative
control takes the lock out and says so: everyone then really comes, however slow the machine is.
"""

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

MOMENT = 0.3
# In seconds: what a control waits for threads that are on their way, and that a busy machine lets wait.
AS_LONG_AS_IT_TAKES = 30.0
Looked = TypeVar("Looked")


class Meeting:
    """A place for so many threads at a time, each once: no more than have a connection to the database, some twenty."""

    def __init__(self, number: int) -> None:
        self._barrier = threading.Barrier(number)
        self._patience = MOMENT
        self._mine = threading.local()

    def without_lock(self) -> None:
        """Nobody is held back any more: wait until everyone is there."""
        self._patience = AS_LONG_AS_IT_TAKES

    def after(self, look: Callable[..., Looked]) -> Callable[..., Looked]:
        """The same look, after which a thread waits for the others."""

        def look_and_meet(*told: object) -> Looked:
            seen = look(*told)
            if not hasattr(self._mine, "has_come"):
                self._mine.has_come = True
                with suppress(threading.BrokenBarrierError):
                    self._barrier.wait(timeout=self._patience)
            return seen

        return look_and_meet
