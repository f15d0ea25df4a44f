"""The published minutes for everyone. Drafts never appear here, whatever address is tried."""

from flask import Blueprint, Response, render_template

from app import access
from app.events.queries import get_public_event
from app.i18n import language
from app.minutes import drawing, telling
from app.minutes.queries import get_published, list_published
from app.text import file_name

bp = Blueprint("public_minutes", __name__)
bp.record_once(lambda state: state.app.jinja_env.globals.update(telling=telling))


@bp.get("/e/<slug>/minutes")
@bp.get("/e/<slug>/minutes/v<int:version>")
@access.public()
def minutes(slug: str, version: int | None = None) -> str:
    """The latest version; with a number, that one, at an address that stays."""
    event = get_public_event(slug)
    record = get_published(event, version)
    versions = list_published(event)
    return render_template("minutes/minutes.html", event=event, minutes=record, versions=versions)


@bp.get("/e/<slug>/minutes.pdf")
@bp.get("/e/<slug>/minutes/v<int:version>.pdf")
@access.public()
def minutes_pdf(slug: str, version: int | None = None) -> Response:
    """The same to print."""
    record = get_published(get_public_event(slug), version)
    name = file_name(f"{slug} minutes v{record.version}", "pdf")
    disposition = {"Content-Disposition": f'inline; filename="{name}"'}
    pdf = drawing.minutes_pdf(record, language())
    return Response(pdf, mimetype="application/pdf", headers=disposition)
