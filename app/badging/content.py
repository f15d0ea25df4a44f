"""What a badge says now, as a mark: two marks that differ mean that the badge in hand is out of date."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, select

from app.badging.models import Badge, PrintedBadge, PrintRun
from app.database import db
from app.directory.models import Person
from app.events.models import Category, Event
from app.registration.life import Consent
from app.registration.models import Registration


@dataclass(frozen=True)
class Content:
    """One badge as it would be printed now: its version, and the mark of its texts."""

    badge_id: int
    person_id: int
    version: int
    mark: str


def list_contents(
    event: Event, *, category: str = "", people: Sequence[int] = (), badge_id: int | None = None
) -> list[Content]:
    """The badges in force of everyone confirmed, by name; `people`: only theirs, in that order.

    Three statements at most, whatever their number.
    """
    wanted = _select(event)
    if category:
        wanted = wanted.where(Category.key == category)
    if badge_id is not None:
        wanted = wanted.where(Badge.id == badge_id)
    if people:
        wanted = wanted.where(Registration.person_id.in_(people))
    camera_shy = list_camera_shy(event)
    found = [_content(row, row.registration_id in camera_shy) for row in db.session.execute(wanted)]
    if not people:
        return found
    places = {person: place for place, person in enumerate(people)}
    return sorted(found, key=lambda one: places[one.person_id])


def list_camera_shy(event: Event) -> set[int]:
    """Registrations of those who do not wish to be photographed; nothing is asked where the event does not ask it."""
    if "photo" not in event.asks:
        return set()
    wanted = select(Consent.registration_id).join(Consent.registration)
    return set(db.session.scalars(wanted.where(Registration.event_id == event.id, Consent.kind == "photo")))


def list_last_printed(event: Event, design: str) -> dict[int, tuple[int, str]]:
    """By badge id, the version and mark that the last run of this design printed; failed runs printed nothing."""
    wanted = (
        select(PrintedBadge.badge_id, PrintedBadge.version, PrintedBadge.content)
        .join(PrintedBadge.run)
        .where(PrintRun.event_id == event.id, PrintRun.design == design, PrintRun.state != "failed")
        .order_by(PrintRun.id)
    )
    return {badge: (version, mark) for badge, version, mark in db.session.execute(wanted)}


def list_changed(event: Event, contents: Sequence[Content], design: str) -> list[Content]:
    """Those of `contents` that the last run of this design did not print as they are now."""
    printed = list_last_printed(event, design)
    return [one for one in contents if printed.get(one.badge_id) != (one.version, one.mark)]


def _select(event: Event) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Badge.id.label("badge_id"),
            Badge.version,
            Badge.registration_id,
            Registration.person_id,
            Registration.qualities,
            Registration.organisation,
            Registration.zone,
            Person.given_name,
            Person.family_name,
            Person.native_name,
            Person.country,
            Person.spoken,
            Category.key,
            Category.name,
            Category.palette,
            Category.shape,
        )
        .join(Badge.registration)
        .join(Registration.person)
        .join(Registration.category)
        .where(Badge.event_id == event.id, Badge.state == "active", Registration.state == "confirmed")
        .order_by(Person.folded_family, Person.folded_given, Badge.id)
    )


def content_of(badge: Badge, no_photo: bool) -> Content:
    """What `list_contents` says of a badge that is loaded with its registration, person and category."""
    registration = badge.registration
    mark = _mark(registration.person, registration, registration.category, no_photo)
    return Content(badge.id, registration.person_id, badge.version, mark)


def _content(row: Row[Any], no_photo: bool) -> Content:
    return Content(row.badge_id, row.person_id, row.version, _mark(row, row, row, no_photo))


def _mark(person: Any, registration: Any, category: Any, no_photo: bool) -> str:
    """The mark of what is printed: three objects with its columns, or the row that has them all."""
    told = [
        person.given_name, person.family_name, person.native_name, person.country,
        [q for q in registration.qualities if q][:3], registration.organisation, category.key, category.name.fr,
        category.name.en, category.palette, category.shape, no_photo,
    ]  # fmt: skip
    if person.spoken or registration.zone:
        # Only then: badges printed before either was recorded still say what they would say now.
        told += [list(person.spoken), registration.zone]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:32]
