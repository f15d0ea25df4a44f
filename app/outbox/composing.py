"""What a letter is made of, and who writes which kind."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.outbox.models import Message

log = logging.getLogger("parvis.letters")


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a letter; `inline_id` when the HTML shows it as `cid:<inline_id>`."""

    name: str
    mime: str
    data: bytes
    inline_id: str = ""


@dataclass(frozen=True)
class Letter:
    """A letter ready to be posted."""

    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...] = ()
    # iCalendar file and its METHOD, shown by mail programs as an appointment.
    calendar: bytes | None = None
    calendar_method: str = "PUBLISH"
    reply_to: str = ""
    # Where one POST stops such letters (RFC 8058): reminders, never a letter that answers something.
    unsubscribe_url: str = ""
    # Words the row must not keep once the letter is posted: the digits of a code.
    secrets: tuple[str, ...] = ()


Composer = Callable[[Message], Letter]
# Writes several at once, by public id, where that is faster; what it leaves out is written one by one.
Preparer = Callable[[Sequence[Message]], Mapping[str, Letter]]
_composers: dict[str, Composer] = {}
_preparers: dict[str, Preparer] = {}
_mailings: set[str] = set()
Check = Callable[[Message], bool]
_needed: dict[str, Check] = {}


def register(
    kind: str,
    composer: Composer,
    together: Preparer | None = None,
    *,
    is_mailing: bool = False,
    is_needed: Check | None = None,
) -> None:
    """Say who writes letters of `kind`, one by one and (where that is faster) many together.

    `is_mailing`: they leave by the hundred, and let other letters go before them. `is_needed`: whether a letter still
    waiting is true, and not told by a later one; asked just before it leaves, and withdrawn if not. Done once, in
    `create_app`, by the rooms above.
    """
    _composers[kind] = composer
    if together is not None:
        _preparers[kind] = together
    if is_mailing:
        _mailings.add(kind)
    if is_needed is not None:
        _needed[kind] = is_needed


def list_mailings() -> list[str]:
    """Kinds that leave by the hundred: letters of other kinds go before them."""
    return sorted(_mailings)


def is_needed(message: Message) -> bool:
    """Whether a letter about to leave is still true, and not told by a later one. Changes nothing."""
    check = _needed.get(message.kind)
    return check is None or check(message)


def compose(message: Message) -> Letter:
    """Write `message` as its addressee will see it. Changes nothing.

    Raises KeyError when no room writes this kind: a programming error.
    """
    return _composers[message.kind](message)


def compose_all(messages: Sequence[Message]) -> dict[str, Letter | Exception]:
    """Write several letters, by public id; an exception in the place of one that could not be. Changes nothing."""
    written: dict[str, Letter | Exception] = {}
    for kind, together in _preparers.items():
        mine = [message for message in messages if message.kind == kind]
        if len(mine) > 1:
            try:
                written |= together(mine)
            except Exception:
                log.exception("letters of kind %s are written one by one", kind)
    for message in messages:
        if message.public_id not in written:
            try:
                written[message.public_id] = compose(message)
            except Exception as error:
                log.exception("letter %s could not be written", message.public_id)
                written[message.public_id] = error
    return written
