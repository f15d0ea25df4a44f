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
from app.i18n import _, ngettext
from app.invitations import campaign_queries, reminders
from app.invitations.forms_mailing import ReminderForm, RemindNowForm
from app.invitations.words import STATE_WORDS
from app.views import done

bp = Blueprint("reminders", __name__, url_prefix="/organise/<slug>/reminders")
Page = str | Response | tuple[str, int]
# Invitees reminded in one transaction.
BATCH = 200
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


@bp.get("/now")
@access.staff("organiser")
def ask_now(slug: str) -> str:
    """Who would be reminded at once; nothing leaves yet."""
    return _now(get_event_for(current_user, slug, "organiser"), RemindNowForm())


@bp.post("/now")
@access.staff("organiser")
def remind_now(slug: str) -> Page:
    """Remind those who have not answered, as things stand now."""
    form = RemindNowForm()
    if not form.validate():
        return _now(get_event_for(current_user, slug, "organiser"), form), 422
    number = 0
    while written := _remind_some(slug, form):
        db.session.commit()
        number += written
    said = ngettext("%(num)s guest is reminded.", "%(num)s guests are reminded.", number)
    flash(said if number else _("Nobody was reminded: nobody is left to be."), "good" if number else "attention")
    return redirect(url_for(".planned", slug=slug), 303)


def _remind_some(slug: str, form: RemindNowForm) -> int:
    event = get_event_for(current_user, slug, "organiser")
    return reminders.remind_now(event, form.note(), actor=current_actor(), at=now(), limit=BATCH)


def _now(event: Event, form: RemindNowForm) -> str:
    guests = reminders.list_remindable_now(event, now())
    return render_template(
        "invitations/remind_now.html", event=event, form=form, guests=guests, shown=SHOWN, words=STATE_WORDS,
        is_shared=campaign_queries.rules_of(event).shared_mailbox == "digest",
    )  # fmt: skip


def _planned(event: Event, form: ReminderForm) -> str:
    at = now()
    letters = reminders.list_planned(event, at)
    return render_template(
        "invitations/reminders.html", event=event, form=form, letters=letters, at=at, shown=SHOWN,
        rules=campaign_queries.list_reminders(event), closing=closing_instant(event), words=STATE_WORDS,
        remindable=len(reminders.list_remindable_now(event, at)),
    )  # fmt: skip
