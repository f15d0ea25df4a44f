"""The order of precedence of those who come, and what somebody decided against it."""

from typing import ClassVar
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms.fields import IntegerField
from wtforms.validators import InputRequired, Length, NumberRange

from app import access
from app.accounts.actor import current_actor
from app.clock import now
from app.database import db
from app.directory.overrides import decide, list_decisions, withdraw_decision
from app.errors import NotFound
from app.events.models import Event
from app.events.queries import get_event_for
from app.forms import Form, TextField
from app.i18n import _, lazy
from app.registration import precedence, queries
from app.views import done

bp = Blueprint("precedence", __name__, url_prefix="/organise/<slug>/precedence")
Page = str | Response | tuple[str, int]


class PlaceForm(Form):
    """Another place in the order, on this list only."""

    refusals: ClassVar = {"ReasonMissing": "reason", "NotAPlace": "place"}
    place = IntegerField(lazy("Position"), [InputRequired(), NumberRange(1, 9999)], description=lazy("1 is the first."))
    reason = TextField(lazy("Why"), [InputRequired(), Length(max=500)])


def _event(slug: str) -> Event:
    return get_event_for(current_user, slug, "organiser")


def _back(slug: str, sentence: str) -> Response:
    flash(sentence, "good")
    return redirect(url_for(".order", slug=slug), 303)


@bp.get("")
@access.staff("organiser")
def order(slug: str) -> str:
    """Everyone with a place, the first before the others, each with the source of the place."""
    event, expected = _event(slug), precedence.list_expected(_event(slug))
    host, ordered = request.args.get("host", ""), request.args.get("by_government") == "1"
    day = event.starts_at.astimezone(ZoneInfo(event.timezone)).date()
    places = precedence.order_guests(event, expected, on=day, host=host, by_government=ordered)
    return render_template(
        "registration/precedence.html", event=event, places=places, expected=expected, host=host, by_government=ordered
    )


@bp.route("/<public_id>", methods=["GET", "POST"])
@access.staff("organiser")
def place(slug: str, public_id: str) -> Page:
    """Seat somebody elsewhere than the rule, on this list only, with the reason."""
    event = _event(slug)
    one, form = queries.get_registration(event, public_id), PlaceForm()
    decided = list_decisions([one.person_id], event.public_id).get(one.person_id, {}).get(("rank", ""))

    def seat() -> object:
        said = {"reason": form.reason.data or "", "scope": event.public_id}
        return decide(one.person, "rank", str(form.place.data), **said, actor=current_actor(), at=now())

    if form.is_submitted() and done(form, seat):
        return _back(slug, _("Kept with your name and your reason."))
    shown = {"event": event, "form": form, "one": one, "decided": decided}
    return render_template("registration/place.html", **shown), 422 if form.errors else 200


@bp.post("/<public_id>/by-rule")
@access.staff("organiser")
def by_rule(slug: str, public_id: str) -> Response:
    """Follow the rule again on this list."""
    event = _event(slug)
    one = queries.get_registration(event, public_id)
    decided = list_decisions([one.person_id], event.public_id).get(one.person_id, {}).get(("rank", ""))
    if decided is None or decided.scope != event.public_id:
        raise NotFound
    withdraw_decision(decided, actor=current_actor(), at=now())
    db.session.commit()
    return _back(slug, _("The rule holds again."))
