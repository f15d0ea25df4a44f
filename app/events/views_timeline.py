"""Every dated rule of an event on one page, and the public pages as of one of those days."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app import access
from app.clock import now
from app.events import rehearsal
from app.events.forms_timeline import RehearsalForm, rehearsal_form
from app.events.models import Event
from app.events.queries import get_event_for
from app.events.timeline import timeline_of

bp = Blueprint("timeline", __name__, url_prefix="/organise/<slug>/timeline")
Answer = str | Response | tuple[str, int]


@bp.app_template_global()
def moment(instant: datetime, event: Event) -> dict[str, str]:
    """An instant as the fields of RehearsalForm."""
    local = instant.astimezone(ZoneInfo(event.timezone))
    return {"day": f"{local:%Y-%m-%d}", "hour": f"{local:%H:%M:%S}"}


@bp.get("")
@access.staff("organiser")
def timeline(slug: str) -> str:
    """What happens when, and what falls on a day nobody works."""
    event = get_event_for(current_user, slug, "organiser")
    return _page(event, rehearsal_form(event, rehearsal.held_instant(event) or now()))


@bp.post("/rehearse")
@access.staff("organiser")
def rehearse(slug: str) -> Answer:
    """Show the event's public page as of a day and an hour; the others follow until the rehearsal ends."""
    event, form = get_event_for(current_user, slug, "organiser"), RehearsalForm()
    if not form.validate():
        return _page(event, form), 422
    rehearsal.begin(event, form.instant(event))
    return redirect(url_for("public.event_page", slug=slug), 303)


@bp.post("/end")
@access.staff("organiser")
def end(slug: str) -> Response:
    """The present again."""
    event = get_event_for(current_user, slug, "organiser")
    rehearsal.end()
    return redirect(url_for(".timeline", slug=event.slug), 303)


def _page(event: Event, form: RehearsalForm) -> str:
    at = now()
    lines = timeline_of(event, at)
    shown = lines if request.args.get("all") else [one for one in lines if not one.is_past]
    return render_template(
        "events/timeline.html", event=event, form=form, lines=shown, hidden=len(lines) - len(shown),
        rehearses=rehearsal.held_instant(event), warned=sum(bool(one.warnings) for one in lines if not one.is_past),
    )  # fmt: skip
