"""Sessions on paper and in files: the list at the door, what screens and signs in the building show."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app import tables
from app.errors import NotFound
from app.events.models import Event
from app.events.words import short_instant
from app.i18n import _, here, language, ngettext
from app.programme.models import Session
from app.programme.words import KINDS, session_when
from app.registration.session_models import SessionPlace
from app.registration.session_queries import count_places, list_holders, list_queue
from app.typeset import compile_pdf, document

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def door_list_pdf(session: Session, event: Event, at: datetime) -> bytes:
    """Who comes to a session, to tick at its door, then who waits; A4, tagged. Raises TypesettingFailed."""
    holders, waiting = list_holders(session), list_queue(session)
    facts = [
        session_when(session, event),
        session.room,
        ngettext("%(num)s person", "%(num)s people", len(holders)),
        _("List of %(instant)s", instant=short_instant(at, event)),
    ]
    return compile_pdf(
        document(
            "list.typ",
            {
                "language": language(),
                "title": here(session.title),
                "accent": event.accent,
                "facts": [fact for fact in facts if fact],
                "columns": [
                    {"label": _("Here"), "align": "center", "mm": 14},
                    {"label": _("Name"), "share": 3},
                    {"label": _("Organisation"), "share": 3},
                    {"label": _("Category"), "share": 2},
                ],
                "rows": _door_rows(holders, waiting),
                "footer": [line for line in (here(event.title), event.organiser) if line],
            },
        )
    )


def _door_rows(holders: Sequence[SessionPlace], waiting: Sequence[SessionPlace]) -> list[Any]:
    rows: list[Any] = [_door_row(place) for place in holders]
    if waiting:
        rows.append({"group": _("Waiting list, in order")})
        rows += [_door_row(place) for place in waiting]
    return rows


def _door_row(place: SessionPlace) -> list[Any]:
    one = place.registration
    return [{"box": True}, one.person.formal_name, one.organisation, here(one.category.name)]


def door_list_file(session: Session, event: Event, wanted: str, *, made_by: str, at: datetime) -> bytes:
    """The same as a table, `wanted` csv or xlsx, in the reader's language. Raises NotFound for another format."""
    titles = [
        _("State"),
        _("Rank in the queue"),
        _("Civility"),
        _("First name"),
        _("Surname"),
        _("Functions"),
        _("Organisation"),
        _("Category"),
        _("Session"),
        _("Room"),
        _("Since"),
    ]
    places = [*list_holders(session), *list_queue(session)]
    rows = [_file_row(place, rank, session, event) for place, rank in _ranked(places)]
    return _file(titles, rows, wanted, title=here(session.title), made_by=made_by, at=at)


def _ranked(places: Sequence[SessionPlace]) -> list[tuple[SessionPlace, int | None]]:
    """Each with the rank a person is told: holders none, those who wait from 1."""
    rank, ranked = 0, []
    for place in places:
        rank += place.state == "waiting"
        ranked.append((place, rank if place.state == "waiting" else None))
    return ranked


def _file_row(place: SessionPlace, rank: int | None, session: Session, event: Event) -> list[Any]:
    one, person = place.registration, place.registration.person
    state = _("waiting") if rank else _("confirmed")
    return [
        state,
        rank,
        person.civility,
        person.given_name,
        person.family_name,
        " ; ".join(one.qualities),
        one.organisation,
        here(one.category.name),
        here(session.title),
        session.room,
        place.changed_at.astimezone(ZoneInfo(event.timezone)).replace(tzinfo=None),
    ]


def signage_file(event: Event, sessions: Sequence[Session], wanted: str, *, made_by: str, at: datetime) -> bytes:
    """What each screen or sign shows: one row a session, both languages, hours of the event's zone.

    `wanted`: csv or xlsx. Times are ISO 8601 with their offset, for programs; raises NotFound for
    another format.
    """
    titles = [
        "session",
        "day",
        "starts_at",
        "ends_at",
        "room",
        "kind",
        "title_fr",
        "title_en",
        "state",
        "places",
        "confirmed",
        "waiting",
    ]
    figures, zone = count_places(sessions), ZoneInfo(event.timezone)
    rows = []
    for one in sessions:
        counted = figures[one.id]
        starts, ends = (at and at.astimezone(zone) for at in (one.starts_at, one.ends_at))
        rows.append(
            [
                one.public_id,
                starts.date() if starts else None,
                starts.isoformat() if starts else None,
                ends.isoformat() if ends else None,
                one.room,
                str(KINDS[one.kind]),
                one.title.get("fr"),
                one.title.get("en"),
                one.state,
                one.capacity if one.enrolment != "none" else None,
                counted.confirmed,
                counted.waiting,
            ]
        )
    return _file(titles, rows, wanted, title=_("Signage"), made_by=made_by, at=at)


def _file(
    titles: Sequence[str], rows: Sequence[Sequence[Any]], wanted: str, *, title: str, made_by: str, at: datetime
) -> bytes:
    if wanted == "csv":
        return tables.csv_bytes(titles, rows, language())
    if wanted == "xlsx":
        return tables.xlsx_bytes(titles, rows, title=title, made_by=made_by, made_at=at, language=language())
    raise NotFound
