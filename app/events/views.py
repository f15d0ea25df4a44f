"""The organiser's pages on an event itself: settings, status, next edition."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app import access
from app.accounts.actor import current_actor
from app.accounts.service import grant
from app.clock import now
from app.database import db
from app.errors import NotAllowed
from app.events import forms, service
from app.events.beginnings import begin_event
from app.events.models import Event
from app.events.queries import get_event_for
from app.events.settings import change_settings
from app.i18n import _
from app.text import slug as to_slug
from app.views import done

bp = Blueprint("events", __name__)
Answer = str | Response | tuple[str, int]


def _settings_page(event: Event, form: forms.SettingsForm) -> str:
    return render_template(
        "events/settings.html", event=event, form=form, steps=service.STEPS[event.status],
        quota_field=forms.quota_field,
    )  # fmt: skip


@bp.get("/organise/<slug>/settings")
@access.staff("organiser")
def settings(slug: str) -> str:
    """Everything that may be changed, as it stands."""
    event = get_event_for(current_user, slug, "organiser")
    return _settings_page(event, forms.settings_form(event, is_filled=True))


@bp.post("/organise/<slug>/settings")
@access.staff("organiser")
def change(slug: str) -> Answer:
    """Change the settings; what cannot be keeps the page with all that was typed."""
    event = get_event_for(current_user, slug, "organiser")
    form = forms.settings_form(event, is_filled=False)
    actor, at = current_actor(), now()
    if done(form, lambda: change_settings(event, forms.settings_typed(form, event), actor=actor, at=at)):
        flash(_("The settings are saved."), "good")
        return redirect(url_for("events.settings", slug=slug), 303)
    return _settings_page(event, form), 422


@bp.post("/organise/<slug>/status")
@access.staff("organiser")
def change_status(slug: str) -> Response:
    """Open, close or archive the event."""
    event = get_event_for(current_user, slug, "organiser")
    service.change_status(event, request.form.get("status", ""), actor=current_actor(), at=now())
    db.session.commit()
    flash(_("The status of the event is changed."), "good")
    return redirect(url_for("events.settings", slug=slug), 303)


@bp.get("/organise/<slug>/new-edition")
@access.staff("organiser")
def new_edition(slug: str) -> str:
    """Ask for the first day of the next edition."""
    event = get_event_for(current_user, slug, "organiser")
    return render_template("events/new_edition.html", event=event, form=forms.NewEditionForm())


@bp.post("/organise/<slug>/new-edition")
@access.staff("organiser")
def make_new_edition(slug: str) -> Answer:
    """Make it, and show it; a day in the past keeps the page with what was typed."""
    event, form = get_event_for(current_user, slug, "organiser"), forms.NewEditionForm()
    if made := done(form, lambda: _make(event, form)):
        flash(_("The new edition is a draft: nobody outside sees it yet."), "good")
        return redirect(url_for("overview.home", slug=made.value.slug), 303)
    return render_template("events/new_edition.html", event=event, form=form), 422


@bp.get("/organise/new")
@access.staff("organiser")
def new_event() -> str:
    """Ask how a first event is called, and its day."""
    _check_everywhere()
    return render_template("events/new_event.html", form=forms.NewEventForm())


@bp.post("/organise/new")
@access.staff("organiser")
def begin() -> Answer:
    """Make it, and show its settings; a refusal keeps what was typed."""
    _check_everywhere()
    form = forms.NewEventForm()
    if made := done(form, lambda: begin_event(form.beginning(), actor=current_actor(), at=now())):
        flash(_("The event is a draft: nobody outside sees it yet. What is known of it goes here."), "good")
        return redirect(url_for("events.settings", slug=made.value.slug), 303)
    return render_template("events/new_event.html", form=form), 422


def _check_everywhere() -> None:
    """An event is begun by whoever works on all of them. Raises NotAllowed."""
    if not current_user.has_role_everywhere("organiser"):
        raise NotAllowed


def _make(event: Event, form: forms.NewEditionForm) -> Event:
    """The edition; whoever made it may work on it."""
    actor, at = current_actor(), now()
    made = service.new_edition(
        event, starts_on=form.starts_on.data, actor=actor, at=at, slug=to_slug(form.slug.data or "")
    )
    grant(current_user, "organiser", made.id)
    return made
