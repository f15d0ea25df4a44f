"""A mail server on loopback, and a kind of letter that only tests write."""

import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from app.clock import now
from app.database import db
from app.outbox import composing, service
from app.outbox.models import Message
from tests.outbox_letters import trial_letter


class Mailbox:
    """Keeps what the server takes; says no to the addresses it was told to refuse."""

    def __init__(self) -> None:
        self.received: list[Envelope] = []
        self.answers: dict[str, str] = {}
        self.arrived = threading.Event()
        self.port = free_port()

    async def handle_RCPT(  # noqa: N802 - the name aiosmtpd looks for
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        """Take an addressee, or answer what was prepared for them."""
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - the name aiosmtpd looks for
        """Keep a letter."""
        self.received.append(envelope)
        self.arrived.set()
        return "250 OK"


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A real SMTP server; `mailbox.received` holds the envelopes it took."""
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    yield box
    controller.stop()


@pytest.fixture
def app_settings(mailbox: Mailbox) -> dict[str, Any]:
    """Letters leave by SMTP."""
    return {
        "mail_server": "127.0.0.1",
        "mail_port": mailbox.port,
        "mail_from": "parvis@events.example",
        "mail_timeout": 5,
    }


@pytest.fixture
def write(app: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Message]:
    """`write(recipient=…, cause=…)`: a committed letter of the trial kind."""
    monkeypatch.setitem(composing._composers, "trial", trial_letter)

    def written(**values: Any) -> Message:
        facts = {
            "cause": "trial:1", "kind": "trial", "topic": "", "subject_id": "",
            "recipient": "guest@example.org", "recipient_name": "Zoé Martin", "language": "fr",
            "at": now(), **values,
        }  # fmt: skip
        message = service.write(**facts)
        db.session.commit()
        return message

    return written
