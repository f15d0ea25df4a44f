"""Questions of the organiser's that are asked at the desk: answered beside the scan, then back to the guest."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app import access
from app.audit.service import Actor
from app.checkin.views_credentials import standing_at
from app.clock import now
from app.forms import Form
from app.registration.desk_notes import desk_questions
from app.registration.given_answers import answer
from app.registration.life import Question
from app.registration.life_queries import list_answers_of
from app.registration.models import Registration
from app.registration.queries import get_registration
from app.registration.question_fields import questions_form, raw_of
from app.views import done

bp = Blueprint("desk_questions", __name__, url_prefix="/desk/<slug>/at/<device>/questions")
Page = str | Response | tuple[str, int]


@bp.get("/<registration>")
@access.desk("agent", "lead")
def questions(slug: str, device: str, registration: str) -> str:
    """What this guest is asked here, with what was answered before."""
    guest, asked, form, _actor = _asked(slug, device, registration)
    return _page(slug, device, guest, asked, form)


@bp.post("/<registration>")
@access.desk("agent", "lead")
def keep(slug: str, device: str, registration: str) -> Page:
    """Keep the answers, and go back to the guest."""
    guest, asked, form, actor = _asked(slug, device, registration)
    if done(form, lambda: _keep(guest, asked, form, actor)):
        return redirect(url_for("desk.person", slug=slug, device=device, registration=registration), 303)
    return _page(slug, device, guest, asked, form), 422


def _asked(slug: str, device: str, public_id: str) -> tuple[Registration, list[Question], Form, Actor]:
    desk = standing_at(slug, device)
    guest = get_registration(desk.event, public_id)
    asked = desk_questions(guest)
    return guest, asked, questions_form(asked, list_answers_of(guest.id)), desk.actor


def _keep(guest: Registration, asked: list[Question], form: Form, actor: Actor) -> int:
    given = {one: raw_of(form, one) for one in asked}
    return answer(guest, given, actor=actor, at=now())


def _page(slug: str, device: str, guest: Registration, asked: list[Question], form: Form) -> str:
    back = url_for("desk.person", slug=slug, device=device, registration=guest.public_id)
    head = {"gate": guest.person.formal_name, "back_url": back}
    return render_template("desk/questions.html", guest=guest, asked=asked, form=form, desk=head, back=back)
