"""The back of a badge: where its bearer is expected and when, what helps, whom to call."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

import badges
from app import when
from app.badging.models import Badge
from app.columns import Bilingual
from app.events.models import Event
from app.events.words import hour
from app.i18n import _, here, in_language, shown
from app.programme.models import Session
from app.programme.queries import list_sessions
from app.registration.session_queries import list_taken_hours

# What a back of A6 holds; those of a person's own sessions are kept first.
MOST_LINES = 12
# Emergency numbers of France (arrêté of 9 July 2024 and before: 15, 17, 18; 112 everywhere in the Union; 114 by text).
EMERGENCY = ("112", "15", "17", "18", "114")


def appointments(event: Event, printed: Sequence[Badge], language: str) -> dict[int, tuple[badges.Appointment, ...]]:
    """By registration id, the programme of each person: what is for everyone, and what they chose or speak at."""
    sessions = [one for one in list_sessions(event) if one.state == "planned" and one.starts_at]
    days = {_local(event, one.starts_at).date() for one in sessions if one.starts_at}
    chosen = {}
    if event.has_session_choices:
        chosen = list_taken_hours([badge.registration_id for badge in printed], event.id)
    speaking: dict[int, set[int]] = {}
    for one in sessions:
        for role in one.roles:
            speaking.setdefault(role.person_id, set()).add(one.id)
    told = {}
    for badge in printed:
        own = {one.id for one in chosen.get(badge.registration_id, ())} | speaking.get(
            badge.registration.person_id, set()
        )
        lines = _shortened([one for one in sessions if one.enrolment == "none" or one.id in own], own)
        told[badge.registration_id] = tuple(_appointment(event, one, len(days) > 1, language) for one in lines)
    return told


def back_of(event: Event, language: str) -> badges.Back:
    """What the back of every badge says in `language`."""
    with in_language(language):
        practical = [
            (_("Place"), shown(event.venue.address) if event.venue else ""),
            (_("Doors open"), hour(event.doors_open_at, event) if event.doors_open_at else ""),
            (_("Access"), _first_line(event.venue.accessibility) if event.venue else ""),
            (_("Questions"), event.mailbox),
        ]
        calls = (_("Any emergency"), _("Doctor"), _("Police"), _("Fire brigade"), _("By text message, for the deaf"))
        return badges.Back(
            programme_title=_("Your programme"),
            practical_title=_("Practical information"),
            practical=tuple((label, text) for label, text in practical if text),
            emergency_title=_("In an emergency"),
            emergency=tuple(zip(calls, EMERGENCY, strict=True)),
        )


def _shortened(sessions: list[Session], own: set[int]) -> list[Session]:
    """At most so many, breaks left out first, then what is for everyone from the end."""
    kept = list(sessions)
    for is_spare in (lambda one: one.kind == "break", lambda one: one.id not in own):
        for one in reversed(list(kept)):
            if len(kept) > MOST_LINES and is_spare(one):
                kept.remove(one)
    return kept[:MOST_LINES]


def _appointment(event: Event, session: Session, has_days: bool, language: str) -> badges.Appointment:
    local = _local(event, session.starts_at or event.starts_at)
    start = when.hour_words(local.time(), language)
    day = f"{_short_day(local.date(), language)} · " if has_days else ""
    return badges.Appointment(f"{day}{start}", here(session.title), shown(session.room))


def _short_day(day: date, language: str) -> str:
    from babel.dates import format_skeleton

    return str(format_skeleton("MMMd", day, locale=language))


def _local(event: Event, at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(event.timezone))


def _first_line(text: Bilingual) -> str:
    return here(text).split("\n", maxsplit=1)[0].strip()
