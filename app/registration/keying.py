"""Answers that reach the organiser by mail, telephone or on paper, and are keyed in."""

from dataclasses import dataclass
from datetime import datetime

from app.audit.service import Actor, record
from app.errors import Refusal
from app.i18n import lazy
from app.invitations.deadlines import closing_of
from app.invitations.models import Invitation
from app.registration import service
from app.registration.representatives import Representative

# An organiser still works through the post once answers are closed.
KEYED_STATUSES = frozenset({"open", "closed"})


class ReceivedLater(Refusal):
    """Nobody receives an answer in the future."""

    message = lazy("The hour of receipt is still to come. Please check the day and the hour.")


class LateNeedsReason(Refusal):
    """After the deadline an answer is taken only with a reason, which stays in the journal."""

    message = lazy(
        "This answer was received after the deadline (%(deadline)s). Please say why it is taken all"
        " the same: the reason stays in the journal."
    )


class NotKeyable(Refusal):
    """The invitation was withdrawn, or the event takes no answers by any road."""

    message = lazy("No answer can be taken for this invitation any more.")


@dataclass(frozen=True)
class Receipt:
    """How an answer reached us: `road` is mail, phone or paper; the hour of receipt decides."""

    road: str
    received_at: datetime
    late_reason: str = ""


def is_late(invitation: Invitation, receipt: Receipt) -> bool:
    """Whether the answer was received at or after the first instant of closing."""
    closing = closing_of(invitation)
    return closing is not None and receipt.received_at >= closing


def key_in(  # noqa: PLR0913 - the facts of one answer, all named
    invitation: Invitation,
    answer: str,
    receipt: Receipt,
    *,
    actor: Actor,
    at: datetime,
    deadline_sentence: str = "",
    who: Representative | None = None,
    reason: str = "",
) -> None:
    """Write down an answer received: `answer` is attend, decline or represented (then by `who`).

    The instant of receipt, not of keying, is held against the deadline (domain 1.1 R0.8, scenario
    5.2). Raises ReceivedLater, LateNeedsReason, NotKeyable, and what the answer itself raises.
    """
    if invitation.state == "withdrawn" or invitation.event.status not in KEYED_STATUSES:
        raise NotKeyable
    if receipt.received_at > at:
        raise ReceivedLater
    late = is_late(invitation, receipt)
    if late and not receipt.late_reason:
        raise LateNeedsReason(deadline=deadline_sentence)
    if answer == "attend":
        service.accept(invitation, by=receipt.road, actor=actor, at=at)
    elif answer == "represented" and who is not None:
        service.be_represented_by(invitation, who, by=receipt.road, actor=actor, at=at)
    elif answer == "decline":
        service.decline(invitation, by=receipt.road, actor=actor, at=at, reason=reason)
    else:
        raise ValueError(answer)
    _record(invitation, answer, receipt, actor=actor, at=at)


def _record(invitation: Invitation, answer: str, receipt: Receipt, *, actor: Actor, at: datetime) -> None:
    after = {
        "answer": answer,
        "road": receipt.road,
        "received_at": receipt.received_at.isoformat(),
        "late_reason": receipt.late_reason,
    }
    record(
        actor,
        "answer.keyed_in",
        kind="invitation",
        id=invitation.public_id,
        name=invitation.person.full_name,
        topic=invitation.event.public_id,
        at=at,
        after=after,
    )
