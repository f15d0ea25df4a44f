"""Figures of the door, counted from the ledger: by category, by gate, over time."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.checkin.queries import Entry, list_days, list_entries
from app.checkin.service import day_of
from app.events.models import Category, Event
from app.registration.queries import count_confirmed

SLOT = timedelta(minutes=10)
# A whole evening; a door left open all night shows its first twelve hours.
MOST_SLOTS = 72
FEWEST_SLOTS = 6


@dataclass(frozen=True)
class Group:
    """One category at the door."""

    category: Category
    present: int
    expected: int


@dataclass(frozen=True)
class Slot:
    """Ten minutes: `at` is their beginning, in the event's zone."""

    at: datetime
    arrivals: int


@dataclass(frozen=True)
class Figures:
    """A day at the door. `expected` counts the confirmed, those already in included."""

    day: date
    present: int
    expected: int
    groups: tuple[Group, ...]
    gates: tuple[tuple[str, int], ...]
    slots: tuple[Slot, ...]

    @property
    def busiest(self) -> Slot | None:
        """The ten minutes with most arrivals."""
        return max(self.slots, key=lambda slot: slot.arrivals, default=None)


def list_days_with(event: Event, at: datetime) -> list[date]:
    """Days that have figures: those with a scan, and today while the event goes on."""
    days = set(list_days(event))
    first = day_of(event, event.starts_at)
    last = day_of(event, event.ends_at or event.starts_at)
    today = day_of(event, at)
    return sorted(days | {today} if first <= today <= last or not days else days)


def figures_of(event: Event, day: date, entries: Sequence[Entry] | None = None) -> Figures:
    """Figures of one day: three statements at most, whatever the number of guests; `entries`: that day's, if read."""
    entries = list_entries(event, day) if entries is None else entries
    confirmed = count_confirmed(event.id)
    by_category = Counter(entry.category_id for entry in entries)
    by_gate = Counter(entry.gate for entry in entries)
    return Figures(
        day=day,
        present=len(entries),
        expected=sum(confirmed.values()),
        groups=tuple(
            Group(category, by_category[category.id], confirmed.get(category.id, 0)) for category in event.categories
        ),
        gates=tuple(sorted(by_gate.items())),
        slots=_slots(entries, ZoneInfo(event.timezone)),
    )


def _slots(entries: Sequence[Entry], zone: ZoneInfo) -> tuple[Slot, ...]:
    """Every ten minutes from the first arrival to the last, empty ones included."""
    if not entries:
        return ()
    counts = Counter(_slot_of(entry.at) for entry in entries)
    first, last = min(counts), max(counts)
    number = min(max((last - first) // SLOT + 1, FEWEST_SLOTS), MOST_SLOTS)
    starts = [first + SLOT * n for n in range(number)]
    return tuple(Slot(start.astimezone(zone), counts[start]) for start in starts)


def _slot_of(at: datetime) -> datetime:
    return at.replace(minute=at.minute - at.minute % 10, second=0, microsecond=0)
