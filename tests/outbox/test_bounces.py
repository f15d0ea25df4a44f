"""What mail servers report of letters: read from every kind of mailbox, believed only when it names a letter."""

import email
import mailbox
import socketserver
import threading
from email import policy

import pytest
from click.testing import CliRunner

import app.commands.letters  # noqa: F401 - adds its command to the group
from app import create_app
from app.cli import cli
from app.clock import now
from app.database import db
from app.outbox import service
from app.outbox.bounces import LONGEST, Notice, is_report, read_notices
from app.outbox.mailboxes import MailboxClosed, open_mailbox
from app.outbox.models import Message
from app.outbox.signals import message_bounced
from tests.databases import KEY

POSTFIX = """\
Return-Path: <>
From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
To: parvis@events.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
{envelope}Arrival-Date: Sat, 21 Nov 2026 10:00:00 +0100 (CET)

Final-Recipient: rfc822; guest@example.org
Original-Recipient: rfc822;guest@example.org
Action: {action}
Status: {status}
Remote-MTA: dns; mail.example.org
Diagnostic-Code: smtp; {code} {status} <guest@example.org>: Recipient address
    rejected: User unknown

--b
Content-Type: {copy}

From: Parvis <parvis@events.example>
To: guest@example.org
Message-ID: <{name}@events.example>
Subject: Invitation

--b--
"""
NAME = "abcdefgh234567zz"


def report(name=NAME, action="failed", status="5.1.1", code="550", envelope="", copy="text/rfc822-headers"):
    text = POSTFIX.format(name=name, action=action, status=status, code=code, envelope=envelope, copy=copy)
    return text.replace("\n", "\r\n").encode()


@pytest.mark.parametrize("copy", ["text/rfc822-headers", "message/rfc822", "text/rfc822-headers; charset=utf-8"])
def test_a_report_of_failure_names_its_letter_by_what_it_sends_back(copy):
    reason = "550 5.1.1 <guest@example.org>: Recipient address rejected: User unknown"
    assert read_notices(report(copy=copy)) == [Notice(NAME, "bounced", "guest@example.org", reason)]


def test_or_by_the_id_of_its_envelope():
    mail = report(name="unknown", envelope=f"Original-Envelope-Id: {NAME}\n")
    assert [notice.public_id for notice in read_notices(mail)] == [NAME]


def test_a_delay_is_no_failure_and_a_delivery_is_no_news():
    assert [n.outcome for n in read_notices(report(action="delayed", status="4.4.1", code="451"))] == ["delayed"]
    for action in ("delivered", "relayed", "expanded", ""):
        assert read_notices(report(action=action)) == []


@pytest.mark.parametrize(
    "mail",
    [
        b"",
        b"\x00\xff\xfe",
        b"Subject: Out of office\r\n\r\nI am away.",
        report(name="another-program"),
        report().replace(b"message/delivery-status", b"text/plain"),
        report()[:700],
        b"Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n",
    ],
)
def test_other_mail_says_nothing(mail):
    assert read_notices(mail) == []


def test_a_mail_without_end_is_not_read_to_its_end():
    assert not is_report(b"A: b\r\n" * (LONGEST // 6) + report())


@pytest.fixture
def sent(write, post):
    message = write()
    assert post(message) == "sent"
    return message


def notice(message, outcome="bounced", address="guest@example.org"):
    return Notice(message.public_id, outcome, address, "550 5.1.1 unknown")


def test_a_letter_that_comes_back_is_announced_once(sent):
    told = []

    def hear(message, at, reason):
        told.append((message.public_id, reason))

    message_bounced.connect(hear)
    assert [service.record_notice(sent, notice(sent), now()) for _ in range(2)] == [True, False]
    db.session.commit()
    assert told == [(sent.public_id, "550 5.1.1 unknown")]
    assert (sent.state, sent.bounced_at is not None) == ("bounced", True)
    assert [attempt.outcome for attempt in sent.attempts] == ["sent", "bounced"]


def test_a_late_letter_stays_sent_and_is_noted_once(sent):
    late = notice(sent, "delayed")
    assert [service.record_notice(sent, late, now()) for _ in range(2)] == [True, False]
    assert sent.state == "sent"
    assert service.record_notice(sent, notice(sent), now())


def test_a_report_about_the_address_before_says_nothing_of_the_new_one(sent, post):
    service.record_notice(sent, notice(sent), now())
    service.send_again(sent, now(), "right@example.org")
    assert post(sent) == "sent"
    assert not service.record_notice(sent, notice(sent, address="GUEST@example.org"), now())
    assert service.record_notice(sent, notice(sent, address="right@example.org"), now())


def test_a_bounced_invitation_waits_for_the_organiser(
    app, post, make_event, make_person, make_invitation, organiser_client
):
    from app.audit.service import COMMAND_LINE
    from app.invitations.service import send

    event = make_event()
    invitation = make_invitation(event, make_person(), state="draft", email="guest@example.org")
    send(invitation, actor=COMMAND_LINE, at=now())
    db.session.commit()
    message = db.session.query(Message).one()
    assert post(message) == "sent"
    service.record_notice(message, notice(message), now())
    db.session.commit()
    assert (invitation.state, invitation.bounce_reason) == ("bounced", "550 5.1.1 unknown")
    home = organiser_client.get(f"/organise/{event.slug}/").text
    assert f"/organise/{event.slug}/guests?state=bounced" in home


def test_a_confirmation_that_came_back_waits_for_the_organiser_until_it_is_written_again(
    post, make_event, make_registration, organiser_client
):
    event = make_event()
    make_registration(event)
    (message,) = db.session.query(Message)
    assert post(message) == "sent"
    service.record_notice(message, notice(message, address=message.recipient), now())
    db.session.commit()
    place = f"/organise/{event.slug}/letters?state=bounced"
    assert place in organiser_client.get(f"/organise/{event.slug}/").text
    service.write(
        cause="again", kind="confirmation", topic=event.public_id, subject_id=message.subject_id, language="fr",
        recipient="right@example.org", recipient_name="", at=now(),
    )  # fmt: skip
    db.session.commit()
    assert place not in organiser_client.get(f"/organise/{event.slug}/").text


@pytest.fixture
def read_bounces(app, monkeypatch):
    config = app.extensions["parvis"]

    def run(*arguments, **more):
        db.session.commit()
        told = {"INSTANCE": config.instance, "DATABASE_URL": config.database_url, "SECRET_KEY": KEY, **more}
        env = {f"PARVIS_{name}": str(value) for name, value in told.items() if name != "input"}
        started = []
        monkeypatch.setattr("app.cli.create_app", lambda: started.append(create_app()) or started[-1])
        result = CliRunner().invoke(
            cli, ["read-bounces", *arguments], input=more.get("input"), env=env | {"LANG": "en"}
        )
        for program in started:
            with program.app_context():
                db.engine.dispose()
        db.session.expire_all()
        return result

    return run


def test_on_standard_input(sent, read_bounces):
    result = read_bounces("-", input=report(sent.public_id))
    assert result.output == "1 mails read: 1 letters came back, 0 are late, 0 reports say nothing new.\n"
    assert sent.state == "bounced"


@pytest.mark.parametrize("kind", [mailbox.Maildir, mailbox.mbox])
def test_in_a_mailbox_reports_are_read_once_and_other_mail_is_left_unread(kind, sent, read_bounces, tmp_path):
    box = kind(tmp_path / "box")
    for mail in (report(sent.public_id), report("zzzzzzzzzzzzzzzz"), b"Subject: A question\n\nMay I come?\n"):
        box.add(mail)
    box.close()
    place = str(tmp_path / "box")
    first = read_bounces(BOUNCE_MAILBOX=place).output
    assert first == "3 mails read: 1 letters came back, 0 are late, 1 reports say nothing new.\n"
    assert read_bounces(place).output.startswith("1 mails read: 0 letters came back")
    assert sent.state == "bounced"
    box = kind(tmp_path / "box")
    assert len(box) == 3
    box.close()


def test_where_there_is_no_mailbox_one_sentence_says_what_to_do(read_bounces, tmp_path):
    for place in ("", str(tmp_path / "nowhere"), "imap://127.0.0.1:1/INBOX"):
        result = read_bounces(place) if place else read_bounces()
        assert result.exit_code == 2
        assert "PARVIS_BOUNCE" in result.output
        assert result.output.count("\n") == 1


class Imap(socketserver.StreamRequestHandler):
    """As much of an IMAP server as one client needs: a report and a question, both unread."""

    mails = (b"", b"")
    marked: list[str] = []  # noqa: RUF012 - one server for the whole test

    def handle(self):
        self.say("* OK ready")
        for line in self.rfile:
            tag, verb, *rest = line.decode().strip().split(" ")
            self.answer(verb.upper(), rest)
            word = "NO" if verb.upper() == "LOGIN" and "right" not in rest[1] else "OK"
            self.say(f"{tag} {word} done")
            if verb.upper() == "LOGOUT":
                return

    def answer(self, verb, rest):
        if verb == "CAPABILITY":
            self.say("* CAPABILITY IMAP4rev1")
        elif verb == "SELECT":
            self.say("* 2 EXISTS")
        elif rest[:1] == ["SEARCH"]:
            self.say("* SEARCH 7 8")
        elif rest[:1] == ["FETCH"]:
            data = self.mails[int(rest[1]) - 7]
            self.wfile.write(f"* 1 FETCH (UID {rest[1]} BODY[] {{{len(data)}}}\r\n".encode() + data + b")\r\n")
        elif rest[:1] == ["STORE"]:
            self.marked.append(rest[1])

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


def test_by_imap(sent, read_bounces, monkeypatch):
    monkeypatch.setattr(Imap, "mails", (b"Subject: A question\r\n\r\nMay I come?", report(sent.public_id)))
    monkeypatch.setattr(Imap, "marked", [])
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Imap) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        place = f"imap://organiser%40example.org@127.0.0.1:{server.server_address[1]}/INBOX"
        with pytest.raises(MailboxClosed):
            list(open_mailbox(place, "wrong"))
        result = read_bounces(BOUNCE_MAILBOX=place, BOUNCE_PASSWORD="right")
        server.shutdown()
    assert result.output == "2 mails read: 1 letters came back, 0 are late, 0 reports say nothing new.\n"
    assert Imap.marked == ["8"]


def test_our_letters_carry_what_a_report_gives_back(sent, mailbox):
    letter = email.message_from_bytes(mailbox.received[0].content, policy=policy.default)
    returned = report("unknown").replace(b"<unknown@events.example>", letter["Message-ID"].encode())
    assert [notice.public_id for notice in read_notices(returned)] == [sent.public_id]
