"""The letters about an invitation: a personal mail with the letter as PDF and one link, and what follows it."""

from dataclasses import replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app, render_template, url_for

from app.clock import now
from app.errors import NotFound
from app.events.models import Event
from app.i18n import _, in_language
from app.invitations.calendar_entry import calendar_of
from app.invitations.models import Invitation
from app.invitations.queries import find_invitation
from app.invitations.recipients import recipient_of
from app.invitations.service import link_token
from app.letters.drawing import Sheet, letter_job, plain, scans_of, write_letter
from app.letters.wording import wording_for
from app.outbox.composing import Attachment, Letter
from app.outbox.models import Message
from app.text import file_name
from app.typeset import compile_pdf


def compose_invitation(message: Message) -> Letter:
    """The letter `message` announces, dated the day it leaves. Raises NotFound when it is no more.

    Runs in a request context whose base is the program's public address.
    """
    invitation = find_invitation(message.subject_id)
    if invitation is None:
        raise NotFound
    return compose_for(invitation, day_of(message, invitation.event), message.language, frozen=frozen_of(message))


def day_of(message: Message, event: Event) -> date:
    """The day a letter is dated: when it left, else today, where the event takes place."""
    return (message.sent_at or now()).astimezone(ZoneInfo(event.timezone)).date()


def frozen_of(message: Message) -> dict[str, Any] | None:
    """Whom a letter that left spoke to: an office may have passed to somebody else since."""
    return message.context.get("recipient") if message.sent_at else None


def compose_for(
    invitation: Invitation,
    day: date,
    language: str,
    pdf: bytes | None = None,
    *,
    with_pdf: bool = True,
    sheet: Sheet | None = None,
    frozen: dict[str, Any] | None = None,
) -> Letter:
    """The mail that invites, dated `day`, in `language`; `sheet` and `pdf` when they are made already.

    Raises TypesettingFailed.
    """
    event = invitation.event
    sheet = sheet or sheet_for(invitation, day, language, frozen=frozen)
    token = link_token(invitation, current_app.config["SECRET_KEY"])
    link = url_for("answers.open_link", token=token, _external=True)
    with in_language(language):
        drawn = (_attached(event, pdf or letter_pdf(invitation, sheet)),) if with_pdf else ()
        values = {"event": event, "invitation": invitation, "sheet": sheet, "link": link, "plain": plain}
        return Letter(
            subject=sheet.subject,
            text=render_template("mail/invitation.txt", **values),
            html=render_template("mail/invitation.html", **values),
            attachments=(*drawn, calendar_of(invitation), *scans_of(sheet)),
            reply_to=event.mailbox,
        )


def sheet_for(
    invitation: Invitation, day: date, language: str, *, kind: str = "invitation", frozen: dict[str, Any] | None = None
) -> Sheet:
    """The letter in plain values; `frozen` says whom it spoke to when it left."""
    event = invitation.event
    wording = wording_for(event, invitation.category, language, kind)
    recipient = recipient_of(invitation)
    if frozen:
        recipient = replace(recipient, **{**frozen, "qualities": tuple(frozen["qualities"])})
    return write_letter(wording, recipient, event, day)


def sheet_salutation(invitation: Invitation) -> str:
    """How the letter addresses the invitee, in one line."""
    return " ".join(sheet_for(invitation, now().date(), invitation.language).salutation).rstrip(",")


def letter_pdf(invitation: Invitation, sheet: Sheet) -> bytes:
    """The letter as PDF/UA. Raises TypesettingFailed."""
    return compile_pdf(letter_job(sheet, invitation.event))


def pdf_of(invitation: Invitation, day: date, language: str) -> Attachment:
    """The letter as PDF/UA. Raises TypesettingFailed."""
    data = letter_pdf(invitation, sheet_for(invitation, day, language))
    with in_language(language):
        return _attached(invitation.event, data)


def named_pdf(event: Event, pdf: bytes, whose: str) -> Attachment:
    """The letter as a file; `whose` name tells apart the letters of one mail."""
    return _attached(event, pdf, whose)


def _attached(event: Event, pdf: bytes, whose: str = "") -> Attachment:
    name = file_name(" ".join(part for part in (_("invitation"), event.slug, whose) if part), "pdf")
    return Attachment(name, "application/pdf", pdf)
