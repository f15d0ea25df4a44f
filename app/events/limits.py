"""Until when answers are taken: a day, or so many days before the event, and whether that day counts."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app import when
from app.events.models import Category, Event


@dataclass(frozen=True)
class Limit:
    """A deadline as it was decided: `day`, or `days_before` the event's first day, never both.

    `is_inclusive`: answers are still taken on that day. `at`: the hour of that day at which they close, in the event's
    zone; then the day is neither in nor out.
    """

    day: date | None = None
    is_inclusive: bool = False
    at: time | None = None
    days_before: int | None = None

    def day_for(self, starts_at: datetime, zone: str) -> date:
        """The day itself, for an event that begins at `starts_at`."""
        if self.day is not None:
            return self.day
        return starts_at.astimezone(ZoneInfo(zone)).date() - timedelta(days=self.days_before or 0)

    def closing(self, starts_at: datetime, zone: str) -> datetime:
        """First instant (UTC) at which answers are late."""
        return when.deadline_instant(self.day_for(starts_at, zone), self.is_inclusive, ZoneInfo(zone), self.at)

    def words(self, event: Event, language: str) -> str:
        """The deadline of `event` as a sentence part with weekday, day, hour and zone."""
        day = self.day_for(event.starts_at, event.timezone)
        return when.deadline_words(day, self.is_inclusive, self.at, ZoneInfo(event.timezone), language)


def own_limit(category: Category) -> Limit | None:
    """The deadline a category has of its own; None: the event's holds."""
    if category.deadline_day is None and category.deadline_days_before is None:
        return None
    return Limit(
        category.deadline_day, category.deadline_is_inclusive, category.deadline_at, category.deadline_days_before
    )


def limit_of(event: Event, category: Category | None = None) -> Limit | None:
    """The deadline that holds for `category`, or for those without one of their own; None: nothing closes."""
    own = own_limit(category) if category else None
    if own is not None or event.deadline is None:
        return own
    held = event.deadline
    return Limit(held.day, held.is_inclusive, held.at, held.days_before)
