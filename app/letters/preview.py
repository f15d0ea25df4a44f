"""A letter shown to the organiser as its addressee sees it, inside a frame with a policy of its own."""

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from flask import Response, current_app, make_response, render_template

from app.extensions import settings
from app.headers import content_policy
from app.outbox.composing import Attachment, Letter, compose
from app.outbox.models import Message

STYLE = "mail/_style.css"
CALENDAR = "invitation.ics"
# The secret part of personal links (answers, a delegation's page, the end of reminders): app.codes.derived_token.
_TOKEN = re.compile(r"(/i/|/d/|/reminders/[a-z2-7]{16}/)[a-z2-7]{26}")
_PICTURE = re.compile(r"cid:([A-Za-z0-9._-]+)")


def compose_as_posted(message: Message) -> Letter:
    """The letter as the worker composes it, with the program's public address in its links.

    Once letters really leave by SMTP, the personal link is masked: only the invitee may use it.
    """
    with current_app.test_request_context(base_url=settings().base_url):
        letter = compose(message)
    return letter if not settings().sends_by_smtp else masked(letter)


def masked(letter: Letter) -> Letter:
    """The letter without the secret part of its personal links."""
    calendar = masked_text(letter.calendar.decode()).encode() if letter.calendar else None
    return replace(letter, text=masked_text(letter.text), html=masked_text(letter.html), calendar=calendar)


def masked_text(text: str) -> str:
    """`text` without the secret part of personal links."""
    return _TOKEN.sub(r"\1…", text)


def list_parts(letter: Letter) -> list[Attachment]:
    """What goes with a letter, the calendar entry and inline pictures included."""
    parts = list(letter.attachments)
    if letter.calendar:
        parts.append(Attachment(CALENDAR, "text/calendar", letter.calendar))
    return parts


def find_part(letter: Letter, name: str) -> Attachment | None:
    """The part of that file name or inline id."""
    return next((part for part in list_parts(letter) if name in {part.name, part.inline_id}), None)


def scan_key(letter: Letter, inline_id: str) -> str:
    """Public id of the scanned signature a letter shows as `cid:<inline_id>` (see `drawing.scans_of`)."""
    part = find_part(letter, inline_id)
    return part.name.removesuffix(".png") if part else ""


def html_page(letter: Letter, picture_url: Callable[[str], str]) -> Response:
    """The letter's HTML for a frame of ours: its one style allowed by hash, no script, no form.

    `picture_url` gives the address of an inline picture by its id. Links open beside the page.
    """
    html = _PICTURE.sub(lambda found: picture_url(found.group(1)), letter.html)
    page = make_response(html.replace("<head>", '<head><base target="_blank">', 1))
    page.headers["Content-Security-Policy"] = content_policy(
        sandbox="allow-popups allow-popups-to-escape-sandbox allow-same-origin",
        script_src="'none'",
        style_src=f"'sha256-{style_hash()}'",
        form_action="'none'",
        frame_ancestors="'self'",
    )
    return page


def download(part: Attachment) -> Response:
    """A part as a file; what is not a picture or a PDF is never shown by the browser itself."""
    answer = make_response(part.data)
    shown = part.mime in {"application/pdf", "image/png", "image/jpeg"}
    answer.headers["Content-Type"] = part.mime
    kind = "inline" if shown else "attachment"
    answer.headers["Content-Disposition"] = f'{kind}; filename="{part.name}"'
    return answer


@cache
def style_hash() -> str:
    """SHA-256, in base64, of the style sheet that templates/mail/base.html includes."""
    return base64.b64encode(hashlib.sha256(render_template(STYLE).encode()).digest()).decode()
