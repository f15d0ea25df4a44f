"""Letters leaving many at a time: invitations, shared letters to one mailbox, save-the-dates, paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import joinedload

from app.audit.service import Actor
from app.database import db, lock_rows
from app.events.models import Event
from app.invitations.campaign_queries import rules_of, select_sendable
from app.invitations.digests import dispatch_shared, whole_mailboxes
from app.invitations.models import Campaign, Invitation
from app.invitations.offices import follow_office
from app.invitations.service import AlreadyInvited, EventNotOpen, dispatch, frozen_recipient, note_sent
from app.outbox import service as outbox


@dataclass(frozen=True)
class Sending:
    """What a mailing did: invitations that left, people it could not write to, letters that carry them."""

    queued: int
    without_mailbox: tuple[str, ...]
    letters: int
    # Invited offices that passed to somebody who has no address or is invited already.
    held_back: tuple[str, ...] = ()


def send_drafts(
    event: Event,
    *,
    actor: Actor,
    at: datetime,
    only: Sequence[str] | None = None,
    campaign: Campaign | None = None,
    limit: int | None = None,
) -> Sending:
    """Send every invitation that may leave by mail, or those of `only` (public ids) or of a wave, at most `limit`.

    What belongs to a wave waits for its approval. Where the event's rules say so, invitees behind one
    mailbox share one letter; then a few more than `limit` may leave, so that a mailbox is not written to
    twice. Raises EventNotOpen. People without an address are named and stay. Two senders at once never
    write twice: the event is locked until the commit.
    """
    _open_for_sending(event)
    wanted = select_sendable(event, campaign).options(joinedload(Invitation.person))
    if only is not None:
        wanted = wanted.where(Invitation.public_id.in_(only))
    missing = db.session.scalars(wanted.where(Invitation.email == "").order_by(Invitation.id)).all()
    reachable = wanted.where(Invitation.email != "").execution_options(populate_existing=True)
    shares = rules_of(event).shared_mailbox == "digest"
    chosen = whole_mailboxes(reachable, limit) if shares else reachable.order_by(Invitation.id).limit(limit)
    found = db.session.scalars(chosen).all()
    ready = _followed(found, actor, at)
    letters = dispatch_shared(ready, actor=actor, at=at) if shares else _dispatch_each(ready, actor, at)
    held_back = tuple(one.person.full_name for one in found if one not in ready)
    return Sending(len(ready), tuple(one.person.full_name for one in missing), letters, held_back)


def announce(event: Event, campaign: Campaign, *, actor: Actor, at: datetime, limit: int | None = None) -> int:
    """Send the save-the-date to the approved guests of a wave who have not had it; how many letters.

    Nobody is asked to answer yet: the invitation leaves later, to whoever then holds an invited office
    (scenario 5.14). Raises EventNotOpen.
    """
    _open_for_sending(event)
    wanted = select_sendable(event, campaign).where(Invitation.email != "", Invitation.announced_at.is_(None))
    found = db.session.scalars(wanted.options(joinedload(Invitation.person)).order_by(Invitation.id).limit(limit)).all()
    ready = _followed(found, actor, at)
    for invitation in ready:
        outbox.write(
            cause=f"save_the_date:{invitation.public_id}",
            kind="save_the_date",
            topic=event.public_id,
            subject_id=invitation.public_id,
            recipient=invitation.email,
            recipient_name=invitation.person.full_name,
            language=invitation.language,
            at=at,
            context={"recipient": frozen_recipient(invitation)},
        )
        invitation.announced_at = invitation.last_contact_at = at
    return len(ready)


def list_to_print(event: Event, campaign: Campaign | None = None) -> list[Invitation]:
    """Invitations that may leave on paper or by hand and are not noted as sent yet, oldest first."""
    wanted = select_sendable(event, campaign, by_mail=False).options(joinedload(Invitation.person))
    return list(db.session.scalars(wanted.order_by(Invitation.id)))


def note_posted(event: Event, invitations: Sequence[Invitation], *, actor: Actor, at: datetime) -> int:
    """Letters printed were posted or handed over: they count as sent. How many. Raises EventNotOpen."""
    _open_for_sending(event)
    for invitation in invitations:
        note_sent(invitation, actor=actor, at=at)
    return len(invitations)


def _open_for_sending(event: Event) -> None:
    if event.status != "open":
        raise EventNotOpen
    lock_rows(Event, [event.id])


def _followed(found: Sequence[Invitation], actor: Actor, at: datetime) -> list[Invitation]:
    """Those to write to once invited offices have passed to whoever holds them now."""
    ready = []
    for invitation in found:
        try:
            follow_office(invitation, actor=actor, at=at)
        except AlreadyInvited:
            continue
        if invitation.email:
            ready.append(invitation)
    return ready


def _dispatch_each(ready: Sequence[Invitation], actor: Actor, at: datetime) -> int:
    for invitation in ready:
        dispatch(invitation, actor=actor, at=at)
    return len(ready)
