"""How the door is arranged: gates, documents, days of categories, notes for the desk."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app import access
from app.accounts.actor import current_actor
from app.checkin import door_queries
from app.checkin import gates as rules
from app.checkin.forms_devices import DoorForm, NoteForm, door_form, gate_form
from app.checkin.manifest import list_event_days
from app.checkin.manifest_queries import find_settings
from app.checkin.service import search
from app.clock import now
from app.database import db
from app.errors import Refusal
from app.events.models import Event
from app.events.queries import get_event_for
from app.i18n import _, lazy
from app.registration.models import Registration
from app.views import done

bp = Blueprint("gates", __name__, url_prefix="/organise/<slug>/door")
Page = str | Response | tuple[str, int]


class NoGuest(Refusal):
    """Nobody registered has that name."""

    message = lazy("Nobody of this name is registered. Please check the spelling.")
    status = 422


class NotOneGuest(Refusal):
    """A note belongs to one person."""

    message = lazy("%(number)s guests have this name. Please type the whole name of one.")
    status = 422


@bp.get("/gates")
@access.staff("organiser")
def gates(slug: str) -> str:
    """Every gate, a form for one more, and what the door asks."""
    return _page(get_event_for(current_user, slug, "organiser"))


@bp.post("/gates")
@access.staff("organiser")
def add(slug: str) -> Page:
    """One more gate; a refusal keeps what was typed."""
    event = get_event_for(current_user, slug, "organiser")
    form = gate_form(event, door_queries.list_sessions(event))
    if done(form, lambda: rules.save_gate(event, form.wanted(), actor=current_actor(), at=now())):
        flash(_("The gate is added."), "good")
        return redirect(url_for(".gates", slug=slug), 303)
    return _page(event, form=form), 422


@bp.get("/gates/<gate>")
@access.staff("organiser")
def gate(slug: str, gate: str) -> str:
    """One gate as it stands."""
    event = get_event_for(current_user, slug, "organiser")
    found = door_queries.get_gate(event, gate)
    form = gate_form(event, door_queries.list_sessions(event), found)
    return render_template("checkin/gate.html", event=event, gate=found, form=form)


@bp.post("/gates/<gate>")
@access.staff("organiser")
def change(slug: str, gate: str) -> Page:
    """Correct it; a refusal keeps what was typed."""
    event = get_event_for(current_user, slug, "organiser")
    found = door_queries.get_gate(event, gate)
    form = gate_form(event, door_queries.list_sessions(event))
    if done(form, lambda: rules.save_gate(event, form.wanted(), found, actor=current_actor(), at=now())):
        flash(_("The gate is saved."), "good")
        return redirect(url_for(".gates", slug=slug), 303)
    return render_template("checkin/gate.html", event=event, gate=found, form=form), 422


@bp.post("/gates/<gate>/remove")
@access.staff("organiser")
def remove(slug: str, gate: str) -> Response:
    """Take it away; its passages stay in the ledger."""
    event = get_event_for(current_user, slug, "organiser")
    rules.remove_gate(event, door_queries.get_gate(event, gate), actor=current_actor(), at=now())
    db.session.commit()
    flash(_("The gate is removed. Its desks go on as the main entrance."), "good")
    return redirect(url_for(".gates", slug=slug), 303)


@bp.post("/rules")
@access.staff("organiser")
def choose(slug: str) -> Page:
    """Documents taken, days of categories."""
    event = get_event_for(current_user, slug, "organiser")
    form = _door_form(event)
    if done(form, lambda: _choose(event, form)):
        flash(_("The rules of the door are saved."), "good")
        return redirect(url_for(".gates", slug=slug), 303)
    return _page(event, chosen=form), 422


@bp.get("/notes")
@access.staff("organiser")
def notes(slug: str) -> str:
    """What the desk reads of single guests, and whom the lead looks out for."""
    event = get_event_for(current_user, slug, "organiser")
    return render_template("checkin/notes.html", event=event, notes=door_queries.list_notes(event), form=NoteForm())


@bp.post("/notes")
@access.staff("organiser")
def note(slug: str) -> Page:
    """Write, change or end one."""
    event, form = get_event_for(current_user, slug, "organiser"), NoteForm()
    if done(form, lambda: _note(event, form)):
        flash(_("The note is saved: desks show it at their next contact."), "good")
        return redirect(url_for(".notes", slug=slug), 303)
    return render_template("checkin/notes.html", event=event, notes=door_queries.list_notes(event), form=form), 422


def _page(event: Event, form: Any = None, chosen: DoorForm | None = None) -> str:
    sessions = door_queries.list_sessions(event)
    shown: dict[str, Any] = {
        "gates": door_queries.list_gate_rows(event),
        "form": form or gate_form(event, sessions),
        "chosen": chosen or _door_form(event),
        "names": {category.key: category.name for category in event.categories},
    }
    return render_template("checkin/gates.html", event=event, **shown)


def _door_form(event: Event) -> DoorForm:
    days = list_event_days(event, event.starts_at)
    return door_form(event, days, find_settings(event))


def _choose(event: Event, form: DoorForm) -> object:
    documents = form.documents.data or ()
    return rules.choose(event, documents, form.chosen_days(), actor=current_actor(), at=now())


def _note(event: Event, form: NoteForm) -> bool:
    found: list[Registration] = search(event, form.guest.data or "")
    if not found:
        raise NoGuest
    if len(found) > 1:
        raise NotOneGuest(number=len(found))
    rules.note(found[0], form.words.data or "", is_vip=bool(form.is_vip.data), actor=current_actor(), at=now())
    return True
