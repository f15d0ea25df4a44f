"""Mailboxes that notifications of failure arrive in: a Maildir, an mbox file, IMAP, standard input."""

import imaplib
import mailbox
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from app.errors import Refusal
from app.i18n import lazy

TIMEOUT = 30
NOT_SEEN = "S"


class NoMailbox(Refusal):
    """There is nothing to read where we were told to look."""

    message = lazy(
        "“%(source)s” is neither a Maildir, nor an mbox file, nor imaps://user@host/INBOX: set"
        " PARVIS_BOUNCE_MAILBOX, or name one after the command."
    )


class MailboxClosed(Refusal):
    """The mailbox is there and cannot be opened."""

    message = lazy("The mailbox %(source)s cannot be read (%(reason)s). Check its address and PARVIS_BOUNCE_PASSWORD.")


@dataclass(frozen=True)
class Arrived:
    """A mail not read yet; `put_aside` marks it as read, once what it says is kept."""

    data: bytes
    put_aside: Callable[[], None]


def open_mailbox(source: str, password: str = "") -> Iterator[Arrived]:
    """The mails of `source` that nobody has read yet; "-" is one mail on standard input.

    `password` is for IMAP. Raises NoMailbox, MailboxClosed.
    """
    if source == "-":
        return iter([Arrived(sys.stdin.buffer.read(), lambda: None)])
    if source.startswith(("imap://", "imaps://")):
        return _imap(source, password)
    path = Path(source)
    if source and (path / "cur").is_dir():
        return _maildir(path)
    if source and path.is_file():
        return _mbox(path)
    raise NoMailbox(source=source)


def _maildir(path: Path) -> Iterator[Arrived]:
    # Taken with their keys at the start: what arrives meanwhile is for the next time.
    box = mailbox.Maildir(path, create=False)
    for key in sorted(box.keys()):
        message = box.get_message(key)
        if NOT_SEEN in message.get_flags():
            continue

        def put_aside(key: str = key, message: mailbox.MaildirMessage = message) -> None:
            message.set_subdir("cur")
            message.add_flag(NOT_SEEN)
            box[key] = message

        yield Arrived(box.get_bytes(key), put_aside)


def _mbox(path: Path) -> Iterator[Arrived]:
    box = mailbox.mbox(path, create=False)
    box.lock()
    try:
        for key in list(box.keys()):
            message = box.get_message(key)
            if "R" in message.get_flags():
                continue

            def put_aside(key: str = key, message: mailbox.mboxMessage = message) -> None:
                message.add_flag("R")
                box[key] = message
                box.flush()

            yield Arrived(box.get_bytes(key), put_aside)
    finally:
        box.close()


def _imap(source: str, password: str) -> Iterator[Arrived]:
    """Unread mails of a folder. Whatever is no notification stays unread for people to see."""
    place = urlsplit(source)
    shown = f"{place.scheme}://{place.hostname}{place.path}"
    kind, port = (imaplib.IMAP4_SSL, 993) if place.scheme == "imaps" else (imaplib.IMAP4, 143)
    try:
        with kind(place.hostname or "", place.port or port, timeout=TIMEOUT) as server:
            server.login(unquote(place.username or ""), password)
            server.select(unquote(place.path.lstrip("/")) or "INBOX")
            _, found = server.uid("SEARCH", "UNSEEN")
            for number in (found[0] or b"").split():
                _, parts = server.uid("FETCH", number.decode(), "(BODY.PEEK[])")
                data = next((part[1] for part in parts if isinstance(part, tuple)), b"")

                def put_aside(number: str = number.decode()) -> None:
                    server.uid("STORE", number, "+FLAGS", "(\\Seen)")

                yield Arrived(data, put_aside)
    except (OSError, imaplib.IMAP4.error) as error:
        raise MailboxClosed(source=shown, reason=str(error)) from error
