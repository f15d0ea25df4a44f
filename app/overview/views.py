"""The organiser's pages on events as wholes: the list, one event's home, its journal."""

from flask import Blueprint, render_template, request
from flask_login import current_user

from app import access
from app.audit.queries import list_entries
from app.clock import now
from app.errors import NotFound
from app.events.queries import get_event_for, list_events_for
from app.overview import journal as words
from app.overview.queries import PAGE, count_entries, counts_of, event_state
from app.overview.today import days_words, decisions, timeline

bp = Blueprint("overview", __name__)


@bp.get("/organise/")
@access.staff("organiser")
def events() -> str:
    """Events the account may work on: to come, past."""
    found = list_events_for(current_user, "organiser")
    at = now()
    coming = [e for e in reversed(found) if (e.ends_at or e.starts_at) >= at and e.status != "archived"]
    past = [e for e in found if e not in coming]
    return render_template("overview/events.html", coming=coming, past=past, counts=counts_of(found))


@bp.get("/organise/<slug>/")
@access.staff("organiser")
def home(slug: str) -> str:
    """One event: how far it is, what to decide now, its seats, its door."""
    event = get_event_for(current_user, slug, "organiser")
    at, state = now(), event_state(event)
    return render_template(
        "overview/home.html",
        event=event,
        days=days_words(event),
        state=state,
        decisions=decisions(event, state, at),
        timeline=timeline(event, state, at),
    )


@bp.get("/organise/<slug>/journal")
@access.staff("organiser")
def journal(slug: str) -> str:
    """Who changed what, the newest first, fifty a page."""
    event = get_event_for(current_user, slug, "organiser")
    total, page = count_entries(event), request.args.get("page", 1, type=int)
    pages = max(1, -(-total // PAGE))
    if not 1 <= page <= pages:
        raise NotFound
    return render_template(
        "overview/journal.html",
        event=event,
        entries=list_entries(event.public_id, page=page, size=PAGE),
        page=page,
        pages=pages,
        total=total,
        words=words,
    )
