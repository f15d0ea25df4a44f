"""The figures of the door for a wall: large, without a menu, without a name; for who leads and for observers."""

from typing import Any

from flask import Blueprint, Response, g, make_response, render_template, request
from flask_login import current_user

from app import access
from app.checkin.board import board_of
from app.checkin.figures import figures_of
from app.checkin.queries import list_entries
from app.checkin.service import day_of
from app.checkin.views_credentials import is_enrolled
from app.clock import now
from app.events.models import Event
from app.events.queries import get_event_for

bp = Blueprint("wall", __name__, url_prefix="/organise/<slug>/door/wall")


@bp.get("")
@access.desk("lead", "observer", role="organiser")
def wall(slug: str) -> str:
    """Today's figures, filled again every five seconds."""
    return render_template("checkin/wall.html", **_shown(_event(slug)))


@bp.get("/live")
@access.desk("lead", "observer", role="organiser")
def live(slug: str) -> Response:
    """The same figures as a fragment that js/poll.js fetches."""
    response = make_response(render_template("checkin/_wall.html", **_shown(_event(slug))))
    response.add_etag()
    response.make_conditional(request)
    return response


def _event(slug: str) -> Event:
    found: Event = g.desk[0] if is_enrolled() else get_event_for(current_user, slug, "organiser")
    return found


def _shown(event: Event) -> dict[str, Any]:
    at = now()
    day = day_of(event, at)
    entries = list_entries(event, day)
    figures = figures_of(event, day, entries)
    return {"event": event, "figures": figures, "board": board_of(event, day, at, entries, confirmed=figures.expected)}
