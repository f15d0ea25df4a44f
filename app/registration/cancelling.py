"""The organiser takes a place back: the registration, and the answer it came from."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.audit.service import Actor
from app.database import db, lock_row
from app.invitations.models import Invitation
from app.invitations.service import record_answer
from app.registration import companions, seats, service
from app.registration.models import Registration, Representation
from app.registration.queries import find_companion

# How an answer came when the organiser wrote it, as a road of `Invitation.answered_by`.
ROAD = "staff"


def cancel(registration: Registration, *, actor: Actor, at: datetime) -> None:
    """Give a place back, seat the next, and note that the invited person does not come.

    The link still opens and the guest may answer again; withdraw the invitation to end that. Those
    who came along leave too; a companion leaves alone. Cancelled twice is cancelled once.
    """
    invitation, representation = _origin_of(registration)
    if invitation is None:
        _cancel_alone(registration, actor=actor, at=at)
        return
    seats.lock_scarce(registration.event)
    lock_row(invitation)
    is_freed = companions.release(invitation, actor=actor, at=at)
    service.cancel_registration(registration, actor=actor, at=at)
    if is_freed:
        service.promote(registration.event, at)
    if invitation.state not in {"accepted", "represented"}:
        return
    if representation is not None:
        db.session.delete(representation)
    record_answer(invitation, "declined", by=ROAD, actor=actor, at=at)
    db.session.flush()


def _cancel_alone(registration: Registration, *, actor: Actor, at: datetime) -> None:
    """Someone without an invitation of their own: a companion, or a member of a delegation."""
    service.cancel_registration(registration, actor=actor, at=at)
    companion = find_companion(registration.id)
    if companion:
        db.session.delete(companion)


def _origin_of(registration: Registration) -> tuple[Invitation | None, Representation | None]:
    """The invitation a place was given on: the person's own, or that of whoever they represent."""
    wanted = select(Representation).where(Representation.registration_id == registration.id)
    found = db.session.scalar(wanted.options(joinedload(Representation.invitation)))
    return (found.invitation, found) if found else (registration.invitation, None)
