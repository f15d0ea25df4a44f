"""Conflicts of the door: what happened, and the decision a lead takes."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app import access
from app.accounts.actor import current_actor
from app.checkin.answers import WORDS
from app.checkin.conflict_queries import count_conflicts, get_conflict, list_conflicts
from app.checkin.conflict_words import DECISION_WORDS, KINDS
from app.checkin.door_models import Conflict
from app.checkin.forms_conflicts import ConflictForm, ReopenForm, conflict_form
from app.checkin.leading import Decided
from app.checkin.settling import SEEN_ONLY, reopen, settle
from app.clock import now
from app.events.models import Event
from app.events.queries import get_event_for
from app.i18n import _
from app.views import done

bp = Blueprint("conflicts", __name__, url_prefix="/organise/<slug>/door/conflicts")
bp.record_once(lambda state: state.app.jinja_env.globals.update(door_conflicts=count_conflicts))
Page = str | Response | tuple[str, int]


@bp.get("")
@access.staff("organiser")
def conflicts(slug: str) -> str:
    """Those that wait, then those decided."""
    event = get_event_for(current_user, slug, "organiser")
    return render_template(
        "checkin/conflicts.html", event=event, kinds=KINDS, decisions=DECISION_WORDS,
        waiting=list_conflicts(event, is_waiting=True), settled=list_conflicts(event, is_waiting=False),
    )  # fmt: skip


@bp.get("/<conflict>")
@access.staff("organiser")
def conflict(slug: str, conflict: str) -> str:
    """One conflict: who, when, which gates and devices, by which clock."""
    event = get_event_for(current_user, slug, "organiser")
    found = get_conflict(event, conflict)
    return _page(event, found, conflict_form(found.kind))


@bp.post("/<conflict>/reopen")
@access.staff("organiser")
def open_again(slug: str, conflict: str) -> Page:
    """Take a decision up again, with the reason."""
    event = get_event_for(current_user, slug, "organiser")
    form = ReopenForm()
    if done(form, lambda: _reopen(slug, conflict, form)):
        flash(_("The conflict is open again. The decision stays in its history."), "good")
        return redirect(url_for(".conflict", slug=slug, conflict=conflict), 303)
    found = get_conflict(event, conflict)
    return _page(event, found, conflict_form(found.kind), form), 422


@bp.post("/<conflict>")
@access.staff("organiser")
def decide(slug: str, conflict: str) -> Page:
    """Decide, with the reason."""
    event = get_event_for(current_user, slug, "organiser")
    found = get_conflict(event, conflict)
    form = conflict_form(found.kind)
    if done(form, lambda: _settle(slug, conflict, form)):
        flash(_("The decision is kept. The rows of the ledger stay as they are."), "good")
        return redirect(url_for(".conflicts", slug=slug), 303)
    return _page(event, found, form), 422


def _page(event: Event, found: Conflict, form: ConflictForm, again: ReopenForm | None = None) -> str:
    return render_template(
        "checkin/conflict.html", event=event, conflict=found, kinds=KINDS, decisions=DECISION_WORDS, words=WORDS,
        form=form, again=again or ReopenForm(formdata=None),
    )  # fmt: skip


def _reopen(slug: str, public_id: str, form: ReopenForm) -> bool:
    event = get_event_for(current_user, slug, "organiser")
    reopen(event, get_conflict(event, public_id), Decided(current_actor(), now(), form.reason.data or ""))
    return True


def _settle(slug: str, public_id: str, form: ConflictForm) -> bool:
    event = get_event_for(current_user, slug, "organiser")
    found, reason = get_conflict(event, public_id), form.reason.data or ""
    if found.kind in SEEN_ONLY:
        reason = reason or _("Seen")
    settle(event, found, form.decision.data or "", Decided(current_actor(), now(), reason))
    return True
