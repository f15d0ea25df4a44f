"""Reading what is taken, held, waited for and offered."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from heapq import merge
from itertools import groupby
from operator import attrgetter

from sqlalchemy import bindparam, func, literal, select
from sqlalchemy.orm import joinedload

from app.database import db
from app.errors import NotFound
from app.events.models import Category, Event
from app.registration.models import SEATED, Queue, Registration
from app.registration.seat_models import HeldPlaces, Offer

# Built once: asked by every answer, while others wait for the lock.
_TAKEN = (
    select(Registration.state, Registration.category_id, func.count())
    .where(Registration.event_id == bindparam("event_id"), Registration.state.in_(sorted(SEATED | {"waiting"})))
    .group_by(Registration.state, Registration.category_id)
    .union_all(
        select(literal("held"), HeldPlaces.category_id, func.sum(HeldPlaces.places))
        .where(HeldPlaces.event_id == bindparam("event_id"))
        .group_by(HeldPlaces.category_id)
    )
)


@dataclass(frozen=True)
class Taken:
    """What is taken of an event, by category id: people seated (or offered a place), waiting, and places held.

    Places held for whoever comes stand under None.
    """

    seated: dict[int, int] = field(default_factory=dict)
    waiting: dict[int, int] = field(default_factory=dict)
    held: dict[int | None, int] = field(default_factory=dict)


def count_taken(event_id: int) -> Taken:
    """People seated, people waiting and places held, in one look after the lock."""
    taken = Taken()
    for state, category, number in db.session.execute(_TAKEN, {"event_id": event_id}):
        if state == "held":
            taken.held[category] = int(number)
        else:
            counts = taken.waiting if state == "waiting" else taken.seated
            counts[category] = counts.get(category, 0) + number
    return taken


def list_waiting(event_id: int) -> list[Registration]:
    """Everyone who waits for a place at the event, in turn.

    In one queue by rank; of the first of each queue, who asked first.
    """
    wanted = select(Registration).where(Registration.event_id == event_id, Registration.state == "waiting")
    ranked = db.session.scalars(wanted.order_by(Registration.queue_id, Registration.waiting_rank))
    queues = [list(queue) for _id, queue in groupby(ranked, key=attrgetter("queue_id"))]
    return list(merge(*queues, key=attrgetter("waiting_since", "id")))


def list_with_people(registrations: Sequence[Registration]) -> list[Registration]:
    """The same registrations in the same order, each with its person, in one statement."""
    wanted = select(Registration).where(Registration.id.in_([one.id for one in registrations]))
    loaded = wanted.options(joinedload(Registration.person)).execution_options(populate_existing=True)
    found = {one.id: one for one in db.session.scalars(loaded)}
    return [found[one.id] for one in registrations]


def list_held_places(event: Event) -> list[HeldPlaces]:
    """Places kept aside at the event, those of the whole event first, then the oldest."""
    wanted = select(HeldPlaces).where(HeldPlaces.event_id == event.id)
    loaded = wanted.options(joinedload(HeldPlaces.category), joinedload(HeldPlaces.delegation))
    return list(db.session.scalars(loaded.order_by(HeldPlaces.category_id.is_not(None), HeldPlaces.id)))


def list_held_for(delegation_id: int) -> list[HeldPlaces]:
    """Places kept for the members of one delegation."""
    wanted = select(HeldPlaces).where(HeldPlaces.delegation_id == delegation_id, HeldPlaces.places > 0)
    return list(db.session.scalars(wanted.order_by(HeldPlaces.id)))


def get_held_places(event: Event, public_id: str) -> HeldPlaces:
    """Places kept aside at this address, of the event. Raises NotFound."""
    found = db.session.scalar(select(HeldPlaces).where(HeldPlaces.public_id == public_id))
    if found is None or found.event_id != event.id:
        raise NotFound
    return found


def list_queues(event: Event) -> dict[int, Queue]:
    """The queues for places at the event (not those of its sessions), by id."""
    wanted = select(Queue).where(Queue.event_id == event.id, Queue.session_id.is_(None))
    return {queue.id: queue for queue in db.session.scalars(wanted)}


def find_open_offer(registration_id: int) -> Offer | None:
    """The offer that waits for this person's word."""
    return db.session.scalar(select(Offer).where(Offer.registration_id == registration_id, Offer.state == "open"))


def find_last_offer(registration_id: int) -> Offer | None:
    """The latest offer made to this person, whatever became of it."""
    wanted = select(Offer).where(Offer.registration_id == registration_id)
    return db.session.scalar(wanted.order_by(Offer.id.desc()).limit(1))


def list_open_offers(event: Event) -> list[Offer]:
    """Offers that wait for a word, the first to end first."""
    wanted = select(Offer).join(Offer.registration).where(Registration.event_id == event.id, Offer.state == "open")
    loaded = wanted.options(joinedload(Offer.registration).joinedload(Registration.person))
    return list(db.session.scalars(loaded.order_by(Offer.expires_at, Offer.id)))


def list_expired_offers(event_id: int, at: datetime) -> list[Offer]:
    """Offers of the event nobody took in time. Call it after the lock when it decides."""
    wanted = (
        select(Offer)
        .join(Offer.registration)
        .where(Registration.event_id == event_id, Offer.state == "open", Offer.expires_at <= at)
    )
    loaded = wanted.options(joinedload(Offer.registration).joinedload(Registration.person))
    return list(db.session.scalars(loaded.order_by(Offer.id)))


def list_recent_offers(event: Event, number: int = 20) -> list[Offer]:
    """The latest offers and promotions of the event, newest first."""
    wanted = select(Offer).join(Offer.registration).where(Registration.event_id == event.id)
    loaded = wanted.options(joinedload(Offer.registration).joinedload(Registration.person))
    return list(db.session.scalars(loaded.order_by(Offer.id.desc()).limit(number)))


def list_events_with_work(at: datetime) -> Sequence[int]:
    """Ids of events where an offer ended, or where somebody waits and places go to the next by themselves."""
    expired = select(Registration.event_id).join(Offer).where(Offer.state == "open", Offer.expires_at <= at)
    waiting = (
        select(Registration.event_id)
        .join(Event, Event.id == Registration.event_id)
        .where(
            Registration.state == "waiting",
            Event.promotion == "automatic",
            Event.status.in_(("open", "closed")),
            Event.starts_at > at,
        )
    )
    return db.session.scalars(expired.union(waiting)).all()


# Most people decided about at once, and shown on the page of decisions.
MOST_CHOSEN = 200


def list_to_decide(event: Event, state: str, category: Category | None) -> list[Registration]:
    """People of one state, those of one category where one is given: who asked first, first; MOST_CHOSEN at most."""
    wanted = select(Registration).where(Registration.event_id == event.id, Registration.state == state)
    if category is not None:
        wanted = wanted.where(Registration.category_id == category.id)
    asked = func.coalesce(Registration.waiting_since, Registration.created_at)
    ordered = wanted.order_by(asked, Registration.id).limit(MOST_CHOSEN)
    loaded = (joinedload(Registration.person), joinedload(Registration.category))
    return list(db.session.scalars(ordered.options(*loaded)))


def count_to_decide(event: Event) -> dict[tuple[str, int], int]:
    """How many people are in each state of each category, by state and category id."""
    wanted = select(Registration.state, Registration.category_id, func.count()).where(Registration.event_id == event.id)
    rows = db.session.execute(wanted.group_by(Registration.state, Registration.category_id))
    return {(state, category): number for state, category, number in rows}


def list_chosen(event: Event, public_ids: Sequence[str]) -> list[Registration]:
    """The registrations of the event at these addresses; others are left out. MOST_CHOSEN at most."""
    wanted = select(Registration).where(
        Registration.event_id == event.id, Registration.public_id.in_(list(public_ids)[:MOST_CHOSEN])
    )
    loaded = (joinedload(Registration.person), joinedload(Registration.category), joinedload(Registration.invitation))
    return list(db.session.scalars(wanted.options(*loaded).order_by(Registration.id)))
