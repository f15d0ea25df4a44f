"""The desk: scan, look, check the identity, admit.

Every gesture is a form that works without JavaScript: it answers with a redirect to a page that
shows the result. `desk.js` sends the same forms with the header `X-Fragment: panel` and gets the
panel of that page at once, so that the camera goes on.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from app import access
from app.accounts.actor import current_actor
from app.checkin import enrolling, leading, queries, service
from app.checkin.answers import COMMON_DOCUMENTS, Guest, answer_of, guest_of
from app.checkin.conflict_queries import count_conflicts
from app.checkin.desk_kit import Kit, kit_of
from app.checkin.forms import AdmitForm, OpenDeskForm, RequestForm, ScanForm, UndoForm
from app.checkin.models import Device
from app.checkin.places import Place, list_own_gates, place_of
from app.checkin.rehearsal_answers import guest_of as guest_of_rehearsal
from app.checkin.rehearsal_queries import search_guests
from app.checkin.rows import ROADS
from app.checkin.service import Passage, Verdict
from app.checkin.views_credentials import is_enrolled, standing_at
from app.clock import now
from app.codes import new_public_id
from app.database import db
from app.errors import Refusal
from app.events.models import Event
from app.events.phases import is_over
from app.events.queries import get_event_for, list_events_for
from app.extensions import settings
from app.i18n import _
from app.registration.models import Registration
from app.registration.queries import get_registration

bp = Blueprint("desk", __name__, url_prefix="/desk")
Page = str | AnyResponse | tuple[str, int]
# A cancelled event still has a door: guests who come must be told.
RECEIVING = ("open", "closed", "cancelled")


@dataclass(frozen=True)
class Work:
    """One request at a desk: the rows, the place, the present."""

    event: Event
    device: Device
    place: Place
    at: datetime
    agent: str
    is_lead: bool

    def passage(self, form: RequestForm) -> Passage:
        """The request as the ledger keeps it."""
        nonce, road = form.nonce.data or "", form.road.data or "typed"
        return Passage(self.device, nonce, road, self.agent, self.at, direction=form.direction.data or "in")


def work_at(slug: str, device_id: str) -> Work:
    """The desk of this request, at work now. Raises NotFound."""
    desk = standing_at(slug, device_id)
    return Work(desk.event, desk.device, place_of(desk), now(), desk.agent, desk.is_lead)


def panel(place: Place, kind: str, status: int = 200, **shown: object) -> tuple[str, int]:
    """The panel alone for desk.js, else the whole page around it."""
    is_fragment = request.headers.get("X-Fragment") == "panel"
    template = "desk/_panel.html" if is_fragment else "desk/desk.html"
    known: dict[str, Any] = {"place": place, "kind": kind, "nonce": new_public_id, "desk": _head(place), "way": _way()}
    return render_template(template, **{**known, **shown, "kit": None if is_fragment else _kit()}), status


def _kit() -> Kit | None:
    """What an enrolled device needs to go on without us; an account's desk works with a network only."""
    return kit_of(*g.desk) if is_enrolled() else None


def _way() -> str:
    """Whether this desk counts people in or out."""
    return "out" if "out" in (request.args.get("way"), request.form.get("direction")) else "in"


def _head(place: Place) -> dict[str, str]:
    return {"gate": place.gate, "back_url": "" if place.is_enrolled else url_for("desk.open_desk", slug=place.slug)}


def _person(work: Work, guest: Guest, road: str, error: str = "") -> tuple[str, int]:
    """Who it is, waiting for the decision of the person at the desk."""
    form = AdmitForm(formdata=None, road=road, registration=guest.public_id)
    form.document.data = queries.find_last_document(work.device) if work.place.id_check else ""
    db.session.rollback()  # nothing was written: no lock waits for the drawing
    return panel(
        work.place, "person", 422 if error else 200, guest=guest, form=form, error=error, common=COMMON_DOCUMENTS
    )


def _conclude(work: Work, verdict: Verdict) -> Page:
    """Commit, then show the answer, or go to the page that shows it."""
    answer = answer_of(verdict, work.event, work.at)
    scan = verdict.scan.public_id if verdict.scan else ""
    db.session.commit()
    if request.headers.get("X-Fragment") == "panel":
        return panel(work.place, "answer", answer=answer)
    return redirect(work.place.url("answer", scan=scan), 303)


@bp.get("/")
@access.staff("reception")
def events() -> str:
    """Events whose reception this account may work at; today's and the next ones first."""
    known = [e for e in list_events_for(current_user, "reception") if e.status in RECEIVING]
    past = [e for e in known if is_over(e, now())]
    coming = [e for e in reversed(known) if e not in past]
    return render_template("desk/events.html", events=coming + past)


@bp.get("/<slug>/")
@access.staff("reception")
def open_desk(slug: str) -> str:
    """Ask which desk this is."""
    event = get_event_for(current_user, slug, "reception")
    return render_template("desk/open.html", event=event, form=OpenDeskForm(), gates=queries.list_gates(event))


@bp.post("/<slug>/")
@access.staff("reception")
def open_desk_post(slug: str) -> Page:
    """Make this browser a desk."""
    event = get_event_for(current_user, slug, "reception")
    form = OpenDeskForm()
    if not form.validate():
        gates = queries.list_gates(event)
        return render_template("desk/open.html", event=event, form=form, gates=gates), 422
    device = service.open_desk(event, form.gate.data or "", current_actor(), now())
    address = url_for("desk.desk", slug=slug, device=device.public_id)
    db.session.commit()
    return redirect(address, 303)


@bp.get("/<slug>/at/<device>")
@access.desk("agent", "lead")
def desk(slug: str, device: str) -> Page:
    """Ready for the next guest, or the people a search found."""
    work = work_at(slug, device)
    words = request.args.get("words")
    if words is None:
        return panel(work.place, "ready", words="", gates=list_own_gates(work.event, work.device))
    try:
        found = _found(service.search(work.event, words)) + [
            guest_of_rehearsal(r) for r in search_guests(work.event, words)
        ]
    except Refusal as refusal:
        return panel(work.place, "ready", refusal.status, words=words, error=refusal.sentence)
    return panel(work.place, "found", words=words, found=found)


def _found(registrations: list[Registration]) -> list[Guest]:
    names = [r.person.formal_name.casefold() for r in registrations]
    return [
        guest_of(registration, has_namesake=names.count(name) > 1)
        for registration, name in zip(registrations, names, strict=True)
    ]


@bp.post("/<slug>/at/<device>/gate")
@access.desk("agent", "lead")
def stand_at(slug: str, device: str) -> Page:
    """Move the desk to another of its gates."""
    work, form = work_at(slug, device), RequestForm()
    if form.validate():
        enrolling.move_to(work.device, work.event, request.form.get("gate", ""))
        db.session.commit()
    return redirect(work.place.url("desk"), 303)


@bp.post("/<slug>/at/<device>/scan")
@access.desk("agent", "lead")
def scan(slug: str, device: str) -> Page:
    """A code, or someone chosen from a search: show who it is, or why not."""
    work, form = work_at(slug, device), ScanForm()
    if not form.validate() or not (form.code.data or form.registration.data):
        error = _("Please scan a badge, or type the code under it.")
        return panel(work.place, "ready", 422, words="", error=error)
    if form.direction.data == "out":
        return _conclude(work, _go_out(work, form))
    verdict = _look(work, form)
    if verdict.result != "admitted" or verdict.registration is None:
        return _conclude(work, service.refuse(work.event, verdict, work.passage(form)))
    guest, road = guest_of(verdict.registration, with_notes=True), form.road.data or "typed"
    if request.headers.get("X-Fragment") == "panel":
        return _person(work, guest, road)
    return redirect(work.place.url("person", registration=guest.public_id, road=road), 303)


def _look(work: Work, form: ScanForm) -> Verdict:
    if form.code.data:
        secret = settings().secret_key
        return service.examine_code(work.event, form.code.data, work.at, device=work.device, secret=secret)
    registration = get_registration(work.event, form.registration.data or "")
    return service.examine(work.event, registration, work.at, device=work.device)


def _go_out(work: Work, form: ScanForm) -> Verdict:
    """Leaving asks for no document: one scan is enough."""
    passage = work.passage(form)
    if form.code.data:
        return service.admit_code(work.event, form.code.data, passage, secret=settings().secret_key)
    return service.admit(work.event, get_registration(work.event, form.registration.data or ""), passage)


@bp.get("/<slug>/at/<device>/person/<registration>")
@access.desk("agent", "lead")
def person(slug: str, device: str, registration: str) -> Page:
    """Who it is; what the door would answer when the person may not come in any more."""
    work = work_at(slug, device)
    found = get_registration(work.event, registration)
    verdict = service.examine(work.event, found, work.at, device=work.device)
    if verdict.result != "admitted":
        return panel(work.place, "answer", answer=answer_of(verdict, work.event, work.at))
    road = request.args.get("road", "")
    return _person(work, guest_of(found, with_notes=True), road if road in ROADS else "search")


@bp.post("/<slug>/at/<device>/admit")
@access.desk("agent", "lead")
def admit(slug: str, device: str) -> Page:
    """Let in, or keep that the identity does not match."""
    work, form = work_at(slug, device), AdmitForm()
    if not form.validate():
        return panel(work.place, "ready", 422, words="", error=service.StaleRequest().sentence)
    registration = get_registration(work.event, form.registration.data or "")
    passage, document = work.passage(form), form.document.data or ""
    if form.decision.data == "differs":
        verdict = Verdict("identity_refused", registration)
        return _conclude(work, service.refuse(work.event, verdict, passage, document=document))
    try:
        return _conclude(work, service.admit(work.event, registration, passage, document=document))
    except service.DocumentMissing as missing:
        return _person(work, guest_of(registration, with_notes=True), passage.road, missing.sentence)


@bp.post("/<slug>/at/<device>/undo")
@access.desk("agent", "lead")
def undo(slug: str, device: str) -> Page:
    """Take the last admission back."""
    work, form = work_at(slug, device), UndoForm()
    if not form.validate():
        return panel(work.place, "ready", 422, words="", error=service.StaleRequest().sentence)
    registration = get_registration(work.event, form.registration.data or "")
    row = leading.undo(work.event, registration, work.passage(form), is_lead=work.is_lead)
    return _conclude(work, service.verdict_of(row))


@bp.get("/<slug>/at/<device>/answer/<scan>")
@access.desk("agent", "lead")
def answer(slug: str, device: str, scan: str) -> Page:
    """The answer that a gesture was given, again."""
    work = work_at(slug, device)
    verdict = service.verdict_of(queries.get_scan(work.event, scan))
    return panel(work.place, "answer", answer=answer_of(verdict, work.event, work.at))


@bp.get("/<slug>/at/<device>/counts")
@access.desk("agent", "lead", "observer")
def counts(slug: str, device: str) -> Response:
    """How many are in today, how many are still expected; a fragment that js/poll.js fetches."""
    work = work_at(slug, device)
    present = queries.count_present(work.event, service.day_of(work.event, work.at))
    expected = max(queries.count_expected(work.event) - present, 0)
    shown = {"present": present, "expected": expected, "place": work.place}
    shown["conflicts"] = count_conflicts(work.event) if work.is_lead else 0
    response = make_response(render_template("desk/_counts.html", **shown))
    response.add_etag()
    response.make_conditional(request)
    return response
