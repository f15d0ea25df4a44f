"""The rehearsal of a door for its organisers: opened, its badges on paper and on screen, what was answered, closed."""

from collections.abc import Sequence

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

import badges
from app import access
from app.accounts.actor import current_actor
from app.badging.layout import Layout
from app.checkin import rehearsal_badges, rehearsing
from app.checkin.answers import WORDS
from app.checkin.rehearsal_cast import SHOWN
from app.checkin.rehearsal_models import RehearsalGuest
from app.checkin.rehearsal_queries import list_guests, list_last_scans
from app.clock import now
from app.database import db
from app.errors import NotFound
from app.events.queries import get_event_for
from app.extensions import settings
from app.i18n import _, language, ngettext
from app.text import file_name

bp = Blueprint("rehearsal", __name__, url_prefix="/organise/<slug>/door/rehearsal")


@bp.get("")
@access.staff("organiser")
def rehearsal(slug: str) -> str:
    """What a rehearsal is, or the one going on: whom each badge shows, its code, the last answers."""
    event = get_event_for(current_user, slug, "organiser")
    guests = list_guests(event)
    return render_template(
        "checkin/rehearsal.html", event=event, guests=guests, shown=SHOWN, codes=_codes(guests), words=WORDS,
        scans=list_last_scans(event) if guests else [],
    )  # fmt: skip


@bp.post("")
@access.staff("organiser")
def open_it(slug: str) -> BaseResponse:
    """Invent the guests."""
    event = get_event_for(current_user, slug, "organiser")
    rehearsing.open_rehearsal(event, secret=settings().secret_key, actor=current_actor(), at=now())
    db.session.commit()
    flash(_("The rehearsal is open: desks know its guests at their next contact."), "good")
    return redirect(url_for(".rehearsal", slug=slug), 303)


@bp.post("/close")
@access.staff("organiser")
def close(slug: str) -> BaseResponse:
    """Remove everything invented."""
    event = get_event_for(current_user, slug, "organiser")
    closed = rehearsing.close_rehearsal(event, actor=current_actor(), at=now())
    db.session.commit()
    told = ngettext("%(num)s scan was rehearsed.", "%(num)s scans were rehearsed.", closed.scans)
    flash(" ".join((_("The rehearsal is closed, its guests are gone."), told)), "good")
    return redirect(url_for(".rehearsal", slug=slug), 303)


@bp.get("/badges.pdf")
@access.staff("organiser")
def badges_pdf(slug: str) -> Response:
    """The badges of the rehearsal, four to a sheet, to cut out."""
    event = get_event_for(current_user, slug, "organiser")
    guests = list_guests(event)
    if not guests:
        raise NotFound
    layout = Layout(paper="a4", language=language())
    response = Response(rehearsal_badges.badges_pdf(event, guests, layout), mimetype="application/pdf")
    word = _("rehearsal")
    name = file_name(f"{slug}-{word}", "pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _codes(guests: Sequence[RehearsalGuest]) -> dict[str, str]:
    """The code of each, drawn, by its short code."""
    return {one.short_code: badges.qr_svg(badges.qr_matrix(one.code), f"QR · {one.name}") for one in guests}
