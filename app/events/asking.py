"""What an event asks of its guests beside their answer, and from when on what is printed stands."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.audit.service import Actor, record
from app.database import db, lock_row
from app.events.models import Category, Event

# "title": function and organisation as printed; "document_name": the name on the identity document;
# "access", "diet", "photo", "sharing": needs and wishes, always optional; "questions", "desk_questions":
# whether there are any of the organiser's own, so that an event without them asks the database nothing.
ASKED = ("title", "document_name", "access", "diet", "photo", "sharing", "questions", "desk_questions")


def set_asked(event: Event, wanted: Collection[str], *, actor: Actor, at: datetime) -> bool:
    """Say what guests are asked, of ASKED; whether anything changed. What is unknown raises ValueError."""
    if not set(wanted) <= set(ASKED):
        raise ValueError(sorted(set(wanted) - set(ASKED)))
    lock_row(event)
    asked = tuple(name for name in ASKED if name in wanted)
    before = event.asks
    if asked == before:
        return False
    event.asks = asked
    _record(event, actor, at, {"asks": list(before)}, {"asks": list(asked)})
    return True


def set_freezes(event: Event, days: Mapping[str, date | None], *, actor: Actor, at: datetime) -> bool:
    """From which day what is printed stands, by category key; None: never. Whether anything changed."""
    before = {one.key: one.frozen_on for one in event.categories}
    for one in event.categories:
        one.frozen_on = days.get(one.key, one.frozen_on)
    after = {one.key: one.frozen_on for one in event.categories}
    if before == after:
        return False
    _record(event, actor, at, _told(before), _told(after))
    return True


def is_frozen(category: Category, at: datetime) -> bool:
    """Whether what is printed of this category's guests stands: the day has begun where the event takes place."""
    if category.frozen_on is None:
        return False
    return at.astimezone(ZoneInfo(category.event.timezone)).date() >= category.frozen_on


def _told(days: Mapping[str, date | None]) -> dict[str, Any]:
    return {f"frozen {key}": day.isoformat() if day else None for key, day in days.items()}


def _record(event: Event, actor: Actor, at: datetime, before: dict[str, Any], after: dict[str, Any]) -> None:
    db.session.flush()
    record(
        actor, "event.changed", kind="event", id=event.public_id, name=event.title.get("fr"), topic=event.public_id,
        at=at, before=before, after=after,
    )  # fmt: skip
