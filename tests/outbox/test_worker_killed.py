"""The worker is killed in the middle of letters; none is lost, none arrives twice."""

import email
import json
import os
import re
import signal
import threading
from collections import Counter
from contextvars import Context
from dataclasses import replace
from email import policy

import pytest

from app.clock import now
from app.database import db
from app.outbox import service
from app.outbox.carriers import PostmanCarrier
from app.outbox.jobs import Round
from app.outbox.models import Message
from app.outbox.queries import get_message
from tests.databases import KEY
from tests.load.mailing import count_unsent, deliver, mail_server, write_invitations
from tests.outbox_letters import trial_letter
from tests.outbox_process import start

# Seconds; a worker starts in three on a machine of its own.
PATIENCE = 120
LINK = re.compile(r"/i/([a-z2-7]{26})")


@pytest.fixture
def carrier(app):
    config = app.extensions["parvis"]
    carrier = PostmanCarrier(config.instance / "posting" / "main", config)
    yield carrier
    carrier.close()


def in_worker(work):
    db.session.commit()
    return Context().run(work)


def addressees(mailbox):
    return Counter(envelope.rcpt_tos[0] for envelope in mailbox.received)


def test_the_worker_posts_what_was_queued_and_finishes_it_before_stopping(app, write, mailbox):
    name = write().public_id
    db.session.commit()
    with start(app.extensions["parvis"]) as worker:
        assert mailbox.arrived.wait(PATIENCE)
        worker.stdin.close()
        assert worker.wait(PATIENCE) == 0
    assert get_message(name).state == "sent"
    assert addressees(mailbox) == {"guest@example.org": 1}


def test_a_worker_killed_while_the_server_answers_learns_afterwards_that_the_letter_left(app, write, mailbox):
    """The server has the letter and has not said so yet when the worker dies."""
    name = write().public_id
    db.session.commit()
    mailbox.hold.clear()
    with start(app.extensions["parvis"]) as worker:
        assert mailbox.arrived.wait(PATIENCE)
        worker.send_signal(signal.SIGKILL)
        worker.wait(PATIENCE)
    assert get_message(name).state == "sending"
    db.session.rollback()
    mailbox.hold.set()
    with start(app.extensions["parvis"]) as worker:
        wait_for(lambda: count_unsent() == 0)
        worker.stdin.close()
        assert worker.wait(PATIENCE) == 0
    assert addressees(mailbox) == {"guest@example.org": 1}


def wait_for(reached):
    for _ in range(20 * PATIENCE):
        if reached():
            return
        threading.Event().wait(0.05)
    raise AssertionError("waited in vain")


def test_what_the_journal_knows_is_not_posted_again_and_what_it_does_not_is(app, write, mailbox, carrier):
    known, unknown = write(), write(cause="trial:2", recipient="other@example.org")
    since = now()
    for message in (known, unknown):
        service.start_sending(message, trial_letter(message), since, "main")
    db.session.commit()
    carrier.folder.mkdir(parents=True)
    line = {
        "id": known.public_id,
        "since": since.isoformat(),
        "outcome": "sent",
        "detail": "250",
        "at": now().isoformat(),
    }
    (carrier.folder / "journal").write_text(json.dumps(line) + "\n" + json.dumps(line)[:20])
    turn = Round(app, "main", carrier)
    assert in_worker(turn.begin)
    in_worker(turn.post_due)
    db.session.expire_all()
    assert (known.state, unknown.state) == ("sent", "sent")
    assert addressees(mailbox) == {"other@example.org": 1}
    assert (carrier.folder / "journal").read_bytes() == b""


def journal_line(message, since, outcome):
    told = {"id": message.public_id, "since": since.isoformat(), "outcome": outcome, "detail": "as it was said"}
    return json.dumps({**told, "at": now().isoformat()}) + "\n"


def test_a_journal_of_an_earlier_try_says_nothing_of_the_present_one(app, write, mailbox, carrier):
    message = write()
    earlier = now()
    service.start_sending(message, trial_letter(message), now(), "main")
    db.session.commit()
    carrier.folder.mkdir(parents=True)
    line = {
        "id": message.public_id,
        "since": earlier.isoformat(),
        "outcome": "refused",
        "detail": "550",
        "at": now().isoformat(),
    }
    (carrier.folder / "journal").write_text(json.dumps(line) + "\n")
    turn = Round(app, "main", carrier)
    in_worker(turn.begin)
    db.session.expire_all()
    assert message.state == "queued"


def test_a_second_worker_of_the_same_name_waits(app, carrier):
    assert carrier.open() == []
    config = app.extensions["parvis"]
    other = PostmanCarrier(carrier.folder, config)
    assert other.open() is None
    turn = Round(app, "main", other)
    turn.stop()
    assert in_worker(turn.begin) is False


def test_letters_of_another_worker_are_left_alone(app, write, carrier):
    message = write()
    service.start_sending(message, trial_letter(message), now(), "second")
    db.session.commit()
    in_worker(Round(app, "main", carrier).begin)
    db.session.expire_all()
    assert message.state == "sending"


def test_a_postman_that_dies_is_replaced(app, write, mailbox, carrier, frozen):
    clock = frozen(now())
    first = write()
    turn = Round(app, "main", carrier)
    in_worker(turn.begin)
    in_worker(turn.post_due)
    os.kill(carrier.process.pid, signal.SIGKILL)
    second = write(cause="trial:2", recipient="other@example.org")
    in_worker(turn.post_due)
    db.session.expire_all()
    assert (second.state, second.attempts[-1].outcome) == ("queued", "unreachable")
    clock.shift(61)
    in_worker(turn.post_due)
    db.session.expire_all()
    assert (first.state, second.state) == ("sent", "sent")
    assert addressees(mailbox) == {"guest@example.org": 1, "other@example.org": 1}


def test_a_server_that_hangs_up_between_two_letters_is_called_again(app, write, mailbox, carrier):
    turn = Round(app, "main", carrier)
    in_worker(turn.begin)
    write()
    in_worker(turn.post_due)
    mailbox.hang_up()
    second = write(cause="trial:2", recipient="other@example.org")
    in_worker(turn.post_due)
    db.session.expire_all()
    assert second.state == "sent"
    assert [attempt.outcome for attempt in second.attempts] == ["sent"]


@pytest.mark.proof
def test_fifteen_hundred_invitations_arrive_once_each_though_the_worker_is_killed_three_times(app):
    config = app.extensions["parvis"]
    with mail_server() as box:
        config = replace(config, mail_server="127.0.0.1", mail_port=box.port, mail_per_minute=1_000_000)
        write_invitations(1500, KEY)
        deliver(config, box, 1500, deaths=3)
    letters = [email.message_from_bytes(envelope.content, policy=policy.default) for envelope in box.received]
    assert len(letters) == 1500
    assert len({letter["Message-ID"] for letter in letters}) == 1500
    assert len({envelope.rcpt_tos[0] for envelope in box.received}) == 1500
    links = set()
    for letter in letters:
        kinds = [part.get_content_type() for part in letter.walk()]
        assert kinds.count("application/pdf") == 1
        assert kinds.count("text/calendar") == 1
        links |= set(LINK.findall(letter.get_body(("plain",)).get_content()))
    assert len(links) == 1500
    assert db.session.query(Message).filter_by(state="sent").count() == 1500
