"""Everyone concerned is told that an event moved or does not take place (scenario 5.12).

The change itself is made in the room of events; letters follow after a short pause in which it may
be undone, written by the worker and posted at the pace of the settings.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from app.audit.service import Actor, record
from app.clock import now
from app.database import begin_writing, db, lock_row, reading
from app.errors import Refusal
from app.events.announcing import Facts, facts_of
from app.events.models import Event
from app.events.phases import is_over
from app.i18n import lazy
from app.invitations.delegation import Delegation
from app.invitations.models import Invitation
from app.outbox import holding as outbox_holding
from app.outbox import service as outbox
from app.outbox.queries import find_message_for_cause
from app.registration.announcement_models import Announcement
from app.registration.announcement_queries import find_last, find_waiting, list_concerned, list_due
from app.registration.models import ENDED, Registration

WORK = "announce"
# Seconds: letters leave at most so long after their hour.
EVERY = 10.0
# Long enough to see a mistake, short beside the quarter of an hour in which everyone is to know.
PAUSE = timedelta(minutes=2)
BATCH = 100
KINDS = {"moved": "event_moved", "cancelled": "event_cancelled"}


class TooLateToUndo(Refusal):
    """Who has read that an event is cancelled is not told the contrary by a click (scenario 5.12 step 2)."""

    message = lazy(
        "The letters have begun to leave: this can no longer be undone. The event can be held on other days instead."
    )


class AlreadyLeft(Refusal):
    """Letters that left cannot be stopped."""

    message = lazy("These letters have begun to leave: they can no longer be stopped.")


def follow_change(event: Event, *, before: Facts, actor: Actor, at: datetime, reason: str = "") -> Announcement | None:
    """Prepare the letters about a change of an event (signal `event_changed`); None when nobody needs one.

    Several changes within the pause make one letter, told from what people knew before the first.
    """
    after, was = facts_of(event), before.when_and_where()
    if event.status == "archived" or (after.status, after.when_and_where()) == (before.status, was):
        return None
    pending = find_waiting(event)
    if pending:
        _drop(pending)
        was, reason = pending.before, reason or pending.reason
    kind = "cancelled" if after.is_cancelled() else "moved"
    is_same = kind == "moved" and after.when_and_where() == was
    if is_same or is_over(event, at) or not list_concerned(event):
        return None
    return _prepare(Announcement(event=event, kind=kind, reason=reason.strip(), before=was), actor, at)


def _prepare(announcement: Announcement, actor: Actor, at: datetime) -> Announcement:
    announcement.made_by, announcement.made_at, announcement.leaves_at = actor.name, at, at + PAUSE
    db.session.add(announcement)
    db.session.flush()
    if announcement.kind == "cancelled":  # nobody is invited to what does not take place
        event = announcement.event
        outbox_holding.hold(event.public_id, beside=tuple(KINDS.values()), until=announcement.leaves_at + PAUSE)
    return announcement


def check_undo(event: Event, *, at: datetime) -> None:
    """Drop the letters about a cancellation (signal `undo_asked`). Raises TooLateToUndo once they leave."""
    last = find_last(event, "cancelled")
    if last is None:
        return
    _stop(last, at, TooLateToUndo)


def stop_letters(announcement: Announcement, *, actor: Actor, at: datetime) -> None:
    """Write to nobody about new dates or another place: the change itself stands. Raises AlreadyLeft."""
    _stop(announcement, at, AlreadyLeft)
    _note("announcement.stopped", announcement, actor, at)


def leave_now(announcement: Announcement, *, actor: Actor, at: datetime) -> None:
    """Do not wait for the end of the pause. Raises AlreadyLeft."""
    lock_row(announcement)
    if announcement.state != "waiting":
        raise AlreadyLeft
    announcement.leaves_at = min(announcement.leaves_at, at)
    _note("announcement.hastened", announcement, actor, at)


def _stop(announcement: Announcement, at: datetime, refusal: type[Refusal]) -> None:
    lock_row(announcement)
    if announcement.state == "stopped":
        return
    if announcement.state != "waiting" or announcement.leaves_at <= at:
        raise refusal
    _drop(announcement)


def _drop(announcement: Announcement) -> None:
    """Its letters are not written; those held back because of it leave after all."""
    announcement.state = "stopped"
    if announcement.kind == "cancelled":
        outbox_holding.let_go(announcement.event.public_id)


def _note(action: str, announcement: Announcement, actor: Actor, at: datetime) -> None:
    event = announcement.event
    name = event.title.fr or event.title.en
    record(actor, action, kind="announcement", id=announcement.public_id, name=name, topic=event.public_id, at=at)


def write_letters(_subject_id: str = "") -> Iterator[None]:
    """Write the letters whose pause is over, some at a time; each `yield` is a commit.

    Nobody waits behind a round that finds nothing: it only reads. Begun again at any moment it writes nothing
    twice: announcement and reader are the cause of a letter.
    """
    with reading():
        due = list_due(now())
    begin_writing()
    for key in due:
        yield from _write_all(key)


def give_up(_subject_id: str) -> None:
    """Nothing to say on a row: the next round, seconds later, goes on."""


def _write_all(key: int) -> Iterator[None]:
    announcement = db.session.get(Announcement, key)
    if announcement is None or not _begin(announcement):
        return
    yield
    concerned = list_concerned(announcement.event)
    readers: list[tuple[type[Registration | Invitation | Delegation], int]] = [
        *((Registration, one) for one in concerned.registrations),
        *((Invitation, one) for one in concerned.invitations),
        *((Delegation, one) for one in concerned.delegations),
    ]
    for start in range(0, len(readers), BATCH):
        lock_row(announcement)
        for model, one in readers[start : start + BATCH]:
            reader: Any = db.session.get(model, one)
            announcement.written += _write(announcement, reader)
        yield
    announcement.state = "left"
    yield


def _begin(announcement: Announcement) -> bool:
    """Take an announcement up, unless it was stopped meanwhile."""
    lock_row(announcement)
    if announcement.state == "waiting":
        announcement.state = "leaving"
        if announcement.kind == "cancelled":
            outbox_holding.stop(announcement.event.public_id, beside=(KINDS["cancelled"],))
    return announcement.state == "leaving"


def _write(announcement: Announcement, reader: Registration | Invitation | Delegation | None) -> int:
    """Queue the letter of one reader; how many were new."""
    if reader is None or (isinstance(reader, Registration) and reader.state in ENDED):
        return 0
    cause = f"announcement:{announcement.public_id}:{reader.public_id}"
    if find_message_for_cause(cause):
        return 0
    email, name = _address(reader)
    outbox.write(
        cause=cause,
        kind=KINDS[announcement.kind],
        topic=announcement.event.public_id,
        subject_id=reader.public_id,
        recipient=email,
        recipient_name=name,
        language=reader.language,
        at=now(),
        context={"announcement": announcement.public_id, "reader": type(reader).__name__.lower()},
        is_known_new=True,
    )
    return 1


def _address(reader: Registration | Invitation | Delegation) -> tuple[str, str]:
    if isinstance(reader, Delegation):
        return reader.contact_email, reader.contact_name
    return reader.email, reader.person.full_name
