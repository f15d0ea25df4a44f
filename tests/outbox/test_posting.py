"""Letters really leave: by SMTP to a server on loopback, one row and one letter per cause."""

import email
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.clock import now
from app.database import db
from app.outbox import jobs, service
from app.outbox.carriers import FileCarrier, Report
from app.outbox.models import Message
from app.outbox.queries import get_message
from app.outbox.transport import FileTransport, Sender, as_email
from tests.outbox_letters import trial_letter

ROOT = Path(__file__).resolve().parents[2]


def read(envelope) -> EmailMessage:
    return email.message_from_bytes(envelope.content, policy=policy.default)


def shape(part) -> object:
    if part.is_multipart():
        return {part.get_content_subtype(): [shape(p) for p in part.iter_parts()]}
    return part.get_content_type()


def test_a_letter_holds_its_parts_in_the_order_mail_programs_expect(app, write, post, mailbox):
    assert post(write()) == "sent"
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


def test_a_letter_says_who_writes_to_whom(app, write, post, mailbox):
    message = write()
    post(message)
    letter = read(mailbox.received[0])
    assert mailbox.received[0].rcpt_tos == ["guest@example.org"]
    assert mailbox.received[0].mail_from == "parvis@events.example"
    assert str(letter["To"]) == "Zoé Martin <guest@example.org>"
    assert letter["Reply-To"] == "organisation@example.org"
    assert letter["Message-ID"] == f"<{message.public_id}@events.example>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Subject"] == "Votre place est confirmée"


def test_long_lines_are_folded(app, write, post, mailbox):
    post(write(context={"subject": "Réunion " * 30}))
    lines = mailbox.received[0].content.splitlines()
    assert max(map(len, lines)) <= 78
    body = read(mailbox.received[0]).get_body(("plain",)).get_content()
    assert "un mot " * 400 in body.replace("\r\n", "\n")


@pytest.mark.parametrize("field", ["recipient_name", "subject"])
def test_a_line_break_adds_no_header(app, write, post, mailbox, field):
    hostile = "Zoé\r\nBcc: other@example.org\r\n\r\nHello"
    values = {"context": {"subject": hostile}} if field == "subject" else {field: hostile}
    post(write(**values))
    letter = read(mailbox.received[0])
    assert letter["Bcc"] is None
    assert mailbox.received[0].rcpt_tos == ["guest@example.org"]


def test_an_address_that_is_none_fails_without_leaving(write, post, mailbox):
    message = write(recipient="guest@example.org\r\nBcc: other@example.org")
    assert post(message) == "failed"
    assert mailbox.received == []
    assert message.attempts[-1].outcome == "refused"


def test_a_refused_addressee_is_a_failed_letter(app, write, post, mailbox):
    mailbox.answers["guest@example.org"] = "550 5.1.1 no such mailbox"
    message = write()
    assert post(message) == "failed"
    db.session.expire_all()
    assert [a.outcome for a in message.attempts] == ["refused"]
    assert "no such mailbox" in message.attempts[0].detail


def test_come_back_later_keeps_the_letter_for_a_while(write, post, mailbox, frozen):
    clock = frozen(now())
    mailbox.answers["guest@example.org"] = "451 4.7.1 greylisted"
    message = write()
    assert post(message) == "queued"
    mailbox.answers.clear()
    clock.shift(59)
    assert post(message) == "queued"
    clock.shift(1)
    assert post(message) == "sent"
    assert [a.outcome for a in message.attempts] == ["unreachable", "sent"]


class Silent(FileCarrier):
    """A server nobody reaches."""

    def hand_over(self, parcels):
        self.reports += [Report(p.public_id, p.since, "unreachable", "connection refused", now()) for p in parcels]


def test_an_unreachable_server_keeps_the_letter_until_tries_are_used_up(write, post, tmp_path, frozen):
    clock = frozen(now())
    message = write()
    states, pauses = [], []
    for _ in range(service.TRIES):
        states.append(post(message, Silent(tmp_path)))
        pauses.append((message.due_at - now()).total_seconds())
        clock.shift(service.LONGEST_PAUSE)
    assert states == ["queued"] * (service.TRIES - 1) + ["failed"]
    assert pauses[:8] == [60, 120, 240, 480, 960, 1920, 3600, 3600]
    assert len(message.attempts) == service.TRIES
    assert message.attempts[0].detail == "connection refused"
    service.send_again(message, now())
    assert post(message, Silent(tmp_path)) == "queued"


def test_one_cause_is_one_letter(app, write, post, mailbox):
    first, second = write(), write()
    assert first is second
    for _ in range(2):
        assert post(first) == "sent"
    assert len(mailbox.received) == 1


def test_one_cause_is_one_row_whatever_the_caller_knows(write):
    write()
    with pytest.raises(IntegrityError):
        write(is_known_new=True)
    db.session.rollback()


def test_a_cancelled_letter_does_not_leave(write, post, mailbox):
    message = write()
    service.cancel(message)
    assert post(message) == "cancelled"
    assert mailbox.received == []
    with pytest.raises(service.NotFailed):
        service.send_again(message, now())


def test_what_was_stopped_by_hand_may_leave_after_all(write, post, mailbox):
    message = write()
    service.cancel(message, now(), by_hand=True)
    assert post(message) == "cancelled"
    service.send_again(message, now())
    assert post(message) == "sent"
    assert len(mailbox.received) == 1


def test_a_letter_stopped_or_addressed_anew_while_it_is_written_out_does_not_leave_as_it_was(
    app, write, post, mailbox, monkeypatch
):
    stopped, moved = write(), write(cause="trial:2", recipient="old@example.org")
    names = {"stopped": stopped.public_id, "moved": moved.public_id}
    begin = jobs.begin_writing

    def meanwhile():
        begin()
        if names:
            get_message(names.pop("stopped")).state = "cancelled"
            get_message(names.pop("moved")).recipient = "new@example.org"
            db.session.commit()

    monkeypatch.setattr(jobs, "begin_writing", meanwhile)
    assert post(moved) == "sent"
    assert stopped.state == "cancelled"
    assert [envelope.rcpt_tos for envelope in mailbox.received] == [["new@example.org"]]


def test_a_letter_that_has_left_cannot_be_stopped(write, post):
    message = write()
    post(message)
    with pytest.raises(service.AlreadySent):
        service.cancel(message)


def test_a_failed_letter_is_sent_again_by_another_job_and_to_another_address(app, write, post, mailbox):
    mailbox.answers["guest@example.org"] = "550 no"
    message = write()
    post(message)
    service.send_again(message, now(), "better@example.org")
    db.session.commit()
    assert count_jobs(app) == 2
    assert post(message) == "sent"
    assert mailbox.received[0].rcpt_tos == ["better@example.org"]


def test_many_letters_of_one_transaction_have_one_job(app, write):
    write()
    for number in range(5):
        service.write(cause=f"trial:{number}:many", kind="trial", topic="", subject_id="", language="fr",
                      recipient="a@example.org", recipient_name="", at=now())  # fmt: skip
    db.session.commit()
    assert count_jobs(app) == 2


def test_a_rolled_back_savepoint_takes_no_other_letters_job(app, write):
    facts = {"kind": "trial", "topic": "", "subject_id": "", "recipient_name": "", "language": "fr"}
    inner = db.session.begin_nested()
    service.write(cause="trial:1:in", recipient="a@example.org", at=now(), **facts)
    inner.rollback()
    service.write(cause="trial:1:out", recipient="a@example.org", at=now(), **facts)
    db.session.commit()
    assert (db.session.query(Message).count(), count_jobs(app)) == (1, 1)


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


def test_a_reminder_can_be_stopped_with_one_click(write):
    message = write()
    for url, post in (("https://parvis.example/stop/x", "List-Unsubscribe=One-Click"), ("http://x/stop", None)):
        mail = as_email(message, replace(trial_letter(message), unsubscribe_url=url), Sender("p@events.example"))
        assert mail["List-Unsubscribe"] == f"<{url}>"
        assert mail["List-Unsubscribe-Post"] == post
    assert as_email(message, trial_letter(message), Sender("p@events.example"))["List-Unsubscribe"] is None
