"""Letters really leave: by SMTP to a server on loopback, one row and one letter per cause."""

import email
import os
import subprocess
import sys
from contextvars import Context
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app import jobs
from app.clock import now
from app.database import db, is_writing
from app.errors import Busy
from app.outbox import service
from app.outbox.models import Message
from app.outbox.queries import get_message
from app.outbox.transport import FileTransport, Sender, Unreachable
from tests.databases import KEY
from tests.outbox_letters import trial_letter

ROOT = Path(__file__).resolve().parents[2]


def read(envelope) -> EmailMessage:
    return email.message_from_bytes(envelope.content, policy=policy.default)


def shape(part) -> object:
    if part.is_multipart():
        return {part.get_content_subtype(): [shape(p) for p in part.iter_parts()]}
    return part.get_content_type()


def test_a_letter_holds_its_parts_in_the_order_mail_programs_expect(app, write, mailbox):
    assert jobs.post_letter(app, write().public_id) == "sent"
    letter = read(mailbox.received[0])
    assert shape(letter) == {
        "mixed": [
            {"alternative": ["text/plain", {"related": ["text/html", "image/png"]}, "text/calendar"]},
            "application/pdf",
            "text/calendar",
        ]
    }
    calendars = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    assert [part.get_param("method") for part in calendars] == ["REQUEST", "REQUEST"]
    picture = next(part for part in letter.walk() if part.get_content_type() == "image/png")
    assert picture["Content-ID"] == "<qr>"


def test_a_letter_says_who_writes_to_whom(app, write, mailbox):
    message = write()
    jobs.post_letter(app, message.public_id)
    letter = read(mailbox.received[0])
    assert mailbox.received[0].rcpt_tos == ["guest@example.org"]
    assert mailbox.received[0].mail_from == "parvis@events.example"
    assert str(letter["To"]) == "Zoé Martin <guest@example.org>"
    assert letter["Reply-To"] == "organisation@example.org"
    assert letter["Message-ID"] == f"<{message.public_id}@events.example>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Subject"] == "Votre place est confirmée"


def test_long_lines_are_folded(app, write, mailbox):
    jobs.post_letter(app, write(context={"subject": "Réunion " * 30}).public_id)
    lines = mailbox.received[0].content.splitlines()
    assert max(map(len, lines)) <= 78
    body = read(mailbox.received[0]).get_body(("plain",)).get_content()
    assert "un mot " * 400 in body.replace("\r\n", "\n")


@pytest.mark.parametrize("field", ["recipient_name", "subject"])
def test_a_line_break_adds_no_header(app, write, mailbox, field):
    hostile = "Zoé\r\nBcc: other@example.org\r\n\r\nHello"
    values = {"context": {"subject": hostile}} if field == "subject" else {field: hostile}
    jobs.post_letter(app, write(**values).public_id)
    letter = read(mailbox.received[0])
    assert letter["Bcc"] is None
    assert mailbox.received[0].rcpt_tos == ["guest@example.org"]


def test_an_address_that_is_none_fails_without_leaving(app, write, mailbox, monkeypatch):
    message = write(recipient="guest@example.org\r\nBcc: other@example.org")
    name = message.public_id
    db.session.commit()
    monkeypatch.setattr(jobs, "_app", app)
    # As in the worker: outside the test's own session.
    assert Context().run(jobs._post_step, name) == "failed"
    db.session.expire_all()
    assert (message.state, mailbox.received) == ("failed", [])
    assert message.attempts[-1].outcome == "refused"


def test_a_refused_addressee_is_a_failed_letter(app, write, mailbox):
    mailbox.answers["guest@example.org"] = "550 5.1.1 no such mailbox"
    message = write()
    assert jobs.post_letter(app, message.public_id) == "failed"
    db.session.expire_all()
    assert [a.outcome for a in message.attempts] == ["refused"]
    assert "no such mailbox" in message.attempts[0].detail


def test_come_back_later_keeps_the_letter(app, write, mailbox):
    mailbox.answers["guest@example.org"] = "451 4.7.1 greylisted"
    message = write()
    assert jobs.post_letter(app, message.public_id) == "queued"
    mailbox.answers.clear()
    assert jobs.post_letter(app, message.public_id) == "sent"
    db.session.expire_all()
    assert [a.outcome for a in message.attempts] == ["unreachable", "sent"]


class Silent:
    """A server nobody reaches."""

    def post(self, _message, _letter):
        raise Unreachable("connection refused")


def test_an_unreachable_server_keeps_the_letter_until_tries_are_used_up(app, write):
    message = write()
    states = [jobs.post_letter(app, message.public_id, Silent()) for _ in range(jobs.TRIES)]
    assert states == ["queued"] * (jobs.TRIES - 1) + ["failed"]
    db.session.expire_all()
    assert len(message.attempts) == jobs.TRIES
    assert message.attempts[0].detail == "connection refused"


def test_one_cause_is_one_letter(app, write, mailbox):
    first, second = write(), write()
    assert first is second
    for _ in range(2):
        assert jobs.post_letter(app, first.public_id) == "sent"
    assert len(mailbox.received) == 1


def test_one_cause_is_one_row_whatever_the_caller_knows(write):
    write()
    with pytest.raises(IntegrityError):
        write(is_known_new=True)
    db.session.rollback()


def test_a_cancelled_letter_does_not_leave(app, write, mailbox):
    message = write()
    service.cancel(message)
    db.session.commit()
    assert jobs.post_letter(app, message.public_id) == "cancelled"
    assert mailbox.received == []
    with pytest.raises(service.NotFailed):
        service.send_again(message)


def test_a_letter_that_has_left_cannot_be_stopped(app, write):
    message = write()
    jobs.post_letter(app, message.public_id)
    db.session.expire_all()
    with pytest.raises(service.AlreadySent):
        service.cancel(message)


def test_a_failed_letter_is_sent_again_by_another_job(app, write, mailbox):
    mailbox.answers["guest@example.org"] = "550 no"
    message = write()
    jobs.post_letter(app, message.public_id)
    db.session.expire_all()
    service.send_again(message)
    db.session.commit()
    assert count_jobs(app) == 2
    mailbox.answers.clear()
    assert jobs.post_letter(app, message.public_id) == "sent"


def count_jobs(app) -> int:
    table = "workflow_status" if db.engine.dialect.name == "sqlite" else "dbos.workflow_status"
    found = db.session.execute(text(f"SELECT count(*) FROM {table}")).scalar()  # noqa: S608 - two constants
    db.session.commit()
    return int(found)


def test_a_rollback_takes_letter_and_job_away(app, write):
    facts = {"kind": "trial", "topic": "", "subject_id": "", "recipient_name": "", "language": "fr"}
    service.write(cause="trial:9", recipient="a@example.org", at=now(), **facts)
    db.session.rollback()
    assert (db.session.query(Message).count(), count_jobs(app)) == (0, 0)
    write()
    assert (db.session.query(Message).count(), count_jobs(app)) == (1, 1)


def test_the_file_transport_writes_a_letter_once(app, write, tmp_path):
    folder = tmp_path / "mail"
    message = write()
    transport = FileTransport(folder, Sender("parvis@events.example"))
    for _ in range(2):
        transport.post(message, trial_letter(message))
    assert [path.name for path in folder.iterdir()] == [f"{message.public_id}.eml"]
    written = email.message_from_bytes(next(folder.iterdir()).read_bytes(), policy=policy.default)
    assert written["To"] == "Zoé Martin <guest@example.org>"


def process(app, *arguments) -> subprocess.Popen:
    config = app.extensions["parvis"]
    settings = ("database_url", "instance", "mail_server", "mail_port", "mail_from", "mail_security")
    told = {f"PARVIS_{name.upper()}": str(getattr(config, name)) for name in settings}
    return subprocess.Popen(
        [sys.executable, "-m", "tests.outbox_process", *arguments],
        cwd=ROOT,
        env={**os.environ, **told, "PARVIS_SECRET_KEY": KEY},
        stdin=subprocess.PIPE,
    )


def test_a_letter_interrupted_by_a_crash_is_seen_and_posted_again_under_the_same_name(app, write, mailbox):
    message = write()
    name = message.public_id
    db.session.commit()
    with process(app, "die", name) as dying:
        assert dying.wait(30) == 9
    db.session.expire_all()
    assert (message.state, len(mailbox.received)) == ("sending", 1)
    assert jobs.post_letter(app, name) == "sent"
    names = {read(envelope)["Message-ID"] for envelope in mailbox.received}
    assert (len(mailbox.received), len(names)) == (2, 1)


def test_the_worker_posts_what_was_queued_and_finishes_it_before_stopping(app, write, mailbox):
    name = write().public_id
    db.session.commit()
    with process(app, "work") as worker:
        assert mailbox.arrived.wait(30)
        worker.stdin.close()
        assert worker.wait(30) == 0
    assert get_message(name).state == "sent"
    assert [envelope.rcpt_tos for envelope in mailbox.received] == [["guest@example.org"]]


def test_no_lock_is_held_while_a_letter_is_composed_or_posted(app, write, monkeypatch):
    """Guests answer meanwhile: composing draws a PDF, and a mail server may be slow."""
    held = []
    compose = jobs.compose

    def composing(message):
        held.append(is_writing())
        return compose(message)

    class Watching(FileTransport):
        def post(self, message, letter):
            held.append(is_writing())
            return super().post(message, letter)

    monkeypatch.setattr(jobs, "compose", composing)
    transport = Watching(Path(app.extensions["parvis"].instance) / "mail", Sender("parvis@events.example"))
    name = write().public_id
    db.session.rollback()
    assert Context().run(jobs.post_letter, app, name, transport) == "sent"
    assert held == [False, False]


def test_a_letter_waits_while_the_database_is_busy(app, write, monkeypatch):
    def busy(*_):
        raise Busy

    name = write().public_id
    monkeypatch.setattr(jobs, "_app", app)
    monkeypatch.setattr(jobs, "post_letter", busy)
    assert Context().run(jobs._post_step, name) == "queued"
    assert get_message(name).state == "queued"
