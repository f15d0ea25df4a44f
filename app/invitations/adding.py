"""One guest at a time: added as a list of one row, or corrected."""

from datetime import datetime
from typing import Any

from app.audit.service import Actor, record
from app.directory.service import Contact, Names, reach, rename, set_mandates, speak
from app.errors import Refusal
from app.events.models import Category, Event
from app.guest_list import GuestList, GuestRow
from app.i18n import lazy
from app.invitations.drafts import change
from app.invitations.importing import invite_all
from app.invitations.models import Invitation
from app.invitations.planning import plan
from app.invitations.queries import list_latest
from app.invitations.service import AlreadyInvited, Quality


class MayBeKnown(Refusal):
    """Somebody alike is known; the organiser says whether it is the same person."""

    message = lazy("%(reason)s Compare with %(with_)s. If this is somebody else, tick the box below and add again.")
    status = 422


def add_guest(
    event: Event, row: GuestRow, category: Category, *, secret: str, actor: Actor, at: datetime, is_sure: bool = False
) -> Invitation:
    """Draft the invitation of one person; someone of the directory is used again.

    Raises AlreadyInvited, MayBeKnown (unless `is_sure`), NameMissing.
    """
    listed = GuestList(columns=[], mapping={}, rows=[row], rejected=[], header_row=0)
    planned = plan(event, listed, category, row.language or "fr").rows[0]
    if planned.outcome != "created" or planned.known is None:
        raise AlreadyInvited(name=f"{row.given_name} {row.family_name}".strip())
    if planned.is_doubtful and not is_sure:
        raise MayBeKnown(reason=planned.sentence, with_=planned.with_)
    invite_all(event, [planned.known], secret=secret, at=at)
    invitation = list_latest(event, 1)[0]
    record(
        actor, "invitation.added", kind="invitation", id=invitation.public_id,
        name=invitation.person.full_name, topic=event.public_id, at=at,
        after={"category": invitation.category.key},
    )  # fmt: skip
    return invitation


def correct_guest(invitation: Invitation, row: GuestRow, category: Category, *, actor: Actor, at: datetime) -> bool:
    """Replace what is known of a guest by `row`; empty means none. Answers whether anything changed.

    A registration made already keeps its own snapshot. Raises NameMissing.
    """
    person = invitation.person
    before = _facts(invitation)
    rename(person, Names(row.given_name, row.family_name, row.native_name, row.civility))
    reach(person, Contact(row.email, row.phone, row.language, person.country))
    speak(person, row.spoken)
    quality = Quality(row.qualities, row.organisation)
    if (tuple(invitation.qualities), invitation.organisation) != (quality.titles, quality.organisation):
        set_mandates(person, quality.titles, quality.organisation)
    is_changed = change(
        invitation, quality=quality, category=category, email=row.email, language=row.language,
        zone=row.zone, actor=actor, at=at,
    )  # fmt: skip
    after = _facts(invitation)
    if after != before and not is_changed:
        record(
            actor, "invitation.changed", kind="invitation", id=invitation.public_id,
            name=person.full_name, topic=invitation.event.public_id, at=at, before=before, after=after,
        )  # fmt: skip
    return is_changed or after != before


def _facts(invitation: Invitation) -> dict[str, Any]:
    person = invitation.person
    names = ("civility", "given_name", "family_name", "native_name", "phone")
    return {**{name: getattr(person, name) for name in names}, "spoken": list(person.spoken or ())}


def move_to_category(invitation: Invitation, category: Category) -> None:
    """Invite somebody in another category from now on; the caller notes why. Answers and places stand as they are."""
    invitation.category = category
