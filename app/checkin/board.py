"""What the lead looks at beside the figures: the minutes, the delegations, the guests looked out for, the devices."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.checkin.conflict_queries import count_conflicts
from app.checkin.door_models import DoorNote
from app.checkin.door_queries import list_devices, list_notes
from app.checkin.models import Device
from app.checkin.outlook import Outlook, outlook_of
from app.checkin.queries import Entry, list_entries
from app.database import db
from app.events.models import Event
from app.invitations.delegation import Delegation, DelegationMember
from app.registration.models import Registration

MINUTES = 60
# A desk tells every twenty seconds that it is there; a clock so far off, in ms, is worth a word.
SILENT = timedelta(minutes=2)
FAR_OFF_MS = 120_000


@dataclass(frozen=True)
class Party:
    """One delegation at the door: how many of those with a place are in."""

    name: str
    present: int
    expected: int

    @property
    def state(self) -> str:
        """One of none, some, all."""
        return "all" if self.present >= self.expected else "some" if self.present else "none"


@dataclass(frozen=True)
class Minute:
    """Arrivals of one minute; `at` is its beginning, in the event's zone."""

    at: datetime
    arrivals: int


@dataclass(frozen=True)
class Board:
    """One day for the lead; `minutes` is the last hour, or the hour that ends with the last arrival of a past day."""

    minutes: tuple[Minute, ...]
    parties: tuple[Party, ...]
    missing: tuple[DoorNote, ...]
    devices: tuple[Device, ...]
    silent: frozenset[str]
    conflicts: int
    outlook: Outlook | None = None

    @property
    def busiest(self) -> Minute:
        """The minute with most arrivals."""
        return max(self.minutes, key=lambda minute: minute.arrivals)

    def curve(self, width: int = 600, height: int = 100) -> str:
        """Points of an SVG polyline in a box of these units, a point a minute."""
        highest = max(self.busiest.arrivals, 1)
        step = width / (len(self.minutes) - 1)
        return " ".join(
            f"{step * n:.1f},{height - height * minute.arrivals / highest:.1f}" for n, minute in enumerate(self.minutes)
        )


def board_of(
    event: Event, day: date, at: datetime, entries: Sequence[Entry] | None = None, *, confirmed: int = 0
) -> Board:
    """The board of one day: a fixed number of statements, whatever the number of guests.

    `entries`: that day's, if read; `confirmed`: how many have a place, for the outlook of the queue.
    """
    entries = list_entries(event, day) if entries is None else entries
    present = {entry.registration_id for entry in entries}
    devices = [device for device in list_devices(event) if device.revoked_at is None]
    return Board(
        minutes=_minutes(entries, _last_minute(event, entries, day, at), ZoneInfo(event.timezone)),
        parties=_parties(event, present),
        missing=tuple(
            note
            for note in list_notes(event)
            if note.is_vip and note.registration.state == "confirmed" and note.registration_id not in present
        ),
        devices=tuple(devices),
        silent=frozenset(d.public_id for d in devices if d.last_seen_at is None or at - d.last_seen_at > SILENT),
        conflicts=count_conflicts(event),
        outlook=outlook_of(event, day, at, entries=entries, devices=devices, confirmed=confirmed),
    )


def _last_minute(event: Event, entries: Sequence[Entry], day: date, at: datetime) -> datetime:
    is_today = at.astimezone(ZoneInfo(event.timezone)).date() == day
    end = at if is_today or not entries else entries[-1].at
    return end.replace(second=0, microsecond=0)


def _minutes(entries: Sequence[Entry], last: datetime, zone: ZoneInfo) -> tuple[Minute, ...]:
    counts = Counter(entry.at.replace(second=0, microsecond=0) for entry in entries)
    starts = [last - timedelta(minutes=n) for n in reversed(range(MINUTES))]
    return tuple(Minute(start.astimezone(zone), counts[start]) for start in starts)


def _parties(event: Event, present: set[int]) -> tuple[Party, ...]:
    """Delegations that have somebody with a place, by name."""
    wanted = (
        select(Delegation.id, Delegation.name, Registration.id)
        .join(DelegationMember, DelegationMember.delegation_id == Delegation.id)
        .join(Registration, Registration.person_id == DelegationMember.person_id)
        .where(
            Delegation.event_id == event.id,
            Delegation.state != "withdrawn",
            Registration.event_id == event.id,
            Registration.state == "confirmed",
        )
        .order_by(Delegation.name, Delegation.id)
    )
    names: dict[int, str] = {}
    people: dict[int, set[int]] = {}
    for number, name, registration in db.session.execute(wanted):
        names[number] = name
        people.setdefault(number, set()).add(registration)
    return tuple(Party(name, len(people[n] & present), len(people[n])) for n, name in names.items())
