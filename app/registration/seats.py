"""Seats: how many there are, and the one way to take one (architecture promise 1).

Inside one write transaction: lock what becomes scarcer, count, decide, write. `lock_scarce` is a
function of its own so that the negative control of the race test can take it out.
"""

from datetime import datetime

from sqlalchemy import select

from app.database import db, lock_rows
from app.events.models import Category, Event
from app.registration.models import Queue, Registration
from app.registration.queries import count_confirmed, list_waiting
from app.registration.signals import place_confirmed, place_given_up


def lock_scarce(event: Event) -> None:
    """Lock the event and its categories until the commit. Raises Busy after the bounded wait."""
    lock_rows(Event, [event.id])
    lock_rows(Category, [category.id for category in event.categories])


def has_room(event: Event, category: Category, confirmed: dict[int, int]) -> bool:
    """Whether one more of `category` fits the event and the category. Counts are by category id."""
    if event.capacity is not None and sum(confirmed.values()) >= event.capacity:
        return False
    return category.quota is None or confirmed.get(category.id, 0) < category.quota


def seat_or_queue(
    registration: Registration,
    event: Event,
    category: Category,
    at: datetime,
    *,
    is_replacing: bool = False,
) -> None:
    """Confirm a registration or give it the next rank. The caller holds `lock_scarce`.

    `is_replacing`: one for one, the place was just given up by the person replaced.
    """
    if is_replacing or (
        not _is_overtaking(event, category)
        and has_room(event, category, count_confirmed(event.id))
    ):
        registration.state, registration.waiting_rank = "confirmed", None
    else:
        registration.state, registration.waiting_rank = "waiting", _next_rank(event.id)
    registration.changed_at = at
    db.session.add(registration)
    db.session.flush()
    if registration.state == "confirmed":
        place_confirmed.send(registration, at=at)


def _is_overtaking(event: Event, category: Category) -> bool:
    """Whether someone of the same category already waits: newcomers do not pass them."""
    wanted = select(Registration.id).where(
        Registration.event_id == event.id,
        Registration.state == "waiting",
        Registration.category_id == category.id,
    )
    return db.session.scalar(wanted.limit(1)) is not None


def _next_rank(event_id: int) -> int:
    queue = db.session.scalar(select(Queue).where(Queue.event_id == event_id))
    if queue is None:
        queue = Queue(event_id=event_id, last_rank=0)
        db.session.add(queue)
    queue.last_rank += 1
    return queue.last_rank


def give_up(registration: Registration, at: datetime) -> bool:
    """Cancel a registration; answers whether that freed a place.

    The caller holds `lock_scarce`, and promotes unless the place is replaced one for one.
    """
    was_confirmed = registration.state == "confirmed"
    registration.state, registration.waiting_rank = "cancelled", None
    registration.sequence += 1
    registration.changed_at = at
    db.session.flush()
    if was_confirmed:
        place_given_up.send(registration, at=at)
    return was_confirmed


def promote(event: Event, at: datetime) -> list[Registration]:
    """Confirm those who wait, in order of rank, as long as they fit. Returns who was promoted.

    Someone whose category is full is passed over, never the others of the queue.
    """
    promoted = []
    confirmed = count_confirmed(event.id)
    for registration in list_waiting(event.id):
        if event.capacity is not None and sum(confirmed.values()) >= event.capacity:
            break
        if not has_room(event, registration.category, confirmed):
            continue
        registration.state, registration.waiting_rank = "confirmed", None
        registration.sequence += 1
        registration.changed_at = at
        confirmed[registration.category_id] = confirmed.get(registration.category_id, 0) + 1
        db.session.flush()
        place_confirmed.send(registration, at=at)
        promoted.append(registration)
    return promoted
