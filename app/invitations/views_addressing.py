"""How letters address one guest on the list of one event, where somebody decided otherwise than the rule."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app import access
from app.accounts.actor import current_actor
from app.clock import now
from app.database import db
from app.directory.overrides import decide, get_decision, list_decisions_of, withdraw_decision
from app.errors import NotFound
from app.events.queries import get_event_for
from app.i18n import _
from app.invitations.composing import sheet_salutation
from app.invitations.forms import ListDecisionForm
from app.invitations.models import Invitation
from app.invitations.queries import get_invitation
from app.views import done

bp = Blueprint("addressing", __name__, url_prefix="/organise/<slug>/guests/<public_id>/address")
Page = str | Response | tuple[str, int]


@bp.route("", methods=["GET", "POST"])
@access.staff("organiser")
def address(slug: str, public_id: str) -> Page:
    """Decide, for this list only, how this guest is addressed."""
    invitation = _invitation(slug, public_id)
    form = ListDecisionForm(language=invitation.language)
    if form.is_submitted() and done(form, lambda: _decide(invitation, form)):
        flash(_("Kept with your name and your reason."), "good")
        return redirect(url_for("invitations.guest", slug=slug, public_id=public_id), 303)
    decisions = [one for one in list_decisions_of(invitation.person) if one.scope in {"", invitation.event.public_id}]
    shown = {"invitation": invitation, "form": form, "decisions": [one for one in decisions if one.kind != "rank"]}
    page = render_template(
        "invitations/address.html", event=invitation.event, salutation=sheet_salutation(invitation), **shown
    )
    return page, 422 if form.errors else 200


@bp.post("/<decision>/by-rule")
@access.staff("organiser")
def by_rule(slug: str, public_id: str, decision: str) -> Response:
    """Follow the rule again on this list."""
    invitation = _invitation(slug, public_id)
    one = get_decision(invitation.person, decision)
    if one.scope != invitation.event.public_id:
        raise NotFound
    withdraw_decision(one, actor=current_actor(), at=now())
    db.session.commit()
    flash(_("The rule holds again."), "good")
    return redirect(url_for("invitations.guest", slug=slug, public_id=public_id), 303)


def _invitation(slug: str, public_id: str) -> Invitation:
    return get_invitation(get_event_for(current_user, slug, "organiser"), public_id)


def _decide(invitation: Invitation, form: ListDecisionForm) -> None:
    decide(
        invitation.person, form.kind.data, form.value.data or "", reason=form.reason.data or "",
        language=form.language.data, scope=invitation.event.public_id, actor=current_actor(), at=now(),
    )  # fmt: skip
