"""The organiser's page of calendar addresses, and the list of whom to call."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from app import access
from app.accounts.actor import current_actor
from app.clock import now
from app.database import db
from app.errors import NotFound
from app.events.models import Event
from app.events.queries import get_event_for
from app.exports import subscribing
from app.exports.calendar_queries import get_subscription, list_rooms, list_speakers, list_subscriptions
from app.exports.models import CalendarSubscription
from app.exports.views_calendars import addresses
from app.extensions import settings
from app.i18n import _, language
from app.registration.queries import get_registration

bp = Blueprint("subscriptions", __name__, url_prefix="/organise/<slug>/calendars")


@bp.get("")
@access.staff("organiser")
def subscriptions(slug: str) -> str:
    """The public calendar, and every secret address: rooms, speakers, attendees."""
    event = _event(slug)
    found = list_subscriptions(event)
    told = {one.public_id: addresses(one) for one in found if one.kind != "attendee"}
    return render_template(
        "calendars/subscriptions.html", event=event, base_url=settings().base_url, told=told,
        rooms=list_rooms(event), by_room={one.room: one for one in found if one.kind == "room"},
        speakers=list_speakers(event), by_speaker={one.person_id: one for one in found if one.kind == "speaker"},
        attendees=[one for one in found if one.kind == "attendee"],
    )  # fmt: skip


@bp.post("")
@access.staff("organiser")
def open_one(slug: str) -> BaseResponse:
    """Open the address of a room, a speaker or an attendee."""
    event = _event(slug)
    made = _open(event, request.form.get("kind", ""), request.form.get("who", ""))
    db.session.commit()
    flash(_("The address of the calendar is open: %(name)s.", name=subscribing.whose(made)), "good")
    return redirect(url_for(".subscriptions", slug=slug), 303)


@bp.post("/<public_id>/<any(renew, end):act>")
@access.staff("organiser")
def change(slug: str, public_id: str, act: str) -> BaseResponse:
    """Give another address, or end it."""
    one, actor = get_subscription(_event(slug), public_id), current_actor()
    if act == "end":
        subscribing.end(one, actor=actor, at=now())
        sentence = _("The address no longer answers.")
    else:
        subscribing.renew(one, secret=settings().secret_key, actor=actor, at=now())
        sentence = _("There is a new address; the one before no longer answers.")
    db.session.commit()
    flash(sentence, "good")
    return redirect(url_for(".subscriptions", slug=slug), 303)


def _event(slug: str) -> Event:
    return get_event_for(current_user, slug, "organiser")


def _open(event: Event, kind: str, who: str) -> CalendarSubscription:
    """What is asked for, when the programme or the list of registrations holds it. Raises NotFound, NoPlace."""
    facts: dict[str, Any] = {
        "language": language(),
        "secret": settings().secret_key,
        "actor": current_actor(),
        "at": now(),
    }
    if kind == "room" and who in list_rooms(event):
        return subscribing.open_for_room(event, who, **facts)
    if kind == "speaker":
        for person in list_speakers(event):
            if person.public_id == who:
                return subscribing.open_for_speaker(event, person, **facts)
    if kind == "attendee":
        return subscribing.open_for_attendee(get_registration(event, who), **facts)
    raise NotFound
