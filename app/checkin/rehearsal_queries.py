"""Reading a rehearsal of the door."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.badging.codes import read_code
from app.checkin.models import Device
from app.checkin.queries import PASSAGES
from app.checkin.rehearsal_models import RehearsalGuest, RehearsalScan
from app.codes import normal_code
from app.database import db
from app.events.models import Event
from app.text import fold


def list_guests(event: Event) -> list[RehearsalGuest]:
    """The invented guests of the rehearsal going on, in their order; none without one."""
    wanted = select(RehearsalGuest).where(RehearsalGuest.event_id == event.id).order_by(RehearsalGuest.position)
    return list(db.session.scalars(wanted.options(joinedload(RehearsalGuest.category))))


def find_guest(event: Event, public_id: str) -> RehearsalGuest | None:
    """An invented guest of the event."""
    wanted = select(RehearsalGuest).where(RehearsalGuest.event_id == event.id, RehearsalGuest.public_id == public_id)
    return db.session.scalar(wanted.options(joinedload(RehearsalGuest.category)))


def find_guest_by_code(event: Event, typed: str) -> RehearsalGuest | None:
    """Whom a code of a rehearsal belongs to, whole or short."""
    code, text = read_code(typed), normal_code(typed)
    for guest in list_guests(event):
        if guest.short_code == text or (code and guest.code.startswith(code.identity)):
            return guest
    return None


def search_guests(event: Event, words: str) -> list[RehearsalGuest]:
    """Invented guests whose name or organisation holds every word."""
    wanted = fold(words).split()
    return [
        guest
        for guest in list_guests(event)
        if all(word in fold(f"{guest.name} {guest.native_name} {guest.organisation}") for word in wanted)
    ]


def find_scan(device: Device, nonce: str) -> RehearsalScan | None:
    """The answer already given to this request of this device."""
    wanted = select(RehearsalScan).where(RehearsalScan.device_id == device.id, RehearsalScan.nonce == nonce)
    return db.session.scalar(wanted)


def find_scan_of(event: Event, public_id: str) -> RehearsalScan | None:
    """One answer of the rehearsal."""
    wanted = select(RehearsalScan).where(RehearsalScan.event_id == event.id, RehearsalScan.public_id == public_id)
    return db.session.scalar(wanted)


def list_passages(guest: RehearsalGuest, scope: str, day: date | None) -> list[RehearsalScan]:
    """What an invented guest did at one entrance, on a day or on all, by the hour."""
    wanted = (
        select(RehearsalScan)
        .where(RehearsalScan.guest_id == guest.id, RehearsalScan.scope == scope, RehearsalScan.result.in_(PASSAGES))
        .options(joinedload(RehearsalScan.device))
        .order_by(RehearsalScan.at, RehearsalScan.id)
    )
    return list(db.session.scalars(wanted if day is None else wanted.where(RehearsalScan.day == day)))


def list_told_passages(event: Event) -> Sequence[Any]:
    """All of them, as docs/door.md lists passages for a device."""
    wanted = (
        select(
            RehearsalGuest.public_id, RehearsalScan.scope, RehearsalScan.result, RehearsalScan.day, RehearsalScan.at,
            Device.public_id, RehearsalScan.gate,
        )
        .join(RehearsalGuest, RehearsalGuest.id == RehearsalScan.guest_id)
        .join(Device, Device.id == RehearsalScan.device_id)
        .where(RehearsalScan.event_id == event.id, RehearsalScan.result.in_(PASSAGES))
        .order_by(RehearsalScan.at, RehearsalScan.id)
    )  # fmt: skip
    return list(db.session.execute(wanted))


def list_last_scans(event: Event, limit: int = 30) -> list[RehearsalScan]:
    """The last answers of the rehearsal, newest first."""
    wanted = select(RehearsalScan).where(RehearsalScan.event_id == event.id).order_by(RehearsalScan.id.desc())
    loaded = wanted.options(joinedload(RehearsalScan.guest), joinedload(RehearsalScan.device))
    return list(db.session.scalars(loaded.limit(limit)))
