"""Seats: how many there are, and the one way to take one (architecture promise 1).

Inside one write transaction: lock what becomes scarcer, count, decide, write. `lock_scarce` is a
function of its own so that the negative control of the race test can take it out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.database import db, lock_row, lock_rows
from app.errors import Refusal
from app.events.models import Category, Event
from app.i18n import lazy
from app.registration.models import Registration
from app.registration.queries import count_confirmed, count_taken, list_waiting
from app.registration.queues import next_rank
from app.registration.signals import place_confirmed, place_given_up


class NotTogether(Refusal):
    """Fewer places are free than people who come together or not at all; `free` is how many."""

    message = lazy("%(wanted)s places are asked for together and %(free)s can be given: nobody was registered.")


@dataclass(frozen=True)
class Place:
    """A place, or a rank in the queue, that someone had; it may pass to one other person."""

    state: str
    rank: int | None = None
    queue_id: int | None = None
    since: datetime | None = None

    @property
    def is_seat(self) -> bool:
        """Whether giving it up frees a seat."""
        return self.state == "confirmed"


def lock_scarce(event: Event, category: Category | None = None) -> None:
    """Lock the event and the category (all of them when None) until the commit.

    Raises Busy after the bounded wait.
    """
    lock_row(event)
    if category:
        lock_row(category)
    else:
        lock_rows(Category, [category.id for category in event.categories])


def has_room(event: Event, category: Category, confirmed: dict[int, int]) -> bool:
    """Whether one more of `category` fits the event and the category. Counts are by category id."""
    if event.capacity is not None and sum(confirmed.values()) >= event.capacity:
        return False
    return category.quota is None or confirmed.get(category.id, 0) < category.quota


def seat_or_queue(
    registration: Registration, event: Event, category: Category, at: datetime, *, inherited: Place | None = None
) -> None:
    """Confirm a registration or give it the next rank. The caller holds `lock_scarce`.

    `inherited`: one for one, the place or rank just given up by the person replaced; nobody in the
    queue loses by it.
    """
    if inherited:
        registration.state = inherited.state
        registration.queue_id, registration.waiting_rank = inherited.queue_id, inherited.rank
        registration.waiting_since = inherited.since
    elif _can_sit(event, category):
        _leave_queue(registration, "confirmed")
    else:
        rank = next_rank(event.id)
        registration.state, registration.queue_id, registration.waiting_rank = "waiting", rank.queue_id, rank.number
        registration.waiting_since = at
    registration.changed_at = at
    db.session.add(registration)
    if registration.state == "confirmed":
        place_confirmed.send(registration, at=at)


def seat_all_or_none(registrations: Sequence[Registration], event: Event, category: Category, at: datetime) -> None:
    """Confirm every registration, all of one category, or none. The caller holds `lock_scarce`.

    Raises NotTogether when fewer places are free; somebody of the category who waits comes first.
    """
    wanted, confirmed, waiting = len(registrations), *count_taken(event.id)
    free = [wanted] if not waiting.get(category.id) else [0]
    if event.capacity is not None:
        free.append(event.capacity - sum(confirmed.values()))
    if category.quota is not None:
        free.append(category.quota - confirmed.get(category.id, 0))
    if min(free) < wanted:
        raise NotTogether(wanted=wanted, free=max(0, min(free)))
    for registration in registrations:
        seat_or_queue(registration, event, category, at, inherited=Place("confirmed"))


def _can_sit(event: Event, category: Category) -> bool:
    """Whether there is room, and nobody of the same category waits who would be passed."""
    if event.capacity is None and category.quota is None:
        return True
    confirmed, waiting = count_taken(event.id)
    return has_room(event, category, confirmed) and not waiting.get(category.id)


def _leave_queue(registration: Registration, state: str) -> None:
    registration.state = state
    registration.queue_id, registration.waiting_rank, registration.waiting_since = None, None, None


def give_up(registration: Registration, at: datetime) -> Place | None:
    """Cancel a registration; answers what it had, None when it was cancelled before.

    The caller holds `lock_scarce`, and promotes unless the place is replaced one for one.
    """
    if registration.state == "cancelled":
        return None
    place = Place(registration.state, registration.waiting_rank, registration.queue_id, registration.waiting_since)
    _leave_queue(registration, "cancelled")
    registration.sequence += 1
    registration.changed_at = at
    db.session.flush()
    if place.is_seat:
        place_given_up.send(registration, at=at)
    return place


def list_fitting(event: Event) -> list[Registration]:
    """Those who wait and fit at present, in order of rank.

    Someone whose category is full is passed over, never the others of the queue.
    """
    fitting = []
    confirmed = count_confirmed(event.id)
    for registration in list_waiting(event.id):
        if event.capacity is not None and sum(confirmed.values()) >= event.capacity:
            break
        if has_room(event, registration.category, confirmed):
            number = registration.category_id
            confirmed[number] = confirmed.get(number, 0) + 1
            fitting.append(registration)
    return fitting


def promote(event: Event, at: datetime) -> list[Registration]:
    """Confirm those who wait, in order of rank, as long as they fit. Returns who was promoted.

    The caller holds `lock_scarce`.
    """
    promoted = list_fitting(event)
    for registration in promoted:
        _leave_queue(registration, "confirmed")
        registration.sequence += 1
        registration.changed_at = at
    db.session.flush()
    for registration in promoted:
        place_confirmed.send(registration, at=at)
    return promoted
