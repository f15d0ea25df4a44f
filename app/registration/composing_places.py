"""Letters about a place that is offered, asked for, refused, or passed on because nobody took it."""

from dataclasses import dataclass
from typing import Any

from flask import render_template

from app.errors import NotFound
from app.events.words import event_when, instant
from app.extensions import settings
from app.i18n import _, here, in_language
from app.invitations.models import Invitation
from app.invitations.service import link_token
from app.outbox.composing import Letter
from app.outbox.models import Message
from app.registration.models import Registration
from app.registration.queries import find_registration, list_represented
from app.registration.seat_queries import find_last_offer


@dataclass(frozen=True)
class _Said:
    """What a letter says: its subject, what stands in its frame, and its paragraphs."""

    subject: str
    heading: str
    paragraphs: tuple[str, ...]
    # Words on the button that leads to the personal page; empty: no button.
    button: str = ""


def compose_standing(message: Message) -> Letter:
    """Any letter about a place, as things stand when it leaves. Raises NotFound."""
    registration = find_registration(message.subject_id)
    if registration is None:
        raise NotFound
    with in_language(message.language):
        return letter_about(registration, words=str(message.context.get("words", "")))


def letter_about(registration: Registration, *, words: str = "") -> Letter:
    """What to write to somebody who has neither a place nor a rank, in the language of the moment.

    `words`: what the organiser adds.
    """
    said = _said(registration)
    invitation = registration.invitation or list_represented([registration]).get(registration.id)
    values: dict[str, Any] = {
        "event": registration.event,
        "person": registration.person,
        "when": event_when(registration.event),
        "said": said,
        "words": words,
        "link": _link(invitation) if said.button and invitation else "",
    }
    return Letter(
        subject=_("%(what)s: %(title)s", what=said.subject, title=here(registration.event.title)),
        text=render_template("mail/place.txt", **values),
        html=render_template("mail/place.html", **values),
        reply_to=registration.event.mailbox,
    )


def _said(registration: Registration) -> _Said:
    states = {"offered": _offered, "pending": _pending, "refused": _refused, "confirmed": _taken}
    return states.get(registration.state, _ended)(registration)


def _offered(registration: Registration) -> _Said:
    offer = find_last_offer(registration.id)
    until = instant(offer.expires_at, registration.event) if offer and offer.expires_at else ""
    return _Said(
        _("A place is held for you"),
        _("Held for you until %(instant)s", instant=until),
        (
            _("You were on the waiting list, and a place has come free. It is yours as soon as you say so."),
            _("Without an answer by then, it passes to the next person who waits."),
        ),
        _("Take the place"),
    )


def _pending(registration: Registration) -> _Said:
    if registration.event.list_locked_at and registration.invitation_id is None:
        return _Said(
            _("Your answer has been received"),
            _("The organiser decides"),
            (
                _(
                    "The list of those who come was handed to the security of the venue: the organiser decides who"
                    " is added."
                ),
                _("A letter will say whether a place can be given: there is nothing to do."),
            ),
        )
    return _Said(
        _("Your answer has been received"),
        _("The organiser confirms each place"),
        (_("Your wish to come is recorded. A letter will say whether a place can be given: there is nothing to do."),),
    )


def _refused(_registration: Registration) -> _Said:
    return _Said(
        _("No place can be given"),
        _("No place can be given to you"),
        (_("The organiser is sorry not to be able to receive you at this event. Thank you for your interest."),),
    )


def _taken(_registration: Registration) -> _Said:
    return _Said(
        _("Your place is confirmed"), _("Your place is confirmed"), (_("Another letter brings your entrance code."),)
    )


def _ended(registration: Registration) -> _Said:
    offer = find_last_offer(registration.id)
    if offer is None or offer.state != "lapsed" or offer.expires_at is None:
        sentence = _("This registration is cancelled. If this surprises you, please answer this letter.")
        return _Said(_("Registration cancelled"), _("Registration cancelled"), (sentence,))
    until = instant(offer.expires_at, registration.event)
    return _Said(
        _("The place held for you has passed on"),
        _("The place was held until %(instant)s", instant=until),
        (
            _("We had no answer from you: the place has passed to the next person who waits."),
            _("If you still wish to come, answer again on your page: you get a new rank on the waiting list."),
        ),
        _("Open the page"),
    )


def _link(invitation: Invitation) -> str:
    return f"{settings().base_url}/i/{link_token(invitation, settings().secret_key)}"
