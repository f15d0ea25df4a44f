"""A place that comes free goes to the next who waits: at once, or as an offer that expires (scenario 5.3)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from app.audit.service import SYSTEM, Actor
from app.clock import now
from app.database import begin_writing, db, lock_row, reading
from app.errors import Busy, Refusal
from app.events.models import Event
from app.i18n import lazy
from app.registration import seats
from app.registration.models import Registration, Representation
from app.registration.notices import write_lapsed, write_to
from app.registration.recording import record_change
from app.registration.seat_models import Offer
from app.registration.seat_queries import (
    Taken,
    count_taken,
    find_open_offer,
    list_events_with_work,
    list_expired_offers,
    list_waiting,
)
from app.registration.signals import place_confirmed

# With less than this left nobody is asked any more: the place is confirmed at once.
DIRECT_BEFORE = timedelta(hours=48)
# An offer ends at the latest so long before the event.
LATEST_END = timedelta(hours=24)
WORK = "follow_offers"
# Seconds: an offer lasts at most so much longer than it says.
EVERY = 60.0


class OfferOver(Refusal):
    """The offer lapsed, or was given up: the place has passed to the next person."""

    message = lazy("This place was held until the hour given in the letter, and has passed to the next person.")


class NotWaiting(Refusal):
    """Only somebody who waits is given a place that came free."""

    message = lazy("%(name)s is not waiting any more: nothing was changed.")


class NoPlaceFree(Refusal):
    """A place is chosen for somebody, and there is none."""

    message = lazy("No place is free for %(name)s: nothing was changed.")


class TurnNeedsReason(Refusal):
    """Whoever is chosen out of turn passes others, who may ask why."""

    message = lazy("%(name)s is not the next to be seated. Please say why: the reason stays in the journal.")


def is_promoting(event: Event) -> bool:
    """Whether a place given up goes to the next by itself."""
    return event.promotion == "automatic" and event.status in {"open", "closed", "draft"}


def list_fitting(event: Event) -> list[Registration]:
    """Those who wait and fit at present, in turn.

    Someone whose category is full is passed over, never the others of the queue.
    """
    taken = count_taken(event.id)
    if not any(seats.has_room(event, one, taken) for one in event.categories if taken.waiting.get(one.id)):
        return []
    seated = dict(taken.seated)
    now_taken = Taken(seated, taken.waiting, taken.held)
    fitting = []
    for registration in list_waiting(event.id):
        free = seats.count_free_places(event, now_taken)
        if free is not None and free <= 0:
            break
        if seats.has_room(event, registration.category, now_taken):
            seated[registration.category_id] = seated.get(registration.category_id, 0) + 1
            fitting.append(registration)
    return fitting


def count_fitting(event: Event, taken: Taken) -> int:
    """How many of those who wait fit at present: `list_fitting`, told from the counts alone."""
    fitting = 0
    for category in event.categories:
        waiting, free = taken.waiting.get(category.id, 0), seats.count_free_quota(category, taken)
        fitting += waiting if free is None else min(waiting, max(free, 0))
    whole = seats.count_free_places(event, taken)
    return fitting if whole is None else min(fitting, max(whole, 0))


def promote(event: Event, at: datetime, *, actor: Actor = SYSTEM, is_by_hand: bool = False) -> list[Registration]:
    """Give the places that are free to those who wait, in turn, and write to each. Returns who was given one.

    Nobody, where the organiser promotes by hand and did not ask (`is_by_hand`). Locks what is scarce.
    """
    seats.lock_scarce(event)
    if not is_by_hand and not is_promoting(event):
        return []
    promoted = list_fitting(event)
    for registration in promoted:
        _give(registration, event, at, made_by=actor.name if is_by_hand else "")
    _tell(promoted, actor, at)
    return promoted


def choose(registration: Registration, *, reason: str, actor: Actor, at: datetime) -> None:
    """The organiser gives a free place to one person who waits, whoever is next.

    Raises NotWaiting, NoPlaceFree, and TurnNeedsReason when others are passed without a reason.
    """
    event = registration.event
    seats.lock_scarce(event)
    lock_row(registration)
    name = registration.person.full_name
    if registration.state != "waiting":
        raise NotWaiting(name=name)
    if not seats.has_room(event, registration.category, count_taken(event.id)):
        raise NoPlaceFree(name=name)
    if not reason and registration not in list_fitting(event):
        raise TurnNeedsReason(name=name)
    _give(registration, event, at, made_by=actor.name, reason=reason)
    _tell([registration], actor, at, reason=reason)


def take(registration: Registration, *, actor: Actor, at: datetime) -> None:
    """The person takes the place offered. Taken twice is taken once. Raises OfferOver."""
    seats.lock_scarce(registration.event)
    lock_row(registration)
    if registration.state == "confirmed":
        return
    offer = find_open_offer(registration.id)
    if offer is None or registration.state != "offered" or (offer.expires_at is not None and at >= offer.expires_at):
        raise OfferOver
    close(offer, "taken", at)
    seats.confirm(registration, at)
    write_to(registration, at)
    record_change(actor, registration, at)


def close(offer: Offer, state: str, at: datetime) -> None:
    """Note what became of an offer: taken, lapsed or given_up."""
    offer.state, offer.closed_at = state, at


def end_expired(event: Event, at: datetime) -> list[Registration]:
    """End the offers nobody took in time, write to each, and give the places to the next. Returns who lost one.

    Locks what is scarce: two workers end an offer once.
    """
    seats.lock_scarce(event)
    lapsed = []
    for offer in list_expired_offers(event.id, at):
        close(offer, "lapsed", at)
        registration = offer.registration
        seats.leave_queue(registration, "cancelled")
        registration.sequence += 1
        registration.changed_at = at
        write_lapsed(registration, at)
        record_change(SYSTEM, registration, at, action="registration.offer_lapsed")
        lapsed.append(registration)
    db.session.flush()
    promote(event, at)
    return lapsed


def follow_offers(_subject_id: str = "") -> Iterator[None]:
    """End offers that expired, and give places that are free; each `yield` is a commit. Done by the worker.

    A round that finds nothing only reads. Begun again at any moment it gives nothing twice.
    """
    with reading():
        numbers = [number for number in list_events_with_work(now()) if _has_work(number, now())]
    begin_writing()
    for number in numbers:
        try:
            event = db.session.get(Event, number)
            if event is not None:
                end_expired(event, now())
        except Busy:  # people are answering: they come first, and the next round is a minute away
            db.session.rollback()
            return
        yield


def _has_work(event_id: int, at: datetime) -> bool:
    """Whether an offer ended or a place can be given: only then does the worker ask for the lock."""
    event = db.session.get(Event, event_id)
    if event is None:
        return False
    return bool(list_expired_offers(event_id, at)) or (is_promoting(event) and bool(list_fitting(event)))


def rest(_subject_id: str) -> None:
    """Nothing to say on a row: the next round, a minute later, begins anew."""


def _give(registration: Registration, event: Event, at: datetime, *, made_by: str, reason: str = "") -> None:
    is_asked = _is_asked(registration, event, at)
    ends = min(at + timedelta(hours=event.offer_hours), event.starts_at - LATEST_END) if is_asked else None
    db.session.add(
        Offer(
            registration=registration,
            queue_id=registration.queue_id,
            rank=registration.waiting_rank,
            state="open" if is_asked else "taken",
            reason=reason,
            made_by=made_by,
            made_at=at,
            expires_at=ends,
            closed_at=None if is_asked else at,
        )
    )
    seats.leave_queue(registration, "offered" if is_asked else "confirmed")
    registration.sequence += 1
    registration.changed_at = at


def _is_asked(registration: Registration, event: Event, at: datetime) -> bool:
    """Whether the person is asked first: there is time, an address, and a personal link to answer by."""
    if not event.offer_hours or not registration.email or event.starts_at - at < DIRECT_BEFORE:
        return False
    if registration.invitation_id is not None:
        return True
    return db.session.query(Representation.id).filter_by(registration_id=registration.id).first() is not None


def _tell(promoted: list[Registration], actor: Actor, at: datetime, *, reason: str = "") -> None:
    db.session.flush()
    for registration in promoted:
        if registration.state == "confirmed":
            place_confirmed.send(registration, at=at)
        write_to(registration, at)
        record_change(actor, registration, at, reason=reason)
