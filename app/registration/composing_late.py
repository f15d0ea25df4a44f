"""The letter that says what the organiser decided of something asked after the deadline."""

from flask import render_template

from app.errors import NotFound
from app.events.words import event_when
from app.extensions import settings
from app.i18n import _, here, in_language
from app.invitations.service import link_token
from app.outbox.composing import Letter
from app.outbox.models import Message
from app.registration.life_queries import find_late_request
from app.registration.words import late_words


def compose_decided(message: Message) -> Letter:
    """Granted, or refused and why, with the personal link. Raises NotFound."""
    request = find_late_request(message.subject_id)
    if request is None:
        raise NotFound
    invitation = request.invitation
    event = invitation.event
    with in_language(message.language):
        values = {
            "event": event,
            "invitation": invitation,
            "request": request,
            "when": event_when(event),
            "asked": late_words(request.kind),
            "link": f"{settings().base_url}/i/{link_token(invitation, settings().secret_key)}",
        }
        return Letter(
            subject=_("Your request: %(title)s", title=here(event.title)),
            text=render_template("mail/late_decided.txt", **values),
            html=render_template("mail/late_decided.html", **values),
            reply_to=event.mailbox,
        )
