"""Letters that say what became of an answer: a place with its entrance code, or a rank."""

from typing import Any

from flask import render_template

import badges
from app.badging.faces import spaced
from app.badging.models import Badge
from app.badging.queries import find_active_badge
from app.clock import now
from app.database import is_writing
from app.errors import NotFound
from app.events.words import event_when
from app.extensions import settings
from app.i18n import _, here, in_language
from app.invitations.service import link_token
from app.outbox.composing import Attachment, Letter
from app.outbox.models import Message
from app.registration.calendar_entry import calendar_of
from app.registration.composing_places import letter_about
from app.registration.models import Registration
from app.registration.own_link import has_own_link, own_path
from app.registration.queries import find_registration, list_represented, place_in_queue

QR_NAME = "entrance-code.png"
QR_ID = "entrance-code"
QR_SCALE = 10


def compose_confirmation(message: Message) -> Letter:
    """A place is confirmed: the code, what to bring, where, when, and the calendar entry.

    What holds when the letter leaves is what it says: a place lost since it was queued, or a place
    found since a rank was, changes the letter.
    """
    registration = find_registration(message.subject_id)
    if registration is None:
        raise NotFound
    badge = find_active_badge(registration.id) if registration.state == "confirmed" else None
    if badge and badge.matrix is None and is_writing():
        badge.matrix = badges.qr_matrix(badge.code)  # drawn with the letter, so that printing finds it
    with in_language(message.language):
        if badge:
            return _confirmation(registration, badge)
        has_rank = registration.state in {"waiting", "cancelled"}
        return _rank(registration) if has_rank else letter_about(registration)


def compose_waiting(message: Message) -> Letter:
    """No place yet: the rank in the queue as it is now, and nothing to show at an entrance."""
    return compose_confirmation(message)


def _confirmation(registration: Registration, badge: Badge) -> Letter:
    context = _context(registration, badge=badge, qr_id=QR_ID)
    return Letter(
        subject=_("Your place is confirmed: %(title)s", title=here(registration.event.title)),
        text=render_template("mail/confirmation.txt", **context),
        html=render_template("mail/confirmation.html", **context),
        attachments=(Attachment(QR_NAME, "image/png", badges.qr_png(badge.code, QR_SCALE), QR_ID),),
        calendar=calendar_of(
            registration, base_url=settings().base_url, sender=settings().mail_from, stamp=now(), method="REQUEST"
        ),
        calendar_method="REQUEST",
        reply_to=registration.event.mailbox,
    )


def _rank(registration: Registration) -> Letter:
    rank = place_in_queue(registration) if registration.state == "waiting" else None
    context = _context(registration, rank=rank)
    places = {"rank": rank, "title": here(registration.event.title)}
    subject = _("Waiting list, rank %(rank)s: %(title)s") if rank else _("Registration cancelled: %(title)s")
    return Letter(
        subject=subject % places,
        text=render_template("mail/confirmation_waiting.txt", **context),
        html=render_template("mail/confirmation_waiting.html", **context),
        reply_to=registration.event.mailbox,
    )


def _context(registration: Registration, **more: Any) -> dict[str, Any]:
    event = registration.event
    base = settings().base_url
    return {
        "event": event,
        "registration": registration,
        "person": registration.person,
        "represents": list_represented([registration]).get(registration.id),
        "when": event_when(event),
        "change_url": _change_url(registration, base),
        "needs_url": base + own_path(registration, settings().secret_key) if has_own_link(registration) else "",
        "programme_url": f"{base}/e/{event.slug}/programme" if event.is_public else "",
        **more,
    }


def _change_url(registration: Registration, base: str) -> str:
    """The personal link, for someone invited; a representative writes to the organiser."""
    if registration.invitation is None:
        return ""
    return f"{base}/i/{link_token(registration.invitation, settings().secret_key)}"


def ticket_for(registration: Registration) -> dict[str, str] | None:
    """For a page: the entrance code drawn (`svg`) and as text (`short_code`); None without a place."""
    badge = find_active_badge(registration.id) if registration.state == "confirmed" else None
    if badge is None:
        return None
    matrix = badge.matrix or badges.qr_matrix(badge.code)
    return {"svg": badges.qr_svg(matrix, _("Entrance code")), "short_code": spaced(badge.short_code)}
