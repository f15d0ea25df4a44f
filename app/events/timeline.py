"""Every dated rule of an event in one order, with what to look at twice: week-ends, public holidays, days gone by.

Rooms hand in their own dates: each registers a source in `app/rooms.py`, so that a rule with a date is never left out.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from app.events.models import Event
from app.holidays import find_holiday, is_weekend
from app.i18n import _, here, language
from app.when import closing_words, day_words, instant_words

NOON = time(12)


@dataclass(frozen=True)
class Page:
    """A page of the organiser: its endpoint, and what stands in its address."""

    endpoint: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class Dated:
    """Something that happens by the calendar, told in the reader's language.

    `at`: an instant, or a `day` of the event's zone when no hour was said. `last_day`: the day people have to act on,
    when it is another one (a deadline at midnight). `page`: where it is changed.
    `needs_offices`: whether somebody has to be at work that day. `warning`: what the source itself finds odd.
    """

    title: str
    at: datetime | None = None
    day: date | None = None
    last_day: date | None = None
    detail: str = ""
    page: Page | None = None
    needs_offices: bool = True
    warning: str = ""


@dataclass(frozen=True)
class Line:
    """One line of the timeline: `instant` sorts it (a day without an hour stands at noon), `words` say it."""

    dated: Dated
    instant: datetime
    day: date
    words: str
    is_past: bool
    warnings: tuple[str, ...]


Source = Callable[[Event, datetime], Iterable[Dated]]
_sources: list[Source] = []


def register_dates(source: Source) -> None:
    """Say who knows more dates of an event. Done in `app/rooms.py`; twice is once."""
    if source not in _sources:
        _sources.append(source)


def timeline_of(event: Event, at: datetime) -> list[Line]:
    """Every dated rule of the event as things stand at `at`, the earliest first, changes of clock among them."""
    zone = ZoneInfo(event.timezone)
    dated = [one for source in _sources for one in source(event, at)]
    lines = [_line(one, zone, at) for one in dated]
    instants = [line.instant for line in lines]
    if any(instant > at for instant in instants):
        instants.append(at)  # between today and the first date they may change too
    lines += [_line(one, zone, at) for one in _clock_changes(instants, zone)]
    return sorted(lines, key=lambda line: line.instant)


def _line(dated: Dated, zone: ZoneInfo, at: datetime) -> Line:
    instant = dated.at or datetime.combine(dated.day or date.max, NOON, zone).astimezone(UTC)
    day = instant.astimezone(zone).date()
    is_past = instant <= at if dated.at else day < at.astimezone(zone).date()
    return Line(
        dated,
        instant,
        day,
        _sentence(_words(dated, day, zone)),
        is_past,
        tuple(_warnings(dated, dated.last_day or day)),
    )


def _words(dated: Dated, day: date, zone: ZoneInfo) -> str:
    """When, in words; an end at midnight is told by the evening before it, as nobody mistakes that one."""
    if dated.at is None:
        return day_words(day, language())
    if dated.last_day and dated.at.astimezone(zone).time() == time(0):
        return closing_words(dated.last_day, True, None, zone, language())
    return instant_words(dated.at, zone, language())


def _warnings(dated: Dated, day: date) -> Iterator[str]:
    if dated.warning:
        yield dated.warning
    if not dated.needs_offices:
        return
    words, holiday = _sentence(day_words(day, language())), find_holiday(day)
    if holiday:
        yield _("%(day)s is a public holiday: %(name)s.", day=words, name=here(holiday))
    elif is_weekend(day):
        yield _("%(day)s: a week-end, offices are closed.", day=words)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _clock_changes(instants: Sequence[datetime], zone: ZoneInfo) -> Iterator[Dated]:
    """The nights between the first and the last date in which the clocks of the event's zone change."""
    if not instants:
        return
    first, last = (instant.astimezone(zone).date() for instant in (min(instants), max(instants)))
    days = [first + timedelta(days=n) for n in range((last - first).days + 2)]
    for day, after in pairwise(days):
        offsets = [datetime.combine(one, time(0), zone).utcoffset() or timedelta() for one in (day, after)]
        if offsets[0] != offsets[1]:
            title = _("Clocks go back one hour") if offsets[1] < offsets[0] else _("Clocks go forward one hour")
            detail = _("Hours on this page are those of the event’s zone on each day: none of them moves.")
            yield Dated(title, day=day, detail=detail, needs_offices=False)
