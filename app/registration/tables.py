"""The table or zone of a guest, and the languages their badge shows: organisers say both, guests are not asked.

From the day a category is frozen a table changes only when the organiser has it printed all the same; a list that names
another one then changes the invitation, and the guest's page shows the difference.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import or_, select

from app.audit.service import Actor, record
from app.database import db, lock_row
from app.directory.entries import note_spoken
from app.errors import Refusal
from app.events.asking import is_frozen
from app.i18n import lazy
from app.invitations.drafts import keep_table
from app.invitations.models import ANSWERED, Invitation
from app.registration.models import Companion, Registration, Representation
from app.text import nfc

LONGEST = 30


class PrintsFrozen(Refusal):
    """A badge printed already would say something else."""

    message = lazy(
        "Prints of this category are frozen. Tick “Print it all the same” to change the table or the languages."
    )
    status = 422


def show_on_badge(
    registration: Registration, zone: str, spoken: Iterable[str], *, actor: Actor, at: datetime, may_thaw: bool = False
) -> bool:
    """Give a guest a table or zone ("" for none) and say what they speak; answers whether anything changed.

    `may_thaw`: after the freeze too. Raises PrintsFrozen.
    """
    lock_row(registration)
    zone, spoken = " ".join(nfc(zone).split())[:LONGEST], tuple(spoken)
    person = registration.person
    if (zone, spoken) == (registration.zone, tuple(person.spoken)):
        return False
    if not may_thaw and is_frozen(registration.category, at):
        raise PrintsFrozen
    note_spoken(person, spoken, actor=actor, at=at)
    if zone != registration.zone:
        _seat(registration, zone, actor, at)
        if registration.invitation:
            keep_table(registration.invitation, zone)
    return True


def follow_table(invitation: Invitation, *, before: str, actor: Actor, at: datetime) -> None:
    """Another table was given to an invitee: who comes on the invitation and sat at the former one moves along."""
    if invitation.state not in ANSWERED:
        return
    comes = (
        select(Registration)
        .outerjoin(Representation, Representation.registration_id == Registration.id)
        .outerjoin(Companion, Companion.registration_id == Registration.id)
        .where(
            or_(
                Registration.invitation_id == invitation.id,
                Representation.invitation_id == invitation.id,
                Companion.invitation_id == invitation.id,
            ),
            Registration.zone == before,
        )
    )
    for registration in db.session.scalars(comes.order_by(Registration.id)).all():
        if not is_frozen(registration.category, at):
            _seat(registration, invitation.zone, actor, at)


def _seat(registration: Registration, zone: str, actor: Actor, at: datetime) -> None:
    before, registration.zone = registration.zone, zone
    db.session.flush()
    record(
        actor, "registration.table_given", kind="registration", id=registration.public_id,
        name=registration.person.full_name, topic=registration.event.public_id, at=at,
        before={"table": before}, after={"table": zone},
    )  # fmt: skip
