"""People who came together: a delegation, or an invitee with companions, ticked off one list."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.checkin import service
from app.checkin.ledger import Passage, Verdict
from app.database import db
from app.errors import Refusal
from app.events.models import Event
from app.i18n import lazy
from app.invitations.delegation_queries import find_membership
from app.registration.models import Companion, Registration


class NobodyTicked(Refusal):
    """A list to tick needs a tick."""

    message = lazy("Please tick who is here.")
    status = 422


@dataclass(frozen=True)
class Party:
    """Who came together; `name` is the delegation's, "" for companions. Whoever asked stands first."""

    name: str
    people: tuple[Registration, ...]


def party_of(registration: Registration) -> Party:
    """The delegation of somebody, else the invitee with the companions; alone: only that person."""
    membership = find_membership(registration.event_id, registration.person_id)
    if membership:
        delegation = membership.delegation
        ids = [member.person_id for member in delegation.members if member.person_id]
        return Party(delegation.name, _first(registration, _of_people(registration.event_id, ids)))
    return Party("", _first(registration, _companions(registration)))


def _of_people(event_id: int, ids: Sequence[int]) -> list[Registration]:
    wanted = select(Registration).where(Registration.event_id == event_id, Registration.person_id.in_(ids))
    found = {one.person_id: one for one in db.session.scalars(wanted.options(*_SHOWN))}
    return [found[number] for number in ids if number in found]


def _companions(registration: Registration) -> list[Registration]:
    """Who accompanies somebody, or is accompanied by them and the others."""
    own = select(Companion.invitation_id).where(Companion.registration_id == registration.id)
    invitation = db.session.scalar(own) or registration.invitation_id
    if invitation is None:
        return []
    along = select(Companion.registration_id).where(Companion.invitation_id == invitation)
    invited = Registration.invitation_id == invitation
    wanted = select(Registration).where(invited | Registration.id.in_(along)).order_by(Registration.id)
    return list(db.session.scalars(wanted.options(*_SHOWN)))


_SHOWN = (joinedload(Registration.person), joinedload(Registration.category), joinedload(Registration.event))


def _first(registration: Registration, people: Sequence[Registration]) -> tuple[Registration, ...]:
    return (registration, *(one for one in people if one.id != registration.id))


def admit_party(
    event: Event, party: Party, ticked: Collection[str], passage: Passage, *, document: str = ""
) -> list[Verdict]:
    """Let in those ticked (public ids), one row of the ledger each, each with an answer of its own.

    Sent twice, it answers the same. Raises NobodyTicked, DocumentMissing before anybody is let in.
    """
    here = [one for one in party.people if one.public_id in ticked]
    if not here:
        raise NobodyTicked
    return [
        service.admit(event, one, replace(passage, nonce=f"{passage.nonce}-{one.id}"), document=document)
        for one in sorted(here, key=lambda one: one.id)
    ]
