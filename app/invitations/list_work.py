"""The work on long lists, done by the worker (`app.jobqueue.register_work`): read one, take one in."""

import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime

from flask import current_app
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from app.audit.service import Actor
from app.clock import now
from app.database import begin_writing, db, reading
from app.invitations import lists
from app.invitations.examining import examine
from app.invitations.list_models import GuestListImport
from app.invitations.list_queries import find_import
from app.invitations.planning import Tell, collector_at_rest

READ, TAKE_IN = "read_guest_list", "take_in_guest_list"
_PAUSE = 0.4  # seconds between two words of progress


def read(public_id: str) -> Iterator[None]:
    """Read a list and compare it with whom we know; nobody waits for the database meanwhile."""
    with collector_at_rest(), reading():
        kept = find_import(public_id)
        if kept is None or kept.state != "reading":
            return
        found = examine(lists.sent_of(kept), _teller(public_id))
        actor = _actor(kept)
    begin_writing()
    kept = find_import(public_id)
    if kept is not None and kept.state == "reading":
        lists.settle(kept, found, actor=actor, at=now())
    yield


def take_in(public_id: str) -> Iterator[None]:
    """Take in a list: compare first, then write all of it in one transaction."""
    with collector_at_rest(), reading():
        kept = find_import(public_id)
        if kept is None or kept.state != "applying":
            return
        ready = lists.compare(kept, _teller(public_id))
        actor = _actor(kept)
    begin_writing()
    kept = find_import(public_id)
    if kept is not None and kept.state == "applying":
        with collector_at_rest():
            lists.take_in(kept, secret=current_app.config["SECRET_KEY"], actor=actor, at=now(), ready=ready)
    yield


def give_up(public_id: str) -> None:
    """Say that nothing more will come: the file is refused, or the list waits again for its decision."""
    kept = find_import(public_id)
    if kept is None or kept.state not in {"reading", "applying"}:
        return
    kept.problem = lists.told(lists.NotFinished())
    kept.state = "refused" if kept.state == "reading" else "previewed"


def turn(at: datetime) -> int:
    """What tells one order for a list from the next: the moment it was given, in milliseconds."""
    return int(at.timestamp() * 1000)


def _actor(kept: GuestListImport) -> Actor:
    return Actor("user", kept.actor_id, kept.made_by)


def _teller(public_id: str) -> Tell:
    """Progress, written beside the work's own transaction; a word that finds the database busy is not said."""
    said = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal said
        if time.monotonic() - said < _PAUSE:
            return
        said = time.monotonic()
        row = update(GuestListImport).where(GuestListImport.public_id == public_id)
        with suppress(OperationalError), db.engine.begin() as connection:
            connection.execute(row.values(done=done, total=total))

    return tell
