"""Rules of invitations: whom we asked, by a link only they have, and what they said."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.audit.service import Actor, record
from app.codes import derived_token, new_public_id, token_hash
from app.database import db, lock_rows
from app.directory.models import Person
from app.errors import Refusal
from app.events.models import Category, Event
from app.i18n import lazy
from app.invitations.campaign_queries import (
    find_letter,
    list_in_digest,
    list_in_reminder,
    list_waiting_reminders,
    rules_of,
)
from app.invitations.models import NOT_SENT, Invitation
from app.outbox import service as outbox
from app.outbox.models import Message
from app.outbox.queries import list_messages_about

LINK_PURPOSE = "invitation"
# Longest key of a form, and how many forms of one invitation are remembered.
FORM_KEY, FORMS_KEPT = 26, 10
# Letters about an invitation; those not posted yet are stopped when it is withdrawn or its link renewed.
LETTERS = frozenset({"invitation", "reminder", "save_the_date"})


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


class NotApproved(Refusal):
    """A second person looks at a wave before it leaves."""

    message = lazy("The invitation of %(name)s has not been approved yet: a second person must approve its wave.")


class NotByMail(Refusal):
    """A letter that travels on paper is printed and posted, not mailed."""

    message = lazy("The letter of %(name)s travels on paper or by hand: note it as sent once it has left.")


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
        state="draft",  # before it is flushed, too: it may be sent at once
        channel="mail",
    )
    db.session.add(invitation)
    return invitation


def note_form(invitation: Invitation, key: str) -> bool:
    """Note that the form of that key is being answered; whether it is the first time. The caller holds the invitation.

    The latest FORMS_KEPT forms are remembered.
    """
    if key[:FORM_KEY] in invitation.form_keys:
        return False
    invitation.form_keys = (key[:FORM_KEY], *invitation.form_keys)[:FORMS_KEPT]
    return True


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

    An address that bounced is tried anew. Raises NoMailbox, EventNotOpen, Withdrawn, NotApproved
    before anything is changed.
    """
    _check_sendable(invitation)
    _check_approved(invitation)
    _stop_letters(invitation, {"invitation"})
    renew_link(invitation, secret=secret, actor=actor, at=at)
    dispatch(invitation, actor=actor, at=at)


def _check_sendable(invitation: Invitation) -> None:
    if invitation.event.status != "open":
        raise EventNotOpen
    if not invitation.email:
        raise NoMailbox(name=invitation.person.full_name)
    if invitation.state == "withdrawn":
        raise Withdrawn(name=invitation.person.full_name)


def _check_approved(invitation: Invitation) -> None:
    if invitation.state != "draft":
        return
    if invitation.campaign_id is not None or rules_of(invitation.event).requires_approval:
        raise NotApproved(name=invitation.person.full_name)


def _stop_letters(invitation: Invitation, kinds: set[str] | frozenset[str] = LETTERS) -> None:
    for message in list_messages_about(invitation.public_id):
        if message.kind in kinds and message.state in {"queued", "failed"}:
            outbox.cancel(message)


def _leave_digest(invitation: Invitation) -> None:
    """A shared letter that would carry nobody any more is stopped."""
    message = find_letter(invitation.digest_id) if invitation.digest_id else None
    if message is None or message.state not in {"queued", "failed"}:
        return
    if all(one.id == invitation.id for one in list_in_digest(message.public_id)):
        outbox.cancel(message)


def leave_reminders(invitation: Invitation) -> None:
    """Shared reminders that wait to be posted and would carry nobody any more are stopped.

    Called once the invitee answered, was withdrawn or wants no more of them.
    """
    if not invitation.reminders_sent:
        return
    db.session.flush()
    for message in list_waiting_reminders(invitation):
        if not list_in_reminder(message):
            outbox.cancel(message)


def send(invitation: Invitation, *, actor: Actor, at: datetime) -> None:
    """Queue the letter of an invitation. Sent twice is sent once.

    Raises NoMailbox, EventNotOpen, Withdrawn, NotByMail, NotApproved.
    """
    _check_sendable(invitation)
    _check_approved(invitation)
    if invitation.channel != "mail":
        raise NotByMail(name=invitation.person.full_name)
    dispatch(invitation, actor=actor, at=at)


def dispatch(invitation: Invitation, *, actor: Actor, at: datetime) -> Message:
    """Write the invitation's own letter; the caller made sure that it may leave."""
    message = outbox.write(
        cause=f"invitation:{invitation.public_id}:{invitation.token_version}",
        kind="invitation",
        topic=invitation.event.public_id,
        subject_id=invitation.public_id,
        recipient=invitation.email,
        recipient_name=invitation.person.full_name,
        language=invitation.language,
        at=at,
        context={"recipient": frozen_recipient(invitation)},
    )
    if message.queued_at == at:
        note_sent(invitation, actor=actor, at=at)
    return message


def frozen_recipient(invitation: Invitation) -> dict[str, Any]:
    """Whom a letter speaks to as it leaves: an office may pass to somebody else, the letter stays."""
    person = invitation.person
    return {
        "name": person.full_name,
        "formal_name": person.formal_name,
        "civility": person.civility,
        "qualities": list(invitation.qualities),
        "organisation": invitation.organisation,
    }


def note_sent(invitation: Invitation, *, actor: Actor, at: datetime, digest_id: str = "") -> None:
    """The letter leaves: by mail (`digest_id`: the shared letter that carries it), on paper or by hand."""
    invitation.last_contact_at = at
    invitation.digest_id = digest_id
    if invitation.state in NOT_SENT or invitation.state == "bounced":
        before = invitation.state
        invitation.state, invitation.bounce_reason = "sent", ""
        invitation.sent_at = invitation.sent_at or at
        _record(actor, "invitation.sent", invitation, at, before=before if before == "bounced" else "")


def record_answer(invitation: Invitation, state: str, *, by: str, actor: Actor, at: datetime, reason: str = "") -> None:
    """Note what an invitee said: `state` is accepted, declined or represented; `by` the road."""
    before = invitation.state
    invitation.state = state
    if invitation.reminders_sent:
        _stop_letters(invitation, {"reminder"})
        leave_reminders(invitation)
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
    _leave_digest(invitation)
    invitation.state = "withdrawn"
    leave_reminders(invitation)
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
