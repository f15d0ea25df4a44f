"""The badge of one person: as it is now, each time it was printed, printed again at the desk."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

import badges as drawn
from app import access
from app.accounts.actor import current_actor
from app.badging import printing, queries, reprinting
from app.badging.faces import spaced
from app.badging.forms import OneBadgeForm
from app.badging.layout import DESIGN, Layout
from app.badging.models import PrintRun
from app.badging.views import pdf_file
from app.clock import now
from app.errors import NotFound
from app.events.models import Event
from app.events.queries import get_event_for
from app.extensions import settings
from app.i18n import _, language
from app.registration.models import Registration
from app.registration.queries import get_registration
from app.text import file_name
from app.views import done

bp = Blueprint("badge", __name__, url_prefix="/organise/<slug>/badge/<public_id>")
bp.add_app_template_global(spaced, "spaced_code")


@bp.get("")
@access.staff("reception")
def badge(slug: str, public_id: str) -> str:
    """The badge at its true size, the log of its prints, the form to print it."""
    event = get_event_for(current_user, slug, "reception")
    return _page(event, get_registration(event, public_id), OneBadgeForm(formdata=None, **_as_last(event)))


@bp.post("")
@access.staff("reception", reads_first=True)
def print_again(slug: str, public_id: str) -> BaseResponse | tuple[str, int]:
    """Print it: the first time as it is; again, as its next version, so that the lost one is worth nothing."""
    event = get_event_for(current_user, slug, "reception")
    registration = get_registration(event, public_id)
    form = OneBadgeForm()
    if not done(form, lambda: _print(event, registration, form)):
        event = get_event_for(current_user, slug, "reception")
        return _page(event, get_registration(event, public_id), form), 422
    flash(_("The badge is drawn: print it, then give it."), "good")
    return redirect(url_for(".badge", slug=slug, public_id=public_id), 303)


@bp.get("/picture.png")
@access.staff("reception")
def picture(slug: str, public_id: str) -> Response:
    """The badge as it is now, as a picture of its own size."""
    event = get_event_for(current_user, slug, "reception")
    found = queries.find_badge_of(get_registration(event, public_id))
    if found is None:
        raise NotFound
    design = request.args.get("design", "")
    layout = Layout(design=design if design in drawn.list_designs() else DESIGN, language=language())
    response = Response(printing.badge_png(event, found, layout), mimetype="image/png")
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.get("/<run_id>.pdf")
@access.staff("reception")
def one_pdf(slug: str, public_id: str, run_id: str) -> Response:
    """The file of one print of this badge, opened by the browser, which prints it."""
    event = get_event_for(current_user, slug, "reception")
    run = queries.get_run_of(get_registration(event, public_id), run_id)
    if run.pdf is None:
        raise NotFound
    return pdf_file(run.pdf, file_name(f"badge-{public_id}-{run.design}", "pdf"), inline=True)


def _print(event: Event, registration: Registration, form: OneBadgeForm) -> PrintRun:
    layout = printing.alone(Layout(design=form.design.data, language=language()))
    return reprinting.print_one(
        event, registration, layout, reason=form.reason.data or "", secret=settings().secret_key,
        actor=current_actor(), at=now(),
    )  # fmt: skip


def _page(event: Event, registration: Registration, form: OneBadgeForm) -> str:
    found = queries.find_badge_of(registration)
    prints = queries.list_prints_of(found) if found else []
    look = drawn.list_designs().get(form.design.data or "") or drawn.get_design(DESIGN)
    return render_template(
        "badging/badge.html", event=event, registration=registration, badge=found, prints=prints, form=form, look=look
    )


def _as_last(event: Event) -> dict[str, str]:
    """The design that was shown or printed last for one person at this event."""
    if request.args.get("design", "") in drawn.list_designs():
        return {"design": request.args["design"]}
    last = queries.find_last_run(event, scope="one")
    return {"design": last.design} if last else {}
