"""The programme for everyone."""

from flask import Blueprint, Response, render_template

from app import access
from app.clock import now
from app.events.phases import is_over
from app.events.queries import get_public_event
from app.i18n import language
from app.programme import drawing
from app.programme.queries import list_sessions
from app.programme.words import ROLES, by_day, group_roles, hours, session_label
from app.text import file_name

bp = Blueprint("public_programme", __name__)
bp.add_app_template_global(hours, "session_hours")
bp.add_app_template_global(session_label, "session_label")
bp.add_app_template_global(ROLES.get, "role_word")
bp.add_app_template_filter(group_roles, "by_role")


@bp.get("/e/<slug>/programme")
@access.public()
def programme(slug: str) -> str:
    """Sessions by day, with their people."""
    event = get_public_event(slug)
    days = by_day(list_sessions(event), event)
    is_to_come = event.status in {"open", "closed"} and not is_over(event, now())
    return render_template("programme/programme.html", event=event, days=days, is_to_come=is_to_come)


@bp.get("/e/<slug>/programme.pdf")
@access.public()
def programme_pdf(slug: str) -> Response:
    """The programme to print."""
    event = get_public_event(slug)
    name = file_name(f"{event.slug} programme", "pdf")
    disposition = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(drawing.programme_pdf(event, language()), mimetype="application/pdf", headers=disposition)
