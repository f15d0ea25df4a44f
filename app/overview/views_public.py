"""What anyone may read: the events, one event, its colour."""

from babel import Locale
from flask import Blueprint, Response, render_template, request

from app import access
from app.clock import now
from app.events.phases import is_over, phase
from app.events.queries import get_public_event, list_public_events
from app.i18n import language
from app.kept_pages import keep
from app.listing import cut
from app.minutes.queries import find_published
from app.overview.public_state import state_of
from app.pages import A_YEAR
from app.palette import accent_css as sheet_of
from app.programme.queries import list_headlines

bp = Blueprint("public", __name__)


@bp.app_template_global()
def country_name(code: str) -> str:
    """A country's name in the reader's language, from its ISO code."""
    return str(Locale.parse(language()).territories.get(code, code))


@bp.get("/")
@access.public()
def home() -> str:
    """What this is, and the events to come, then those that were."""
    at = now()
    events = list_public_events()
    coming = [event for event in reversed(events) if not is_over(event, at)]
    past = cut(
        [event for event in events if is_over(event, at)], max(request.args.get("page", 1, type=int), 1), size=20
    )
    return render_template("public/home.html", coming=coming, past=past)


@bp.get("/e/<slug>/")
@access.public()
def event_page(slug: str) -> str:
    """One event: when, where, for whom, and what was published about it."""
    return keep(("event", slug), state_of(slug, now()), lambda: _event_page(slug))


def _event_page(slug: str) -> str:
    event = get_public_event(slug)
    return render_template(
        "public/event.html",
        event=event,
        phase=phase(event, now()),
        sessions=list_headlines(event),
        record=find_published(event),
    )


@bp.get("/e/<slug>/accent.css")
@access.public()
def accent_css(slug: str) -> Response:
    """A colour as a style sheet: the one in `v`, so that drafts have theirs and none is revealed."""
    colour = request.args.get("v")
    accent = f"#{colour}" if colour else get_public_event(slug).accent
    answer = Response(sheet_of(accent), mimetype="text/css")
    if colour:
        answer.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return answer
