"""Rules of events: deadlines, phases, a new edition from the previous one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from app.audit.service import Actor, record
from app.columns import Bilingual
from app.database import db
from app.errors import Refusal
from app.events.limits import Limit, limit_of
from app.events.logo import copy_logo
from app.events.models import Category, Deadline, Event, Series
from app.events.queries import find_series
from app.i18n import language, lazy
from app.palette import is_readable
from app.text import slug as to_slug
from app.when import date_words


class DateInThePast(Refusal):
    """A new edition takes place in the future."""

    message = lazy("%(day)s is in the past. Please choose a day to come.")


class DeadlineAfterEvent(Refusal):
    """Answers close before the doors open."""

    message = lazy("The deadline must come before the event begins.")


class UnreadableAccent(Refusal):
    """White text on the accent needs a contrast of at least 4.5 to 1 (WCAG 1.4.3)."""

    message = lazy("White text cannot be read on the colour %(colour)s. Please choose a darker one.")


class NotThatStep(Refusal):
    """An event is a draft, open, closed, then archived; an archive may be taken out again."""

    message = lazy("This event cannot be changed that way: its page was out of date. Please look again.")


class AddressInUse(Refusal):
    """Two events cannot have one address."""

    message = lazy("There is already an event at the address “%(slug)s”.")


def closing_instant(event: Event, category: Category | None = None) -> datetime | None:
    """First instant (UTC) at which answers are late, of a category's guests when one is named; None: never."""
    limit = limit_of(event, category)
    return limit.closing(event.starts_at, event.timezone) if limit else None


def is_answering_open(event: Event, at: datetime) -> bool:
    """Whether an invitee without a deadline of their own may answer alone at `at`."""
    closing = closing_instant(event)
    return event.status == "open" and (closing is None or at < closing)


def set_deadline(
    event: Event, day: date | None, *, is_inclusive: bool, at: time | None = None, days_before: int | None = None
) -> Deadline:
    """Set until when answers are taken: a day, or so many days before the event. Raises DeadlineAfterEvent."""
    limit = Limit(day, is_inclusive and at is None, at, days_before)
    if limit.closing(event.starts_at, event.timezone) > event.starts_at:
        raise DeadlineAfterEvent
    if event.deadline is None:
        event.deadline = Deadline(**vars(limit))
    else:
        for name, value in vars(limit).items():
            setattr(event.deadline, name, value)
    return event.deadline


def clear_deadline(event: Event) -> None:
    """Take answers until the event is closed by hand."""
    event.deadline = None


def set_accent(event: Event, colour: str) -> None:
    """Give the event its colour. Raises UnreadableAccent."""
    if not is_readable(colour):
        raise UnreadableAccent(colour=colour)
    event.accent = colour.lower()


def new_edition(previous: Event, *, starts_on: date, actor: Actor, at: datetime, slug: str = "") -> Event:
    """A draft of the next edition: same series, venue, categories, quotas, hours and habits.

    Dates move with the first day; the deadline keeps its distance to the event. Nobody is invited
    yet. Raises DateInThePast, AddressInUse.
    """
    zone = ZoneInfo(previous.timezone)
    if starts_on < at.astimezone(zone).date():
        raise DateInThePast(day=date_words(starts_on, language()))
    base = previous.series.slug if previous.series else to_slug(previous.title.fr)
    address = slug or f"{base}-{starts_on.year}"
    if db.session.scalar(select(Event.id).where(Event.slug == address)):
        raise AddressInUse(slug=address)
    shift = starts_on - previous.starts_at.astimezone(zone).date()
    event = Event(
        series_id=previous.series_id,
        edition_number=_next_number(previous),
        slug=address,
        previous_id=previous.id,
        status="draft",
        **_kept(previous),
        **_moved(previous, shift, zone),
    )
    event.categories = [_copy(category, shift) for category in previous.categories]
    if previous.deadline:
        limit = previous.deadline
        event.deadline = Deadline(
            day=limit.day and limit.day + shift, is_inclusive=limit.is_inclusive, at=limit.at,
            days_before=limit.days_before,
        )  # fmt: skip
    db.session.add(event)
    db.session.flush()
    copy_logo(previous, event)
    record(
        actor,
        "event.created",
        kind="event",
        id=event.public_id,
        name=event.title.get("fr"),
        topic=event.public_id,
        at=at,
        after={"from": previous.slug},
    )
    return event


def _next_number(previous: Event) -> int | None:
    """After the last edition of the series, whichever one is copied; None where none is counted."""
    if previous.series_id is None:
        return previous.edition_number and previous.edition_number + 1
    last = select(func.max(Event.edition_number)).where(Event.series_id == previous.series_id)
    number = db.session.scalar(last)
    return number and number + 1


def _kept(previous: Event) -> dict[str, object]:
    names = (
        "title",
        "subtitle",
        "description",
        "practical",
        "date_precision",
        "timezone",
        "venue_id",
        "capacity",
        "id_check",
        "grace_minutes",
        "is_public",
        "accent",
        "organiser",
        "organiser_parent",
        "mailbox",
        "legal_footer",
        "has_guest_country",
        "promotion",
        "offer_hours",
        "has_waiting_list",
        "shows_remaining",
    )
    return {name: getattr(previous, name) for name in names}


def _moved(previous: Event, shift: timedelta, zone: ZoneInfo) -> dict[str, datetime | None]:
    """Same wall-clock hours on other days: a change of clock in between is not carried over."""
    return {name: _move(getattr(previous, name), shift, zone) for name in ("starts_at", "ends_at", "doors_open_at")}


def _move(instant: datetime | None, shift: timedelta, zone: ZoneInfo) -> datetime | None:
    if instant is None:
        return None
    wall = instant.astimezone(zone).replace(tzinfo=None) + shift
    return wall.replace(tzinfo=zone)


def _copy(category: Category, shift: timedelta) -> Category:
    return Category(
        deadline_day=category.deadline_day and category.deadline_day + shift,
        deadline_days_before=category.deadline_days_before,
        deadline_is_inclusive=category.deadline_is_inclusive,
        deadline_at=category.deadline_at,
        key=category.key,
        name=category.name,
        quota=category.quota,
        needs_approval=category.needs_approval,
        palette=category.palette,
        shape=category.shape,
        position=category.position,
    )


# From each status, those it may become.
STEPS = {
    "draft": ("open",),
    "open": ("closed",),
    "closed": ("open", "archived"),
    "archived": ("closed",),
    "cancelled": (),
}


def change_status(event: Event, status: str, *, actor: Actor, at: datetime) -> None:
    """Open, close or archive an event. Twice is once. Raises NotThatStep for another order."""
    before = event.status
    if status == before:
        return
    if status not in STEPS[before]:
        raise NotThatStep
    event.status = status
    record(
        actor,
        f"event.{status}",
        kind="event",
        id=event.public_id,
        name=event.title.get("fr"),
        topic=event.public_id,
        at=at,
        before={"status": before},
        after={"status": status},
    )


@dataclass(frozen=True)
class Group:
    """A category to be: `palette` counts from 1 in app.palette.CATEGORY_COLOURS."""

    key: str
    name: Bilingual
    quota: int | None = None
    palette: int = 1
    shape: str = "disc"


def add_categories(event: Event, groups: Sequence[Group]) -> None:
    """Put categories after those the event has; a known key is left alone."""
    known = {category.key for category in event.categories}
    for group in groups:
        if group.key not in known:
            position = len(event.categories) + 1
            event.categories.append(Category(**vars(group), position=position))


def add_event(
    series: tuple[str, Bilingual], *, groups: Sequence[Group], actor: Actor, at: datetime, **facts: Any
) -> Event:
    """The first event entered of a series (slug and title), with its categories.

    `facts` are columns of `Event`; `slug`, `title` and `starts_at` are needed. Raises AddressInUse.
    """
    if db.session.scalar(select(Event.id).where(Event.slug == facts["slug"])):
        raise AddressInUse(slug=facts["slug"])
    slug, title = series
    home = find_series(slug) or Series(slug=slug, title=title)
    event = Event(series=home, categories=[], **facts)
    add_categories(event, groups)
    db.session.add(event)
    db.session.flush()
    record(
        actor,
        "event.created",
        kind="event",
        id=event.public_id,
        name=event.title.get("fr"),
        topic=event.public_id,
        at=at,
        after={"slug": event.slug},
    )
    return event
