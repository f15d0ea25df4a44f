"""Calendars that import as they should: RFC 5545 (objects), 5546 (methods), 7986 (names).

A stable UID per thing and a SEQUENCE that grows with each change let a calendar replace what it
holds; the zone travels with the file, since programs that have to guess shift meetings by an hour
or two.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vDuration

DEFAULT_DURATION = timedelta(hours=2)
"""Declared for what has no known end, so that calendars show a block and not a point."""

PRODUCT = "-//Parvis//Parvis//EN"
METHODS = ("PUBLISH", "REQUEST", "CANCEL")
_PARTICIPATION = {"CONFIRMED": "ACCEPTED", "TENTATIVE": "TENTATIVE", "CANCELLED": "DECLINED"}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing in a calendar. Instants are aware UTC datetimes; empty texts are left out.

    `uid` never changes for the same registration or session; `sequence` grows at each change from
    0; `status` is CONFIRMED, TENTATIVE (waiting list) or CANCELLED; `alarm_minutes` before the
    start, None for no alarm. `is_all_day`: only the days are known; they are those of the zone, and
    an end at midnight belongs to the evening before (RFC 5545, 3.6.1: DTEND is not included).
    """

    uid: str
    start_utc: datetime
    summary: str
    end_utc: datetime | None = None
    sequence: int = 0
    description: str = ""
    location: str = ""
    url: str = ""
    organizer_name: str = ""
    organizer_email: str = ""
    attendee_name: str = ""
    attendee_email: str = ""
    status: str = "CONFIRMED"
    alarm_minutes: int | None = None
    is_all_day: bool = False


def calendar_bytes(
    entries: Sequence[Entry],
    *,
    name: str,
    zone: ZoneInfo | str,
    stamp: datetime,
    method: str = "PUBLISH",
    source: str = "",
    refresh: timedelta | None = None,
) -> bytes:
    """An .ics file: CRLF, lines of at most 75 octets, times in `zone` with its VTIMEZONE.

    PUBLISH is for downloads and names no attendee (RFC 5546, 3.2.1); REQUEST and CANCEL carry one
    entry to its own attendee. `stamp` is when this was made; `source` where it is found again and
    `refresh` how long it stays fresh (RFC 7986, 5.7 and 5.8), for what is subscribed to. Raises
    ValueError for naive instants and for a REQUEST or CANCEL without organiser, attendee or exactly one entry.
    """
    place = ZoneInfo(zone) if isinstance(zone, str) else zone
    _check(entries, method, stamp)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if name := " ".join(name.split()):  # a line break would end the property
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
    _add_subscription(calendar, source, refresh)
    if entries and place.key != "UTC":
        years = [(instant or entry.start_utc).year for entry in entries for instant in (entry.end_utc, None)]
        calendar.add_component(_timezone(place.key, min(years), max(years)))
    for entry in entries:
        calendar.add_component(_event(entry, method, place, stamp))
    return bytes(calendar.to_ical())


def _add_subscription(calendar: Calendar, source: str, refresh: timedelta | None) -> None:
    if source:
        calendar.add("source", source, parameters={"VALUE": "URI"})
    if refresh:
        calendar.add("refresh-interval", refresh, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(refresh))  # what Outlook reads


def _check(entries: Sequence[Entry], method: str, stamp: datetime) -> None:
    if method not in METHODS:
        raise ValueError(f"unknown method: {method}")
    instants = [stamp, *(entry.start_utc for entry in entries)]
    instants += [entry.end_utc for entry in entries if entry.end_utc]
    if any(instant.tzinfo is None for instant in instants):
        raise ValueError("an instant needs a zone")
    if method == "PUBLISH":
        return
    if len(entries) != 1 or not entries[0].organizer_email or not entries[0].attendee_email:
        raise ValueError(f"{method} carries one entry from an organiser to an attendee")


def _event(entry: Entry, method: str, zone: ZoneInfo, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("last-modified", stamp.astimezone(UTC))
    _add_times(event, entry, zone)
    for field in ("summary", "description", "location", "url"):
        if text := getattr(entry, field):
            event.add(field, text)
    event.add("status", "CANCELLED" if method == "CANCEL" else entry.status)
    event.add("transp", "OPAQUE")
    _add_people(event, entry, method)
    if entry.alarm_minutes is not None and method != "CANCEL" and entry.status != "CANCELLED":
        event.add_component(_alarm(entry))
    return event


def _add_times(event: Event, entry: Entry, zone: ZoneInfo) -> None:
    start = _told(entry.start_utc, zone)
    if entry.is_all_day:
        last = _told(entry.end_utc, zone) - timedelta(seconds=1) if entry.end_utc else start
        event.add("dtstart", start.date())
        event.add("dtend", last.date() + timedelta(days=1))
        return
    event.add("dtstart", start)
    if entry.end_utc and entry.end_utc > entry.start_utc:
        event.add("dtend", _told(entry.end_utc, zone))
    else:
        event.add("duration", DEFAULT_DURATION)


def _told(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(UTC if zone.key == "UTC" else zone)


def _add_people(event: Event, entry: Entry, method: str) -> None:
    """Organiser always when known; the attendee only in a message to that attendee."""
    if entry.organizer_email:
        event.add("organizer", _address(entry.organizer_email, entry.organizer_name), encode=False)
    if method == "PUBLISH":
        return
    attendee = _address(entry.attendee_email, entry.attendee_name)
    attendee.params["ROLE"] = "REQ-PARTICIPANT"
    attendee.params["PARTSTAT"] = _PARTICIPATION[entry.status]
    attendee.params["RSVP"] = "FALSE"  # the answer is given in Parvis, not to the mailbox
    event.add("attendee", attendee, encode=False)


def _address(email: str, name: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    if name:
        address.params["CN"] = name.replace('"', "'")
    return address


def _alarm(entry: Entry) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.summary)
    alarm.add("trigger", -timedelta(minutes=entry.alarm_minutes or 0))
    return alarm


@lru_cache(maxsize=256)
def _timezone(key: str, first_year: int, last_year: int) -> Timezone:
    """The zone's rules for these years: one part for each change of its clock.

    Each part begins at the wall time before the change, as RFC 5545, 3.6.5 asks.
    """
    zone = ZoneInfo(key)
    begin = datetime(first_year, 1, 1, tzinfo=UTC)
    component = Timezone()
    component.add("tzid", key)
    component.add_component(_observance(begin, begin, zone))
    for before, after in _changes(begin, datetime(last_year + 1, 1, 1, tzinfo=UTC), zone):
        component.add_component(_observance(before, after, zone))
    return component


def _changes(begin: datetime, end: datetime, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """The instant just before and the instant of each change of offset or name."""
    day = timedelta(days=1)
    while begin < end:
        if not _is_same(begin, begin + day, zone):
            before, after = begin, begin + day
            while after - before > timedelta(seconds=1):
                middle = before + (after - before) // 2
                before, after = (middle, after) if _is_same(before, middle, zone) else (before, middle)
            after = after.replace(microsecond=0)
            yield after - timedelta(seconds=1), after
        begin += day


def _is_same(one: datetime, other: datetime, zone: ZoneInfo) -> bool:
    there, later = one.astimezone(zone), other.astimezone(zone)
    return (there.utcoffset(), there.tzname()) == (later.utcoffset(), later.tzname())


def _observance(before: datetime, after: datetime, zone: ZoneInfo) -> TimezoneStandard | TimezoneDaylight:
    old, new = before.astimezone(zone), after.astimezone(zone)
    offset = old.utcoffset() or timedelta()
    part = TimezoneDaylight() if new.dst() else TimezoneStandard()
    part.add("dtstart", (after + offset).replace(tzinfo=None))
    part.add("tzoffsetfrom", offset)
    part.add("tzoffsetto", new.utcoffset() or timedelta())
    part.add("tzname", new.tzname() or zone.key)
    return part
