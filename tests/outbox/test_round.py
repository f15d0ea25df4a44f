"""The worker's round: in which order, at which pace, many at a time, and what it does not hold up."""

import threading
from contextvars import Context
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

import pytest
from flask import has_app_context

from app.clock import now
from app.database import is_writing
from app.errors import Busy
from app.outbox import composing, jobs, service
from app.outbox.carriers import FileCarrier
from app.outbox.jobs import Round
from app.outbox.service import STUCK
from tests.outbox_letters import trial_letter


def test_letters_of_a_person_go_before_mailings(app, write, post, mailbox, monkeypatch):
    monkeypatch.setitem(composing._composers, "mailing", trial_letter)
    monkeypatch.setattr(composing, "_mailings", {"mailing"})
    for number in range(3):
        write(cause=f"mailing:{number}", kind="mailing", recipient=f"many{number}@example.org")
    post(write())
    assert mailbox.received[0].rcpt_tos == ["guest@example.org"]


def test_letters_are_written_together_and_one_that_fails_stops_no_other(app, write, post, mailbox, monkeypatch):
    asked = []

    def together(messages):
        asked.append(len(messages))
        return {m.public_id: trial_letter(m) for m in messages if "bad" not in m.recipient}

    def singly(_message):
        raise KeyError("its subject is no more")

    monkeypatch.setitem(composing._composers, "mailing", singly)
    monkeypatch.setitem(composing._preparers, "mailing", together)
    bad = write(cause="mailing:0", kind="mailing", recipient="bad@example.org")
    good = [write(cause=f"mailing:{n}", kind="mailing", recipient=f"{n}@example.org") for n in range(1, 4)]
    assert post(bad) == "failed"
    assert asked == [4]
    assert [message.state for message in good] == ["sent"] * 3


def test_a_large_batch_is_shared_by_two_threads_and_each_letter_leaves_once(app, write, post, mailbox, monkeypatch):
    shares, compose = [], jobs.compose_all

    def composing_all(messages):
        shares.append(len(messages))
        return compose(messages)

    monkeypatch.setattr(jobs, "compose_all", composing_all)
    letters = [write(cause=f"trial:{n}", recipient=f"{n}@example.org") for n in range(jobs.MANY + 5)]
    post(letters[0])
    assert sorted(shares) == [12, 13]
    assert len({envelope.rcpt_tos[0] for envelope in mailbox.received}) == len(mailbox.received) == 25
    assert {letter.state for letter in letters} == {"sent"}


def test_the_pace_holds_over_every_minute_whoever_posts(app, write, mailbox, frozen):
    clock = frozen(now())
    config = replace(app.extensions["parvis"], mail_per_minute=12)
    for number in range(20):
        write(cause=f"trial:{number}")

    class Once(threading.Event):
        """Ends the round at its first pause, and lets the clock run on."""

        def wait(self, _seconds=None):
            self.set()
            return True

    class Counting(FileCarrier):
        handed: ClassVar[list[int]] = []

        def hand_over(self, parcels):
            self.handed.append(len(parcels))
            super().hand_over(parcels)

    def run():
        turn = Round(app, "test", Counting(Path(config.instance) / "mail"))
        turn.config, turn.stopping = config, Once()
        turn.post_due()

    Context().run(run)
    assert [n for n in Counting.handed if n] == [2] * 6
    clock.shift(61)
    Context().run(run)
    assert sum(Counting.handed) == 20


def test_a_letter_waits_while_the_database_is_busy(write, post, monkeypatch, mailbox):
    begin, refused = jobs.begin_writing, []

    def busy():
        if not refused:
            refused.append(True)
            raise Busy
        begin()

    monkeypatch.setattr(jobs, "begin_writing", busy)
    assert post(write()) == "sent"
    assert refused
    assert len(mailbox.received) == 1


def test_no_lock_is_held_while_a_letter_is_composed_or_posted(app, write, post, monkeypatch, tmp_path):
    """Guests answer meanwhile: composing draws PDFs, and a mail server may be slow."""
    held = []
    compose = jobs.compose_all

    def composing_all(messages):
        held.append(("writing", is_writing()))
        return compose(messages)

    class Watching(FileCarrier):
        def hand_over(self, parcels):
            held.append(("in transaction", has_app_context()))
            super().hand_over(parcels)

    monkeypatch.setattr(jobs, "compose_all", composing_all)
    assert post(write(), Watching(tmp_path / "mail")) == "sent"
    assert held[:2] == [("writing", False), ("in transaction", False)]


@pytest.mark.parametrize("posted_at", [STUCK - timedelta(seconds=1), STUCK + timedelta(seconds=1)])
def test_a_letter_whose_worker_is_gone_is_looked_at_by_a_person(write, frozen, posted_at):
    clock = frozen(now())
    message = write()
    service.start_sending(message, trial_letter(message), now(), "a worker that was renamed")
    clock.shift(posted_at)
    if posted_at < STUCK:
        with pytest.raises(service.NotFailed):
            service.send_again(message, now())
        with pytest.raises(service.AlreadySent):
            service.cancel(message, now())
    else:
        service.send_again(message, now())
        assert message.state == "queued"
