"""How letters leave: by SMTP (Flask-Mail, with what it lacks), or to files in the demonstration.

Flask-Mail 0.10 has no time-out, checks no certificate, leaves lines unfolded and puts the calendar
before the HTML; the two subclasses below mend that and nothing else.
"""

import smtplib
import ssl
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Any, Protocol

from flask import current_app
from flask_mail import Connection

from app.clock import now
from app.outbox.composing import Letter
from app.outbox.models import Message


class Refused(Exception):
    """The server will never take this letter (unknown address, for instance)."""


class Unreachable(Exception):
    """The server did not answer, or asked to come back later."""


class Transport(Protocol):
    """A way for letters to leave."""

    def post(self, message: Message, letter: Letter) -> str:
        """Hand the letter over; returns what the other side said. Raises Refused, Unreachable."""


@dataclass(frozen=True)
class Sender:
    """Who letters come from: address, and the domain of Message-IDs."""

    email: str
    name: str = "Parvis"

    @property
    def domain(self) -> str:
        return self.email.partition("@")[2] or "localhost"


def as_email(message: Message, letter: Letter, sender: Sender) -> EmailMessage:
    """The letter as MIME: plain text, HTML with its pictures, calendar, attachments; one addressee.

    Subjects and names go through the header registry: a line break in them is refused there
    (OWASP ASVS 1.3.11).
    """
    mail = EmailMessage(policy=SMTP.clone(max_line_length=76))
    mail["From"] = Address(sender.name, addr_spec=sender.email)
    mail["To"] = Address(" ".join(message.recipient_name.split()), addr_spec=message.recipient)
    mail["Subject"] = " ".join(letter.subject.split())
    mail["Date"] = format_datetime(now())
    # The same for every try, so that a mailbox can tell a repeated letter.
    mail["Message-ID"] = f"<{message.public_id}@{sender.domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    if letter.reply_to:
        mail["Reply-To"] = letter.reply_to
    mail.set_content(letter.text, cte="quoted-printable")
    mail.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    _add_parts(mail, letter)
    return mail


def _add_parts(mail: EmailMessage, letter: Letter) -> None:
    html = mail.get_payload()[1]  # type: ignore[index] # set_content + add_alternative make a list
    for part in letter.attachments:
        kind, _, subtype = part.mime.partition("/")
        if part.inline_id:
            html.add_related(part.data, kind, subtype, cid=f"<{part.inline_id}>", filename=part.name)  # type: ignore[union-attr] # an EmailMessage
    if letter.calendar:
        mail.add_alternative(letter.calendar.decode(), subtype="calendar", params={"method": letter.calendar_method})
    for part in letter.attachments:
        kind, _, subtype = part.mime.partition("/")
        if not part.inline_id:
            mail.add_attachment(part.data, kind, subtype, filename=part.name)
    if letter.calendar:
        mail.add_attachment(
            letter.calendar, "text", "calendar", filename="invitation.ics", params={"method": letter.calendar_method}
        )


class FileTransport:
    """Writes each letter as an .eml file, once per letter however often it is posted."""

    def __init__(self, folder: Path, sender: Sender) -> None:
        self.folder, self.sender = folder, sender

    def post(self, message: Message, letter: Letter) -> str:
        """See Transport."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{message.public_id}.eml"
        path.write_bytes(as_email(message, letter, self.sender).as_bytes())
        return path.name


class PatientConnection(Connection):
    """Flask-Mail's connection with a time-out and a checked certificate."""

    timeout = 20

    def configure_host(self) -> smtplib.SMTP:
        """Open the connection to the server of the settings."""
        context = ssl.create_default_context()
        if self.mail.use_ssl:
            host: smtplib.SMTP = smtplib.SMTP_SSL(
                self.mail.server, self.mail.port, timeout=self.timeout, context=context
            )
        else:
            host = smtplib.SMTP(self.mail.server, self.mail.port, timeout=self.timeout)
        if self.mail.use_tls:
            host.starttls(context=context)
        if self.mail.username and self.mail.password:
            host.login(self.mail.username, self.mail.password)
        return host


class SmtpTransport:
    """Posts by SMTP, one connection a letter."""

    def __init__(self, sender: Sender, timeout: int) -> None:
        self.sender, self.timeout = sender, timeout

    def _connection(self) -> Any:
        # Bound with init_app, Flask-Mail keeps the server's settings with the program, not in `mail`.
        connection = PatientConnection(current_app.extensions["mail"])
        connection.timeout = self.timeout
        return connection

    def post(self, message: Message, letter: Letter) -> str:
        """See Transport."""
        mail = as_email(message, letter, self.sender)
        try:
            with self._connection() as connection:
                connection.host.send_message(mail, self.sender.email, [message.recipient])
        except smtplib.SMTPRecipientsRefused as error:
            code, text = next(iter(error.recipients.values()))
            raise (Refused if code >= 500 else Unreachable)(f"{code} {text!r}") from error
        except smtplib.SMTPResponseException as error:
            raise (Refused if error.smtp_code >= 500 else Unreachable)(str(error)) from error
        except (OSError, smtplib.SMTPException) as error:
            raise Unreachable(str(error)) from error
        return "250"
