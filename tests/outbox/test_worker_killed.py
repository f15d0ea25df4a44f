"""Long proof: the worker is killed in the middle of many letters, again and again; none is lost."""

import email
import signal
import threading
from collections import Counter
from email import policy

import pytest
from sqlalchemy import func, select

from app.clock import now
from app.database import db
from app.outbox import service
from app.outbox.models import Message
from tests.outbox.test_posting import process

LETTERS, DEATHS, IN_FLIGHT = 120, 4, 20
PATIENCE = 1200
pause = threading.Event()


def count_sent() -> int:
    sent = db.session.scalar(select(func.count()).where(Message.state == "sent"))
    db.session.rollback()
    return sent or 0


def wait_until(reached, what: str) -> None:
    for _ in range(PATIENCE):
        if reached():
            return
        pause.wait(0.1)
    raise AssertionError(f"waited in vain for {what}")


@pytest.mark.proof
def test_a_worker_killed_again_and_again_loses_no_letter(app, write, mailbox):
    write()  # registers the kind
    for number in range(1, LETTERS):
        service.write(
            cause=f"trial:{number}:again", kind="trial", topic="", subject_id="", language="fr",
            recipient=f"guest{number}@example.org", recipient_name="", at=now(),
        )  # fmt: skip
    db.session.commit()
    for death in range(1, DEATHS + 1):
        with process(app, "work") as worker:
            wait_until(lambda n=death: len(mailbox.received) >= n * LETTERS // (DEATHS + 1), "some letters")
            worker.send_signal(signal.SIGKILL)
    with process(app, "work") as worker:
        wait_until(lambda: count_sent() == LETTERS, "the rest")
        worker.stdin.close()
        assert worker.wait(30) == 0
    letters = [email.message_from_bytes(e.content, policy=policy.default) for e in mailbox.received]
    times = Counter(letter["Message-ID"] for letter in letters)
    assert len(times) == LETTERS
    # At least once: only what was under way when the worker died may have left twice.
    assert sum(times.values()) - LETTERS <= DEATHS * IN_FLIGHT
