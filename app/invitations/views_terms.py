"""The terms of one invitation, and inviting an office."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app import access
from app.accounts.actor import current_actor
from app.clock import now
from app.database import db
from app.directory.offices import get_office, search_offices
from app.events.models import Event
from app.events.queries import get_category, get_event_for
from app.i18n import _
from app.invitations import campaign_queries, campaigns, endings, offices, terms
from app.invitations.forms_mailing import OfficeForm, TermsForm
from app.invitations.models import Invitation
from app.invitations.queries import get_invitation
from app.invitations.words import STATE_WORDS
from app.views import done

bp = Blueprint("terms", __name__, url_prefix="/organise/<slug>/guests")
Page = str | Response | tuple[str, int]


@bp.get("/endings")
@access.staff("organiser")
def list_endings(slug: str) -> str:
    """Guests invited by name in a quality that ends before the event."""
    event = get_event_for(current_user, slug, "organiser")
    found = endings.list_endings(event)
    return render_template("invitations/endings.html", event=event, endings=found, words=STATE_WORDS)


@bp.get("/<public_id>/terms")
@access.staff("organiser")
def edit(slug: str, public_id: str) -> str:
    """Ask on which terms this person is invited."""
    event = get_event_for(current_user, slug, "organiser")
    invitation = get_invitation(event, public_id)
    wave = invitation.campaign.public_id if invitation.campaign else ""
    form = TermsForm(obj=terms.terms_of(invitation), campaign=wave)
    return _edit(event, invitation, form)


@bp.post("/<public_id>/terms")
@access.staff("organiser")
def save(slug: str, public_id: str) -> Page:
    """Keep them."""
    event, form = get_event_for(current_user, slug, "organiser"), TermsForm()
    invitation = get_invitation(event, public_id)
    if done(form, lambda: _save(event, invitation, form)):
        flash(_("The terms of the invitation are kept."), "good")
        return redirect(url_for("invitations.guest", slug=slug, public_id=public_id), 303)
    return _edit(event, invitation, form), 422


@bp.get("/add-office")
@access.staff("organiser")
def add_office(slug: str) -> str:
    """Search for the office to invite."""
    event = get_event_for(current_user, slug, "organiser")
    return _add_office(event, OfficeForm())


@bp.post("/add-office")
@access.staff("organiser")
def add_office_post(slug: str) -> Page:
    """Draft the invitation of whoever holds it."""
    event, form = get_event_for(current_user, slug, "organiser"), OfficeForm()
    form.offer(event, ())
    added = done(form, lambda: _invite(event, form))
    if added:
        flash(_("%(name)s is on the guest list.", name=added.value.person.full_name), "good")
        return redirect(url_for("invitations.guest", slug=slug, public_id=added.value.public_id), 303)
    return _add_office(event, form), 422


@bp.post("/<public_id>/follow-office")
@access.staff("organiser")
def follow_office(slug: str, public_id: str) -> Response:
    """Address the invitation to whoever holds the office now; the old link opens nothing any more."""
    invitation = get_invitation(get_event_for(current_user, slug, "organiser"), public_id)
    secret = current_app.config["SECRET_KEY"]
    passed = offices.follow_office(invitation, secret=secret, actor=current_actor(), at=now())
    db.session.commit()
    flash(
        _("The invitation now speaks to %(name)s.", name=invitation.person.full_name)
        if passed
        else _("Nobody else holds this office: nothing was changed."),
        "good",
    )
    return redirect(url_for("invitations.guest", slug=slug, public_id=public_id), 303)


def _edit(event: Event, invitation: Invitation, form: TermsForm) -> str:
    form.offer(campaign_queries.list_campaigns(event))
    return render_template("invitations/terms.html", event=event, invitation=invitation, form=form)


def _save(event: Event, invitation: Invitation, form: TermsForm) -> None:
    actor, at = current_actor(), now()
    terms.set_terms(invitation, form.terms(), actor=actor, at=at)
    wave = campaign_queries.get_campaign(event, form.campaign.data) if form.campaign.data else None
    campaigns.put_into(wave, [invitation], actor=actor, at=at)


def _add_office(event: Event, form: OfficeForm) -> str:
    words = request.args.get("q", "")
    found = search_offices(words)
    if form.office.data and not any(one.public_id == form.office.data for one in found):
        found = [get_office(form.office.data), *found]
    form.offer(event, found)
    return render_template("invitations/add_office.html", event=event, form=form, words=words, found=found)


def _invite(event: Event, form: OfficeForm) -> Invitation:
    return offices.invite_office(
        event, get_office(form.office.data), get_category(event, form.category.data),
        secret=current_app.config["SECRET_KEY"], actor=current_actor(), at=now(),
    )  # fmt: skip
