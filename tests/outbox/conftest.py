"""A mail server on loopback, and a kind of letter that only tests write."""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextvars import Context
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from app.clock import now
from app.database import db
from app.outbox import composing, service
from app.outbox.carriers import FileCarrier, Parcel, PostmanCarrier, Report
from app.outbox.jobs import Round
from app.outbox.models import Message
from app.outbox.postman import Line
from app.outbox.queries import get_message
from tests.outbox_letters import trial_letter


class Mailbox:
    """Keeps what the server takes; says no to the addresses it was told to refuse."""

    def __init__(self) -> None:
        self.received: list[Envelope] = []
        self.answers: dict[str, str] = {}
        self.arrived = threading.Event()
        # While cleared, the server has a letter and does not say so.
        self.hold = threading.Event()
        self.hold.set()
        self.sessions: list[SMTP] = []
        self.port = free_port()

    async def handle_RCPT(  # noqa: N802 - the name aiosmtpd looks for
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        """Take an addressee, or answer what was prepared for them."""
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - the name aiosmtpd looks for
        """Keep a letter."""
        self.received.append(envelope)
        self.sessions.append(server)
        self.arrived.set()
        await asyncio.to_thread(self.hold.wait)
        return "250 OK"

    def hang_up(self) -> None:
        """Close every connection without a word."""
        gone = threading.Event()

        def close() -> None:
            for session in self.sessions:
                if session.transport is not None:
                    session.transport.abort()
            gone.set()

        self.sessions[-1].loop.call_soon_threadsafe(close)
        gone.wait(60)


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


class LineCarrier(FileCarrier):
    """Speaks with the mail server as the postman does, without a process of its own."""

    def __init__(self, carrier: PostmanCarrier) -> None:
        super().__init__(carrier.folder)
        self.line = Line(carrier._settings())

    def hand_over(self, parcels: Sequence[Parcel]) -> None:
        for parcel in parcels:
            letter = {"id": parcel.public_id, "recipient": parcel.recipient}
            outcome, detail = self.line.post(letter, parcel.mail)
            self.reports.append(Report(parcel.public_id, parcel.since, outcome, detail, now()))

    def close(self) -> list[Report]:
        self.line.close()
        return super().close()


@pytest.fixture
def post(app: Any) -> Iterator[Callable[..., str]]:
    """`post(message)`: one round of a worker; the state of the letter after it."""
    config = app.extensions["parvis"]
    real = LineCarrier(PostmanCarrier(config.instance / "posting" / "test", config))

    def posted(message: Message, carrier: Any = None) -> str:
        name = message.public_id
        db.session.commit()
        # As in the worker: outside the test's own session and mode.
        Context().run(Round(app, "test", carrier or real).post_due)
        db.session.expire_all()
        return get_message(name).state

    yield posted
    real.close()
