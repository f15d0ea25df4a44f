"""The letters around an invitation: shared by a mailbox, a save-the-date, a reminder."""

from zoneinfo import ZoneInfo

from flask import current_app, render_template, url_for

from app.columns import Bilingual
from app.errors import NotFound
from app.i18n import here, in_language, language, ngettext
from app.invitations.calendar_entry import calendar_of, calendar_of_all
from app.invitations.campaign_queries import list_in_digest, list_in_reminder
from app.invitations.composing import day_of, frozen_of, letter_pdf, named_pdf, sheet_for
from app.invitations.models import Invitation
from app.invitations.queries import find_invitation
from app.invitations.reminders import mailbox_stop_token, stop_token
from app.invitations.service import link_token
from app.letters.drawing import plain, scans_of
from app.outbox.composing import Letter
from app.outbox.models import Message
from app.when import date_words


def compose_digest(message: Message) -> Letter:
    """One mail for several invitees of a mailbox: their letters, and a link for each. Raises NotFound."""
    together = list_in_digest(message.public_id)
    if not together:
        raise NotFound
    event = together[0].event
    day = day_of(message, event)
    with in_language(message.language):
        sheets = [(one, sheet_for(one, day, message.language), _link(one)) for one in together]
        number = len(together)
        subject = ngettext(
            "%(num)s invitation: %(event)s", "%(num)s invitations: %(event)s", number, event=here(event.title)
        )
        values = {"event": event, "entries": sheets, "number": number, "subject": subject}
        return Letter(
            subject=subject,
            text=render_template("mail/invitation_digest.txt", **values),
            html=render_template("mail/invitation_digest.html", **values),
            attachments=(
                *(named_pdf(event, letter_pdf(one, sheet), one.person.full_name) for one, sheet, _ in sheets),
                calendar_of_all(together),
            ),
            reply_to=event.mailbox,
        )


def compose_save_the_date(message: Message) -> Letter:
    """The date to keep free, before anybody is asked to answer. Raises NotFound."""
    invitation = _invitation(message)
    event = invitation.event
    sheet = sheet_for(
        invitation, day_of(message, event), message.language, kind="save_the_date", frozen=frozen_of(message)
    )
    with in_language(message.language):
        values = {"event": event, "invitation": invitation, "sheet": sheet, "plain": plain}
        return Letter(
            subject=sheet.subject,
            text=render_template("mail/save_the_date.txt", **values),
            html=render_template("mail/save_the_date.html", **values),
            attachments=(
                named_pdf(event, letter_pdf(invitation, sheet), ""),
                calendar_of(invitation),
                *scans_of(sheet),
            ),
            reply_to=event.mailbox,
        )


def compose_reminder(message: Message) -> Letter:
    """A few lines to somebody who has not answered, with their link and a way to stop. Raises NotFound."""
    invitation = _invitation(message)
    event = invitation.event
    with in_language(message.language):
        values = {
            "event": event,
            "invitation": invitation,
            "note": _note(message),
            "link": _link(invitation),
            "stop_url": _stop_url(invitation),
            "sent_on": _sent_on(invitation),
            "salutation": sheet_for(invitation, day_of(message, event), message.language).salutation,
        }
        return Letter(
            subject=render_template("mail/reminder_subject.txt", **values).strip(),
            text=render_template("mail/reminder.txt", **values),
            html=render_template("mail/reminder.html", **values),
            reply_to=event.mailbox,
            unsubscribe_url=_stop_url(invitation),
        )


def compose_reminder_digest(message: Message) -> Letter:
    """One reminder for the silent behind a mailbox, a link for each, one way to stop them all. Raises NotFound."""
    together = list_in_reminder(message)
    if not together:
        raise NotFound
    event = together[0].event
    with in_language(message.language):
        values = {
            "event": event,
            "entries": [(one, _link(one)) for one in together],
            "number": len(together),
            "note": _note(message),
            "stop_url": _stop_address(message.public_id, mailbox_stop_token(message, _secret())),
        }
        return Letter(
            subject=render_template("mail/reminder_digest_subject.txt", **values).strip(),
            text=render_template("mail/reminder_digest.txt", **values),
            html=render_template("mail/reminder_digest.html", **values),
            reply_to=event.mailbox,
            unsubscribe_url=str(values["stop_url"]),
        )


def _note(message: Message) -> str:
    return Bilingual(**message.context.get("note", {})).get(message.language)


def _invitation(message: Message) -> Invitation:
    invitation = find_invitation(message.subject_id)
    if invitation is None:
        raise NotFound
    return invitation


def _sent_on(invitation: Invitation) -> str:
    if invitation.sent_at is None:
        return ""
    day = invitation.sent_at.astimezone(ZoneInfo(invitation.event.timezone)).date()
    return date_words(day, language())


def _link(invitation: Invitation) -> str:
    return url_for("answers.open_link", token=link_token(invitation, _secret()), _external=True)


def _stop_url(invitation: Invitation) -> str:
    return _stop_address(invitation.public_id, stop_token(invitation, _secret()))


def _stop_address(public_id: str, token: str) -> str:
    return url_for("invited.reminders", public_id=public_id, token=token, _external=True)


def _secret() -> str:
    return str(current_app.config["SECRET_KEY"])
