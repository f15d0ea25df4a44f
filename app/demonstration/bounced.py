"""Two invitations of the demonstration that came back: the organiser's next step is to find another address."""

from datetime import datetime, timedelta

from sqlalchemy import select

from app.clock import telling
from app.database import db
from app.events.models import Event
from app.invitations.models import Invitation
from app.outbox.bounces import Notice
from app.outbox.models import Message
from app.outbox.service import record_notice

REASONS = (
    "550 5.1.1 <{address}>: Recipient address rejected: User unknown in virtual mailbox table",
    "552 5.2.2 <{address}>: The mailbox is full and takes no more messages",
)
# When the other server gave up.
LATER = timedelta(hours=5)


def let_come_back(event: Event, at: datetime) -> None:
    """Have mail servers report two unanswered invitations of `event`, hours after they left, before `at`."""
    wanted = (
        select(Message)
        .join(Invitation, Invitation.public_id == Message.subject_id)
        .where(Message.topic == event.public_id, Message.kind == "invitation", Message.state == "sent")
        .where(Invitation.state == "sent")
        .order_by(Message.id.desc())
    )
    for message, reason in zip(db.session.scalars(wanted.limit(len(REASONS))).all(), REASONS, strict=False):
        then = min((message.sent_at or at) + LATER, at)
        said = reason.format(address=message.recipient)
        with telling(then):
            record_notice(message, Notice(message.public_id, "bounced", message.recipient, said), then)
