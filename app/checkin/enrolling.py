"""Devices: a code that works once for ten minutes, a token that only the device has, an end at any time."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from app.audit.service import Actor, record
from app.checkin.door_models import Enrolment
from app.checkin.door_queries import get_gate, list_gate_rows
from app.checkin.models import Device, Gate
from app.codes import READABLE, keyed_hash, new_device_token, new_public_id, normal_code, token_hash
from app.database import db
from app.errors import NotFound, Refusal
from app.events.models import Event
from app.i18n import lazy

CODE_LIFE = timedelta(minutes=10)
CODE_LENGTH = 8
# After the last hour of its last day a device erases its list.
AFTER_THE_DAY = timedelta(hours=6)


class EnrolmentOver(Refusal):
    """The code is unknown, used, or older than ten minutes: all three get the same sentence."""

    message = lazy("This code does not work any more. Please ask the person in charge for a new one.")
    status = 422


class DeviceRevoked(Refusal):
    """The lead ended this device, or it forgot itself."""

    message = lazy("This device is no longer a desk. Please see the person in charge.")
    status = 401


class DeviceExpired(Refusal):
    """Its days are over."""

    message = lazy("The time of this desk is over. Please see the person in charge.")
    status = 401


class DeviceNotToday(Refusal):
    """It was enrolled for other days."""

    message = lazy("This desk does not work today. Please see the person in charge.")
    status = 403


@dataclass(frozen=True)
class Wanted:
    """What a device will be: `gates` are public ids, `days` ISO days; empty means any."""

    name: str
    role: str = "agent"
    gates: Sequence[str] = ()
    days: Sequence[str] = ()


@dataclass(frozen=True)
class Heard:
    """What a device says of itself; clocks in milliseconds, `offset` its clock less ours."""

    offset: int | None = None
    queue: int | None = None
    version: str = ""
    synced_at: datetime | None = None
    wiped: bool = False


def invite_device(event: Event, wanted: Wanted, *, secret: str, actor: Actor, at: datetime) -> Enrolment:
    """A code for one device. `code_of` tells it as long as the key of the program stays."""
    enrolment = Enrolment(
        event_id=event.id,
        code_hash="",
        name=wanted.name.strip(),
        role=wanted.role,
        gates=tuple(wanted.gates),
        days=tuple(sorted(wanted.days)),
        device_expires_at=_end_of(event, wanted.days, at),
        made_by=actor.name,
        made_at=at,
        expires_at=at + CODE_LIFE,
    )
    enrolment.public_id = new_public_id()
    enrolment.code_hash = keyed_hash(secret, code_of(enrolment, secret))
    db.session.add(enrolment)
    db.session.flush()
    _record(actor, "device.invited", enrolment.public_id, wanted.name, event, at)
    return enrolment


def code_of(enrolment: Enrolment, secret: str) -> str:
    """The eight characters, made anew from the key, so that the database keeps only their hash."""
    digest = hmac.new(secret.encode(), f"enrolment:{enrolment.public_id}".encode(), hashlib.sha256).digest()
    number, letters = int.from_bytes(digest), []
    for _place in range(CODE_LENGTH):
        number, rest = divmod(number, len(READABLE))
        letters.append(READABLE[rest])
    return "".join(letters)


def _end_of(event: Event, days: Sequence[str], at: datetime) -> datetime:
    """Some hours after the last day it works; after the event for a device of every day."""
    zone = ZoneInfo(event.timezone)
    last = max((datetime.fromisoformat(day) for day in days), default=None)
    if last is not None:
        return last.replace(tzinfo=zone) + timedelta(days=1) + AFTER_THE_DAY
    over = (event.ends_at or event.starts_at + timedelta(hours=12)) + AFTER_THE_DAY
    return max(over, at + timedelta(days=1))


def find_enrolment(code: str, secret: str, at: datetime) -> Enrolment | None:
    """The invitation behind a code that still works. Reads only."""
    wanted = select(Enrolment).where(Enrolment.code_hash == keyed_hash(secret, normal_code(code)))
    found = db.session.scalar(wanted)
    return found if found and found.used_at is None and at < found.expires_at else None


def enrol(code: str, *, secret: str, at: datetime) -> tuple[Device, str]:
    """Make a device of whoever shows the code; the device and its token, told once. Raises EnrolmentOver.

    Of two who show it in the same second one gets the device: the row is claimed by one statement.
    """
    enrolment = find_enrolment(code, secret, at)
    if enrolment is None:
        raise EnrolmentOver
    claim = update(Enrolment).where(Enrolment.id == enrolment.id, Enrolment.used_at.is_(None)).values(used_at=at)
    claimed = claim.returning(Enrolment.id).execution_options(synchronize_session=False)
    if db.session.scalar(claimed) is None:
        raise EnrolmentOver
    token, gate = new_device_token(), _first_gate(enrolment)
    device = Device(
        event_id=enrolment.event_id,
        opened_by=enrolment.made_by,
        gate=gate.name if gate else enrolment.name,
        gate_id=gate.id if gate else None,
        opened_at=at,
        name=enrolment.name,
        role=enrolment.role,
        token_hash=token_hash(token),
        gates=enrolment.gates,
        days=enrolment.days,
        expires_at=enrolment.device_expires_at,
        last_seen_at=at,
    )
    db.session.add(device)
    db.session.flush()
    enrolment.device_id = device.id
    event = db.session.get_one(Event, enrolment.event_id)
    _record(Actor("device", device.public_id, device.name), "device.enrolled", device.public_id, device.name, event, at)
    return device, token


def enrol_at_once(event: Event, wanted: Wanted, *, secret: str, actor: Actor, at: datetime) -> tuple[Device, str]:
    """Whoever may make a code makes a device of the browser before them: code and enrolment in one gesture."""
    return enrol(code_of(invite_device(event, wanted, secret=secret, actor=actor, at=at), secret), secret=secret, at=at)


def _first_gate(enrolment: Enrolment) -> Gate | None:
    """The first of its gates; without any, a main entrance, if a gate is one."""
    listed = list_gate_rows(db.session.get_one(Event, enrolment.event_id))
    if enrolment.gates:
        return next((gate for gate in listed if gate.public_id in enrolment.gates), None)
    return next((gate for gate in listed if not gate.scope), None)


def check_works(event: Event, device: Device, at: datetime) -> None:
    """Raise DeviceRevoked, DeviceExpired or DeviceNotToday."""
    if device.revoked_at is not None:
        raise DeviceRevoked
    if device.expires_at is not None and at >= device.expires_at:
        raise DeviceExpired
    today = at.astimezone(ZoneInfo(event.timezone)).date().isoformat()
    if device.days and today not in device.days:
        raise DeviceNotToday


def move_to(device: Device, event: Event, gate_id: str) -> None:
    """The device stands at another gate, one of its own; "" is the main entrance. Raises NotFound."""
    if not gate_id and not device.gates:
        device.gate_row, device.gate = None, device.name or device.gate
        return
    if device.gate_row is not None and device.gate_row.public_id == gate_id:
        return
    gate = get_gate(event, gate_id)
    if device.gates and gate_id not in device.gates:
        raise NotFound
    if device.gate_id != gate.id:
        device.gate_row, device.gate = gate, gate.name


def hear(device: Device, heard: Heard, at: datetime) -> None:
    """Keep what a device said of itself."""
    device.last_seen_at = at
    for name, value in (("clock_offset", heard.offset), ("queue", heard.queue), ("synced_at", heard.synced_at)):
        if value is not None:
            setattr(device, name, value)
    device.version = heard.version[:40] or device.version
    if heard.wiped:
        device.wiped_at = at


def revoke(device: Device, event: Event, *, actor: Actor, at: datetime) -> None:
    """End a device: its next request is told, and erases the list. Ended twice is ended once."""
    if device.revoked_at is not None:
        return
    device.revoked_at = at
    _record(actor, "device.revoked", device.public_id, device.name or device.gate, event, at)


def forget(device: Device, event: Event, *, at: datetime) -> None:
    """The device erased its list and its token itself."""
    device.wiped_at = at
    revoke(device, event, actor=Actor("device", device.public_id, device.name), at=at)


def _record(actor: Actor, action: str, subject: str, name: str, event: Event, at: datetime) -> None:
    record(actor, action, kind="desk", id=subject, name=name, topic=event.public_id, at=at)
