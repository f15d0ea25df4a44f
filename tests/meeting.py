"""Where the threads of a race test wait for one another: after they have looked, before they act on what they saw.

With the lock they cannot meet, so the first waits a moment in vain and then all pass, one after the other. A negative
control takes the lock out and says so: everyone then really comes, however slow the machine is.
"""

import threading
from collections.abc import Callable
from contextlib import suppress
from types import ModuleType
from typing import TypeVar

import pytest
from sqlalchemy import event

from app import database
from app.database import db

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

    def without_lock(self, monkeypatch: pytest.MonkeyPatch, room: ModuleType, name: str) -> None:
        """Take the lock `name` of `room` out, for the negative control: nobody is held back, so wait for everyone."""
        self._patience = AS_LONG_AS_IT_TAKES
        monkeypatch.setattr(room, name, lambda *_: None)
        if db.engine.dialect.name == "sqlite":
            # There the write transaction is the lock: without its BEGIN each statement stands alone.
            db.session.commit()
            event.remove(db.engine, "begin", database._begin_sqlite)

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
