"""A mailing as it really leaves: personal invitations with PDF and calendar, to a mail server on loopback.

The mail server counts; the worker is killed on the way and started again. `make prove` asks that every letter arrives
exactly once (tests/outbox/test_worker_killed.py), `make bench` tells how long it takes.
"""

import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask
from sqlalchemy import func, select, update

from app.audit.service import SYSTEM
from app.clock import now
from app.database import db, set_writing
from app.invitations.service import Quality, invite, send
from app.outbox.models import Message
from config import Config
from tests.load.report import Figure
from tests.load.seed import BODY, QUALITY, _event, _person
from tests.outbox_process import start

PATIENCE = 600.0
GLANCE = 0.05
_pause = threading.Event()


@dataclass
class Mailbox:
    """A real SMTP server that keeps what it takes."""

    port: int
    received: list[Envelope] = field(default_factory=list)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - the name aiosmtpd looks for
        """Take a letter."""
        self.received.append(envelope)
        return "250 OK"


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """A mail server on a free port of loopback."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        box = Mailbox(taken.getsockname()[1])
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def write_invitations(number: int, secret: str) -> None:
    """So many invitees of an open event, and a letter waiting for each. Commits."""
    event = _event("mailing", number)
    for n in range(number):
        person, category = _person(n), event.categories[n % 4]
        invitation = invite(event, person, category, quality=Quality((QUALITY,), BODY), secret=secret, at=now())
        invitation.token_version = 1
        db.session.flush()
        send(invitation, actor=SYSTEM, at=now())
    db.session.commit()


def deliver(config: Config, box: Mailbox, number: int, deaths: int) -> float:
    """Have `number` waiting letters posted by a worker killed `deaths` times; seconds until the last is noted."""
    begun = time.monotonic()
    for death in range(1, deaths + 1):
        with start(config) as worker:
            _wait(lambda n=death: len(box.received) >= n * number // (deaths + 1), "some letters")  # type: ignore[misc] # n is bound
            worker.send_signal(signal.SIGKILL)
    with start(config) as worker:
        _wait(lambda: len(box.received) >= number and count_unsent() == 0, "the rest")
        seconds = time.monotonic() - begun
        worker.stdin.close()  # type: ignore[union-attr] # it was asked for
        worker.wait(60)
    return seconds


def measure_mailing(app: Flask, number: int, database: str) -> Figure:
    """How fast `number` invitations leave though the worker is killed three times; `errors`: lost or repeated."""
    with app.app_context(), mail_server() as box:
        set_writing(True)
        # Letters of the other measures stay where they are.
        db.session.execute(update(Message).where(Message.state == "queued").values(state="cancelled"))
        config: Config = app.extensions["parvis"]
        write_invitations(number, config.secret_key)
        config = replace(
            config, mail_server="127.0.0.1", mail_port=box.port, mail_security="none", mail_per_minute=1_000_000
        )
        seconds = deliver(config, box, number, deaths=3)
        distinct = len({envelope.rcpt_tos[0] for envelope in box.received})
        errors = abs(number - distinct) + len(box.received) - distinct
        db.session.remove()
        db.engine.dispose()
    about = "PDF and .ics, worker killed 3 times"
    return Figure(
        f"mailing_{number}", database, n=number, per_s=number / seconds, seconds=seconds, errors=errors, about=about
    )


def count_unsent() -> int:
    """Letters that wait to leave, or are leaving."""
    number = db.session.scalar(select(func.count()).where(Message.state.in_(("queued", "sending"))))
    db.session.rollback()
    return number or 0


def _wait(reached: Callable[[], Any], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not reached():
        if time.monotonic() > end:
            raise AssertionError(f"waited in vain for {what}")
        _pause.wait(GLANCE)
