"""The organiser decides about those added since security has the list: companions, members of delegations."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload
from sqlalchemy.sql import Select

from app.audit.service import Actor
from app.database import db, lock_row
from app.errors import NotFound
from app.events.models import Event
from app.invitations.delegation import Delegation, DelegationMember
from app.invitations.delegation_queries import find_membership
from app.invitations.models import Invitation
from app.registration import delegating, held_back, offers, seats
from app.registration.models import Companion, Registration
from app.registration.notices import write_to
from app.registration.queries import list_accompanied
from app.registration.recording import record_change
from app.registration.representation_requests import AlreadyDecided


@dataclass(frozen=True)
class HeldBack:
    """Somebody who waits for the organiser, and with whom they come: an invitation, or a delegation."""

    registration: Registration
    invitation: Invitation | None = None
    delegation: Delegation | None = None


def list_held_back(event: Event) -> list[HeldBack]:
    """Everyone added since security has the list and not decided about, first come first; none before."""
    if event.list_locked_at is None:
        return []
    wanted = _held_back(event).options(joinedload(Registration.person)).order_by(Registration.changed_at)
    found = list(db.session.scalars(wanted.order_by(Registration.id)))
    along = list_accompanied(found)
    people = [one.person_id for one in found]
    members = select(DelegationMember.person_id, Delegation).join(DelegationMember.delegation)
    known = members.where(Delegation.event_id == event.id, DelegationMember.person_id.in_(people))
    sent_by = dict(db.session.execute(known).all()) if people else {}
    return [HeldBack(one, along.get(one.id), sent_by.get(one.person_id)) for one in found]


def count_held_back(event: Event) -> int:
    """How many wait for the organiser; nothing is asked of the database before the list is locked."""
    if event.list_locked_at is None:
        return 0
    return db.session.scalar(select(func.count()).select_from(_held_back(event).subquery())) or 0


def get_held_back(event: Event, public_id: str) -> Registration:
    """One registration of the event that was added so, decided about or not. Raises NotFound."""
    found = db.session.scalar(select(Registration).where(Registration.public_id == public_id))
    if found is None or found.event_id != event.id or found.invitation_id is not None:
        raise NotFound
    return found


def let_come(registration: Registration, *, actor: Actor, at: datetime) -> None:
    """A place, the one kept in their name first, or a rank; a letter says which. Raises AlreadyDecided, HouseFull."""
    _hold(registration)
    event, kept = registration.event, held_back.list_kept_for(registration)
    registration.sequence += 1
    seats.seat_or_queue(registration, event, registration.category, at, is_approved=True, held=kept)
    for one in kept:
        if not one.places:
            db.session.delete(one)
    _tell(registration, actor, at)


def send_away(registration: Registration, *, actor: Actor, at: datetime) -> None:
    """No place: a letter says so, and the one kept in their name goes to who waits. Raises AlreadyDecided."""
    _hold(registration)
    registration.sequence += 1
    registration.changed_at = at
    seats.leave_queue(registration, "refused")
    is_freed = held_back.drop_kept(registration)
    _tell(registration, actor, at)
    if is_freed:
        offers.promote(registration.event, at)


def _held_back(event: Event) -> Select[Registration]:
    along = exists().where(Companion.registration_id == Registration.id)
    sent = exists().where(
        DelegationMember.person_id == Registration.person_id,
        DelegationMember.delegation_id == Delegation.id,
        Delegation.event_id == event.id,
    )
    wanted = select(Registration).where(Registration.event_id == event.id, Registration.state == "pending")
    return wanted.where(Registration.invitation_id.is_(None), along | sent)


def _hold(registration: Registration) -> None:
    seats.lock_scarce(registration.event)
    lock_row(registration)
    if registration.state != "pending":
        raise AlreadyDecided


def _tell(registration: Registration, actor: Actor, at: datetime) -> None:
    db.session.flush()
    write_to(registration, at)
    record_change(actor, registration, at)
    member = find_membership(registration.event_id, registration.person_id)
    if member:
        delegating.write_contact(member.delegation, at)
