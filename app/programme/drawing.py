"""The programme as a PDF."""

from typing import Any

from app.clock import now
from app.events.models import Event
from app.events.words import edition, event_when
from app.i18n import _, here, in_language, language
from app.programme.models import Session
from app.programme.queries import list_sessions
from app.programme.words import by_day, group_roles, hours, session_label
from app.typeset import compile_pdf, document, paragraph_runs
from app.when import date_words


def programme_pdf(event: Event, language: str) -> bytes:
    """The programme of `event` in `language`, A4, tagged. Raises TypesettingFailed."""
    with in_language(language):
        return compile_pdf(document("programme.typ", programme_values(event)))


def programme_values(event: Event) -> dict[str, Any]:
    """What templates/typst/programme.typ prints, in the reader's language."""
    number = edition(event)
    facts = [event_when(event), event.venue.address if event.venue else ""]
    days = by_day(list_sessions(event), event)
    undecided = _("Hour not decided") if len(days) > 1 else ""
    return {
        "language": language(),
        "title": here(event.title),
        "accent": event.accent,
        "edition": _("%(number)s edition", number=number) if number else "",
        "facts": [fact for fact in facts if fact],
        "intro": [here(event.subtitle)] if event.subtitle else [],
        "days": [
            {"label": label or undecided, "sessions": [_session(one, event) for one in sessions]}
            for label, sessions in days
        ],
        "version": _("Version of %(day)s", day=date_words(now().date(), language())),
        "footer": [line for line in (event.organiser, event.legal_footer) if line],
    }


def _session(session: Session, event: Event) -> dict[str, Any]:
    return {
        "time": hours(session, event),
        "kind": session_label(session),
        "title": here(session.title),
        "room": session.room,
        "summary": paragraph_runs(here(session.abstract)),
        "roles": [
            {
                "label": label,
                "people": [{"name": one.person.formal_name, "qualities": list(one.qualities)} for one in people],
            }
            for label, people in group_roles(session.roles)
        ],
    }
