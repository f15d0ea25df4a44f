"""Places kept aside: for a delegation, for late ministers. Nobody gets them by answering."""

from dataclasses import dataclass
from datetime import datetime

from app.audit.service import Actor, record
from app.database import db, lock_row
from app.errors import Refusal
from app.events.models import Category, Event
from app.i18n import lazy
from app.invitations.delegation import Delegation
from app.registration import offers, seats
from app.registration.models import Registration
from app.registration.notices import write_to
from app.registration.offers import NotWaiting
from app.registration.recording import record_change
from app.registration.seat_models import HeldPlaces
from app.registration.seat_queries import count_taken


class TooManyHeld(Refusal):
    """Only places that are free can be kept aside."""

    message = lazy("Only %(free)s places are free: so many can be held at the most.")


class ForWhomMissing(Refusal):
    """Places are held for somebody."""

    message = lazy("Please say for whom the places are held.")


class OfAnotherCategory(Refusal):
    """A place held in one category is not given to another."""

    message = lazy("These places are held for another category: nothing was changed.")


class NoneHeld(Refusal):
    """Every place that was held has been given, or no longer fits."""

    message = lazy("None of these places is left for %(name)s: nothing was changed.")


@dataclass(frozen=True)
class Wish:
    """What is to be held: how many, for whom, in which category (None: any), for which delegation (None: nobody's)."""

    places: int
    for_whom: str
    category: Category | None = None
    delegation: Delegation | None = None


def hold(event: Event, wish: Wish, *, actor: Actor, at: datetime) -> HeldPlaces:
    """Keep places aside. Raises ForWhomMissing, TooManyHeld."""
    if not wish.for_whom:
        raise ForWhomMissing
    seats.lock_scarce(event)
    _check_free(event, wish.category, wish.places)
    held = HeldPlaces(
        event=event, category=wish.category, delegation=wish.delegation, places=wish.places,
        for_whom=wish.for_whom, created_at=at, created_by=actor.name,
    )  # fmt: skip
    db.session.add(held)
    db.session.flush()
    _record(actor, "places.held", held, at)
    return held


def change(held: HeldPlaces, places: int, *, actor: Actor, at: datetime) -> list[Registration]:
    """Hold another number; none releases them all. What is released goes to who waits: returns them.

    Raises TooManyHeld.
    """
    event = held.event
    seats.lock_scarce(event)
    lock_row(held)
    before = held.places
    if places > before:
        _check_free(event, held.category, places - before)
    if places == before:
        return []
    held.places = places
    _record(actor, "places.released" if places < before else "places.held", held, at, before=before)
    if not places:
        db.session.delete(held)
    db.session.flush()
    return offers.promote(event, at) if places < before else []


def give(held: HeldPlaces, registration: Registration, *, actor: Actor, at: datetime) -> None:
    """Give one of the places held to somebody who waits or whose wish is to be decided.

    Raises NotWaiting, OfAnotherCategory, NoneHeld.
    """
    event = held.event
    seats.lock_scarce(event)
    lock_row(held)
    lock_row(registration)
    name = registration.person.full_name
    if registration.state not in {"waiting", "pending"}:
        raise NotWaiting(name=name)
    if held.category_id not in {None, registration.category_id}:
        raise OfAnotherCategory
    if not seats.take_held([held], event, registration.category):
        raise NoneHeld(name=name)
    seats.confirm(registration, at)
    write_to(registration, at)
    record_change(actor, registration, at, reason=held.for_whom)


def _check_free(event: Event, category: Category | None, places: int) -> None:
    taken = count_taken(event.id)
    free = seats.count_free(event, category, taken) if category else seats.count_free_places(event, taken)
    if free is not None and places > max(free, 0):
        raise TooManyHeld(free=max(free, 0))


def _record(actor: Actor, action: str, held: HeldPlaces, at: datetime, *, before: int | None = None) -> None:
    record(
        actor, action, kind="held_places", id=held.public_id, name=held.for_whom, topic=held.event.public_id, at=at,
        before={} if before is None else {"places": before}, after={"places": held.places},
    )  # fmt: skip
