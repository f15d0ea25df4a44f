"""The page of seats: how many of each thing, who waits and why, places held, offers, and the rules."""

from collections.abc import Callable, Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app import access
from app.accounts.actor import current_actor
from app.clock import now
from app.database import db
from app.errors import Refusal
from app.events.models import Event
from app.events.queries import get_category, get_event_for
from app.events.seating import set_category_rules, set_seat_rules
from app.i18n import _, ngettext
from app.invitations.delegation_queries import list_delegations
from app.registration import held_places, offers, seat_page
from app.registration.forms_seats import CategoryRulesForm, HoldForm, SeatRulesForm
from app.registration.queries import get_registration
from app.registration.seat_queries import get_held_places
from app.views import done

bp = Blueprint("seats", __name__, url_prefix="/organise/<slug>/seats")
Page = str | Response | tuple[str, int]


def _event(slug: str) -> Event:
    return get_event_for(current_user, slug, "organiser")


@bp.get("")
@access.staff("organiser")
def seats(slug: str) -> str:
    """What is free, held, over; who waits and why; what is offered until when."""
    event = _event(slug)
    return render_template("registration/seats.html", event=event, **seat_page.facts_of(event, now()))


@bp.route("/rules", methods=["GET", "POST"])
@access.staff("organiser")
def rules(slug: str) -> Page:
    """How the places of the event are given."""
    event, form = _event(slug), SeatRulesForm()
    if request.method != "POST":
        return render_template("registration/seat_rules.html", event=event, form=form.show(event), category=None)
    if not done(form, lambda: set_seat_rules(event, form.rules(), actor=current_actor(), at=now())):
        return render_template("registration/seat_rules.html", event=event, form=form, category=None), 422
    flash(_("The rules are kept."), "good")
    return redirect(url_for(".seats", slug=slug), 303)


@bp.route("/rules/<key>", methods=["GET", "POST"])
@access.staff("organiser")
def category_rules(slug: str, key: str) -> Page:
    """How the places of one category are given."""
    event, form = _event(slug), CategoryRulesForm()
    category = get_category(event, key)
    if request.method != "POST":
        form.show(category)
    elif done(form, lambda: set_category_rules(category, form.rules(), actor=current_actor(), at=now())):
        flash(_("The rules are kept."), "good")
        return redirect(url_for(".seats", slug=slug), 303)
    page = render_template("registration/seat_rules.html", event=event, form=form, category=category)
    return page, 422 if request.method == "POST" else 200


@bp.route("/hold", methods=["GET", "POST"])
@access.staff("organiser")
def hold(slug: str) -> Page:
    """Keep places aside."""
    event = _event(slug)
    delegations = list_delegations(event)
    form = HoldForm().offer(event, delegations)
    if request.method != "POST":
        return render_template("registration/hold.html", event=event, form=form)
    kept = done(form, lambda: held_places.hold(event, form.wish(event, delegations), actor=current_actor(), at=now()))
    if not kept:
        return render_template("registration/hold.html", event=event, form=form), 422
    flash(_("The places are held."), "good")
    return redirect(url_for(".seats", slug=slug, _anchor="held"), 303)


@bp.post("/held/<public_id>")
@access.staff("organiser")
def release(slug: str, public_id: str) -> Response:
    """Hold another number of places, or none; what comes free goes to who waits."""
    held = get_held_places(_event(slug), public_id)
    return _tried(slug, lambda: _released(held_places.change(held, _number(), actor=current_actor(), at=now())))


@bp.post("/held/<public_id>/give")
@access.staff("organiser")
def give(slug: str, public_id: str) -> Response:
    """Give one of the places held to one person."""
    event = _event(slug)
    held = get_held_places(event, public_id)
    person = get_registration(event, request.form.get("registration", ""))
    name = person.person.full_name

    def act() -> str:
        held_places.give(held, person, actor=current_actor(), at=now())
        return _("%(name)s has one of the places that were held. A letter says so.", name=name)

    return _tried(slug, act)


@bp.post("/choose/<public_id>")
@access.staff("organiser")
def choose(slug: str, public_id: str) -> Response:
    """Give a free place to one person who waits, with a reason when others are passed."""
    person = get_registration(_event(slug), public_id)
    name = person.person.full_name

    def act() -> str:
        offers.choose(person, reason=request.form.get("reason", "").strip()[:300], actor=current_actor(), at=now())
        return _("%(name)s is given the place. A letter says so.", name=name)

    return _tried(slug, act)


def _released(promoted: Sequence[object]) -> str:
    if not promoted:
        return _("The number of places held is changed.")
    return ngettext(
        "The number of places held is changed. %(num)s person who waited is given a place.",
        "The number of places held is changed. %(num)s people who waited are given a place.",
        len(promoted),
    )


def _number() -> int:
    typed = request.form.get("places", "0")
    return int(typed) if typed.isdecimal() and len(typed) < 7 else 0


def _tried(slug: str, act: Callable[[], str]) -> Response:
    try:
        told = act()
        db.session.commit()
        flash(told, "good")
    except Refusal as refusal:
        db.session.rollback()
        flash(refusal.sentence, "refused")
    return redirect(url_for(".seats", slug=slug), 303)
