"""What becomes of an invitation between its letter and its answer: seen, bounced, silent."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.audit.service import SYSTEM, Actor, record
from app.database import db, lock_rows
from app.events.models import Event
from app.invitations.campaign_queries import list_in_digest, list_in_reminder
from app.invitations.deadlines import closing_of
from app.invitations.models import AWAITED, Invitation
from app.invitations.queries import find_invitation
from app.outbox.models import Message


def note_opened(invitation: Invitation, at: datetime) -> bool:
    """A person moved on the answer page; answers whether that is news.

    Called for a POST or a scroll, never for a GET: mail scanners follow every link.
    """
    if invitation.opened_at is not None:
        return False
    invitation.opened_at = at
    if invitation.state in {"sent", "bounced"}:
        invitation.state = "opened"
    _record(invitation, "invitation.opened", Actor("invitee", invitation.public_id, invitation.person.full_name), at)
    return True


def note_bounced(message: Message, *, at: datetime, reason: str) -> list[Invitation]:
    """A letter came back: the invitations it carried need another address. Answers which.

    An answer given meanwhile stands; a link replaced meanwhile is left alone.
    """
    bounced = [one for one in _carried(message) if one.email.lower() == message.recipient.lower()]
    for invitation in bounced:
        invitation.bounced_at, invitation.bounce_reason = at, reason[:500]
        if invitation.state in AWAITED:
            invitation.state = "bounced"
        _record(invitation, "invitation.bounced", SYSTEM, at, reason=reason[:500])
    return bounced


def list_to_settle(event: Event, at: datetime) -> list[Invitation]:
    """Invitees whose deadline passed in silence and who do not say so yet, or whose deadline moved later."""
    waiting = ("sent", "opened", "no_answer")
    wanted = select(Invitation).where(Invitation.event_id == event.id, Invitation.state.in_(waiting))
    loaded = (joinedload(Invitation.event).joinedload(Event.deadline), joinedload(Invitation.category))
    found = db.session.scalars(wanted.options(*loaded))
    return [one for one in found if _is_over(one, at) != (one.state == "no_answer")]


def settle_silence(event: Event, at: datetime) -> int:
    """Say of each invitee whose deadline passed in silence that no answer came; how many changed.

    A deadline moved later makes their answer awaited again.
    """
    lock_rows(Event, [event.id])
    changed = list_to_settle(event, at)
    for invitation in changed:
        awaited = "opened" if invitation.opened_at else "sent"
        invitation.state = awaited if invitation.state == "no_answer" else "no_answer"
    if changed:
        record(
            SYSTEM, "invitations.settled", kind="event", id=event.public_id, name=event.title.get("fr"),
            topic=event.public_id, at=at, after={"count": len(changed)},
        )  # fmt: skip
    return len(changed)


def _is_over(invitation: Invitation, at: datetime) -> bool:
    closing = closing_of(invitation)
    return closing is not None and closing <= at


def _carried(message: Message) -> list[Invitation]:
    if message.kind == "invitation_digest":
        return list_in_digest(message.public_id)
    if message.kind == "reminder_digest":
        return list_in_reminder(message)
    invitation = find_invitation(message.subject_id)
    return [invitation] if invitation else []


def _record(invitation: Invitation, action: str, actor: Actor, at: datetime, **after: str) -> None:
    record(
        actor, action, kind="invitation", id=invitation.public_id, name=invitation.person.full_name,
        topic=invitation.event.public_id, at=at, after={"state": invitation.state, **after},
    )  # fmt: skip
