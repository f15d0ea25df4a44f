"""Posts the demonstration's letters at once: composed for real, written to files, dated in the past.

The worker would need a quarter of an hour for 700 letters, one process a PDF; here the PDFs of all
invitations come from a few processes, and no job is left behind (`outbox.service.posting_oneself`).
Nothing ever leaves by SMTP from here: the guests are invented.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.clock import telling
from app.database import db
from app.demonstration.guests import REFUSED_DOMAIN
from app.events.models import Event
from app.invitations.composing import compose_for, sheet_for
from app.invitations.models import Invitation
from app.letters.drawing import letter_job
from app.outbox import service as outbox
from app.outbox.composing import Letter, compose
from app.outbox.models import Message
from app.outbox.transport import FileTransport
from app.typeset import compile_pdfs

# How long the worker takes to come to a letter.
SOON = timedelta(minutes=2)
BATCH = 70


def list_waiting_letters(event: Event) -> list[Message]:
    """Letters of the event not posted yet, oldest first."""
    wanted = select(Message).where(Message.topic == event.public_id, Message.state == "queued")
    return list(db.session.scalars(wanted.order_by(Message.id)))


def post(message: Message, letter: Letter, transport: FileTransport) -> None:
    """Hand one letter over, two minutes after it was decided; some addresses are refused."""
    at = message.queued_at + SOON
    outbox.start_sending(message, letter, at)
    if message.recipient.endswith(REFUSED_DOMAIN):
        reason = f"550 5.1.1 <{message.recipient}>: Recipient address rejected: User unknown"
        outbox.record_failure(message, at, "refused", reason)
        return
    outbox.record_sent(message, at, transport.post(message, letter))


def post_answers(event: Event, transport: FileTransport) -> int:
    """Post what the answers caused so far: confirmations and ranks. Returns how many."""
    waiting = list_waiting_letters(event)
    for message in waiting:
        with telling(message.queued_at + SOON):
            post(message, compose(message), transport)
    return len(waiting)


def post_invitations(event: Event, transport: FileTransport) -> Iterator[int]:
    """Post every invitation; yields how many have left after each batch."""
    messages = list_waiting_letters(event)
    wanted = select(Invitation).where(Invitation.event_id == event.id)
    invitations = {each.public_id: each for each in db.session.scalars(wanted)}
    for start in range(0, len(messages), BATCH):
        _post_batch(messages[start : start + BATCH], invitations, transport)
        yield min(start + BATCH, len(messages))


def _post_batch(messages: Sequence[Message], invitations: dict[str, Invitation], transport: FileTransport) -> None:
    jobs, sheets = [], []
    for message in messages:
        invitation = invitations[message.subject_id]
        day = message.queued_at.astimezone(ZoneInfo(invitation.event.timezone)).date()
        sheets.append((invitation, day))
        jobs.append(letter_job(sheet_for(invitation, day, message.language), invitation.event))
    pdfs = compile_pdfs(jobs)
    for message, (invitation, day), pdf in zip(messages, sheets, pdfs, strict=True):
        with telling(message.queued_at + SOON):
            letter = compose_for(invitation, day, message.language, pdf=pdf)
            post(message, letter, transport)
