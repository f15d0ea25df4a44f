"""Waves: invitations that leave together, once a second person approved them (scenario 5.1)."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, select, update

from app.audit.service import Actor, record
from app.database import db, lock_rows
from app.errors import Refusal
from app.events.models import Category, Event
from app.i18n import lazy
from app.invitations.campaign_queries import count_in_campaign, find_rules
from app.invitations.models import NOT_SENT, Campaign, Invitation, MailingRules


class NameTaken(Refusal):
    """Two waves of an event cannot have one name."""

    message = lazy("There is already a wave “%(name)s”. Please choose another name.")
    status = 422


class NobodyWaits(Refusal):
    """A wave without anybody to be approved."""

    message = lazy("Nobody in this wave waits for approval. Please put guests into it first.")


class NotSubmitted(Refusal):
    """Only a wave that was submitted is approved or sent back."""

    message = lazy("This wave does not wait for approval any more. Please look at it again.")


class OwnApproval(Refusal):
    """Four eyes: whoever submitted a wave does not approve it."""

    message = lazy("You submitted this wave yourself: a second person must approve it.")


class NoReason(Refusal):
    """Whoever put the wave together must know what to change."""

    message = lazy("Please say what is to be changed before you send the wave back.")
    status = 422


class WaveHasLeft(Refusal):
    """A wave of which letters left stays on the board."""

    message = lazy("Letters of this wave have left: it stays on the board.")


def open_campaign(event: Event, name: str, *, planned_on: date | None, actor: Actor, at: datetime) -> Campaign:
    """A new wave with nobody in it. Raises NameTaken."""
    lock_rows(Event, [event.id])
    _check_name(event, name)
    last = db.session.scalar(select(func.max(Campaign.position)).where(Campaign.event_id == event.id)) or 0
    campaign = Campaign(event=event, name=name, planned_on=planned_on, position=last + 1, created_at=at)
    db.session.add(campaign)
    db.session.flush()
    _record(actor, "campaign.opened", campaign, at)
    return campaign


def change_campaign(campaign: Campaign, name: str, *, planned_on: date | None, actor: Actor, at: datetime) -> None:
    """Give a wave another name or day. Raises NameTaken."""
    if name != campaign.name:
        _check_name(campaign.event, name)
    if (name, planned_on) == (campaign.name, campaign.planned_on):
        return
    before: dict[str, object] = {"name": campaign.name, "planned_on": str(campaign.planned_on or "")}
    campaign.name, campaign.planned_on = name, planned_on
    _record(actor, "campaign.changed", campaign, at, before=before)


def put_category_into(campaign: Campaign, category: Category, *, actor: Actor, at: datetime) -> int:
    """Put every guest of a category who is in no wave and was not written to into this one; how many."""
    wanted = select(Invitation).where(
        Invitation.event_id == campaign.event_id,
        Invitation.category_id == category.id,
        Invitation.campaign_id.is_(None),
        Invitation.state == "draft",
    )
    return put_into(campaign, db.session.scalars(wanted).all(), actor=actor, at=at)


def put_into(campaign: Campaign | None, invitations: Sequence[Invitation], *, actor: Actor, at: datetime) -> int:
    """Move invitations that have not left into a wave, or out of all waves (None); how many moved.

    What was approved is approved no more, and a wave that waits for approval is open again: a second
    person approves the list they saw.
    """
    if campaign is not None:
        lock_rows(Campaign, [campaign.id])
    target = campaign.id if campaign else None
    moved = [one for one in invitations if one.state in NOT_SENT and one.campaign_id != target]
    if not moved:
        return 0
    for one in moved:
        one.campaign_id, one.state = target, "draft"
    if campaign is not None:
        _reopen(campaign)
        _record(actor, "campaign.filled", campaign, at, count=len(moved))
    elif len(moved) == 1:
        record(
            actor, "invitation.taken_out", kind="invitation", id=moved[0].public_id,
            name=moved[0].person.full_name, topic=moved[0].event.public_id, at=at,
        )  # fmt: skip
    return len(moved)


def submit(campaign: Campaign, *, actor: Actor, at: datetime) -> None:
    """Ask a second person to approve the wave. Raises NobodyWaits."""
    lock_rows(Campaign, [campaign.id])
    if not count_in_campaign(campaign, {"draft"}):
        raise NobodyWaits
    campaign.state, campaign.returned_because = "submitted", ""
    campaign.submitted_by_id, campaign.submitted_by, campaign.submitted_at = actor.id, actor.name, at
    _record(actor, "campaign.submitted", campaign, at)


def take_back(campaign: Campaign, *, actor: Actor, at: datetime) -> None:
    """Undo a submission. Raises NotSubmitted."""
    _check_submitted(campaign)
    _reopen(campaign)
    _record(actor, "campaign.taken_back", campaign, at)


def approve(campaign: Campaign, *, actor: Actor, at: datetime) -> int:
    """Let a wave leave; how many invitations were approved.

    Raises NotSubmitted, OwnApproval when the account is the one that submitted it.
    """
    _check_submitted(campaign)
    if actor.id == campaign.submitted_by_id:
        raise OwnApproval
    waiting = Invitation.campaign_id == campaign.id, Invitation.state == "draft"
    number = count_in_campaign(campaign, {"draft"})
    db.session.execute(update(Invitation).where(*waiting).values(state="approved"))
    campaign.state = "approved"
    campaign.approved_by_id, campaign.approved_by, campaign.approved_at = actor.id, actor.name, at
    _record(actor, "campaign.approved", campaign, at, count=number)
    return number


def send_back(campaign: Campaign, reason: str, *, actor: Actor, at: datetime) -> None:
    """Return a wave to whoever put it together. Raises NotSubmitted, NoReason."""
    _check_submitted(campaign)
    if not reason.strip():
        raise NoReason
    _reopen(campaign)
    campaign.returned_because = reason.strip()
    _record(actor, "campaign.sent_back", campaign, at, reason=campaign.returned_because)


def drop_campaign(campaign: Campaign, *, actor: Actor, at: datetime) -> None:
    """Remove a wave nothing left of; its guests stay on the list, outside waves. Raises WaveHasLeft."""
    lock_rows(Campaign, [campaign.id])
    inside = db.session.scalars(select(Invitation).where(Invitation.campaign_id == campaign.id)).all()
    if any(one.state not in NOT_SENT or one.announced_at for one in inside):
        raise WaveHasLeft
    put_into(None, inside, actor=actor, at=at)
    _record(actor, "campaign.dropped", campaign, at)
    db.session.flush()
    db.session.delete(campaign)


def set_rules(event: Event, *, requires_approval: bool, shared_mailbox: str, actor: Actor, at: datetime) -> None:
    """Say how the event's letters leave; see MailingRules."""
    rules = find_rules(event)
    if rules is None:
        rules = MailingRules(event_id=event.id, requires_approval=False, shared_mailbox="each")
        db.session.add(rules)
    before = {"requires_approval": rules.requires_approval, "shared_mailbox": rules.shared_mailbox}
    after = {"requires_approval": requires_approval, "shared_mailbox": shared_mailbox}
    if before == after:
        return
    rules.requires_approval, rules.shared_mailbox = requires_approval, shared_mailbox
    record(
        actor, "mailing.rules_changed", kind="event", id=event.public_id, name=event.title.get("fr"),
        topic=event.public_id, at=at, before=before, after=after,
    )  # fmt: skip


def _check_name(event: Event, name: str) -> None:
    taken = select(Campaign.id).where(Campaign.event_id == event.id, Campaign.name == name)
    if db.session.scalar(taken):
        raise NameTaken(name=name)


def _check_submitted(campaign: Campaign) -> None:
    lock_rows(Campaign, [campaign.id])
    if campaign.state != "submitted":
        raise NotSubmitted


def _reopen(campaign: Campaign) -> None:
    campaign.state = "open"


def _record(
    actor: Actor,
    action: str,
    campaign: Campaign,
    at: datetime,
    *,
    before: dict[str, object] | None = None,
    count: int | None = None,
    reason: str = "",
) -> None:
    after: dict[str, object] = {"state": campaign.state}
    if count is not None:
        after["count"] = count
    if reason:
        after["reason"] = reason
    record(
        actor, action, kind="campaign", id=campaign.public_id, name=campaign.name,
        topic=campaign.event.public_id, at=at, before=before, after=after,
    )  # fmt: skip
