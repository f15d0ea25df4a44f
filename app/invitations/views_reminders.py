"""Reminders: planned by days before the deadline, their recipients shown before anything leaves."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app import access
from app.accounts.actor import current_actor
from app.clock import now
from app.database import db
from app.events.models import Event
from app.events.queries import get_event_for
from app.events.service import closing_instant
from app.i18n import _
from app.invitations import campaign_queries, reminders
from app.invitations.forms_mailing import ReminderForm
from app.invitations.words import STATE_WORDS
from app.views import done

bp = Blueprint("reminders", __name__, url_prefix="/organise/<slug>/reminders")
Page = str | Response | tuple[str, int]
# Names shown of a reminder; the rest is counted.
SHOWN = 200


@bp.get("")
@access.staff("organiser")
def planned(slug: str) -> str:
    """Which reminders leave, when, and to whom as things stand."""
    event = get_event_for(current_user, slug, "organiser")
    return _planned(event, ReminderForm())


@bp.post("")
@access.staff("organiser")
def plan(slug: str) -> Page:
    """Plan one more."""
    event, form = get_event_for(current_user, slug, "organiser"), ReminderForm()
    facts: dict[str, Any] = {"states": form.states.data or (), "note": form.note()}
    facts |= {"actor": current_actor(), "at": now()}
    if done(form, lambda: reminders.plan_reminder(event, form.days_before.data, **facts)):
        flash(_("The reminder is planned."), "good")
        return redirect(url_for(".planned", slug=slug), 303)
    return _planned(event, form), 422


@bp.post("/<public_id>/drop")
@access.staff("organiser")
def drop(slug: str, public_id: str) -> Response:
    """Plan it no more."""
    event = get_event_for(current_user, slug, "organiser")
    reminders.drop_reminder(campaign_queries.get_reminder(event, public_id), actor=current_actor(), at=now())
    db.session.commit()
    flash(_("This reminder will not leave."), "good")
    return redirect(url_for(".planned", slug=slug), 303)


def _planned(event: Event, form: ReminderForm) -> str:
    at = now()
    letters = reminders.list_planned(event, at)
    return render_template(
        "invitations/reminders.html", event=event, form=form, letters=letters, at=at, shown=SHOWN,
        rules=campaign_queries.list_reminders(event), closing=closing_instant(event), words=STATE_WORDS,
    )  # fmt: skip
