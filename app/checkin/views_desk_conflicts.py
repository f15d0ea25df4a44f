"""Conflicts of the door on the lead's own phone: every fact, the decision, and a decision taken up again."""

from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response

from app import access
from app.checkin.answers import DOCUMENT_WORDS, WORDS
from app.checkin.conflict_queries import get_conflict, list_conflicts
from app.checkin.conflict_words import DECISION_WORDS, KINDS
from app.checkin.door_models import Conflict
from app.checkin.forms_conflicts import ConflictForm, ReopenForm, conflict_form
from app.checkin.leading import Decided
from app.checkin.places import Place, place_of
from app.checkin.settling import SEEN_ONLY, reopen, settle
from app.checkin.standing import Standing
from app.checkin.views_credentials import standing_at
from app.clock import now
from app.errors import NotAllowed
from app.i18n import _
from app.views import done

bp = Blueprint("desk_conflicts", __name__, url_prefix="/desk/<slug>/at/<device>/conflicts")
Page = str | Response | tuple[str, int]


def _lead(slug: str, device: str) -> Standing:
    """The desk, for who leads. Raises NotAllowed."""
    here = standing_at(slug, device)
    if not here.is_lead:
        raise NotAllowed
    return here


@bp.get("")
@access.desk("lead", role="organiser")
def conflicts(slug: str, device: str) -> str:
    """Those that wait, then those decided."""
    here = _lead(slug, device)
    waiting, settled = (list_conflicts(here.event, is_waiting=wanted) for wanted in (True, False))
    place = place_of(here)
    shown = {"waiting": waiting, "settled": settled, "event": here.event}
    return render_template("desk/conflicts.html", place=place, desk=_head(place), kinds=KINDS, **shown, **_WORDS)


@bp.get("/<conflict>")
@access.desk("lead", role="organiser")
def conflict(slug: str, device: str, conflict: str) -> str:
    """One conflict: who, when, which gates and devices, by which clock; what may be decided."""
    here = _lead(slug, device)
    found = get_conflict(here.event, conflict)
    return _page(here, found, conflict_form(found.kind), ReopenForm())


@bp.post("/<conflict>")
@access.desk("lead", role="organiser")
def decide(slug: str, device: str, conflict: str) -> Page:
    """Decide, with the reason."""
    here = _lead(slug, device)
    form = conflict_form(get_conflict(here.event, conflict).kind)
    if done(form, lambda: _settle(here, conflict, form)):
        flash(_("The decision is kept. The rows of the ledger stay as they are."), "good")
        return redirect(place_of(here).url("conflicts:conflicts"), 303)
    here = _lead(slug, device)
    return _page(here, get_conflict(here.event, conflict), form, ReopenForm(formdata=None)), 422


@bp.post("/<conflict>/reopen")
@access.desk("lead", role="organiser")
def open_again(slug: str, device: str, conflict: str) -> Page:
    """Take a decision up again, with the reason."""
    here, form = _lead(slug, device), ReopenForm()
    if done(form, lambda: _reopen(here, conflict, form)):
        flash(_("The conflict is open again. The decision stays in its history."), "good")
        return redirect(place_of(here).url("conflicts:conflict", conflict=conflict), 303)
    here = _lead(slug, device)
    found = get_conflict(here.event, conflict)
    return _page(here, found, conflict_form(found.kind), form), 422


_WORDS = {"decisions": DECISION_WORDS, "words": WORDS, "documents": DOCUMENT_WORDS}


def _head(place: Place, back: str = "desk") -> dict[str, str]:
    return {"gate": place.gate, "back_url": place.url(back)}


def _page(here: Standing, found: Conflict, form: ConflictForm, again: ReopenForm) -> str:
    place = place_of(here)
    shown = {"conflict": found, "form": form, "again": again, "event": here.event, "kinds": KINDS, **_WORDS}
    return render_template("desk/conflict.html", place=place, desk=_head(place, "conflicts:conflicts"), **shown)


def _settle(here: Standing, public_id: str, form: ConflictForm) -> bool:
    found, reason = get_conflict(here.event, public_id), form.reason.data or ""
    if found.kind in SEEN_ONLY:
        reason = reason or _("Seen")
    settle(here.event, found, form.decision.data or "", Decided(here.actor, now(), reason))
    return True


def _reopen(here: Standing, public_id: str, form: ReopenForm) -> bool:
    found = get_conflict(here.event, public_id)
    reopen(here.event, found, Decided(here.actor, now(), form.reason.data or ""))
    return True
