"""An event's dates and numbers in words, for pages and letters."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, url_for

from app import when
from app.clock import now
from app.events.limits import limit_of
from app.events.models import Category, Event
from app.i18n import _, here, language, shown
from app.text import ordinal


def event_when(event: Event) -> str:
    """When an event takes place, in words, in the reader's language."""
    return when.range_words(event.starts_at, event.ends_at, ZoneInfo(event.timezone), language(), event.date_precision)


def first_when(event: Event) -> str:
    """When it was to take place before it was postponed, in words; empty when it was not."""
    if event.first_starts_at is None:
        return ""
    zone = ZoneInfo(event.timezone)
    return when.range_words(event.first_starts_at, event.first_ends_at, zone, language(), event.date_precision)


def deadline_sentence(event: Event, category: Category | None = None) -> str:
    """The deadline of an event, or of a category, in words with weekday, day, hour and zone; empty without one."""
    limit = limit_of(event, category)
    return limit.words(event, language()) if limit else ""


def instant(value: datetime, event: Event | None = None) -> str:
    """An instant in words, in the event's zone (Paris without an event)."""
    return when.instant_words(value, ZoneInfo(event.timezone if event else "Europe/Paris"), language())


def short_instant(value: datetime, event: Event | None = None) -> str:
    """An instant as a list says it, "18 nov. 2025, 17 h 30", in the event's zone."""
    zone = ZoneInfo(event.timezone if event else "Europe/Paris")
    return when.short_instant_words(value, zone, language())


def hour(value: datetime, event: Event | None = None) -> str:
    """The hour of an instant, "17 h 30", in the event's zone."""
    local = value.astimezone(ZoneInfo(event.timezone if event else "Europe/Paris"))
    return when.hour_words(local.time(), language())


def days_left(event: Event) -> int:
    """Whole days from today to the event's first day, in its zone; negative once past."""
    zone = ZoneInfo(event.timezone)
    return (event.starts_at.astimezone(zone).date() - now().astimezone(zone).date()).days


def edition(event: Event) -> str:
    """ "2e" or "2nd", empty when editions are not numbered."""
    return ordinal(event.edition_number, language()) if event.edition_number else ""


def event_accent_url(event: Event) -> str:
    """The style sheet of the event's colour; its address changes with the colour."""
    return url_for("public.accent_css", slug=event.slug, v=event.accent.lstrip("#"))


def event_logo(event: Event) -> dict[str, str] | None:
    """The event's logo for `<img>`: its address, and whose it is; None without one."""
    if not event.logo_digest:
        return None
    url = url_for("logos.picture", slug=event.slug, v=event.logo_digest)
    return {"url": url, "alt": event.organiser or event.organiser_parent or here(event.title)}


def event_banner(event: Event) -> dict[str, Any]:
    """The band of an event's public pages: edition, title, when, where, what to bring."""
    facts = [{"icon": "calendar", "text": event_when(event)}]
    if event.venue:
        facts.append({"icon": "pin", "text": shown(event.venue.address)})
    if event.id_check:
        facts.append({"icon": "id-card", "text": _("Identity document asked for at the entrance")})
    number = edition(event)
    return {
        "eyebrow": _("%(number)s edition", number=number) if number else "",
        "title": here(event.title),
        # Said to screen readers when it is not the page's own.
        "language": event.title.language(language()) if event.title.is_missing(language()) else "",
        "url": url_for("public.event_page", slug=event.slug),
        "logo": event_logo(event),
        "facts": facts,
    }


def countdown(event: Event) -> str:
    """ "J − 13" while the event is to come, the day itself, then nothing."""
    left = days_left(event)
    if left < 0:
        return ""
    return _("D − %(days)s", days=left) if left else _("Today")


def organiser_banner(event: Event) -> dict[str, Any]:
    """The line above the title of an organiser's page: the event and how many days are left."""
    return {
        "title": here(event.title),
        "url": url_for("overview.home", slug=event.slug),
        "logo": event_logo(event),
        "countdown": countdown(event),
    }


def install(app: Flask) -> None:
    """Give templates these words."""
    app.jinja_env.globals.update(
        event_when=event_when,
        first_when=first_when,
        deadline_sentence=deadline_sentence,
        days_left=days_left,
        edition=edition,
        event_accent_url=event_accent_url,
        event_banner=event_banner,
        event_logo=event_logo,
        organiser_banner=organiser_banner,
        countdown=countdown,
    )
    app.jinja_env.filters.update(instant=instant, short_instant=short_instant, hour=hour)
