"""Reading delegations."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.codes import token_hash
from app.database import db
from app.errors import NotFound
from app.events.models import Event
from app.invitations.delegation import Delegation, DelegationMember

_LOADED = (joinedload(Delegation.category), selectinload(Delegation.members).joinedload(DelegationMember.person))


def find_delegation_by_token(token: str) -> Delegation | None:
    """The delegation a contact's link opens; withdrawn ones are not found."""
    wanted = select(Delegation).where(Delegation.token_hash == token_hash(token), Delegation.state != "withdrawn")
    return db.session.scalar(wanted)


def get_delegation_in_session(public_id: str, held: dict[str, str]) -> Delegation:
    """The delegation a browser holds since it opened the contact's link. Raises NotFound."""
    wanted = select(Delegation).where(
        Delegation.public_id == public_id,
        Delegation.token_hash == held.get(public_id, ""),
        Delegation.state != "withdrawn",
    )
    found = db.session.scalar(wanted.options(*_LOADED, joinedload(Delegation.event)))
    if found is None:
        raise NotFound
    return found


def find_delegation(public_id: str) -> Delegation | None:
    """The delegation at this address, whatever its event."""
    wanted = select(Delegation).where(Delegation.public_id == public_id)
    return db.session.scalar(wanted.options(*_LOADED, joinedload(Delegation.event)))


def get_delegation(event: Event, public_id: str) -> Delegation:
    """One delegation of the event. Raises NotFound."""
    found = find_delegation(public_id)
    if found is None or found.event_id != event.id:
        raise NotFound
    return found


def list_delegations(event: Event) -> list[Delegation]:
    """Every delegation of the event, by name, with its members."""
    wanted = select(Delegation).where(Delegation.event_id == event.id).options(*_LOADED)
    return list(db.session.scalars(wanted.order_by(Delegation.name, Delegation.id)))


def get_member(delegation: Delegation, public_id: str) -> DelegationMember:
    """One member of the delegation. Raises NotFound."""
    found = next((member for member in delegation.members if member.public_id == public_id), None)
    if found is None:
        raise NotFound
    return found


def find_membership(event_id: int, person_id: int) -> DelegationMember | None:
    """The delegation a person of the directory comes with."""
    wanted = (
        select(DelegationMember)
        .join(DelegationMember.delegation)
        .where(Delegation.event_id == event_id, DelegationMember.person_id == person_id)
    )
    return db.session.scalar(wanted.limit(1))
