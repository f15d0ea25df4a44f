"""The organiser decides about many people at once: a place, a rank, no place, another category.

Each decision is taken for itself, in the order in which people asked; a refusal of one leaves the
others standing, and is told in what `decide` returns: what really changed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.audit.service import Actor
from app.database import db, lock_row
from app.errors import Refusal
from app.events.models import Category, Event
from app.i18n import here, lazy
from app.invitations.adding import move_to_category
from app.registration import held_back, offers, seats
from app.registration.models import SEATED, Registration
from app.registration.notices import write_to
from app.registration.recording import record_change
from app.registration.seat_queries import count_taken, find_open_offer

ACTIONS = ("approve", "wait", "refuse", "move")


class AlreadySeated(Refusal):
    """Nothing to decide: there is a place."""

    message = lazy("%(name)s has a place already: nothing was changed.")


class AlreadyEnded(Refusal):
    """Somebody who no longer comes is not decided about."""

    message = lazy("%(name)s no longer comes: nothing was changed.")


class AlreadyWaiting(Refusal):
    """There is a rank already."""

    message = lazy("%(name)s is on the waiting list already: nothing was changed.")


class SeatToGiveUp(Refusal):
    """A confirmed place is taken back on the person's own page, not by the dozen."""

    message = lazy("%(name)s has a confirmed place: give it up on their page. Nothing was changed.")


class WouldBeSeated(Refusal):
    """With free places and promotion by itself, a rank would become a place at once."""

    message = lazy(
        "A place is free for %(name)s, and places go to who waits by themselves: give the place, or have"
        " places given by hand. Nothing was changed."
    )


class SameCategory(Refusal):
    """Nothing to move."""

    message = lazy("%(name)s is in this category already: nothing was changed.")


class NoPlaceInCategory(Refusal):
    """Somebody seated is moved only where there is a place."""

    message = lazy("No place is free in “%(category)s” for %(name)s: nothing was changed.")


@dataclass(frozen=True)
class Wish:
    """What is decided: one of ACTIONS; `category` for "move"; words for the letter; a reason for the journal."""

    action: str
    category: Category | None = None
    words: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of one person, in plain values. `refusal`: why nothing was changed; empty when something was."""

    public_id: str
    name: str
    address: str
    category: str
    before: str
    after: str
    rank: int | None
    refusal: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether this person's state or category is another one now."""
        return not self.refusal


def decide(
    event: Event, registrations: Sequence[Registration], wish: Wish, *, actor: Actor, at: datetime
) -> tuple[list[Outcome], list[Outcome]]:
    """Decide about each, then give the places that came free to the next who wait.

    Returns what became of each person chosen, and who else was given a place by it.
    """
    seats.lock_scarce(event)
    act = _ACTS[wish.action]
    outcomes = []
    chosen = sorted(registrations, key=lambda one: (one.waiting_since or one.created_at, one.id))
    for registration in chosen:
        lock_row(registration)
        before, refusal = registration.state, ""
        try:
            act(registration, event, wish, actor, at)
        except Refusal as no:
            refusal = no.sentence
        db.session.flush()
        outcomes.append(_outcome(registration, before, refusal))
    promoted = offers.promote(event, at)
    others = [_outcome(one, "waiting") for one in promoted if one not in registrations]
    return outcomes, others


def _outcome(registration: Registration, before: str, refusal: str = "") -> Outcome:
    return Outcome(
        registration.public_id, registration.person.formal_name, registration.email, here(registration.category.name),
        before, registration.state, registration.waiting_rank, refusal,
    )  # fmt: skip


def _approve(registration: Registration, event: Event, wish: Wish, actor: Actor, at: datetime) -> None:
    name = registration.person.full_name
    if registration.state == "waiting":
        offers.choose(registration, reason=wish.reason, actor=actor, at=at)
        return
    if registration.state in SEATED:
        raise AlreadySeated(name=name)
    if registration.state == "cancelled":
        raise AlreadyEnded(name=name)
    kept = held_back.list_kept_for(registration)
    seats.seat_or_queue(registration, event, registration.category, at, is_approved=True, held=kept)
    _tell(registration, wish, actor, at)


def _wait(registration: Registration, event: Event, wish: Wish, actor: Actor, at: datetime) -> None:
    name, category = registration.person.full_name, registration.category
    _check_undecided(registration, {"waiting": AlreadyWaiting})
    taken = count_taken(event.id)
    if offers.is_promoting(event) and seats.has_room(event, category, taken) and not taken.waiting.get(category.id):
        raise WouldBeSeated(name=name)
    seats.enter_queue(registration, event, category, at, taken)
    _tell(registration, wish, actor, at)


def _refuse(registration: Registration, _event: Event, wish: Wish, actor: Actor, at: datetime) -> None:
    name = registration.person.full_name
    if registration.state == "confirmed":
        raise SeatToGiveUp(name=name)
    if registration.state in {"cancelled", "refused"}:
        raise AlreadyEnded(name=name)
    offer = find_open_offer(registration.id) if registration.state == "offered" else None
    if offer:
        offers.close(offer, "given_up", at)
    seats.leave_queue(registration, "refused")
    held_back.drop_kept(registration)
    _tell(registration, wish, actor, at)


def _move(registration: Registration, event: Event, wish: Wish, actor: Actor, at: datetime) -> None:
    name, category = registration.person.full_name, wish.category
    if category is None or category.id == registration.category_id:
        raise SameCategory(name=name)
    if registration.state in {"cancelled", "refused"}:
        raise AlreadyEnded(name=name)
    state = registration.state
    free = seats.count_free_quota(category, count_taken(event.id))
    if state in SEATED and free is not None and free <= 0:
        raise NoPlaceInCategory(name=name, category=here(category.name))
    registration.category = category
    if state == "waiting":  # they ask anew, in the other category
        seats.leave_queue(registration, "pending")
    if registration.invitation is not None:
        move_to_category(registration.invitation, category)
    db.session.flush()
    if state == "waiting":
        seats.seat_or_queue(registration, event, category, at, is_approved=True)
        _tell(registration, wish, actor, at)
    registration.changed_at = at
    record_change(actor, registration, at, action="registration.moved", reason=wish.reason)


def _check_undecided(registration: Registration, others: dict[str, type[Refusal]]) -> None:
    """Raise what is said of somebody about whom it was decided: pending and refused may be (re)decided."""
    if registration.state in {"pending", "refused"}:
        return
    otherwise = AlreadyEnded if registration.state == "cancelled" else AlreadySeated
    raise others.get(registration.state, otherwise)(name=registration.person.full_name)


def _tell(registration: Registration, wish: Wish, actor: Actor, at: datetime) -> None:
    registration.sequence += 1
    registration.changed_at = at
    db.session.flush()
    write_to(registration, at, words=wish.words)
    record_change(actor, registration, at, reason=wish.reason)


_Act = Callable[[Registration, Event, Wish, Actor, datetime], None]
_ACTS: dict[str, _Act] = {"approve": _approve, "wait": _wait, "refuse": _refuse, "move": _move}
