"""The categories of an event: their names, places, colours and shapes."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app import access
from app.accounts.actor import current_actor
from app.clock import now
from app.database import db
from app.errors import Refusal
from app.events import categories as rules
from app.events import forms
from app.events.deadlines import set_category_deadline
from app.events.models import Category, Event
from app.events.queries import get_category, get_event_for
from app.i18n import _
from app.views import done

bp = Blueprint("categories", __name__, url_prefix="/organise/<slug>/settings/categories")
Answer = str | Response | tuple[str, int]


@bp.get("")
@access.staff("organiser")
def categories(slug: str) -> str:
    """Those there are, and a form for one more."""
    event = get_event_for(current_user, slug, "organiser")
    return render_template("events/categories.html", event=event, form=forms.CategoryForm())


@bp.post("")
@access.staff("organiser")
def add(slug: str) -> Answer:
    """One more; a refusal keeps what was typed."""
    event, form = get_event_for(current_user, slug, "organiser"), forms.CategoryForm()
    if done(form, lambda: _add(event, form)):
        flash(_("The category is added."), "good")
        return redirect(url_for(".categories", slug=slug), 303)
    return render_template("events/categories.html", event=event, form=form), 422


@bp.get("/<key>")
@access.staff("organiser")
def category(slug: str, key: str) -> str:
    """One category, as it stands."""
    event = get_event_for(current_user, slug, "organiser")
    found = get_category(event, key)
    form = forms.category_form(found)
    return render_template("events/category.html", event=event, form=form, category=found)


@bp.post("/<key>")
@access.staff("organiser")
def change(slug: str, key: str) -> Answer:
    """Correct it; a refusal keeps what was typed."""
    event, form = get_event_for(current_user, slug, "organiser"), forms.CategoryForm()
    found = get_category(event, key)
    if done(form, lambda: _change(found, form)):
        flash(_("The category is saved."), "good")
        return redirect(url_for(".categories", slug=slug), 303)
    return render_template("events/category.html", event=event, form=form, category=found), 422


@bp.post("/<key>/remove")
@access.staff("organiser")
def remove(slug: str, key: str) -> Response:
    """Take it away, unless somebody is in it."""
    found = get_category(get_event_for(current_user, slug, "organiser"), key)
    try:
        rules.remove_category(found, actor=current_actor(), at=now())
        db.session.commit()
        flash(_("The category is removed."), "good")
    except Refusal as refusal:
        db.session.rollback()
        flash(refusal.sentence, "refused")
    return redirect(url_for(".categories", slug=slug), 303)


def _add(event: Event, form: forms.CategoryForm) -> None:
    actor, at = current_actor(), now()
    category = rules.add_category(event, form.sort(), actor=actor, at=at)
    set_category_deadline(category, form.limit(), actor=actor, at=at)


def _change(category: Category, form: forms.CategoryForm) -> None:
    actor, at = current_actor(), now()
    rules.change_category(category, form.sort(), actor=actor, at=at)
    set_category_deadline(category, form.limit(), actor=actor, at=at)
