"""Inviting an office: the mayor of Sceaux, whoever holds it on the day (scenario 5.14)."""

from datetime import datetime
from zoneinfo import ZoneInfo

from app.audit.service import Actor, record
from app.directory.models import Office, Person
from app.directory.offices import find_holder
from app.errors import Refusal
from app.events.models import Category, Event
from app.i18n import lazy
from app.invitations.models import UNANSWERED, Invitation
from app.invitations.queries import find_invitation_of
from app.invitations.service import AlreadyInvited, Quality, invite, renew_link


class OfficeVacant(Refusal):
    """A letter needs somebody to speak to."""

    message = lazy("Nobody is known to hold the office “%(office)s”. Please say in the directory who does.")
    status = 422


def holder_for(office: Office, event: Event, at: datetime) -> Person | None:
    """Who holds the office on the event's first day, as far as is known; else who holds it today."""
    zone = ZoneInfo(event.timezone)
    on_the_day = find_holder(office, event.starts_at.astimezone(zone).date())
    return on_the_day or find_holder(office, at.astimezone(zone).date())


def invite_office(
    event: Event, office: Office, category: Category, *, secret: str, actor: Actor, at: datetime
) -> Invitation:
    """Draft the invitation of whoever holds an office. Raises OfficeVacant, AlreadyInvited."""
    holder = holder_for(office, event, at)
    if holder is None:
        raise OfficeVacant(office=office.title_for(""))
    if find_invitation_of(event.id, holder.id):
        raise AlreadyInvited(name=holder.full_name)
    invitation = invite(event, holder, category, quality=_quality(office, holder), secret=secret, at=at)
    invitation.office = office
    _record(invitation, "invitation.added", actor, at, after={"category": category.key, "office": office.title_for("")})
    return invitation


def follow_office(invitation: Invitation, *, actor: Actor, at: datetime, secret: str = "") -> bool:
    """Address an unanswered invitation of an office to whoever holds it now; answers whether it passed on.

    The former holder is kept as a contact. A link that had already left opens nothing any more, which
    needs `secret`. Raises AlreadyInvited when the new holder has an invitation of their own.
    """
    if invitation.office is None or invitation.state not in UNANSWERED:
        return False
    holder = holder_for(invitation.office, invitation.event, at)
    if holder is None or holder.id == invitation.person_id:
        return False
    if find_invitation_of(invitation.event_id, holder.id):
        raise AlreadyInvited(name=holder.full_name)
    former = invitation.person
    quality = _quality(invitation.office, holder)
    invitation.former_person, invitation.person = former, holder
    invitation.qualities, invitation.organisation = quality.titles, quality.organisation
    invitation.email, invitation.language = holder.email, holder.language
    if secret and invitation.sent_at is not None:
        renew_link(invitation, secret=secret, actor=actor, at=at)
    _record(
        invitation, "invitation.office_passed", actor, at,
        before={"person": former.full_name}, after={"person": holder.full_name},
    )  # fmt: skip
    return True


def has_passed_on(invitation: Invitation, at: datetime) -> bool:
    """Whether somebody else holds the invited office than the person the invitation speaks to."""
    if invitation.office is None:
        return False
    holder = holder_for(invitation.office, invitation.event, at)
    return holder is not None and holder.id != invitation.person_id


def _quality(office: Office, holder: Person) -> Quality:
    return Quality((office.title_for(holder.civility),), office.organisation.name)


def _record(
    invitation: Invitation,
    action: str,
    actor: Actor,
    at: datetime,
    *,
    after: dict[str, str],
    before: dict[str, str] | None = None,
) -> None:
    record(
        actor, action, kind="invitation", id=invitation.public_id, name=invitation.person.full_name,
        topic=invitation.event.public_id, at=at, before=before, after=after,
    )  # fmt: skip
