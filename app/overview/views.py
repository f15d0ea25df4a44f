"""The organiser's pages on events as wholes: the list, one event's home, its journal."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, render_template, request
from flask_login import current_user

from app import access
from app.clock import now
from app.events.models import Event
from app.events.queries import get_event_for, list_events_for
from app.i18n import here
from app.listing import arrange, asked, cut
from app.overview import journal as words
from app.overview.forms import JournalFilter
from app.overview.journal_queries import page_of_entries
from app.overview.queries import counts_of, event_state
from app.overview.today import days_words, decisions, timeline
from app.text import fold

bp = Blueprint("overview", __name__)


@bp.get("/organise/")
@access.staff("organiser")
def events() -> str:
    """Events the account may work on: to come, past; those past narrowed, sorted and in pages."""
    found, at = list_events_for(current_user, "organiser"), now()
    coming = [e for e in reversed(found) if (e.ends_at or e.starts_at) >= at and e.status != "archived"]
    wanted = asked(("when", "title"), descending=("when",))
    past = cut(arrange([e for e in found if e not in coming], wanted, _SORTS, _told), wanted.page)
    shown = [*coming, *past.rows]
    has_past = len(found) > len(coming)
    return render_template(
        "overview/events.html", coming=coming, past=past, wanted=wanted, counts=counts_of(shown), has_past=has_past
    )


_SORTS: dict[str, Callable[[Event], Any]] = {
    "when": lambda event: event.starts_at,
    "title": lambda event: fold(here(event.title)),
}


def _told(event: Event) -> str:
    """What an event is found by."""
    venue = event.venue
    return " ".join([event.title.fr, event.title.en, str(event.starts_at.year), venue.name if venue else ""])


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
    """Who changed what, the newest first unless asked, fifty a page; narrowed by a name or by who acted."""
    event = get_event_for(current_user, slug, "organiser")
    wanted, form = asked(("when",), descending=("when",)), JournalFilter(request.args)
    found = page_of_entries(event, wanted, form.who.data or "")
    return render_template(
        "overview/journal.html", event=event, found=found, wanted=wanted, form=form, words=words,
        is_narrowed=bool(wanted.words or form.who.data),
    )  # fmt: skip
