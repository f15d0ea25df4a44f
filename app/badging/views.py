"""Badges on paper, and the entrance code that other pages show."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from app import access
from app.accounts.actor import current_actor
from app.badging import printing
from app.badging.forms import PrintForm
from app.badging.queries import count_badges, list_print_runs
from app.badging.ticket import ticket_for
from app.clock import now
from app.database import db
from app.errors import Refusal
from app.events.queries import get_event_for
from app.i18n import language
from app.text import file_name

bp = Blueprint("badging", __name__)
bp.add_app_template_global(ticket_for)
A_QUARTER = 15 * 60


@bp.get("/organise/<slug>/badges")
@access.staff("organiser")
def badges(slug: str) -> str:
    """How many badges there are to print, what they look like, when they were drawn."""
    event = get_event_for(current_user, slug, "organiser")
    form = PrintForm(formdata=request.args if "design" in request.args else None)
    return render_template(
        "badging/badges.html", event=event, form=form, counts=count_badges(event), runs=list_print_runs(event)
    )


@bp.post("/organise/<slug>/badges/badges.pdf")
@access.staff("organiser", reads_first=True)
def badges_pdf(slug: str) -> BaseResponse:
    """One PDF with every badge."""
    form = PrintForm()
    design = form.design.data if form.validate() else printing.DESIGN
    event = get_event_for(current_user, slug, "organiser")
    who = {"made_by": current_user.name, "actor": current_actor()}
    try:
        pdf = printing.badges_pdf(event, language=language(), at=now(), design=design, **who)
    except Refusal as refusal:
        flash(refusal.sentence, "refused")
        return redirect(url_for("badging.badges", slug=slug, design=design), 303)
    db.session.commit()
    return _file(pdf, "application/pdf", file_name(f"badges-{slug}-{design}", "pdf"))


@bp.post("/organise/<slug>/delegations/<public_id>/badges.pdf")
@access.staff("organiser", reads_first=True)
def delegation_badges(slug: str, public_id: str) -> BaseResponse:
    """The badges of one delegation in one pack."""
    event = get_event_for(current_user, slug, "organiser")
    who = {"made_by": current_user.name, "actor": current_actor()}
    try:
        pdf = printing.badges_pdf(event, language=language(), at=now(), delegation=public_id, **who)
    except Refusal as refusal:
        flash(refusal.sentence, "refused")
        return redirect(url_for("delegations.delegation", slug=slug, public_id=public_id), 303)
    db.session.commit()
    return _file(pdf, "application/pdf", file_name(f"badges-{slug}-{public_id}", "pdf"))


@bp.get("/organise/<slug>/badges/preview.png")
@access.staff("organiser")
def preview(slug: str) -> Response:
    """The badge with the longest name, as a picture."""
    event = get_event_for(current_user, slug, "organiser")
    design = request.args.get("design", printing.DESIGN)
    design = design if design in printing.DESIGNS else printing.DESIGN
    response = Response(printing.sample_png(event, language=language(), design=design), mimetype="image/png")
    response.headers["Cache-Control"] = f"private, max-age={A_QUARTER}"
    return response


def _file(content: bytes, mime: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype=mime, headers=headers)
