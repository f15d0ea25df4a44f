"""What the lead is told of the queue: `forecast` asked with what this event's ledger and devices say."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.checkin.forecast import (
    CURVE,
    Assumed,
    Forecast,
    Plan,
    Seen,
    exception_agents,
    forecast,
    measured_seconds,
    plans_around,
)
from app.checkin.ledger import day_of
from app.checkin.manifest_queries import find_settings
from app.checkin.models import Device, Gate
from app.checkin.pacing import Pace
from app.checkin.queries import Entry
from app.database import db
from app.events.models import Event

# A desk tells every twenty seconds that it is there; one opened by an account is known by who it lets in.
IN_CONTACT, AT_WORK = timedelta(minutes=2), timedelta(minutes=10)
# Minutes of entrances that are looked at; how long after the time of arrivals a queue is still told.
LOOKED_BACK, TOLD_AFTER = 120, timedelta(hours=3)


@dataclass(frozen=True)
class Point:
    """The queue expected at an instant, in the event's zone."""

    at: datetime
    queue: int


@dataclass(frozen=True)
class Outlook:
    """The queue of today, or how many desks it takes. `told` None: the doors are not open yet."""

    opens_at: datetime
    now: datetime
    confirmed: int
    guests: int
    desks: int
    seconds: int
    is_measured: bool
    minutes: int
    has_exception_desk: bool
    agents: int
    plans: tuple[Plan, ...]
    needed: int
    told: Forecast | None

    @property
    def all_in_at(self) -> datetime | None:
        """When the last is in, to the minute."""
        return None if self.told is None or self.told.last is None else self._in(self.told.last)

    @property
    def longest_at(self) -> datetime:
        """When the queue is longest."""
        return self._in(self.told.longest_in if self.told else 0)

    @property
    def points(self) -> tuple[Point, ...]:
        """The queue of every ten minutes of the next hour, as text."""
        ahead = self.told.ahead if self.told else ()
        return tuple(Point(self._in(n), ahead[n]) for n in range(0, len(ahead), 10))

    def curve(self, width: int = 600, height: int = 100) -> str:
        """Points of an SVG polyline in a box of these units, a point a minute ahead."""
        ahead = self.told.ahead if self.told else ()
        highest = max(*ahead, 1)
        return " ".join(f"{width * n / CURVE:.1f},{height - height * q / highest:.1f}" for n, q in enumerate(ahead))

    def _in(self, minutes: float) -> datetime:
        return self.now + timedelta(minutes=round(minutes))


def outlook_of(
    event: Event, day: date, at: datetime, *, entries: Sequence[Entry], devices: Sequence[Device], confirmed: int
) -> Outlook | None:
    """The outlook of `day` with its `entries`; None for a day that is over, and where nobody is awaited.

    The same within one minute, whenever it is asked. Two statements.
    """
    at = at.replace(second=0, microsecond=0)
    chosen = Pace.of(find_settings(event))
    opens = opening_of(event, at, chosen)
    is_over = at > opens + timedelta(minutes=chosen.arrival_minutes) + TOLD_AFTER
    if day != day_of(event, at) or is_over or not confirmed or event.status == "cancelled":
        return None
    measured = measured_seconds(_instants(entries))
    seconds = round(measured or chosen.desk_seconds)
    assumed = Assumed(seconds, chosen.arrival_minutes, is_mixed=not chosen.has_exception_desk)
    guests = max(round(confirmed * chosen.show_up / 100), len(entries))
    desks = _count_desks(event, devices, entries, at)
    seen = Seen((at - opens) / timedelta(minutes=1), guests, _entrances(entries, opens, at), len(entries), desks)
    plans = plans_around(guests, assumed)
    return Outlook(
        opens_at=opens.astimezone(ZoneInfo(event.timezone)),
        now=at.astimezone(ZoneInfo(event.timezone)),
        confirmed=confirmed,
        guests=guests,
        desks=desks,
        seconds=seconds,
        is_measured=measured is not None,
        minutes=chosen.arrival_minutes,
        has_exception_desk=chosen.has_exception_desk,
        agents=exception_agents(guests, assumed),
        plans=plans,
        needed=plans[-2].desks if len(plans) > 1 else 1,
        told=forecast(seen, assumed) if at >= opens else None,
    )


def opening_of(event: Event, at: datetime, chosen: Pace) -> datetime:
    """When the doors open today, on a day of the event; else on the nearest one.

    Where nobody said it: so long before it begins that all may come in.
    """
    opens = event.doors_open_at or event.starts_at - timedelta(minutes=chosen.arrival_minutes)
    first, last = day_of(event, opens), day_of(event, event.ends_at or event.starts_at)
    day = min(max(day_of(event, at), first), max(first, last))
    zone = ZoneInfo(event.timezone)
    hour: time = opens.astimezone(zone).time()
    return datetime.combine(day, hour, zone).astimezone(opens.tzinfo)


def _instants(entries: Sequence[Entry]) -> list[list[float]]:
    """When each desk let in, in seconds."""
    found: dict[int, list[float]] = defaultdict(list)
    for entry in entries:
        found[entry.device_id].append(entry.at.timestamp())
    return list(found.values())


def _entrances(entries: Sequence[Entry], opens: datetime, at: datetime) -> tuple[int, ...]:
    """Entrances of each minute since the doors opened, two hours at most, the minute going on included."""
    minutes = min(int((at - opens) / timedelta(minutes=1)), LOOKED_BACK)
    if minutes < 0:
        return ()
    counts = Counter(int((at - entry.at.replace(second=0, microsecond=0)) / timedelta(minutes=1)) for entry in entries)
    return tuple(counts[ago] for ago in range(minutes, -1, -1))


def _count_desks(event: Event, devices: Sequence[Device], entries: Sequence[Entry], at: datetime) -> int:
    """Desks of the main entrance that were in contact, or let somebody in, a moment ago."""
    main = set(
        db.session.scalars(select(Gate.id).where(Gate.event_id == event.id, Gate.zone == "", Gate.session_id.is_(None)))
    )
    there = {
        device.id
        for device in devices
        if device.role != "observer"
        and device.revoked_at is None
        and (device.gate_id is None or device.gate_id in main)
        and device.last_seen_at is not None
        and at - device.last_seen_at <= IN_CONTACT
    }
    return len(there | {entry.device_id for entry in entries if at - entry.at <= AT_WORK})
