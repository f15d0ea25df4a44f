"""At the desk, beside the scan: what an "already in" was; and for who leads, what the rule does not allow."""

from typing import Any

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from app import access
from app.checkin import leading
from app.checkin.answers import DOCUMENT_WORDS, answer_of, guest_of
from app.checkin.forms import AnywayForm, InsteadForm, RemarkForm, WalkInForm, walk_in_form
from app.checkin.leading import Decided
from app.checkin.ledger import Passage
from app.checkin.places import Place, place_of
from app.checkin.service import documents_of, examine
from app.checkin.standing import Standing
from app.checkin.views_credentials import standing_at
from app.clock import now
from app.codes import new_public_id
from app.database import db
from app.errors import NotAllowed
from app.events.queries import get_category
from app.registration.models import Registration
from app.registration.queries import get_registration
from app.views import done

bp = Blueprint("desk_lead", __name__, url_prefix="/desk/<slug>/at/<device>")
Page = str | Response | tuple[str, int]
NONCES = {"nonce": new_public_id, "way": "in"}


def _lead(slug: str, device: str) -> Standing:
    """The desk, for who leads. Raises NotAllowed."""
    here = standing_at(slug, device)
    if not here.is_lead:
        raise NotAllowed
    return here


@bp.post("/remark")
@access.desk("agent", "lead")
def remark(slug: str, device: str) -> Page:
    """Went out and came back, or a copy: noted, and the lead told of a copy."""
    here, form = standing_at(slug, device), RemarkForm()
    if not form.validate():
        raise leading.NothingToOverride
    guest = get_registration(here.event, form.registration.data or "")
    verdict = leading.explain(here.event, guest, _passage(here, form), form.remark.data or "")
    scan = verdict.scan.public_id if verdict.scan else ""
    answer, place = answer_of(verdict, here.event, now()), place_of(here)
    db.session.commit()
    if request.headers.get("X-Fragment") == "panel":
        return render_template("desk/_panel.html", place=place, kind="answer", answer=answer, **NONCES)
    return redirect(place.url("answer", scan=scan), 303)


@bp.get("/decide/<registration>")
@access.desk("lead", role="organiser")
def decide(slug: str, device: str, registration: str) -> str:
    """What a lead may do for this guest."""
    here = _lead(slug, device)
    guest = get_registration(here.event, registration)
    return _decide_page(here, guest, AnywayForm(prefix="anyway"), InsteadForm(prefix="instead"))


@bp.post("/decide/<registration>/anyway")
@access.desk("lead", role="organiser")
def anyway(slug: str, device: str, registration: str) -> Page:
    """Let in against the rule, with the reason."""
    here, form = _lead(slug, device), AnywayForm(prefix="anyway")
    guest = get_registration(here.event, registration)
    made = done(form, lambda: _let_in(here, guest, form))
    if made:
        return redirect(place_of(here).url("answer", scan=made.value), 303)
    return _decide_page(here, guest, form, InsteadForm(formdata=None, prefix="instead")), 422


@bp.post("/decide/<registration>/instead")
@access.desk("lead", role="organiser")
def instead(slug: str, device: str, registration: str) -> Page:
    """Another person takes the place, one for one; then they are shown to be let in."""
    here, form = _lead(slug, device), InsteadForm(prefix="instead")
    guest = get_registration(here.event, registration)
    made = done(form, lambda: _come_instead(here, guest, form))
    if made:
        return redirect(place_of(here).url("person", registration=made.value, road="search"), 303)
    return _decide_page(here, guest, AnywayForm(formdata=None, prefix="anyway"), form), 422


@bp.get("/walk-in")
@access.desk("lead", role="organiser")
def walk_in(slug: str, device: str) -> str:
    """Somebody who is on no list."""
    here = _lead(slug, device)
    return _walk_in_page(here, walk_in_form(here.event))


@bp.post("/walk-in")
@access.desk("lead", role="organiser")
def walk_in_post(slug: str, device: str) -> Page:
    """Give a place on the spot, then show the person to be let in."""
    here = _lead(slug, device)
    form = walk_in_form(here.event)
    if made := done(form, lambda: _register(here, form)):
        return redirect(place_of(here).url("person", registration=made.value, road="search"), 303)
    return _walk_in_page(here, form), 422


def _passage(here: Standing, form: Any, *, reason: str = "", is_waived: bool = False) -> Passage:
    nonce = form.nonce.data or ""
    return Passage(here.device, nonce, "typed", here.agent, now(), reason=reason, is_waived=is_waived)


def _let_in(here: Standing, guest: Registration, form: AnywayForm) -> str:
    """Either the way back out ("undo") or in, as the guest stands; the public id of the row."""
    reason, document = form.reason.data or "", form.document.data or ""
    passage = _passage(here, form, reason=reason, is_waived=document == "waived")
    if form.undo.data:
        return leading.undo(here.event, guest, passage, is_lead=True).public_id
    shown = "" if passage.is_waived else document
    verdict = leading.admit_anyway(here.event, guest, passage, document=shown)
    return verdict.scan.public_id if verdict.scan else ""


def _come_instead(here: Standing, guest: Registration, form: InsteadForm) -> str:
    decided = Decided(here.actor, now(), form.reason.data or "")
    return leading.come_instead(guest, form.who(), decided).public_id


def _register(here: Standing, form: WalkInForm) -> str:
    category = get_category(here.event, form.category.data or "")
    over = form.over.data or ""
    made = leading.walk_in(here.event, category, form.who(), over=over, actor=here.actor, at=now())
    return made.public_id


def _decide_page(here: Standing, guest: Registration, anyway: AnywayForm, instead: InsteadForm) -> str:
    place: Place = place_of(here)
    verdict = examine(here.event, guest, now(), device=here.device)
    anyway.offer([(kind, DOCUMENT_WORDS[kind]) for kind in documents_of(here.device)], is_asked=here.event.id_check)
    shown = {"guest": guest_of(guest), "anyway": anyway, "instead": instead, "result": verdict.result}
    answer = answer_of(verdict, here.event, now())
    head = {"gate": place.gate, "back_url": place.url("desk")}
    return render_template("desk/decide.html", place=place, desk=head, answer=answer, **shown, new_nonce=new_public_id)


def _walk_in_page(here: Standing, form: WalkInForm) -> str:
    place = place_of(here)
    head = {"gate": place.gate, "back_url": place.url("desk")}
    return render_template("desk/walk_in.html", place=place, desk=head, form=form)
