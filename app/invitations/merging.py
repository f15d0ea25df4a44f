"""What happens to invitations when two entries turn out to be one person, and when they do not after all."""

from typing import Any

from sqlalchemy import select, update

from app.database import db
from app.directory.models import Merge, Person
from app.errors import Refusal
from app.i18n import here, lazy
from app.invitations.delegation import DelegationMember
from app.invitations.models import ANSWERED, Invitation

_COMING = frozenset({"accepted", "represented"})


class BothComing(Refusal):
    """A person has one answer to one invitation."""

    message = lazy("Both entries accepted “%(event)s”. Please cancel the place of one of them first.")


class OtherAnswered(Refusal):
    """The entry that stays is the one that answered."""

    message = lazy("The other entry answered the invitation to “%(event)s”. Please keep that one.")


def follow(_merge: Merge, *, kept: Person, absorbed: Person) -> dict[str, Any]:
    """Invitations follow to the kept entry; invited twice, the second invitation is withdrawn and stays behind.

    Raises BothComing, OtherAnswered.
    """
    own = {one.event_id: one for one in _invitations_of(kept)}
    moved, withdrawn = [], []
    for one in _invitations_of(absorbed):
        twin = own.get(one.event_id)
        if twin is None:
            moved.append(one.id)
            one.person_id = kept.id
        elif one.state in _COMING and twin.state in _COMING:
            raise BothComing(event=here(one.event.title))
        elif one.state in _COMING or (one.state in ANSWERED and twin.state not in ANSWERED):
            raise OtherAnswered(event=here(one.event.title))
        else:
            withdrawn.append([one.id, one.state])
            one.state = "withdrawn"
    members = list(db.session.scalars(select(DelegationMember.id).where(DelegationMember.person_id == absorbed.id)))
    _give_members(members, kept)
    former = list(db.session.scalars(select(Invitation.id).where(Invitation.former_person_id == absorbed.id)))
    _say_former(former, kept)
    db.session.flush()
    return {
        "invitation": moved, "invitation_withdrawn": withdrawn, "invitation_former": former,
        "delegation_member": members,
    }  # fmt: skip


def go_back(_merge: Merge, *, kept: Person, absorbed: Person, moved: dict[str, Any]) -> None:
    """The invitations that followed go back; the one withdrawn is again what it was."""
    withdrawn = dict(moved.get("invitation_withdrawn", ()))
    for one in _invitations_of(kept):
        if one.id in moved.get("invitation", ()):
            one.person_id = absorbed.id
    for one in _invitations_of(absorbed):
        if one.state == "withdrawn":
            one.state = withdrawn.get(one.id, one.state)
    _give_members(moved.get("delegation_member", []), absorbed)
    _say_former(moved.get("invitation_former", []), absorbed)
    db.session.flush()


def _invitations_of(person: Person) -> list[Invitation]:
    return list(db.session.scalars(select(Invitation).where(Invitation.person_id == person.id).order_by(Invitation.id)))


def _give_members(members: list[int], person: Person) -> None:
    if members:
        db.session.execute(update(DelegationMember).where(DelegationMember.id.in_(members)).values(person_id=person.id))


def _say_former(invitations: list[int], person: Person) -> None:
    if invitations:
        db.session.execute(update(Invitation).where(Invitation.id.in_(invitations)).values(former_person_id=person.id))
