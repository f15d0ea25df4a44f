"""A letter as MIME, and the demonstration's way to post it: a file."""

from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from app.clock import now
from app.outbox.composing import Letter
from app.outbox.models import Message


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
    if letter.unsubscribe_url:
        mail["List-Unsubscribe"] = f"<{letter.unsubscribe_url}>"
        if letter.unsubscribe_url.startswith("https://"):  # RFC 8058, 3.1 asks for it
            mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
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
            charset = {"charset": "utf-8"} if kind == "text" else None
            mail.add_attachment(part.data, kind, subtype, filename=part.name, params=charset)
    if letter.calendar:
        mail.add_attachment(
            letter.calendar, "text", "calendar", filename="invitation.ics", params={"method": letter.calendar_method}
        )


class FileTransport:
    """Writes each letter as an .eml file, once per letter however often it is posted."""

    def __init__(self, folder: Path, sender: Sender) -> None:
        self.folder, self.sender = folder, sender

    def post(self, message: Message, letter: Letter) -> str:
        """Write it; the name of the file."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{message.public_id}.eml"
        path.write_bytes(as_email(message, letter, self.sender).as_bytes())
        return path.name
