"""The list a device carries: as little as a door without a network needs, refreshed by differences (docs/door.md).

Guests lie in 64 buckets; the version tells a digest of each, so that a correction of a name, a category, a note or a
place sends one bucket again, whatever changed it, and nothing has to be remembered here about any device.
"""

import base64
import hashlib
import json
import zlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.badging.codes import IDENTITY, public_key
from app.checkin import manifest_queries
from app.checkin.answers import DOCUMENT_WORDS
from app.checkin.door_queries import list_gate_rows
from app.checkin.enrolling import AFTER_THE_DAY
from app.checkin.ledger import day_of
from app.checkin.manifest_queries import Dead, Listed
from app.checkin.models import DOCUMENTS, Device, DoorSettings, Gate
from app.checkin.receiving import device_facts
from app.checkin.rehearsal_list import listed, told_passages
from app.checkin.rehearsal_models import RehearsalGuest
from app.checkin.rehearsal_queries import list_guests as list_invented
from app.checkin.rows import instant_of, milliseconds_of
from app.events.models import Category, Event
from app.i18n import here
from app.registration.desk_notes import SIGN_WORDS

BUCKETS = 64
DIGEST = 4
# Passages written while the last answer was being read are told again; the device knows them by their instant.
OVERLAP = timedelta(seconds=30)
_STATES = {"confirmed": "c", "offered": "o", "waiting": "w", "cancelled": "x"}
Json = dict[str, Any]


@dataclass(frozen=True)
class Since:
    """What a device has: up to which instant (ms) it knows the passages, and the digest of each bucket."""

    cursor: int
    digests: tuple[str, ...]


def read_version(text: str) -> Since | None:
    """A version as a device sends it back; None for anything else: it then gets everything."""
    cursor, _dot, digests = text.partition(".")
    if not cursor.isdecimal() or len(cursor) > len("1783515600000") or len(digests) != BUCKETS * DIGEST:
        return None
    return Since(int(cursor), tuple(digests[n : n + DIGEST] for n in range(0, len(digests), DIGEST)))


def fingerprint(event: Event, text: str) -> str:
    """What stands for a code on a device: six bytes of SHA-256, of no use at another event."""
    digest = hashlib.sha256(f"{event.public_id}:{text}".encode()).digest()
    return base64.urlsafe_b64encode(digest[:6]).decode()


def manifest_of(event: Event, device: Device | None, since: str, *, secret: str, at: datetime) -> Json:
    """The list, or what changed since a version. Reads only; as many statements whatever the number of guests."""
    gates, categories = list_gate_rows(event), list(event.categories)
    buckets = _buckets(event, categories, {gate.session_id for gate in gates if gate.session_id})
    count = sum(len(bucket) for bucket in buckets.values())
    invented = list_invented(event)
    _add_invented(event, invented, categories, buckets)
    digests = tuple(_digest(buckets[n]) for n in range(BUCKETS))
    known = read_version(since)
    cursor = milliseconds_of(manifest_queries.find_last_change(event) or datetime(1970, 1, 1, tzinfo=UTC))
    changed = [n for n in range(BUCKETS) if known is None or known.digests[n] != digests[n]]
    chosen = manifest_queries.find_settings(event)
    return {
        "form": "plain",
        "version": f"{cursor}.{''.join(digests)}",
        "full": known is None,
        "server_time": milliseconds_of(at),
        "expires_at": milliseconds_of(_expiry(event, device, at)),
        "count": count,
        "event": _event_facts(event, chosen, secret, at),
        "device": device_facts(device) if device else None,
        "gates": [_gate_facts(gate) for gate in gates],
        "categories": [_category_facts(category, chosen) for category in categories],
        "buckets": {str(n): buckets[n] for n in changed if buckets[n] or known is not None},
        "places": [],
        "passages": _passages(event, known)
        + (told_passages(event, invented, list_event_days(event, at)) if invented else []),
    }


def content_mark(manifest: Json) -> str:
    """The same for two answers that tell the same, whenever they were asked."""
    told = {name: value for name, value in manifest.items() if name != "server_time"}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:24]


def _buckets(event: Event, categories: Sequence[Category], sessions: set[int]) -> dict[int, list[list[Any]]]:
    places = {category.id: n for n, category in enumerate(categories)}
    extras = manifest_queries.read_extras(event, sessions)
    buckets: dict[int, list[list[Any]]] = defaultdict(list)
    for guest in manifest_queries.list_guests(event):
        row = _guest(event, guest, places.get(guest.category_id, 0), extras)
        buckets[zlib.crc32(guest.public_id.encode()) % BUCKETS].append(row)
    return buckets


def _add_invented(
    event: Event, invented: Sequence[RehearsalGuest], categories: Sequence[Category], buckets: dict[int, list[Any]]
) -> None:
    """The guests of a rehearsal that goes on, found and decided on as the others."""
    places = {category.id: n for n, category in enumerate(categories)}
    for guest in invented:
        row = listed(guest, places, lambda text: fingerprint(event, text))
        buckets[zlib.crc32(guest.public_id.encode()) % BUCKETS].append(row)


def _guest(event: Event, guest: Listed, category: int, extras: manifest_queries.Extras) -> list[Any]:
    signs = [[kind, str(SIGN_WORDS[kind])] for kind in extras.signs.get(guest.id, ())]
    note = [["staff", extras.notes[guest.id]]] if guest.id in extras.notes else []
    authority, dead = extras.authorities.get(guest.id), extras.dead.get(guest.id, ())
    note += [[authority.kind, authority.text]] if authority else []
    note += [[one.kind, one.text] for one in extras.details.get(guest.id, ())]
    row: list[Any] = [
        guest.public_id,
        guest.name,
        guest.native_name,
        guest.quality,
        guest.organisation,
        category,
        _STATES.get(guest.state, "n"),
        fingerprint(event, guest.code[:IDENTITY]) if guest.code else "",
        guest.version,
        _typed(event, guest, dead),
        {"active": "v", "revoked": "r"}.get(guest.badge_state, ""),
        note + signs,
        extras.sessions.get(guest.id, []),
        extras.stand_ins.get(guest.id, ""),
    ]
    while not row[-1]:  # nothing particular about most guests: nothing is sent
        row.pop()
    return row


def _typed(event: Event, guest: Listed, dead: Sequence[Dead]) -> str:
    """The short code in force and those replaced, eight characters each; "." before each badge revoked earlier."""
    replaced = " ".join([guest.former_codes, *(one.former_codes for one in dead)])
    shorts = "".join(fingerprint(event, short) for short in (guest.short_code, *replaced.split()) if short)
    revoked = [
        f"{fingerprint(event, one.code[:IDENTITY])}{fingerprint(event, one.short_code)}{one.version}" for one in dead
    ]
    return ".".join([shorts, *revoked])


def _digest(bucket: list[list[Any]]) -> str:
    told = json.dumps(bucket, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(hashlib.sha256(told).digest()).decode()[:DIGEST]


def _passages(event: Event, known: Since | None) -> list[list[Any]]:
    after = instant_of(known.cursor) - OVERLAP if known else None
    return [
        [guest, scope, result, day.isoformat(), int(at.timestamp()), device, gate]
        for guest, scope, result, day, at, device, gate in manifest_queries.list_passages_since(event, after)
    ]


def _event_facts(event: Event, chosen: DoorSettings | None, secret: str, at: datetime) -> Json:
    documents = (chosen.documents if chosen else ()) or DOCUMENTS
    keys = {n: public_key(secret, event.public_id, n) for n in range(1, event.badge_key + 1)}
    return {
        "id": event.public_id,
        "slug": event.slug,
        "title": here(event.title),
        "status": event.status,
        "checks_identity": event.id_check,
        "timezone": event.timezone,
        "documents": [{"kind": kind, "words": str(DOCUMENT_WORDS[kind])} for kind in documents],
        "days": [_day(event, day) for day in list_event_days(event, at)],
        "keys": {str(n): base64.b64encode(key).decode() for n, key in keys.items()},
    }


def list_event_days(event: Event, at: datetime) -> list[date]:
    """Days of the event, and today while it is another one: doors are tried before the day."""
    first, last = day_of(event, event.starts_at), day_of(event, event.ends_at or event.starts_at)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return sorted({*days, day_of(event, at)})


def _day(event: Event, day: date) -> Json:
    begins, ends = (_midnight(event, day + timedelta(days=n)) for n in (0, 1))
    return {"day": day.isoformat(), "begins": milliseconds_of(begins), "ends": milliseconds_of(ends)}


def _midnight(event: Event, day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(event.timezone)).astimezone(UTC)


def _expiry(event: Event, device: Device | None, at: datetime) -> datetime:
    """The list lives until the morning after (domain 3.17), never longer than the device."""
    night = _midnight(event, day_of(event, at) + timedelta(days=1)) + AFTER_THE_DAY
    return min(night, device.expires_at) if device and device.expires_at else night


def _gate_facts(gate: Gate) -> Json:
    return {
        "id": gate.public_id,
        "name": gate.name,
        "scope": gate.scope,
        "rule": gate.rule,
        "categories": list(gate.categories),
        "opens": int(gate.opens_at.timestamp()) if gate.opens_at else None,
        "closes": int(gate.closes_at.timestamp()) if gate.closes_at else None,
        "counts_exits": gate.counts_exits,
        "session": gate.session.public_id if gate.session else None,
    }


def _category_facts(category: Category, chosen: DoorSettings | None) -> Json:
    return {
        "key": category.key,
        "name": here(category.name),
        "shape": category.shape,
        "colour": f"cat-{category.palette}",
        "days": list(chosen.category_days.get(category.key, ())) if chosen else [],
    }
