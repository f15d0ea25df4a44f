"""An event's dates and numbers in words, for pages and letters."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Flask

from app import when
from app.clock import now
from app.events.models import Event
from app.i18n import language
from app.text import ordinal


def event_when(event: Event) -> str:
    """When an event takes place, in words, in the reader's language."""
    return when.range_words(
        event.starts_at, event.ends_at, ZoneInfo(event.timezone), language(), event.date_precision
    )


def deadline_sentence(event: Event) -> str:
    """The event's deadline in words with weekday, day, hour and zone; empty when there is none."""
    limit = event.deadline
    if limit is None:
        return ""
    zone = ZoneInfo(event.timezone)
    return when.deadline_words(limit.day, limit.is_inclusive, limit.at, zone, language())


def instant(value: datetime, event: Event | None = None) -> str:
    """An instant in words, in the event's zone (Paris without an event)."""
    return when.instant_words(value, ZoneInfo(event.timezone if event else "Europe/Paris"), language())


def hour(value: datetime, event: Event | None = None) -> str:
    """The hour of an instant, "17 h 30", in the event's zone."""
    local = value.astimezone(ZoneInfo(event.timezone if event else "Europe/Paris"))
    return when.hour_words(local.time(), language())


def days_left(event: Event) -> int:
    """Whole days from today to the event's first day, in its zone; negative once past."""
    zone = ZoneInfo(event.timezone)
    return (event.starts_at.astimezone(zone).date() - now().astimezone(zone).date()).days


def edition(event: Event) -> str:
    """"2e" or "2nd", empty when editions are not numbered."""
    return ordinal(event.edition_number, language()) if event.edition_number else ""


def install(app: Flask) -> None:
    """Give templates these words."""
    app.jinja_env.globals.update(
        event_when=event_when,
        deadline_sentence=deadline_sentence,
        days_left=days_left,
        edition=edition,
    )
    app.jinja_env.filters.update(instant=instant, hour=hour)
