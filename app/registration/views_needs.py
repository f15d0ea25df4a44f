"""Needs and wishes of who comes along, instead of somebody, or in a delegation: told behind a link of their own."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from app import access
from app.audit.service import Actor
from app.clock import now
from app.columns import LANGUAGES
from app.events.phases import is_over
from app.i18n import _, in_language
from app.registration import consents, guessing, own_link
from app.registration.forms_needs import NeedsForm, needs_form
from app.registration.holding import keep_in_session
from app.registration.life_queries import list_consents
from app.registration.models import Registration
from app.views import done

bp = Blueprint("needs", __name__)
Page = str | Response | tuple[str, int]


@bp.get("/n/<public_id>/<token>")
@access.public()
def open_link(public_id: str, token: str) -> Page:
    """Exchange the link for a place in the session; the address loses its secret."""
    if guessing.is_slowed(request.remote_addr or "", now()):
        return render_template("answers/unknown_link.html", is_slowed=True), 429
    found = own_link.find_by_link(public_id, token, current_app.config["SECRET_KEY"])
    if found is None:
        guessing.note_miss(request.remote_addr or "", now())
        return render_template("answers/unknown_link.html", is_slowed=False), 404
    keep_in_session("needs", found.public_id, "held")
    return redirect(url_for(".needs", public_id=found.public_id))


@bp.route("/needs/<public_id>", methods=["GET", "POST"])
@access.invitee()
def needs(public_id: str) -> Page:
    """What this person needs and wishes; what was written before is not shown again."""
    found, at = own_link.get_held(public_id, session.get("needs", {})), now()
    chosen = session.get("language")
    with in_language(chosen if chosen in LANGUAGES else found.language):
        form = needs_form(found, list_consents(found.id))
        if request.method != "POST" or is_over(found.event, at):
            return _page(found, form)
        if not done(form, lambda: _keep(found, form)):
            return _page(found, form), 422
        flash(_("What you told is noted."), "good")
        return redirect(url_for(".needs", public_id=public_id), 303)


def _keep(found: Registration, form: NeedsForm) -> list[str]:
    actor = Actor("invitee", found.public_id, found.person.full_name)
    return consents.say(found, form.wishes(), has_agreed=form.has_agreed, actor=actor, at=now())


def _page(found: Registration, form: NeedsForm) -> str:
    return render_template(
        "answers/needs.html", event=found.event, registration=found, form=form, is_over=is_over(found.event, now()),
        told=[kind for kind in consents.NEEDS if kind in form.known],
    )  # fmt: skip
