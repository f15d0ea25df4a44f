"""The pages of a desk when a guest of a rehearsal stands before it: the same gestures, kept beside the ledger.

They are looked for before the page of the gesture runs, so that no page of the door has to know them.
"""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request

from app.badging.layout import DESIGN, Layout
from app.badging.printing import alone
from app.badging.queries import find_last_run
from app.checkin import queries, rehearsal_badges, rehearsal_door, service
from app.checkin.answers import COMMON_DOCUMENTS
from app.checkin.forms import AdmitForm, RemarkForm, RequestForm, ScanForm, UndoForm
from app.checkin.rehearsal_answers import answer_of, guest_of
from app.checkin.rehearsal_door import Outcome, Shown
from app.checkin.rehearsal_models import RehearsalGuest
from app.checkin.rehearsal_queries import find_scan_of
from app.checkin.rehearsing import is_rehearsal_guest, is_rehearsed
from app.checkin.rows import ROADS
from app.checkin.service import Passage
from app.checkin.views_desk import Page, Work, panel, work_at
from app.clock import now
from app.database import db
from app.errors import NotFound
from app.extensions import settings
from app.i18n import language

bp = Blueprint("desk_rehearsal", __name__)


@bp.before_app_request
def rehearsed() -> Any:
    """The page of a rehearsal, or None: the gesture is a real one. Who may open it was asked before."""
    handler, arguments = _HANDLERS.get(request.endpoint or ""), request.view_args or {}
    if handler is None:
        return None
    told = arguments.get("registration", "") or request.form.get("registration", "") or arguments.get("scan", "")
    if not is_rehearsed(request.form.get("code", ""), told):
        return None
    return handler(work_at(arguments["slug"], arguments["device"]))


def _scan(work: Work) -> Page:
    form = ScanForm()
    if not form.validate():
        raise service.StaleRequest
    shown = _shown(work, form.code.data or "", form.registration.data or "")
    passage = work.passage(form)
    if form.direction.data == "out":
        return _conclude(work, rehearsal_door.admit(work.event, shown, passage))
    seen = rehearsal_door.examine(work.event, shown, passage)
    if seen.result != "admitted" or seen.guest is None:
        return _conclude(work, rehearsal_door.admit(work.event, shown, passage))
    if request.headers.get("X-Fragment") == "panel":
        return _look(work, seen.guest, passage.road)
    return redirect(work.place.url("person", registration=seen.guest.public_id, road=passage.road), 303)


def _person(work: Work) -> Page:
    shown = _shown(work, "", (request.view_args or {})["registration"])
    if shown.guest is None:
        raise NotFound
    road = request.args.get("road", "")
    seen = rehearsal_door.examine(work.event, shown, Passage(work.device, "look", "search", work.agent, now()))
    if seen.result != "admitted":
        return panel(work.place, "answer", answer=answer_of(seen, work.event))
    return _look(work, shown.guest, road if road in ROADS else "search")


def _admit(work: Work) -> Page:
    form = AdmitForm()
    if not form.validate():
        raise service.StaleRequest
    shown, passage = _shown(work, "", form.registration.data or ""), work.passage(form)
    if form.decision.data == "differs":
        return _conclude(work, rehearsal_door.refuse_identity(work.event, shown, passage))
    try:
        return _conclude(work, rehearsal_door.admit(work.event, shown, passage, document=form.document.data or ""))
    except service.DocumentMissing as missing:
        if shown.guest is None:
            raise
        return _look(work, shown.guest, passage.road, missing.sentence)


def _undo(work: Work) -> Page:
    return _gesture(work, UndoForm(), "undo")


def _remark(work: Work) -> Page:
    form = RemarkForm()
    return _gesture(work, form, form.remark.data or "")


def _answer(work: Work) -> Page:
    scan = find_scan_of(work.event, (request.view_args or {})["scan"])
    if scan is None:
        raise NotFound
    outcome = rehearsal_door.answer_of_scan(work.event, scan, work.device)
    return panel(work.place, "answer", answer=answer_of(outcome, work.event))


def _badge(work: Work) -> Page:
    guest = _known(work)
    shown, back = guest_of(guest), work.place.url("person", registration=guest.public_id)
    return render_template(
        "desk/badge_rehearsal.html", place=work.place, desk={"gate": work.place.gate, "back_url": back}, guest=shown,
        has_badge=rehearsal_badges.has_badge(guest),
    )  # fmt: skip


def _badge_pdf(work: Work) -> Page:
    """A sample in the design last printed for one person, drawn anew each time: nothing of it is kept."""
    guest, last = _known(work), find_last_run(work.event, scope="one")
    if not rehearsal_badges.has_badge(guest):
        raise NotFound
    layout = alone(Layout(design=last.design if last else DESIGN, language=language()))
    response = Response(rehearsal_badges.badges_pdf(work.event, [guest], layout), mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="rehearsal.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


_HANDLERS: dict[str, Callable[[Work], Page]] = {
    "desk.scan": _scan,
    "desk.person": _person,
    "desk.admit": _admit,
    "desk.undo": _undo,
    "desk.answer": _answer,
    "desk_lead.remark": _remark,
    "desk_badge.badge": _badge,
    "desk_badge.badge_pdf": _badge_pdf,
}


def _gesture(work: Work, form: RequestForm, kind: str) -> Page:
    if not form.validate():
        raise service.StaleRequest
    shown = _shown(work, "", request.form.get("registration", ""))
    return _conclude(work, rehearsal_door.gesture(work.event, shown, work.passage(form), kind))


def _shown(work: Work, code: str, registration: str) -> Shown:
    if is_rehearsal_guest(registration):
        return rehearsal_door.shown_guest(work.event, registration)
    return rehearsal_door.shown_code(work.event, code, settings().secret_key)


def _known(work: Work) -> RehearsalGuest:
    """The invented guest of the address. Raises NotFound."""
    guest = _shown(work, "", (request.view_args or {})["registration"]).guest
    if guest is None:
        raise NotFound
    return guest


def _look(work: Work, guest: RehearsalGuest, road: str, error: str = "") -> tuple[str, int]:
    """Who it is, waiting for the decision of the person at the desk."""
    form = AdmitForm(formdata=None, road=road, registration=guest.public_id)
    form.document.data = queries.find_last_document(work.device) if work.place.id_check else ""
    shown = guest_of(guest, with_notes=True)
    db.session.rollback()
    return panel(
        work.place, "person", 422 if error else 200, guest=shown, form=form, error=error, common=COMMON_DOCUMENTS
    )


def _conclude(work: Work, outcome: Outcome) -> Page:
    """Commit, then show the answer, or go to the page that shows it."""
    answer = answer_of(outcome, work.event)
    scan = outcome.scan.public_id if outcome.scan else ""
    db.session.commit()
    if request.headers.get("X-Fragment") == "panel":
        return panel(work.place, "answer", answer=answer)
    return redirect(work.place.url("answer", scan=scan), 303)
