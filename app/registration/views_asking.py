"""What guests are asked beside the answer, as the organiser decides it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app import access
from app.accounts.actor import current_actor
from app.clock import now
from app.database import db
from app.events.asking import set_asked, set_freezes
from app.events.models import Event
from app.events.queries import get_event_for
from app.i18n import _
from app.registration import questions as rules
from app.registration.forms_asking import ASKABLE, AskingForm, QuestionForm, asking_form, freeze_field
from app.registration.life_queries import get_question, list_questions
from app.registration.words import KIND_OF_QUESTION
from app.views import done

bp = Blueprint("asking", __name__, url_prefix="/organise/<slug>/asking")
Page = str | Response | tuple[str, int]


def _event(slug: str) -> Event:
    return get_event_for(current_user, slug, "organiser")


@bp.get("")
@access.staff("organiser")
def asking(slug: str) -> str:
    """What is asked, from when prints stand, and the questions."""
    event = _event(slug)
    return _page(event, asking_form(event))


@bp.post("")
@access.staff("organiser")
def change(slug: str) -> Page:
    """Ask for more, or for less."""
    event = _event(slug)
    form = asking_form(event)
    if done(form, lambda: _change(event, form)):
        flash(_("What guests are asked is saved."), "good")
        return redirect(url_for(".asking", slug=slug), 303)
    return _page(event, form), 422


def _change(event: Event, form: AskingForm) -> bool:
    actor, at = current_actor(), now()
    is_changed = set_asked(event, form.wanted(), actor=actor, at=at)
    return set_freezes(event, form.days(), actor=actor, at=at) or is_changed


def _page(event: Event, form: AskingForm) -> str:
    found = list_questions(event, with_removed=True)
    return render_template(
        "registration/asking.html", event=event, form=form, askable=list(ASKABLE), freeze_field=freeze_field,
        questions=[one for one in found if one.removed_at is None], words=KIND_OF_QUESTION,
        removed=[one for one in found if one.removed_at is not None],
    )  # fmt: skip


@bp.route("/new", methods=["GET"])
@access.staff("organiser")
def new(slug: str) -> str:
    """An empty question."""
    event = _event(slug)
    return render_template("registration/question.html", event=event, form=QuestionForm().offer(event), question=None)


@bp.post("/new")
@access.staff("organiser")
def add(slug: str) -> Page:
    """Ask one question more."""
    event = _event(slug)
    form = QuestionForm().offer(event)
    if done(form, lambda: rules.add_question(event, form.facts(), actor=current_actor(), at=now())):
        flash(_("The question is asked from now on."), "good")
        return redirect(url_for(".asking", slug=slug), 303)
    return render_template("registration/question.html", event=event, form=form, question=None), 422


@bp.get("/<public_id>")
@access.staff("organiser")
def question(slug: str, public_id: str) -> str:
    """One question, as it stands."""
    event = _event(slug)
    found = get_question(event, public_id)
    form = QuestionForm().offer(event).show(found)
    return render_template("registration/question.html", event=event, form=form, question=found)


@bp.post("/<public_id>")
@access.staff("organiser")
def correct(slug: str, public_id: str) -> Page:
    """Correct a question; answers given stay."""
    event = _event(slug)
    found, form = get_question(event, public_id), QuestionForm().offer(event)
    if done(form, lambda: rules.change_question(found, form.facts(), actor=current_actor(), at=now())):
        flash(_("The question is saved."), "good")
        return redirect(url_for(".asking", slug=slug), 303)
    return render_template("registration/question.html", event=event, form=form, question=found), 422


@bp.post("/<public_id>/<any(up, down, remove, back):gesture>")
@access.staff("organiser")
def arrange(slug: str, public_id: str, gesture: str) -> Response:
    """Move a question, take it away, or put it back with its answers."""
    found, actor, at = get_question(_event(slug), public_id), current_actor(), now()
    if gesture == "remove":
        rules.remove_question(found, actor=actor, at=at)
        flash(_("The question is no longer asked. Its answers are kept: put it back below to see them again."), "good")
    elif gesture == "back":
        rules.put_back(found, actor=actor, at=at)
    else:
        rules.move_question(found, -1 if gesture == "up" else 1, actor=actor, at=at)
    db.session.commit()
    return redirect(url_for(".asking", slug=slug), 303)
