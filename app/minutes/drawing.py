"""The minutes as PDF and as one HTML file that needs nothing else."""

from pathlib import Path
from typing import Any

from flask import render_template
from markupsafe import Markup

from app.database import db
from app.events.models import Event
from app.i18n import _, here, in_language, language
from app.minutes import telling
from app.minutes.models import Minutes, Section
from app.typeset import compile_pdf, document, inline_runs, paragraph_runs

STYLE = Path(__file__).parent / "standalone.css"


def minutes_pdf(minutes: Minutes, language: str) -> bytes:
    """The minutes in `language`, A4, tagged. Raises TypesettingFailed."""
    with in_language(language):
        return compile_pdf(document("minutes.typ", minutes_values(minutes)))


def minutes_html(minutes: Minutes, language: str) -> bytes:
    """The minutes in `language` as one HTML page, style included, UTF-8."""
    # The file stands alone: its style is its own, no policy of ours reaches it.
    style = Markup("<style>{}</style>").format(Markup(STYLE.read_text(encoding="utf-8")))  # noqa: S704 - our own file
    with in_language(language):
        page = render_template("minutes/standalone.html", minutes=minutes, event=event_of(minutes), style=style)
    return page.encode()


def event_of(minutes: Minutes) -> Event:
    """The event the minutes speak of."""
    return db.session.get_one(Event, minutes.event_id)


def minutes_values(minutes: Minutes) -> dict[str, Any]:
    """What templates/typst/minutes.typ prints, in the reader's language."""
    event = event_of(minutes)
    values: dict[str, Any] = {
        "language": language(),
        "title": here(minutes.title),
        "accent": event.accent,
        "issuer": telling.issuers(event),
        "date": telling.issue_date(minutes.issued_on),
        "version": telling.version_words(minutes),
        "intro": paragraph_runs(here(minutes.introduction)),
        "sections": [_section(section) for section in minutes.sections],
        "footer": [line for line in (here(event.title), event.legal_footer) if line],
    }
    if numbered := telling.orientations(minutes):
        items = [{"runs": inline_runs(here(one.text))} for one in numbered]
        values["orientations"] = {"title": _("Orientations"), "items": items}
    if others := telling.commitments(minutes):
        runs = [inline_runs(here(one.text)) for one in others]
        values["commitments"] = {"title": _("Further commitments"), "items": runs}
    return values


def _section(section: Section) -> dict[str, Any]:
    paragraphs = paragraph_runs(here(section.narrative))
    for passage in telling.passages(section):
        if passage.opens_room:
            paragraphs.append([_run(telling.room_words(), italic=True)])
        first, *others = paragraph_runs(passage.text) or [[]]
        paragraphs += [[_run(f"{passage.speakers}. "), *first], *others]
    return {
        "label": here(section.label),
        "title": here(section.title),
        "roles": [{"label": label, "people": people} for label, people in telling.composition(section)],
        "paragraphs": paragraphs,
    }


def _run(text: str, *, italic: bool = False) -> dict[str, Any]:
    return {"t": text, "b": True, "i": italic}
