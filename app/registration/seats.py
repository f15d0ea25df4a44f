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
from app.i18n import _, lazy
from app.registration.models import ENDED, SEATED, Registration
from app.registration.queues import next_rank
from app.registration.seat_models import HeldPlaces
from app.registration.seat_queries import Taken, count_taken, find_open_offer
from app.registration.signals import place_confirmed, place_given_up


class NotTogether(Refusal):
    """Fewer places are free than people who come together or not at all; `free` is how many."""

    message = lazy("%(wanted)s places are asked for together and %(free)s can be given: nobody was registered.")


class HouseFull(Refusal):
    """No place is free, and the event keeps no waiting list."""

    message = lazy("Every place is taken, and there is no waiting list. Please write to %(mailbox)s.")


@dataclass(frozen=True)
class Place:
    """A place, or a rank in a queue, that someone had; it may pass to one other person."""

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


def limit(places: int | None, over_percent: int) -> int | None:
    """How many may be seated on so many places, those over the capacity included (rounded down)."""
    return None if places is None else places + places * over_percent // 100


def count_free_places(event: Event, taken: Taken) -> int | None:
    """How many more people of any category fit the event, held places left aside.

    None without a capacity; below zero when it was lowered under what is taken.
    """
    whole = limit(event.capacity, event.over_percent)
    return None if whole is None else whole - sum(taken.seated.values()) - sum(taken.held.values())


def count_free_quota(category: Category, taken: Taken) -> int | None:
    """The same inside the quota of one category; None without one."""
    part = limit(category.quota, category.over_percent)
    if part is None:
        return None
    return part - taken.seated.get(category.id, 0) - taken.held.get(category.id, 0)


def count_free(event: Event, category: Category, taken: Taken) -> int | None:
    """How many more of `category` fit both the event and the category; None without any limit."""
    both = (count_free_places(event, taken), count_free_quota(category, taken))
    return min((free for free in both if free is not None), default=None)


def has_room(event: Event, category: Category, taken: Taken) -> bool:
    """Whether one more of `category` fits the event and the category."""
    free = count_free(event, category, taken)
    return free is None or free > 0


def is_passing(event: Event, category: Category, taken: Taken) -> bool:
    """Whether a newcomer of `category` would pass somebody who waits and could sit.

    Where the organiser promotes by hand, places stay free while others wait for them.
    """
    if taken.waiting.get(category.id):
        return True
    if event.promotion != "by_hand":
        return False
    return any(taken.waiting.get(one.id) and has_room(event, one, taken) for one in event.categories)


def seat_or_queue(
    registration: Registration,
    event: Event,
    category: Category,
    at: datetime,
    *,
    inherited: Place | None = None,
    is_approved: bool = False,
    held: Sequence[HeldPlaces] = (),
) -> None:
    """Confirm a registration, give it the next rank, or let it wait for approval. The caller holds `lock_scarce`.

    `inherited`: one for one, the place or rank just given up by the person replaced; nobody in the
    queue loses by it. `is_approved`: the organiser said yes already. `held`: places kept for this
    person, taken first. Raises HouseFull where there is no waiting list.
    """
    if inherited:
        registration.state = inherited.state
        registration.queue_id, registration.waiting_rank = inherited.queue_id, inherited.rank
        registration.waiting_since = inherited.since
    elif category.needs_approval and not is_approved:
        leave_queue(registration, "pending")
    elif take_held(held, event, category):
        leave_queue(registration, "confirmed")
    else:
        _sit_or_queue(registration, event, category, at)
    registration.changed_at = at
    db.session.add(registration)
    if registration.state == "confirmed":
        place_confirmed.send(registration, at=at)


def seat_all_or_none(
    registrations: Sequence[Registration],
    event: Event,
    category: Category,
    at: datetime,
    *,
    held: Sequence[HeldPlaces] = (),
) -> None:
    """Confirm every registration, all of one category, or none. The caller holds `lock_scarce`.

    `held`: places kept for them, taken first. Raises NotTogether when fewer places are free; somebody
    of the category who waits comes before whoever has no place held.
    """
    wanted = len(registrations)
    kept = min(wanted, sum(one.places for one in held))
    taken = _released(count_taken(event.id), held, kept)
    free = count_free(event, category, taken)
    possible = wanted if free is None else min(wanted, free)
    if taken.waiting.get(category.id):
        possible = min(possible, kept)
    if possible < wanted:
        raise NotTogether(wanted=wanted, free=max(0, possible))
    _draw(held, kept)
    for registration in registrations:
        seat_or_queue(registration, event, category, at, inherited=Place("confirmed"))


def take_held(held: Sequence[HeldPlaces], event: Event, category: Category) -> bool:
    """Take one of the places held, unless a limit lowered since leaves none. Says whether one was taken."""
    fitting = [one for one in held if one.places and one.category_id in {None, category.id}]
    if not fitting or not has_room(event, category, _released(count_taken(event.id), fitting, 1)):
        return False
    _draw(fitting, 1)
    db.session.flush()
    return True


def _released(taken: Taken, held: Sequence[HeldPlaces], number: int) -> Taken:
    """What is taken once `number` of the places held are no longer."""
    left = dict(taken.held)
    for one in held:
        drawn = min(number, one.places)
        left[one.category_id] = left.get(one.category_id, 0) - drawn
        number -= drawn
    return Taken(taken.seated, taken.waiting, left)


def _draw(held: Sequence[HeldPlaces], number: int) -> None:
    for one in held:
        drawn = min(number, one.places)
        one.places -= drawn
        number -= drawn


def _sit_or_queue(registration: Registration, event: Event, category: Category, at: datetime) -> None:
    if event.capacity is None and category.quota is None:
        leave_queue(registration, "confirmed")
        return
    taken = count_taken(event.id)
    if has_room(event, category, taken) and not is_passing(event, category, taken):
        leave_queue(registration, "confirmed")
    else:
        enter_queue(registration, event, category, at, taken)


def enter_queue(registration: Registration, event: Event, category: Category, at: datetime, taken: Taken) -> None:
    """Give a registration the next rank of the queue of what it lacks: the event's, else its category's.

    The caller holds `lock_scarce` and counted after it. Raises HouseFull where there is no waiting list.
    """
    if not event.has_waiting_list:
        raise HouseFull(mailbox=event.mailbox or _("the organiser"))
    free = count_free_places(event, taken)
    is_of_category = category.quota is not None and (free is None or free > 0)
    rank = next_rank(event.id, category_id=category.id if is_of_category else None)
    registration.state, registration.queue_id, registration.waiting_rank = "waiting", rank.queue_id, rank.number
    registration.waiting_since = at


def leave_queue(registration: Registration, state: str) -> None:
    """Be in `state`, with no rank any more."""
    registration.state = state
    registration.queue_id, registration.waiting_rank, registration.waiting_since = None, None, None


def confirm(registration: Registration, at: datetime) -> None:
    """Give a place to somebody who has none yet. The caller holds `lock_scarce` and counted after it."""
    leave_queue(registration, "confirmed")
    registration.sequence += 1
    registration.changed_at = at
    db.session.flush()
    place_confirmed.send(registration, at=at)


def give_up(registration: Registration, at: datetime) -> Place | None:
    """Cancel a registration; answers what it had, None when it had ended before.

    The caller holds `lock_scarce`, and promotes unless the place is replaced one for one. A place
    that was only offered passes on as a place.
    """
    if registration.state in ENDED:
        return None
    was = registration.state
    state = "confirmed" if was in SEATED else was
    place = Place(state, registration.waiting_rank, registration.queue_id, registration.waiting_since)
    leave_queue(registration, "cancelled")
    registration.sequence += 1
    registration.changed_at = at
    offer = find_open_offer(registration.id) if was == "offered" else None
    if offer:
        offer.state, offer.closed_at = "given_up", at
    db.session.flush()
    if was == "confirmed":
        place_given_up.send(registration, at=at)
    return place
