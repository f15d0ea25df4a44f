"""What a letter is made of, and who writes which kind."""

from collections.abc import Callable
from dataclasses import dataclass

from app.outbox.models import Message


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


Composer = Callable[[Message], Letter]
_composers: dict[str, Composer] = {}


def register(kind: str, composer: Composer) -> None:
    """Say who writes letters of `kind`. Done once, in `create_app`, by the rooms above."""
    _composers[kind] = composer


def compose(message: Message) -> Letter:
    """Write `message` as its addressee will see it. Changes nothing.

    Raises KeyError when no room writes this kind: a programming error.
    """
    return _composers[message.kind](message)
