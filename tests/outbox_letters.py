"""A letter with everything a letter may hold, written without any room."""

from app.outbox.composing import Attachment, Letter
from app.outbox.models import Message

CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"


def trial_letter(message: Message) -> Letter:
    """Plain text, HTML with a picture, a calendar, a document; the subject comes from the row."""
    return Letter(
        subject=message.context.get("subject", "Votre place est confirmée"),
        text="Bonjour,\nvotre place est confirmée.\n" + "un mot " * 400,
        html="<p>Bonjour</p><img src='cid:qr'>" + "<b>mot</b>" * 400,
        attachments=(
            Attachment("qr.png", "image/png", b"picture", inline_id="qr"),
            Attachment("lettre.pdf", "application/pdf", b"%PDF-1.7"),
        ),
        calendar=CALENDAR,
        calendar_method="REQUEST",
        reply_to="organisation@example.org",
    )
