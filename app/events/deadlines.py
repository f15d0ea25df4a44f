"""A category's own deadline: later or earlier than the event's, for its guests alone."""

from datetime import datetime

from app.audit.service import Actor, record
from app.events.limits import Limit, own_limit
from app.events.models import Category
from app.events.service import DeadlineAfterEvent
from app.events.settings import deadline_told


def set_category_deadline(category: Category, limit: Limit | None, *, actor: Actor, at: datetime) -> bool:
    """Give a category a deadline of its own, or the event's again (None); whether anything changed.

    Raises DeadlineAfterEvent.
    """
    event, before = category.event, own_limit(category)
    if before == limit:
        return False
    if limit and limit.closing(event.starts_at, event.timezone) > event.starts_at:
        raise DeadlineAfterEvent
    wanted = limit or Limit()
    category.deadline_day, category.deadline_days_before = wanted.day, wanted.days_before
    category.deadline_is_inclusive, category.deadline_at = wanted.is_inclusive, wanted.at
    record(
        actor, "category.deadline_changed", kind="category", id=category.public_id, name=category.name.get("fr"),
        topic=event.public_id, at=at,
        before={"deadline": deadline_told(before)}, after={"deadline": deadline_told(limit)},
    )  # fmt: skip
    return True
