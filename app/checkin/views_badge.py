"""A badge on demand: printed at the desk for the guest who stands there, by its device or an account."""

from flask import Blueprint, Response, redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from app import access
from app.badging import printing, queries, reprinting
from app.badging.layout import DESIGN, Layout
from app.badging.models import PrintRun
from app.checkin.forms_badge import DeskBadgeForm
from app.checkin.places import Place, place_of
from app.checkin.standing import Standing
from app.checkin.views_credentials import standing_at
from app.clock import now
from app.errors import NotFound
from app.extensions import settings
from app.i18n import _, language
from app.registration.models import Registration
from app.registration.queries import get_registration
from app.text import file_name
from app.views import done

bp = Blueprint("desk_badge", __name__, url_prefix="/desk/<slug>/at/<device>/badge")
Page = str | AnyResponse | tuple[str, int]


@bp.get("/<registration>")
@access.desk("agent", "lead")
def badge(slug: str, device: str, registration: str) -> str:
    """What was printed for this guest, and the form to print the badge."""
    here = standing_at(slug, device)
    guest = get_registration(here.event, registration)
    return _page(place_of(here), guest, DeskBadgeForm(formdata=None, **_usual(guest)))


@bp.post("/<registration>")
@access.desk("agent", "lead", reads_first=True)
def print_it(slug: str, device: str, registration: str) -> Page:
    """Draw it: the first time as it is; again, as its next version, so that the lost one is worth nothing."""
    here = standing_at(slug, device)
    place, guest, form = place_of(here), get_registration(here.event, registration), DeskBadgeForm()
    if done(form, lambda: _print(here, guest, form)):
        return redirect(place.url("badge:badge", registration=registration), 303)
    return _page(place, get_registration(standing_at(slug, device).event, registration), form), 422


@bp.get("/<registration>/<run_id>.pdf")
@access.desk("agent", "lead")
def badge_pdf(slug: str, device: str, registration: str, run_id: str) -> Response:
    """The file of one print of this badge, opened by the browser, which prints it."""
    run = queries.get_run_of(get_registration(standing_at(slug, device).event, registration), run_id)
    if run.pdf is None:
        raise NotFound
    response = Response(run.pdf, mimetype="application/pdf")
    name = file_name(f"badge-{registration}-{run.design}", "pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _usual(guest: Registration) -> dict[str, str]:
    """The design last printed for one person at this event; a first print needs no other reason."""
    last, found = queries.find_last_run(guest.event, scope="one"), queries.find_badge_of(guest)
    is_first = found is not None and not queries.has_prints(found)
    return {"design": last.design if last else DESIGN, "reason": _("Printed at the desk") if is_first else ""}


def _print(here: Standing, guest: Registration, form: DeskBadgeForm) -> PrintRun:
    layout = printing.alone(Layout(design=form.design.data, language=language()))
    return reprinting.print_one(
        here.event, guest, layout, reason=form.reason.data or "", secret=settings().secret_key, actor=here.actor,
        at=now(),
    )  # fmt: skip


def _page(place: Place, guest: Registration, form: DeskBadgeForm) -> str:
    found = queries.find_badge_of(guest)
    prints = queries.list_prints_of(found) if found else []
    head = {"gate": place.gate, "back_url": place.url("person", registration=guest.public_id)}
    return render_template(
        "desk/badge.html", place=place, desk=head, event=guest.event, guest=guest, badge=found, prints=prints, form=form
    )
