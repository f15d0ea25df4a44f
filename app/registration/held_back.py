"""Who is added once security has the list waits for the organiser; a place given up for them is kept in their name."""

from datetime import datetime

from sqlalchemy import select

from app.audit.service import Actor
from app.database import db
from app.events.models import Event
from app.registration import seats
from app.registration.models import Registration
from app.registration.recording import record_change
from app.registration.seat_models import HeldPlaces
from app.registration.seats import Place


def must_wait(event: Event, actor: Actor) -> bool:
    """Whether whom `actor` adds waits for the organiser: security has the list, and a guest or a contact says so alone.

    Domain 2.7, scenario 5.4 step 3.
    """
    return event.list_locked_at is not None and actor.kind == "invitee"


def hold_back(registration: Registration, inherited: Place | None, *, actor: Actor, at: datetime) -> None:
    """Let somebody wait for the organiser. `inherited`: the seat of whom they replace, kept aside in their name.

    A rank does not pass on: who waits for a decision has none. The caller holds what is scarce.
    """
    seats.leave_queue(registration, "pending")
    registration.changed_at = at
    db.session.add(registration)
    if inherited and inherited.is_seat:
        kept = HeldPlaces(
            event_id=registration.event_id, category_id=registration.category_id, places=1,
            for_whom=_name_on(registration), created_at=at, created_by=actor.name[:200],
        )  # fmt: skip
        db.session.add(kept)


def leave(registration: Registration, *, actor: Actor, at: datetime) -> Place | None:
    """Give up a place, a rank or a wish; answers what it was, a seat kept in that name included."""
    was_pending = registration.state == "pending"
    place = seats.give_up(registration, at)
    if place is None:
        return None
    record_change(actor, registration, at)
    return Place("confirmed") if was_pending and drop_kept(registration) else place


def drop_kept(registration: Registration) -> bool:
    """Keep no seat aside in this name any more; whether there was one. The caller passes it on, or promotes."""
    kept = list_kept_for(registration)
    for one in kept:
        db.session.delete(one)
    db.session.flush()
    return bool(kept)


def list_kept_for(registration: Registration) -> list[HeldPlaces]:
    """Seats kept aside in the name of one person; nothing is asked before the list is locked."""
    if registration.event.list_locked_at is None:
        return []
    wanted = select(HeldPlaces).where(
        HeldPlaces.event_id == registration.event_id, HeldPlaces.delegation_id.is_(None), HeldPlaces.places > 0,
        HeldPlaces.for_whom == _name_on(registration),
    )  # fmt: skip
    return list(db.session.scalars(wanted))


def _name_on(registration: Registration) -> str:
    return registration.person.full_name[:200]
