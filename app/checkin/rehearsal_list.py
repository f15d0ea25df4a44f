"""The invented guests of a rehearsal on the list of a device (docs/door.md): rows as any other, with one field more."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from app.badging.codes import IDENTITY
from app.checkin.rehearsal_door import early_passage
from app.checkin.rehearsal_models import RehearsalGuest
from app.checkin.rehearsal_queries import list_told_passages
from app.events.models import Event
from app.i18n import _

STATES = {"confirmed": "c", "offered": "o", "waiting": "w", "cancelled": "x"}


def listed(guest: RehearsalGuest, places: Mapping[int, int], fingerprint: Callable[[str], str]) -> list[Any]:
    """The row of one of them: the last field, which no real guest has, holds what the rule is told instead."""
    return [
        guest.public_id,
        guest.name,
        guest.native_name,
        guest.quality,
        guest.organisation,
        places.get(guest.category_id, 0),
        STATES[guest.state],
        fingerprint(guest.code[:IDENTITY]),
        guest.version,
        fingerprint(guest.short_code),
        "r" if guest.badge_state == "revoked" else "v",
        [["staff", guest.note]] if guest.note else [],
        [],
        guest.stand_in,
        {"facts": guest.facts},
    ]


def told_passages(event: Event, guests: Iterable[RehearsalGuest], days: Iterable[date]) -> list[list[Any]]:
    """All that happened in the rehearsal, and those who came early on each of these days."""
    found: list[tuple[str, str, str, date, datetime, str, str]] = [
        (guest.public_id, "", "admitted", day, early_passage(event, day), "", _("Rehearsal"))
        for day in days
        for guest in guests
        if guest.is_in
    ]
    rows = [*found, *list_told_passages(event)]
    return [
        [guest, scope, result, day.isoformat(), int(at.timestamp()), device, gate]
        for guest, scope, result, day, at, device, gate in rows
    ]
