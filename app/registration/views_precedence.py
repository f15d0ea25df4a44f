"""The order of precedence of those who come, and what somebody decided against it."""

from typing import ClassVar
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms.fields import BooleanField, IntegerField, SelectField
from wtforms.validators import InputRequired, Length, NumberRange

from app import access
from app.accounts.actor import current_actor
from app.clock import now
from app.database import db
from app.directory.overrides import decide, list_decisions, withdraw_decision
from app.errors import NotFound
from app.events.models import Event
from app.events.queries import get_event_for
from app.forms import Form, TextField, options
from app.i18n import _, lazy
from app.registration import precedence, queries
from app.registration.ceremony import find_ceremony, hold_ceremony
from app.views import done

bp = Blueprint("precedence", __name__, url_prefix="/organise/<slug>/precedence")
Page = str | Response | tuple[str, int]


class PlaceForm(Form):
    """Another place in the order, on this list only."""

    refusals: ClassVar = {"ReasonMissing": "reason", "NotAPlace": "place"}
    place = IntegerField(lazy("Position"), [InputRequired(), NumberRange(1, 9999)], description=lazy("1 is the first."))
    reason = TextField(lazy("Why"), [InputRequired(), Length(max=500)])


class CeremonyForm(Form):
    """How the ceremony is held."""

    host = SelectField(lazy("Inviting authority"), default="")
    is_by_government = BooleanField(
        lazy("Ordered by the Government"), description=lazy("The inviting authority then keeps its own rank.")
    )

    def offer(self, expected: precedence.Expected) -> "CeremonyForm":
        """The same form with those who come, by name."""
        people = sorted(((key, one.person.full_name) for key, one in expected.items()), key=lambda pair: pair[1])
        self.host.choices = options([("", lazy("None of them")), *people])
        return self


def _event(slug: str) -> Event:
    return get_event_for(current_user, slug, "organiser")


def _back(slug: str, sentence: str) -> Response:
    flash(sentence, "good")
    return redirect(url_for(".order", slug=slug), 303)


@bp.get("")
@access.staff("organiser")
def order(slug: str) -> str:
    """Everyone with a place, the first before the others, each with the source of the place."""
    event = _event(slug)
    held = find_ceremony(event)
    said = {"host": held.host.public_id if held.host else "", "is_by_government": held.is_by_government} if held else {}
    return _order(event, CeremonyForm(data=said))


@bp.post("/ceremony")
@access.staff("organiser")
def ceremony(slug: str) -> Page:
    """Keep who invites and who ordered the ceremony."""
    event, form = _event(slug), CeremonyForm()

    def hold() -> object:
        host = queries.get_registration(event, form.host.data) if form.host.data else None
        ordered = form.is_by_government.data
        return hold_ceremony(event, host, is_by_government=ordered, actor=current_actor(), at=now())

    form.offer(precedence.list_expected(event))
    return _back(slug, _("Kept: the order follows.")) if done(form, hold) else (_order(event, form), 422)


def _order(event: Event, form: CeremonyForm) -> str:
    expected = precedence.list_expected(event)
    day = event.starts_at.astimezone(ZoneInfo(event.timezone)).date()
    places = precedence.order_guests(event, expected, on=day)
    form.offer(expected)
    return render_template("registration/precedence.html", event=event, places=places, expected=expected, form=form)


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
