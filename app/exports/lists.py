"""The attendee list, as a table and as the records scripts read."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app import tables, when
from app.errors import Refusal
from app.events.models import Event
from app.exports.queries import Guest, list_guests
from app.exports.wishes import answer_columns
from app.i18n import _, in_language, lazy
from app.spoken import shown_spoken

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
# Who stands on a list; None: everyone ever asked.
SELECTIONS: dict[str, frozenset[str] | None] = {
    "all": None,
    "confirmed": frozenset({"confirmed"}),
    "waiting": frozenset({"waiting"}),
}
_WORDS = {
    "confirmed": lazy("confirmed"),
    "offered": lazy("place offered"),
    "waiting": lazy("waiting"),
    "pending": lazy("to be decided"),
    "refused": lazy("no place given"),
    "cancelled": lazy("cancelled"),
    "draft": lazy("not invited yet"),
    "approved": lazy("approved, not invited yet"),
    "sent": lazy("no answer yet"),
    "bounced": lazy("address refused"),
    "opened": lazy("seen, no answer yet"),
    "accepted": lazy("accepted"),
    "declined": lazy("declined"),
    "represented": lazy("represented"),
    "no_answer": lazy("never answered"),
    "withdrawn": lazy("withdrawn"),
}


class UnknownFormat(Refusal):
    """Lists come as CSV, XLSX or JSON."""

    message = lazy("Lists come as csv, xlsx or json, not as “%(format)s”.")
    status = 404


def state_words(state: str) -> str:
    """A guest's state in the reader's language."""
    return str(_WORDS[state])


def attendees(event: Event, language: str, selection: str = "all") -> tuple[list[str], list[list[Any]]]:
    """The list as titles and rows, names as typed; `app.guest_list` reads it back.

    One column a day of the event says when the person came in (hour of the event's zone), empty
    for someone who did not: presence is what the ledger of the door says, nothing else. Then a column
    for each question of the organiser's own. `selection` "waiting" names the queue beside the rank.
    """
    guests = list_guests(event, states=SELECTIONS[selection])
    if selection == "waiting":
        guests = in_turn(event, guests)
    with in_language(language):
        zone = ZoneInfo(event.timezone)
        words = {state: state_words(state) for state in _WORDS}
        names = {category.id: category.name.get(language) for category in event.categories}
        days = _days(event, guests)
        titles = [
            _("Civility"),
            _("First name"),
            _("Surname"),
            _("Native name"),
            _("Functions"),
            _("Organisation"),
            _("Category"),
            _("State"),
            _("Rank in the queue"),
            *([_("Queue")] if selection == "waiting" else []),
            _("Represents"),
            _("E-mail"),
            _("Country"),
            _("Languages spoken"),
            _("Table or zone"),
            _("Badge"),
        ]
        titles += [_("Came in on %(day)s", day=when.date_words(day, language)) for day in days]
    asked, answers = answer_columns(event, language)
    none = [""] * len(asked)
    rows = [
        [*_row(guest, words, names, days, zone), *answers.get(guest.registration_id or 0, none)] for guest in guests
    ]
    if selection == "waiting":
        rows = _with_queues(event, language, guests, rows)
    return [*titles, *asked], rows


_RANK = 8  # where the rank stands in a row; the queue follows it


def _with_queues(event: Event, language: str, guests: Sequence[Guest], rows: Sequence[list[Any]]) -> list[list[Any]]:
    """The same rows, each with the queue it is of."""
    names = {category.key: category.name.get(language) for category in event.categories}
    with in_language(language):
        whole = _("The event")
    queues = [names.get(guest.queue or "", whole) for guest in guests]
    return [[*row[: _RANK + 1], queue, *row[_RANK + 1 :]] for row, queue in zip(rows, queues, strict=True)]


def in_turn(event: Event, guests: Sequence[Guest]) -> list[Guest]:
    """Who waits, queue by queue (the event's, then those of its categories in their order), by rank in each."""
    order = {"": -1, **{category.key: number for number, category in enumerate(event.categories)}}
    return sorted(guests, key=lambda guest: (order.get(guest.queue or "", -1), guest.rank or 0))


def _row(guest: Guest, words: dict[str, str], names: dict[int, str], days: Sequence[date], zone: ZoneInfo) -> list[Any]:
    came = [guest.arrivals.get(day) for day in days]
    return [
        guest.civility,
        guest.given_name,
        guest.family_name,
        guest.native_name,
        " ; ".join(guest.qualities),
        guest.organisation,
        names.get(guest.category_id, ""),
        words[guest.state],
        guest.rank,
        guest.represents,
        guest.email,
        guest.country,
        shown_spoken(guest.spoken),
        guest.zone,
        guest.short_code,
        *(f"{at.astimezone(zone):%H:%M}" if at else None for at in came),
    ]


def _days(event: Event, guests: Sequence[Guest]) -> list[date]:
    """The event's days, and others on which the door was used (a rehearsal, say)."""
    zone = ZoneInfo(event.timezone)
    first = event.starts_at.astimezone(zone).date()
    # An end at midnight belongs to the evening before.
    last = (event.ends_at - timedelta(seconds=1)).astimezone(zone).date() if event.ends_at else first
    days = {first + timedelta(days=number) for number in range((last - first).days + 1)}
    return sorted(days.union(*(guest.arrivals for guest in guests)))


def attendee_records(event: Event, selection: str = "all") -> list[dict[str, Any]]:
    """The list as scripts read it: name, latin_name, organisation, qualities, category, state, badge_code.

    `name` is in the person's own script when there is one; `category` is the category's key;
    `state` as in `app.exports.queries.Guest`; `badge_code` is what the QR contains, None without a
    valid badge.
    """
    keys = {category.id: category.key for category in event.categories}
    return [
        {
            "name": guest.native_name or guest.latin_name,
            "latin_name": guest.latin_name,
            "organisation": guest.organisation,
            "qualities": list(guest.qualities),
            "category": keys.get(guest.category_id, ""),
            "state": guest.state,
            "badge_code": guest.badge_code,
        }
        for guest in list_guests(event, states=SELECTIONS[selection])
    ]


def attendees_file(
    event: Event, format: str, language: str, made_by: str, at: datetime, *, selection: str = "all"
) -> bytes:
    """The attendee list as a file. Raises UnknownFormat for anything but csv, xlsx and json."""
    if format not in FORMATS:
        raise UnknownFormat(format=format)
    if format == "json":
        records = attendee_records(event, selection)
        return (json.dumps(records, ensure_ascii=False, indent=1) + "\n").encode()
    columns, rows = attendees(event, language, selection)
    if format == "csv":
        return tables.csv_bytes(columns, rows, language)
    title = event.title.get(language)
    made_at = at.astimezone(UTC)
    return tables.xlsx_bytes(columns, rows, title=title, made_by=made_by, made_at=made_at, language=language)
