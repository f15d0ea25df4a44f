"""Rules of invitations: whom we asked, by a link only they have, and what they said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.audit.service import Actor, record
from app.codes import derived_token, new_public_id, token_hash
from app.database import db, lock_rows
from app.directory.models import Person
from app.errors import Refusal
from app.events.models import Category, Event
from app.i18n import lazy
from app.invitations.models import Invitation
from app.outbox import service as outbox
from app.outbox.queries import list_messages_about

LINK_PURPOSE = "invitation"


class AlreadyInvited(Refusal):
    """One invitation per person and event."""

    message = lazy("%(name)s is already invited.")


class NoMailbox(Refusal):
    """A letter by mail needs an address."""

    message = lazy("%(name)s has no e-mail address. Please add one, or send the letter on paper.")


class EventNotOpen(Refusal):
    """Invitations leave once the event is open."""

    message = lazy("Invitations can leave once the event is open. Please open it first.")


class Withdrawn(Refusal):
    """What was taken back is not sent."""

    message = lazy("The invitation of %(name)s was withdrawn: nothing can be sent any more.")


class AlreadyAnswered(Refusal):
    """A place was given on this invitation."""

    message = lazy(
        "%(name)s has answered and a place is held. Please cancel the registration instead of"
        " withdrawing the invitation."
    )


@dataclass(frozen=True)
class Quality:
    """In which quality someone is invited: ordered titles and the organisation."""

    titles: tuple[str, ...] = ()
    organisation: str = ""


def invite(  # noqa: PLR0913 - an invitation has that many facts, all named
    event: Event,
    person: Person,
    category: Category,
    *,
    quality: Quality,
    secret: str,
    at: datetime,
    email: str = "",
    language: str = "",
    extra: dict[str, str] | None = None,
) -> Invitation:
    """Draft an invitation. Raises nothing: whether the person is already invited is the caller's check.

    `secret` is the key personal links are derived from; only the link's hash is kept.
    """
    public_id = new_public_id()
    invitation = Invitation(
        public_id=public_id,
        event=event,
        person=person,
        category=category,
        qualities=quality.titles,
        organisation=quality.organisation,
        email=email or person.email,
        language=language or person.language,
        token_hash=token_hash(derived_token(secret, LINK_PURPOSE, public_id)),
        created_at=at,
        extra=extra or {},
    )
    db.session.add(invitation)
    return invitation


def link_token(invitation: Invitation, secret: str) -> str:
    """The secret part of an invitation's personal link, made anew from the key."""
    return derived_token(secret, LINK_PURPOSE, invitation.public_id, invitation.token_version)


def renew_link(invitation: Invitation, *, secret: str, actor: Actor, at: datetime) -> None:
    """Give the invitee another link; the old one opens nothing any more."""
    invitation.token_version += 1
    invitation.token_hash = token_hash(link_token(invitation, secret))
    _record(actor, "invitation.link_renewed", invitation, at)


def send_new_link(invitation: Invitation, *, secret: str, actor: Actor, at: datetime) -> None:
    """Make another link and write to the invitee again; letters not yet posted are stopped.

    Raises NoMailbox, EventNotOpen before anything is changed.
    """
    _check_sendable(invitation)
    _stop_letters(invitation)
    renew_link(invitation, secret=secret, actor=actor, at=at)
    send(invitation, actor=actor, at=at)


def _check_sendable(invitation: Invitation) -> None:
    if invitation.event.status != "open":
        raise EventNotOpen
    if not invitation.email:
        raise NoMailbox(name=invitation.person.full_name)
    if invitation.state == "withdrawn":
        raise Withdrawn(name=invitation.person.full_name)


def _stop_letters(invitation: Invitation) -> None:
    for message in list_messages_about(invitation.public_id):
        if message.kind == "invitation" and message.state in {"queued", "failed"}:
            outbox.cancel(message)


def send(invitation: Invitation, *, actor: Actor, at: datetime) -> None:
    """Queue the letter of an invitation. Sent twice is sent once.

    Raises NoMailbox, EventNotOpen, Withdrawn.
    """
    _check_sendable(invitation)
    outbox.write(
        cause=f"invitation:{invitation.public_id}:{invitation.token_version}",
        kind="invitation",
        topic=invitation.event.public_id,
        subject_id=invitation.public_id,
        recipient=invitation.email,
        recipient_name=invitation.person.full_name,
        language=invitation.language,
        at=at,
    )
    if invitation.state == "draft":
        invitation.state = "sent"
        invitation.sent_at = at
        _record(actor, "invitation.sent", invitation, at)


@dataclass(frozen=True)
class Sending:
    """What a mailing did: letters queued, and people it could not write to."""

    queued: int
    without_mailbox: tuple[str, ...]


def send_drafts(
    event: Event, *, actor: Actor, at: datetime, only: Sequence[str] | None = None, limit: int | None = None
) -> Sending:
    """Send every invitation still in draft, or those of `only` (public ids), at most `limit` of them.

    Raises EventNotOpen. People without an address are named and left in draft. Two senders at once
    never write twice: the event is locked until the commit.
    """
    if event.status != "open":
        raise EventNotOpen
    lock_rows(Event, [event.id])
    wanted = select(Invitation).where(Invitation.event_id == event.id, Invitation.state == "draft")
    if only is not None:
        wanted = wanted.where(Invitation.public_id.in_(only))
    wanted = wanted.options(joinedload(Invitation.person)).order_by(Invitation.id)
    reachable = wanted.where(Invitation.email != "").limit(limit)
    missing = db.session.scalars(wanted.where(Invitation.email == "")).all()
    ready = db.session.scalars(reachable.execution_options(populate_existing=True)).all()
    for invitation in ready:
        send(invitation, actor=actor, at=at)
    return Sending(len(ready), tuple(one.person.full_name for one in missing))


def record_answer(invitation: Invitation, state: str, *, by: str, actor: Actor, at: datetime, reason: str = "") -> None:
    """Note what an invitee said: `state` is accepted, declined or represented; `by` the road."""
    before = invitation.state
    invitation.state = state
    invitation.answered_at = at
    invitation.answered_by = by
    invitation.decline_reason = reason if state == "declined" else ""
    _record(actor, f"invitation.{state}", invitation, at, before=before)


def withdraw(invitation: Invitation, *, actor: Actor, at: datetime) -> None:
    """Take an invitation back: its link opens nothing any more, letters not posted are stopped.

    Raises AlreadyAnswered when somebody comes: cancel the registration instead.
    """
    lock_rows(Event, [invitation.event_id])
    lock_rows(Invitation, [invitation.id])
    if invitation.state in {"accepted", "represented"}:
        raise AlreadyAnswered(name=invitation.person.full_name)
    before = invitation.state
    _stop_letters(invitation)
    invitation.state = "withdrawn"
    _record(actor, "invitation.withdrawn", invitation, at, before=before)


def _record(actor: Actor, action: str, invitation: Invitation, at: datetime, before: str = "") -> None:
    record(
        actor,
        action,
        kind="invitation",
        id=invitation.public_id,
        name=invitation.person.full_name,
        topic=invitation.event.public_id,
        at=at,
        before={"state": before} if before else None,
        after={"state": invitation.state},
    )
