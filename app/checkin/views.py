"""The door as the organiser sees it."""

from datetime import date
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request
from flask_login import current_user

from app import access
from app.checkin import queries
from app.checkin.answers import WORDS
from app.checkin.board import FAR_OFF_MS, board_of
from app.checkin.figures import figures_of, list_days_with
from app.clock import now
from app.events.models import Event
from app.events.queries import get_event_for

bp = Blueprint("checkin", __name__)
LAST_SCANS = 12


@bp.get("/organise/<slug>/door")
@access.staff("organiser")
def figures(slug: str) -> str:
    """Who came in, by category, by gate, over time; the last scans."""
    event = get_event_for(current_user, slug, "organiser")
    return render_template("checkin/figures.html", **_shown(event))


@bp.get("/organise/<slug>/door/live")
@access.staff("organiser")
def live(slug: str) -> Response:
    """The same figures as a fragment that js/poll.js fetches."""
    event = get_event_for(current_user, slug, "organiser")
    response = make_response(render_template("checkin/_figures.html", **_shown(event)))
    response.add_etag()
    response.make_conditional(request)
    return response


def _shown(event: Event) -> dict[str, Any]:
    days = list_days_with(event, now())
    asked = request.args.get("day", type=date.fromisoformat)
    day = asked if asked in days else days[-1]
    entries = queries.list_entries(event, day)
    figures = figures_of(event, day, entries)
    return {
        "event": event,
        "days": days,
        "figures": figures,
        "board": board_of(event, day, now(), entries, confirmed=figures.expected),
        "scans": queries.list_recent_scans(event, LAST_SCANS),
        "words": WORDS,
        "far_off": FAR_OFF_MS,
    }
