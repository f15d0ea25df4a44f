"""Pressing again when one is asked to: what a guest or a desk does on a machine that stood still for a moment.

A lock is waited for three seconds and no longer (`app.errors.Busy`). A machine that stops for as long,
for its own reasons, makes everyone who waits hear so; that is an answer, and no fault of the rule a
test is about.
"""

from collections.abc import Callable
from typing import TypeVar

from app.database import db
from app.errors import Busy

# Who is still asked to try again after that many times has lost an answer.
PATIENCE = 40
Given = TypeVar("Given")


def until_told(task: Callable[[], Given]) -> Given:
    """Do a task and commit it, again while the database is busy. Raises Busy after PATIENCE times, and refusals."""
    for _ in range(PATIENCE - 1):
        try:
            return _done(task)
        except Busy:
            db.session.rollback()
    return _done(task)


def _done(task: Callable[[], Given]) -> Given:
    given = task()
    db.session.commit()
    return given
