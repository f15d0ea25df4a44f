"""What happens to invitations by the calendar: reminders leave, silence is noted. Done by the worker."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import select

from app.clock import now
from app.database import begin_writing, db, reading
from app.events.models import Event
from app.invitations.reminders import list_planned, send_due
from app.invitations.tracing import list_to_settle, settle_silence

WORK = "follow_up"
# Seconds: a reminder leaves at most so long after its hour.
EVERY = 120.0


def follow_up(_subject_id: str = "") -> Iterator[None]:
    """Write the reminders that are due and note who stayed silent; each `yield` is a commit.

    Nobody waits behind a round that finds nothing: it only reads. Begun again at any moment it writes
    nothing twice: a reminder's cause is its idempotency key.
    """
    with reading():
        waiting = [event.id for event in _followed() if _has_work(event, now())]
    begin_writing()
    for event_id in waiting:
        while (event := db.session.get(Event, event_id)) and send_due(event, now()):
            yield
        if event is not None and settle_silence(event, now()):
            yield


def _followed() -> Sequence[Event]:
    wanted = select(Event).where(Event.status.in_(("open", "closed"))).order_by(Event.id)
    return db.session.scalars(wanted).all()


def _has_work(event: Event, at: datetime) -> bool:
    planned = list_planned(event, at) if event.status == "open" else []
    return any(one.due_at <= at for one in planned) or any(True for _ in list_to_settle(event, at))


def give_up(_subject_id: str) -> None:
    """Nothing to say on a row: the next round, minutes later, begins anew."""
