"""The worker's round: whatever is due is written out, claimed, handed over and noted, batch after batch.

While one batch is with the mail server the next is being written out. Every letter carries a claim (state "sending",
the worker's name, the instant) committed before it is handed over; what became of it is noted by the carrier before
the database hears of it. So a worker that dies leaves nothing unknown: the next one of that name first learns what its
predecessor's letters came to, and puts back what was never begun.
"""

import logging
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.errors import MessageError
from typing import Any

from flask import Flask

from app.clock import now
from app.database import begin_writing, db, reading
from app.errors import Busy
from app.outbox import service
from app.outbox.carriers import Carrier, Parcel, Report
from app.outbox.composing import Letter, compose_all, is_needed, list_mailings
from app.outbox.models import Message
from app.outbox.queries import count_begun_since, list_by_id, list_claimed, list_due, lock_messages
from app.outbox.transport import Sender, as_email
from config import Config

log = logging.getLogger("parvis.letters")
BATCH = 100
# From so many on, two threads share a batch.
MANY = 20
MINUTE = timedelta(minutes=1)
# Without being woken the round is made every so often: letters whose pause is over, or of a lost wake-up.
ROUND = 15.0
# Between two looks: at the pace, at a lock another holds, at a busy database.
GLANCE = 0.5
LOST = "the process that posts letters ended before it told"


@dataclass(frozen=True)
class Written:
    """A letter written out, not claimed yet; `letter` is None when it could not be, or is needed no more."""

    public_id: str
    recipient: str
    letter: Letter | None
    mail: bytes
    is_needed: bool = True


class Round:
    """One worker's letters. Everything happens in the thread that calls; `wake` and `stop` are for others."""

    def __init__(self, app: Flask, worker: str, carrier: Carrier) -> None:
        self.app, self.worker, self.carrier = app, worker, carrier
        self.config: Config = app.extensions["parvis"]
        self.woken, self.stopping = threading.Event(), threading.Event()
        # Claimed and handed over, not heard of yet; heard of, not in the database yet.
        self.outstanding: dict[str, datetime] = {}
        self.reports: list[Report] = []

    def wake(self) -> None:
        """There may be letters."""
        self.woken.set()

    def stop(self) -> None:
        """Finish what is begun, then return from `run`."""
        self.stopping.set()
        self.woken.set()

    def run(self) -> None:
        """Make rounds until told to stop."""
        if not self.begin():
            return
        while not self.stopping.is_set():
            self.woken.clear()
            try:
                self.post_due()
            except Exception:
                log.exception("the round is broken off; it is made again")
                with self._program(), reading():
                    self.outstanding = list_claimed(self.worker)
            self.woken.wait(ROUND)
        self.end()

    def begin(self) -> bool:
        """Learn what became of letters of an earlier life of this worker; False when told to stop meanwhile."""
        learnt = self.carrier.open()
        while learnt is None:
            if self.stopping.wait(GLANCE):
                return False
            learnt = self.carrier.open()
        self.reports = learnt
        with self._program(), reading():
            self.outstanding = list_claimed(self.worker)
        self._settle(())
        self.carrier.forget()
        return True

    def end(self) -> None:
        """Close the carrier; what it had not begun goes back into the queue."""
        self.reports += self.carrier.close()
        self._settle(())

    def post_due(self) -> None:
        """Post every letter that is due, at the pace of the settings; returns when none is left or told to stop."""
        while not self.stopping.is_set():
            written, is_more = self._write_out()
            if self.outstanding:
                self.reports += self.carrier.collect()
                self._report_lost()
            parcels = self._settle(written) if written or self.reports or self.outstanding else []
            self.outstanding = {parcel.public_id: parcel.since for parcel in parcels}
            self.carrier.hand_over(parcels)
            if not parcels and not is_more:
                self.carrier.forget()
                return
            if not parcels:
                self.stopping.wait(GLANCE)

    def _report_lost(self) -> None:
        """The carrier itself ended and told nothing of these: tried again later, as when no server answers."""
        told = {report.public_id for report in self.reports}
        for name, since in self.outstanding.items():
            if name not in told:
                self.reports.append(Report(name, since, "unreachable", LOST, now()))

    def _program(self) -> AbstractContextManager[Any]:
        return self.app.test_request_context(base_url=self.config.base_url)

    def _write_out(self) -> tuple[list[Written], bool]:
        """The next letters, as many as the pace allows, and whether there are any that must wait for it."""
        with self._program(), reading():
            at, pace = now(), self.config.mail_per_minute
            allowed = min(BATCH, max(1, pace // 6), pace - count_begun_since(at - MINUTE))
            due = [message.id for message in list_due(at, limit=max(allowed, 1), last=list_mailings())]
        if allowed < 1 or not due:
            return [], bool(due)
        halves = [due[::2], due[1::2]] if len(due) >= MANY else [due]
        with ThreadPoolExecutor(len(halves)) as writers:
            return [one for half in writers.map(self._write_some, halves) for one in half], True

    def _write_some(self, ids: Sequence[int]) -> list[Written]:
        """Write out some letters. Two threads do so at once: while one has PDFs drawn, the other composes."""
        with self._program(), reading():  # drawing takes a while: nobody's answer waits behind it
            messages = list_by_id(ids)
            needed = [message for message in messages if is_needed(message)]
            letters = compose_all(needed)
            dropped = [Written(one.public_id, one.recipient, None, b"", False) for one in messages if one not in needed]
            return [self._written(message, letters[message.public_id]) for message in needed] + dropped

    def _written(self, message: Message, letter: Letter | Exception) -> Written:
        if isinstance(letter, Exception):
            return Written(message.public_id, message.recipient, None, b"")
        try:
            mail = as_email(message, letter, Sender(self.config.mail_from)).as_bytes()
        except (ValueError, UnicodeError, MessageError) as error:  # an address that is none
            log.warning("letter %s could not be addressed: %s", message.public_id, error)
            return Written(message.public_id, message.recipient, None, b"")
        return Written(message.public_id, message.recipient, letter, mail)

    def _settle(self, written: Sequence[Written]) -> list[Parcel]:
        """Note what became of letters, claim the next, in one commit; a busy database is asked again."""
        while True:
            try:
                with self._program():
                    parcels = self._note_and_claim(written)
            except Busy:
                self.stopping.wait(GLANCE)
                continue
            self.reports, self.outstanding = [], {}
            return parcels

    def _note_and_claim(self, written: Sequence[Written]) -> list[Parcel]:
        begin_writing()
        names = {one.public_id for one in self.reports} | {one.public_id for one in written} | set(self.outstanding)
        found = {message.public_id: message for message in lock_messages(sorted(names))}
        for report in self.reports:
            _note(found.get(report.public_id), report)
        for name in self.outstanding:
            if name in found and found[name].state == "sending":
                service.release(found[name], now())
        claimed = [self._claim(found.get(one.public_id), one) for one in written]
        db.session.commit()
        return [parcel for parcel in claimed if parcel is not None]

    def _claim(self, message: Message | None, written: Written) -> Parcel | None:
        """The letter as a parcel, unless it was stopped, taken by another or addressed anew meanwhile."""
        if message is None or message.state != "queued" or message.recipient != written.recipient:
            return None
        at = now()
        if not written.is_needed:
            service.cancel(message)
            return None
        if written.letter is None:
            service.record_failure(message, at, "refused", "the letter could not be written")
            return None
        service.start_sending(message, written.letter, at, self.worker)
        return Parcel(message.public_id, at, message.recipient, written.mail)


def _note(message: Message | None, report: Report) -> None:
    """Record a report once: one of an earlier try, or told again from the journal, says nothing new."""
    if message is None or message.state != "sending" or message.sending_since != report.since:
        return
    if report.outcome == "sent":
        service.record_sent(message, report.at, report.detail)
    else:
        service.record_failure(message, report.at, report.outcome, report.detail)
