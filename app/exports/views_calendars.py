"""Calendars that programs ask for again and again, and the address a guest gives to theirs."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app import access
from app.audit.service import Actor
from app.clock import now
from app.database import db
from app.errors import NotFound
from app.exports import subscribing
from app.exports.calendar_queries import find_attendee_subscription, find_subscription
from app.exports.calendars import REFRESH, Feed, subscribed_feed
from app.exports.models import CalendarSubscription
from app.extensions import settings
from app.i18n import _, in_language, language
from app.invitations.models import Invitation
from app.registration.holding import get_held, is_proven, spoken
from app.registration.models import Registration
from app.registration.queries import find_standing

bp = Blueprint("calendars", __name__)
MIME = "text/calendar; charset=utf-8"


def answer(feed: Feed, name: str, *, source: str = "", is_download: bool = False) -> Response:
    """The calendar, or 304 when the program that asks holds the same already (RFC 9110, 13.1.2).

    The validator is weak: the instant at which a file is written differs, what it tells does not.
    """
    response = Response(mimetype=MIME)
    response.set_etag(feed.etag(), weak=True)
    response.headers["Cache-Control"] = "private, no-cache"  # kept by whoever asked, and asked again each time
    response.vary.update(("Accept-Language", "Cookie"))
    if request.if_none_match.contains_weak(feed.etag()):
        response.status_code = 304
        return response
    response.set_data(feed.written(source=source, refresh=REFRESH))
    kind = "attachment" if is_download else "inline"
    response.headers["Content-Disposition"] = f'{kind}; filename="{name}"'
    return response


@bp.get("/calendars/<token>.ics")
@access.public()
def subscription(token: str) -> Response:
    """What a secret address tells; an address that was ended and one that never was answer alike.

    Nobody is slowed down here: a program that was not told goes on asking, behind the same network
    address as guests who open their links.
    """
    found = find_subscription(token)
    if found is None:
        raise NotFound
    with in_language(found.language):
        feed = subscribed_feed(found, settings().base_url, settings().mail_from)
        return answer(feed, f"{found.kind}.ics")


def addresses(subscription: CalendarSubscription) -> dict[str, str]:
    """For a page: the address to copy, and the one that opens the calendar program of whoever clicks."""
    config = settings()
    token = subscribing.token_of(subscription, config.secret_key)
    address = f"{config.base_url}{url_for('calendars.subscription', token=token)}"
    return {"address": address, "webcal": f"webcal://{address.partition('://')[2]}"}


@bp.get("/invitation/<public_id>/subscription")
@access.invitee()
def own(public_id: str) -> str:
    """The guest's own calendar: its address, for whoever reads the mailbox of the invitation."""
    invitation = get_held(public_id)
    with in_language(spoken(invitation)):
        registration = _get_own(invitation)
        found = find_attendee_subscription(registration) if is_proven(invitation, now()) else None
        return render_template(
            "calendars/own.html", event=invitation.event, invitation=invitation, standing=find_standing(invitation),
            is_proven=is_proven(invitation, now()), subscription=found, addresses=addresses(found) if found else {},
        )  # fmt: skip


@bp.post("/invitation/<public_id>/subscription")
@access.invitee()
def change_own(public_id: str) -> BaseResponse:
    """Open the address, give another, or end it: whoever proved to read the mailbox."""
    invitation, at = get_held(public_id), now()
    with in_language(spoken(invitation)):
        registration = _get_own(invitation)
        if is_proven(invitation, at):
            flash(_change(invitation, registration, request.form.get("act", "")), "good")
            db.session.commit()
    return redirect(url_for(".own", public_id=public_id), 303)


def _change(invitation: Invitation, registration: Registration, act: str) -> str:
    """Do what was asked; the sentence that says what was done."""
    actor, at = Actor("invitee", invitation.public_id, invitation.person.full_name), now()
    found, secret = find_attendee_subscription(registration), settings().secret_key
    if found and act == "end":
        subscribing.end(found, actor=actor, at=at)
        return _("The address no longer answers.")
    if found and act == "renew":
        subscribing.renew(found, secret=secret, actor=actor, at=at)
        return _("This is the new address; the one before no longer answers.")
    subscribing.open_for_attendee(registration, language=language(), secret=secret, actor=actor, at=at)
    return _("This is the address of your calendar.")


def _get_own(invitation: Invitation) -> Registration:
    """The invitee's own confirmed place: somebody who comes instead has a calendar of their own. Raises NotFound."""
    standing = find_standing(invitation)
    if invitation.state != "accepted" or standing.registration is None or standing.state != "confirmed":
        raise NotFound
    return standing.registration
