"""Rules of letters: a row first, one letter per cause, one commit per letter posted."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any

from app.codes import new_public_id, without_tokens
from app.database import db
from app.errors import Refusal
from app.i18n import lazy
from app.jobqueue import enqueue
from app.outbox.bounces import Notice
from app.outbox.composing import Letter
from app.outbox.models import Attempt, Message
from app.outbox.queries import find_message_for_cause
from app.outbox.signals import message_bounced

POST_LETTER = "post_letter"
# Patience with a mail server that does not answer, or says "later": half a day in all.
TRIES = 16
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
# A letter takes seconds to post; after this nobody is posting it any more.
STUCK = timedelta(minutes=15)
# Kept with a letter's context.
STOPPED_BY_HAND = "stopped by hand"
EARLIER = "earlier addresses"


class AlreadySent(Refusal):
    """A letter that has left cannot be stopped."""

    message = lazy("This letter has already left: it can no longer be stopped.")


class NotFailed(Refusal):
    """Only a letter that did not arrive is tried again."""

    message = lazy("Only a letter that was stopped or could not be delivered can be sent again.")


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
        due_at=at,
    )
    db.session.add(message)
    _have_posted(message, 1)
    return message


def _have_posted(message: Message, turn: int) -> None:
    """Write the job that wakes the worker, in the transaction of the letter.

    One is enough for all letters of a transaction: the worker posts whatever is due.
    """
    session = db.session()
    transaction = session.get_nested_transaction() or session.get_transaction()
    if _posts_itself.get() or (transaction is not None and session.info.get(POST_LETTER) is transaction):
        return
    enqueue(session, POST_LETTER, f"letter-{message.public_id}-{turn}", message.public_id)
    session.info[POST_LETTER] = session.get_nested_transaction() or session.get_transaction()


def _kept(letter: Letter) -> str:
    """The text as the database may keep it: no link that opens, no code that serves."""
    text = without_tokens(letter.text)
    for secret in letter.secrets:
        text = text.replace(secret, "…")
    return text


def start_sending(message: Message, letter: Letter, at: datetime, worker: str = "") -> None:
    """Record what is about to be posted, before it is: a crash leaves a visible trace."""
    message.subject = letter.subject[:300]
    message.body_text = _kept(letter)
    message.state = "sending"
    message.sending_since = at
    message.worker = worker


def release(message: Message, at: datetime) -> None:
    """Put a letter that was about to be posted back into the queue: it was not begun."""
    message.state = "queued"
    message.due_at = at


def record_sent(message: Message, at: datetime, detail: str = "") -> None:
    """The server took the letter."""
    message.state = "sent"
    message.sent_at = at
    message.attempts.append(Attempt(at=at, outcome="sent", detail=detail[:500]))


def record_failure(message: Message, at: datetime, outcome: str, detail: str) -> None:
    """The letter did not leave: `outcome` is "refused" (for good) or "unreachable" (try again).

    The pause before the next try doubles from a minute to an hour; after TRIES the letter has failed.
    """
    message.attempts.append(Attempt(at=at, outcome=outcome, detail=detail[:500]))
    turns = _count_unanswered(message)
    message.state = "failed" if outcome == "refused" or turns >= TRIES else "queued"
    message.due_at = at + min(FIRST_PAUSE * 2 ** (turns - 1), LONGEST_PAUSE) if turns else at


def _count_unanswered(message: Message) -> int:
    """Tries since the letter was last put into the queue by somebody."""
    turns = 0
    for attempt in reversed(message.attempts):
        if attempt.outcome != "unreachable" or attempt.at < message.queued_at:
            break
        turns += 1
    return turns


def record_notice(message: Message, notice: Notice, at: datetime) -> bool:
    """Note what a mail server reports of a letter it took; False when that is no news.

    A report about an address the letter is no longer for says nothing of the present one.
    """
    if message.state not in {"sent", "sending"} or notice.address.lower() in message.context.get(EARLIER, ()):
        return False
    if notice.outcome == "delayed" and message.attempts and message.attempts[-1].outcome == "delayed":
        return False
    message.attempts.append(Attempt(at=at, outcome=notice.outcome, detail=notice.reason))
    if notice.outcome == "bounced":
        message.state = "bounced"
        message.bounced_at = at
        message_bounced.send(message, at=at, reason=notice.reason)
    return True


def is_stuck(message: Message, at: datetime) -> bool:
    """Whether a letter has been leaving for so long that its worker must be gone."""
    return message.state == "sending" and message.sending_since is not None and at - message.sending_since > STUCK


def cancel(message: Message, at: datetime | None = None, *, by_hand: bool = False) -> None:
    """Stop a letter that has not left, or (with `at`) one that is stuck. Raises AlreadySent.

    `by_hand`: somebody stopped this very letter, and may change their mind.
    """
    is_leaving = message.state == "sending" and not (at and is_stuck(message, at))
    if message.state in {"sent", "bounced"} or is_leaving:
        raise AlreadySent
    message.state = "cancelled"
    message.context = {**message.context, STOPPED_BY_HAND: by_hand}


def can_send_again(message: Message, at: datetime) -> bool:
    """Whether the letter failed, came back, was stopped by hand or is stuck."""
    if message.state == "cancelled":
        return bool(message.context.get(STOPPED_BY_HAND))
    return message.state in {"failed", "bounced"} or is_stuck(message, at)


def send_again(message: Message, at: datetime, recipient: str = "") -> None:
    """Put a letter that did not arrive into the queue again, to `recipient` when given. Raises NotFailed."""
    if not can_send_again(message, at):
        raise NotFailed
    if recipient and recipient != message.recipient:
        earlier = [*message.context.get(EARLIER, ()), message.recipient.lower()]
        message.context = {**message.context, EARLIER: earlier}
        message.recipient = recipient
    message.state = "queued"
    message.queued_at = message.due_at = at
    message.bounced_at = None
    _have_posted(message, len(message.attempts) + 2)
