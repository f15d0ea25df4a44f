"""What the page of seats shows, gathered in as many questions for one person as for thousands."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.events.models import Category, Event
from app.registration import seats
from app.registration.models import Registration
from app.registration.offers import is_promoting, list_fitting
from app.registration.queries import count_by_state
from app.registration.reasons import SeatState, seat_state, why_waiting
from app.registration.seat_queries import (
    Taken,
    count_taken,
    list_held_places,
    list_open_offers,
    list_queues,
    list_recent_offers,
    list_waiting,
    list_with_people,
)

# People of a queue shown with their reason; the others are counted.
SHOWN = 50


@dataclass(frozen=True)
class Thing:
    """One scarce thing: the event (no category) or a category in it."""

    category: Category | None
    places: int | None
    limit: int | None
    seated: int
    waiting: int
    state: SeatState


@dataclass(frozen=True)
class Waiting:
    """Somebody who waits: in turn, with the rank they are told and why they have no place yet."""

    registration: Registration
    turn: int
    # Rank in which queue: None for the event's.
    rank: int
    category: Category | None
    why: str
    is_next: bool


@dataclass(frozen=True)
class Waited:
    """One queue: of a category, or (None) of the event; how many wait in it, and those who are shown, in turn."""

    category: Category | None
    total: int
    people: Sequence[Waiting]


def facts_of(event: Event, at: datetime) -> dict[str, Any]:
    """Everything the page shows."""
    taken, counts = count_taken(event.id), count_by_state(event)
    waiting, fitting = list_waiting(event.id), list_fitting(event)
    return {
        "things": _things(event, taken),
        "counts": counts,
        "queues": _queues(event, waiting, _waiting(event, waiting, fitting, taken, at)),
        "fitting": len(fitting),
        "is_promoting": is_promoting(event) and at < event.starts_at,
        "held": list_held_places(event),
        "offers": list_open_offers(event),
        "recent": list_recent_offers(event, 10),
    }


def _things(event: Event, taken: Taken) -> list[Thing]:
    whole = Thing(
        None, event.capacity, seats.limit(event.capacity, event.over_percent), sum(taken.seated.values()),
        sum(taken.waiting.values()), seat_state(event, None, taken),
    )  # fmt: skip
    return [whole, *(_thing(event, one, taken) for one in event.categories)]


def _thing(event: Event, category: Category, taken: Taken) -> Thing:
    return Thing(
        category, category.quota, seats.limit(category.quota, category.over_percent),
        taken.seated.get(category.id, 0), taken.waiting.get(category.id, 0), seat_state(event, category, taken),
    )  # fmt: skip


def _waiting(
    event: Event, waiting: Sequence[Registration], fitting: Sequence[Registration], taken: Taken, at: datetime
) -> list[Waiting]:
    queues = list_queues(event) if waiting else {}
    categories = {one.id: one for one in event.categories}
    places: dict[int | None, int] = {}
    found = []
    for turn, one in enumerate(list_with_people(waiting[:SHOWN]), start=1):
        places[one.queue_id] = places.get(one.queue_id, 0) + 1
        queue = queues.get(one.queue_id or 0)
        category = categories.get(queue.category_id or 0) if queue else None
        why = why_waiting(one, event, taken, fitting, at)
        found.append(Waiting(one, turn, places[one.queue_id], category, why, one in fitting))
    return found


def _queues(event: Event, waiting: Sequence[Registration], shown: Sequence[Waiting]) -> list[Waited]:
    """Queue by queue: the event's, then those of its categories in their order; those nobody waits in are left out."""
    queues = list_queues(event) if waiting else {}
    totals = Counter(queues[one.queue_id].category_id for one in waiting if one.queue_id in queues)
    found = []
    for category in (None, *event.categories):
        number = category.id if category else None
        if totals[number]:
            people = [one for one in shown if one.category is category]
            found.append(Waited(category, totals[number], people))
    return found
