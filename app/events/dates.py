"""The dates an event has of its own: deadlines, freezes, doors, its days."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.events.limits import own_limit
from app.events.models import Category, Event
from app.events.service import closing_instant
from app.events.timeline import Dated, Page
from app.events.words import deadline_sentence
from app.i18n import _, here, ngettext


def dates_of_event(event: Event, _at: datetime) -> Iterator[Dated]:
    """Deadlines of the event and of its categories, days from which badges no longer change, doors, days."""
    yield from _deadlines(event)
    for one in event.categories:
        if one.frozen_on:
            yield Dated(
                _("Titles to print are frozen: %(category)s", category=here(one.name)),
                day=one.frozen_on, detail=_("A later change is told to the desk as a difference."),
                page=Page("events.settings", {"slug": event.slug}),
            )  # fmt: skip
    yield from _days(event)


def last_day(closing: datetime, event: Event) -> date:
    """The last day on which an answer is in time, in the event's zone."""
    return (closing - timedelta(seconds=1)).astimezone(ZoneInfo(event.timezone)).date()


def _deadlines(event: Event) -> Iterator[Dated]:
    closing = closing_instant(event)
    if closing:
        detail = deadline_sentence(event)
        if event.grace_minutes:
            grace = ngettext("%(num)s minute of grace", "%(num)s minutes of grace", event.grace_minutes)
            detail = f"{detail} · {grace}"
        yield Dated(
            _("Answers close"), at=closing, last_day=last_day(closing, event), detail=detail,
            page=Page("events.settings", {"slug": event.slug, "_anchor": "answers"}),
        )  # fmt: skip
    for one in event.categories:
        if own_limit(one):
            yield _deadline_of(one, event)


def _deadline_of(category: Category, event: Event) -> Dated:
    closing = closing_instant(event, category)
    return Dated(
        _("Answers close: %(category)s", category=here(category.name)),
        at=closing, last_day=last_day(closing, event) if closing else None, detail=deadline_sentence(event, category),
        page=Page("categories.category", {"slug": event.slug, "key": category.key}),
    )  # fmt: skip


def _days(event: Event) -> Iterator[Dated]:
    page = Page("events.settings", {"slug": event.slug, "_anchor": "dates"})
    if event.date_precision != "minute":
        yield Dated(_("The event begins"), day=event.starts_at.astimezone(ZoneInfo(event.timezone)).date(), page=page)
        if event.ends_at:
            yield Dated(_("The event ends"), day=last_day(event.ends_at, event), needs_offices=False, page=page)
        return
    if event.doors_open_at:
        yield Dated(_("Doors open"), at=event.doors_open_at, needs_offices=False, page=page)
    yield Dated(_("The event begins"), at=event.starts_at, page=page)
    if event.ends_at:
        yield Dated(_("The event ends"), at=event.ends_at, needs_offices=False, page=page)
