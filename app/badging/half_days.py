"""The half-days of an event: what sheets are signed for, and what hangs on doors."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton

from app.events.models import Event
from app.i18n import _, language

NOON = 13
"""Hour before which a half-day is a morning."""
MOST = 6


@dataclass(frozen=True, order=True)
class HalfDay:
    """A morning or an afternoon, in the event's zone."""

    day: date
    is_afternoon: bool

    @property
    def words(self) -> str:
        """ "18 nov., afternoon"."""
        day = format_skeleton("MMMd", self.day, locale=language())
        return _("%(day)s, afternoon", day=day) if self.is_afternoon else _("%(day)s, morning", day=day)


def half_day_of(event: Event, at: datetime) -> HalfDay:
    """The half-day of an instant."""
    local = at.astimezone(ZoneInfo(event.timezone))
    return HalfDay(local.date(), local.hour >= NOON)


def half_days(event: Event) -> list[HalfDay]:
    """Every half-day from the beginning to the end, at most six; the first one when no end is known."""
    first = half_day_of(event, event.starts_at)
    last = half_day_of(event, event.ends_at - timedelta(minutes=1)) if event.ends_at else first
    found: list[HalfDay] = []
    one = first
    while one <= last and len(found) < MOST:
        found.append(one)
        one = HalfDay(one.day + timedelta(days=1), False) if one.is_afternoon else HalfDay(one.day, True)
    return found
