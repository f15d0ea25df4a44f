"""What an organiser may change of an event, as plain values: read, changed, compared.

`settings_of` and `change_settings` are two ends of one form: what is read can be given back, and the
journal keeps only what differs, before and after.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from app.audit.service import Actor, record
from app.columns import Bilingual
from app.database import db
from app.errors import Refusal, refuse_all
from app.events.announcing import announce, facts_of
from app.events.limits import Limit, limit_of, own_limit
from app.events.models import Event, Venue
from app.events.service import DeadlineAfterEvent, UnreadableAccent, clear_deadline, set_accent, set_deadline
from app.i18n import language, lazy
from app.palette import is_readable

_PLAIN = (
    "title",
    "subtitle",
    "description",
    "practical",
    "starts_at",
    "ends_at",
    "doors_open_at",
    "date_precision",
    "capacity",
    "grace_minutes",
    "id_check",
    "is_public",
    "organiser",
    "organiser_parent",
    "mailbox",
    "legal_footer",
)


class TitleMissing(Refusal):
    """An event has a name in at least one language."""

    message = lazy("Please give the event a title, in French or in English.")


class EndBeforeStart(Refusal):
    """Time runs forward."""

    message = lazy("The event must end after it begins.")


class DoorsAfterStart(Refusal):
    """Guests come in before it begins."""

    message = lazy("The doors must open before the event begins.")


class CategoryDeadlineAfterEvent(Refusal):
    """The same for the deadline of a category."""

    message = lazy("The deadline of “%(name)s” must come before the event begins. Please change it in its category.")


@dataclass(frozen=True)
class Place:
    """Where it takes place; an empty name: not known yet."""

    name: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    directions: Bilingual = Bilingual()
    accessibility: Bilingual = Bilingual()


@dataclass(frozen=True)
class EventSettings:
    """Everything the settings page shows. Instants are aware; `quotas` go by category key."""

    title: Bilingual
    starts_at: datetime
    subtitle: Bilingual = Bilingual()
    description: Bilingual = Bilingual()
    practical: Bilingual = Bilingual()
    ends_at: datetime | None = None
    date_precision: str = "minute"
    doors_open_at: datetime | None = None
    place: Place = Place()
    capacity: int | None = None
    quotas: Mapping[str, int | None] = field(default_factory=dict)
    deadline: Limit | None = None
    grace_minutes: int = 0
    id_check: bool = False
    is_public: bool = True
    accent: str = "#24456f"
    organiser: str = ""
    organiser_parent: str = ""
    mailbox: str = ""
    legal_footer: str = ""


def settings_of(event: Event) -> EventSettings:
    """The event's settings as they stand."""
    venue = event.venue
    names = Place.__dataclass_fields__
    return EventSettings(
        **{name: getattr(event, name) for name in _PLAIN},
        place=Place(**{name: getattr(venue, name) for name in names}) if venue else Place(),
        quotas={category.key: category.quota for category in event.categories},
        deadline=limit_of(event),
        accent=event.accent,
    )


def change_settings(event: Event, wanted: EventSettings, *, actor: Actor, at: datetime) -> bool:
    """Give the event other settings; whether anything changed. One journal entry, before and after.

    Nobody loses a place when the capacity or a quota goes down. Raises what `list_refusals` finds, all at once.
    """
    before = settings_of(event)
    refuse_all(list_refusals(event, wanted))
    facts = facts_of(event)
    for name in _PLAIN:
        setattr(event, name, getattr(wanted, name))
    if wanted.accent.lower() != event.accent.lower():
        set_accent(event, wanted.accent)
    _set_limit(event, wanted.deadline)
    set_place(event, wanted.place)
    for category in event.categories:
        category.quota = wanted.quotas.get(category.key, category.quota)
    db.session.flush()
    told, now_told = _told(before, event), _told(settings_of(event), event)
    changed = [name for name in now_told if told[name] != now_told[name]]
    if changed:
        record(
            actor, "event.changed", kind="event", id=event.public_id, name=event.title.get("fr"),
            topic=event.public_id, at=at,
            before={name: told[name] for name in changed},
            after={name: now_told[name] for name in changed},
        )  # fmt: skip
    announce(event, facts, actor=actor, at=at)
    return bool(changed)


def list_refusals(event: Event, wanted: EventSettings) -> list[Refusal]:
    """Every rule the settings would break.

    TitleMissing, EndBeforeStart, DoorsAfterStart, DeadlineAfterEvent, UnreadableAccent.
    """
    return list(_refusals(event, wanted))


def _refusals(event: Event, wanted: EventSettings) -> Iterator[Refusal]:
    limit = wanted.deadline
    if not wanted.title:
        yield TitleMissing()
    if wanted.ends_at and wanted.ends_at <= wanted.starts_at:
        yield EndBeforeStart()
    if wanted.doors_open_at and wanted.doors_open_at > wanted.starts_at:
        yield DoorsAfterStart()
    if limit and limit.closing(wanted.starts_at, event.timezone) > wanted.starts_at:
        yield DeadlineAfterEvent()
    for category in event.categories:
        own = own_limit(category)
        if own and own.closing(wanted.starts_at, event.timezone) > wanted.starts_at:
            yield CategoryDeadlineAfterEvent(name=category.name.get(language()))
    if wanted.accent.lower() != event.accent.lower() and not is_readable(wanted.accent):
        yield UnreadableAccent(colour=wanted.accent)


def _set_limit(event: Event, limit: Limit | None) -> None:
    if limit is None:
        clear_deadline(event)
    else:
        set_deadline(event, **vars(limit))


def set_place(event: Event, place: Place) -> None:
    """Say where it takes place. A venue that other editions share is left as they know it."""
    if not place.name:
        event.venue = None
        return
    values: dict[str, Any] = {name: getattr(place, name) for name in Place.__dataclass_fields__}
    venue = event.venue
    if venue is not None and all(getattr(venue, name) == value for name, value in values.items()):
        return
    if venue is None or _is_shared(venue):
        event.venue = Venue(**values)
        return
    for name, value in values.items():
        setattr(venue, name, value)


def _is_shared(venue: Venue) -> bool:
    wanted = select(func.count()).select_from(Event).where(Event.venue_id == venue.id)
    return (db.session.scalar(wanted) or 0) > 1


def _told(settings: EventSettings, event: Event) -> dict[str, Any]:
    """One level of plain values for the journal: hours in the event's zone, languages apart."""
    zone = ZoneInfo(event.timezone)
    told: dict[str, Any] = {}
    parts = {**vars(settings), "place": None, "quotas": None, "deadline": None}
    for name, value in parts.items():
        told |= _flat(name, value, zone)
    for name, value in vars(settings.place).items():
        told |= _flat(f"venue {name}", value, zone)
    told |= {f"quota {key}": quota for key, quota in settings.quotas.items()}
    told["deadline"] = deadline_told(settings.deadline)
    return told


def _flat(name: str, value: Any, zone: ZoneInfo) -> dict[str, Any]:
    if isinstance(value, Bilingual):
        return {f"{name} {code}": text for code, text in asdict(value).items()}
    if isinstance(value, datetime):
        return {name: f"{value.astimezone(zone):%Y-%m-%d %H:%M}"}
    return {name: value}


def deadline_told(limit: Limit | None) -> str | None:
    """A deadline as the journal keeps it, "2025-11-07 excluded" or "15 days before, 12:00"."""
    if limit is None:
        return None
    word = f" {limit.at:%H:%M}" if limit.at else (" included" if limit.is_inclusive else " excluded")
    return f"{limit.day or f'{limit.days_before} days before,'}{word}"
