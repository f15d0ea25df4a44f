"""Rules of letters: a row first, one letter per cause, one commit per letter posted."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from app.codes import new_public_id
from app.database import db
from app.errors import Refusal
from app.i18n import lazy
from app.jobqueue import enqueue
from app.outbox.composing import Letter
from app.outbox.models import Attempt, Message
from app.outbox.queries import find_message_for_cause

POST_LETTER = "post_letter"


class AlreadySent(Refusal):
    """A letter that has left cannot be stopped."""

    message = lazy("This letter has already left: it can no longer be stopped.")


class NotFailed(Refusal):
    """Only a letter that failed is tried again."""

    message = lazy("Only a letter that could not be delivered can be sent again.")


_posts_itself: ContextVar[bool] = ContextVar("posts_itself", default=False)


@contextmanager
def posting_oneself() -> Iterator[None]:
    """Letters written inside get no job: the caller posts them before it commits (demonstration)."""
    mark = _posts_itself.set(True)
    try:
        yield
    finally:
        _posts_itself.reset(mark)


def write(  # noqa: PLR0913 - a letter has that many facts, all named
    *,
    cause: str,
    kind: str,
    topic: str,
    subject_id: str,
    recipient: str,
    recipient_name: str,
    language: str,
    at: datetime,
    context: dict[str, Any] | None = None,
    is_known_new: bool = False,
) -> Message:
    """Write a letter and its job into the caller's transaction.

    A second letter for the same `cause` is not written: the first is returned. `is_known_new` spares
    that look-up where the caller's own lock already guarantees it. The caller commits.
    """
    if not is_known_new:
        existing = find_message_for_cause(cause)
        if existing:
            return existing
    message = Message(
        public_id=new_public_id(),  # now, so that the job can name it before anything is flushed
        cause=cause,
        kind=kind,
        topic=topic,
        subject_id=subject_id,
        recipient=recipient,
        recipient_name=recipient_name,
        language=language,
        context=context or {},
        queued_at=at,
    )
    db.session.add(message)
    if not _posts_itself.get():
        enqueue(db.session(), POST_LETTER, f"letter-{message.public_id}-1", message.public_id)
    return message


def start_sending(message: Message, letter: Letter, at: datetime) -> None:
    """Record what is about to be posted, before it is: a crash leaves a visible trace."""
    message.subject = letter.subject
    message.body_text = letter.text
    message.state = "sending"
    message.sending_since = at


def record_sent(message: Message, at: datetime, detail: str = "") -> None:
    """The server took the letter."""
    message.state = "sent"
    message.sent_at = at
    message.attempts.append(Attempt(at=at, outcome="sent", detail=detail[:500]))


def record_failure(message: Message, at: datetime, outcome: str, detail: str) -> None:
    """The letter did not leave: `outcome` is "refused" (for good) or "unreachable" (try again)."""
    message.attempts.append(Attempt(at=at, outcome=outcome, detail=detail[:500]))
    message.state = "failed" if outcome == "refused" else "queued"


def give_up(message: Message) -> None:
    """Nobody answered at the mail server, and enough tries were made."""
    message.state = "failed"


def cancel(message: Message) -> None:
    """Stop a letter that has not left. Raises AlreadySent."""
    if message.state in {"sent", "sending"}:
        raise AlreadySent
    message.state = "cancelled"


def send_again(message: Message) -> None:
    """Put a failed letter back into the queue. Raises NotFailed."""
    if message.state != "failed":
        raise NotFailed
    message.state = "queued"
    key = f"letter-{message.public_id}-{len(message.attempts) + 1}"
    enqueue(db.session(), POST_LETTER, key, message.public_id)
