"""What one guest told, as the organiser reads and corrects it; what was asked after the deadline."""

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app import access
from app.accounts.actor import current_actor
from app.clock import now
from app.database import db
from app.events.asking import is_frozen
from app.events.models import Event
from app.events.queries import get_event_for
from app.i18n import _
from app.registration import late_requests, printing, tables
from app.registration.forms_asking import DecisionForm, PrintedForm
from app.registration.life import LateRequest
from app.registration.life_queries import find_detail, get_file, get_late_request
from app.registration.models import Registration
from app.registration.particulars import known_of
from app.registration.queries import get_registration
from app.registration.words import wish_words
from app.views import done

bp = Blueprint("told", __name__, url_prefix="/organise/<slug>/told")
bp.add_app_template_global(known_of)
bp.add_app_template_global(wish_words)
Page = str | Response | tuple[str, int]


def _event(slug: str) -> Event:
    return get_event_for(current_user, slug, "organiser")


@bp.get("/<public_id>/printed")
@access.staff("organiser")
def printed(slug: str, public_id: str) -> str:
    """How a guest is printed, to be corrected."""
    event = _event(slug)
    found = get_registration(event, public_id)
    form = PrintedForm().show(found, printing.wished(found, find_detail(found.id)))
    return _printed(event, found, form)


@bp.post("/<public_id>/printed")
@access.staff("organiser")
def correct(slug: str, public_id: str) -> Page:
    """Have the guest printed otherwise, or the reception told."""
    event, form = _event(slug), PrintedForm()
    found = get_registration(event, public_id)
    if kept := done(form, lambda: _correct(found, form)):
        is_aside = kept.value == "kept_aside"
        flash(_("The reception will know of the difference.") if is_aside else _("The guest is printed so."), "good")
        return redirect(url_for("registrations.registration", slug=slug, public_id=public_id), 303)
    return _printed(event, found, form), 422


def _correct(found: Registration, form: PrintedForm) -> str:
    is_thawed, actor, at = bool(form.may_thaw.data), current_actor(), now()
    zone, spoken = form.zone.data or "", form.spoken.data or ()
    tables.show_on_badge(found, zone, spoken, actor=actor, at=at, may_thaw=is_thawed)
    return printing.print_as(found, form.printed(), actor=actor, at=at, may_thaw=is_thawed)


def _printed(event: Event, found: Registration, form: PrintedForm) -> str:
    frozen = is_frozen(found.category, now())
    return render_template("registration/printed.html", event=event, registration=found, form=form, is_frozen=frozen)


@bp.post("/<public_id>/printed/<any(apply, aside):gesture>")
@access.staff("organiser")
def settle(slug: str, public_id: str, gesture: str) -> Response:
    """Print what was told after the freeze, or leave the print as it is."""
    found, actor, at = get_registration(_event(slug), public_id), current_actor(), now()
    if gesture == "apply":
        wanted = printing.wished(found, find_detail(found.id))
        printing.print_as(found, wanted, actor=actor, at=at, may_thaw=True)
        flash(_("The guest is printed so: draw the badge again."), "good")
    else:
        printing.set_aside(found, actor=actor, at=at)
        flash(_("The print stays as it is."), "good")
    db.session.commit()
    return redirect(url_for("registrations.registration", slug=slug, public_id=public_id), 303)


@bp.get("/<public_id>/files/<question_id>")
@access.staff("organiser")
def file(slug: str, public_id: str, question_id: str) -> Response:
    """A file a guest gave, to be saved: never shown in the page's own place."""
    found = get_file(get_registration(_event(slug), public_id), question_id)
    answer = make_response(found.data)
    answer.headers["Content-Type"] = found.mime
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.value}"'
    return answer


@bp.get("/late/<public_id>")
@access.staff("organiser")
def late(slug: str, public_id: str) -> str:
    """One late request, and the decision."""
    event = _event(slug)
    return _late(event, get_late_request(event, public_id), DecisionForm())


@bp.post("/late/<public_id>/<any(grant, refuse):decision>")
@access.staff("organiser")
def decide(slug: str, public_id: str, decision: str) -> Page:
    """Grant or refuse it, with the reason."""
    event, form = _event(slug), DecisionForm()
    found = get_late_request(event, public_id)
    is_granted, reason = decision == "grant", form.reason.data or ""
    act = late_requests.grant if is_granted else late_requests.refuse
    if done(form, lambda: act(found, reason=reason, actor=current_actor(), at=now())):
        flash(_("The request is granted.") if is_granted else _("The request is refused."), "good")
        return redirect(url_for("registrations.requests", slug=slug), 303)
    return _late(event, get_late_request(event, public_id), form), 422


def _late(event: Event, found: LateRequest, form: DecisionForm) -> str:
    return render_template("registration/late.html", event=event, request_=found, form=form)
