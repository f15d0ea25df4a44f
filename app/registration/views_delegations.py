"""Delegations on the organiser's side."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app import access
from app.accounts.actor import current_actor
from app.audit.queries import list_entries_of
from app.clock import now
from app.database import db
from app.events.models import Event
from app.events.queries import get_category, get_event_for
from app.i18n import _
from app.invitations import delegations as rules
from app.invitations.delegation import Delegation
from app.invitations.delegation_queries import get_delegation, get_member, list_delegations
from app.registration import delegating, delegation_page
from app.registration.forms_delegation import DelegationForm, MemberForm, PlacesForm
from app.registration.words import DELEGATION_WORDS, action_words
from app.views import done

bp = Blueprint("delegations", __name__, url_prefix="/organise/<slug>/delegations")
Page = str | Response | tuple[str, int]
PAGE = "delegations/delegation.html"


@bp.get("")
@access.staff("organiser")
def delegations(slug: str) -> str:
    """Every delegation: its quota, how many are named, registered, waiting."""
    event = _event(slug)
    found = list_delegations(event)
    counts = delegating.count_standings(event, found)
    return render_template(
        "delegations/delegations.html", event=event, found=found, counts=counts, states=DELEGATION_WORDS
    )


@bp.route("/add", methods=["GET", "POST"])
@access.staff("organiser")
def add(slug: str) -> Page:
    """Ask who sends a delegation, and how many may come."""
    event = _event(slug)
    form = DelegationForm().offer(event)
    made = done(form, lambda: _add(event, form)) if request.method == "POST" else None
    if made:
        return redirect(url_for(".delegation", slug=slug, public_id=made.value.public_id), 303)
    page = render_template("delegations/edit.html", event=event, form=form, delegation=None)
    return page, 422 if request.method == "POST" else 200


@bp.get("/<public_id>")
@access.staff("organiser")
def delegation(slug: str, public_id: str) -> str:
    """One delegation: its contact, its members, their places."""
    return _show(get_delegation(_event(slug), public_id))


@bp.route("/<public_id>/edit", methods=["GET", "POST"])
@access.staff("organiser")
def edit(slug: str, public_id: str) -> Page:
    """Correct what is known of a delegation."""
    event = _event(slug)
    found, form = get_delegation(event, public_id), DelegationForm().offer(event)
    if request.method != "POST":
        return render_template("delegations/edit.html", event=event, form=form.show(found), delegation=found)
    if not done(form, lambda: _change(found, form)):
        return render_template("delegations/edit.html", event=event, form=form, delegation=found), 422
    flash(_("The corrections are kept."), "good")
    return redirect(url_for(".delegation", slug=slug, public_id=public_id), 303)


@bp.post("/<public_id>/<any(send, renew):how>")
@access.staff("organiser")
def send(slug: str, public_id: str, how: str) -> Response:
    """Write to the contact; with another link when asked."""
    found = get_delegation(_event(slug), public_id)
    if how == "renew":
        rules.send_new_link(found, secret=current_app.config["SECRET_KEY"], actor=current_actor(), at=now())
    else:
        rules.send_link(found, actor=current_actor(), at=now())
    db.session.commit()
    flash(_("The link is on its way to %(email)s.", email=found.contact_email), "good")
    return redirect(url_for(".delegation", slug=slug, public_id=public_id), 303)


@bp.post("/<public_id>/withdraw")
@access.staff("organiser")
def withdraw(slug: str, public_id: str) -> Response:
    """Take a delegation back: its link opens nothing any more, its places pass to those who wait."""
    found = get_delegation(_event(slug), public_id)
    delegating.end(found, "withdrawn", actor=current_actor(), at=now())
    db.session.commit()
    flash(_("The invitation of %(name)s is withdrawn.", name=found.name), "good")
    return redirect(url_for(".delegation", slug=slug, public_id=public_id), 303)


@bp.post("/<public_id>/members")
@access.staff("organiser")
def add_member(slug: str, public_id: str) -> Page:
    """Name somebody in the contact's stead."""
    found, form = get_delegation(_event(slug), public_id), MemberForm()
    if delegation_page.add(found, form, _always, current_actor(), now()):
        return redirect(url_for(".delegation", slug=slug, public_id=public_id), 303)
    return _show(found, form=form), 422


@bp.post("/<public_id>/places")
@access.staff("organiser")
def places(slug: str, public_id: str) -> Page:
    """Ask for the places of everyone named."""
    found, form = get_delegation(_event(slug), public_id), PlacesForm()
    if delegation_page.ask(found, form, _always, current_actor(), now()):
        return redirect(url_for(".delegation", slug=slug, public_id=public_id), 303)
    return _show(found, places=form), 422


@bp.route("/<public_id>/members/<member_id>/replace", methods=["GET", "POST"])
@access.staff("organiser")
def replace(slug: str, public_id: str, member_id: str) -> Page:
    """Somebody else comes instead of a member."""
    event = _event(slug)
    found = get_delegation(event, public_id)
    member = get_member(found, member_id)
    is_post = request.method == "POST"
    form = MemberForm() if is_post else MemberForm().show(member)
    if is_post and delegation_page.replace(member, form, _always, current_actor(), now()):
        return redirect(url_for(".delegation", slug=slug, public_id=public_id), 303)
    page = render_template("delegations/swap.html", event=event, delegation=found, member=member, form=form)
    return page, 422 if is_post else 200


@bp.post("/<public_id>/members/<member_id>/remove")
@access.staff("organiser")
def remove(slug: str, public_id: str, member_id: str) -> Response:
    """A member no longer comes."""
    member = get_member(get_delegation(_event(slug), public_id), member_id)
    name = member.full_name
    delegating.remove_member(member, actor=current_actor(), at=now())
    db.session.commit()
    flash(_("%(name)s is off the list.", name=name), "good")
    return redirect(url_for(".delegation", slug=slug, public_id=public_id), 303)


def _event(slug: str) -> Event:
    return get_event_for(current_user, slug, "organiser")


def _always() -> None:
    """An organiser works through the post whatever the deadline."""


def _show(found: Delegation, **more: object) -> str:
    entries = list_entries_of(found.public_id)
    return delegation_page.show(PAGE, found, entries=entries, action_words=action_words, closed=None, **more)


def _add(event: Event, form: DelegationForm) -> Delegation:
    secret, category = current_app.config["SECRET_KEY"], get_category(event, form.category.data)
    facts = form.facts(event.timezone)
    return rules.add_delegation(event, category, facts, secret=secret, actor=current_actor(), at=now())


def _change(found: Delegation, form: DelegationForm) -> None:
    category = get_category(found.event, form.category.data)
    rules.change_delegation(found, category, form.facts(found.event.timezone), actor=current_actor(), at=now())
