"""Reading what a device carries: columns, no objects, so that 20,000 guests take no longer than they must."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, func, select
from sqlalchemy.orm import aliased

from app.badging.models import Badge
from app.checkin.door_models import DoorNote, Replacement
from app.checkin.models import Device, DoorSettings, Scan
from app.checkin.queries import PASSAGES
from app.database import db
from app.directory.models import Person
from app.events.models import Event
from app.invitations.models import Invitation
from app.programme.models import Session
from app.registration.desk_notes import SIGNS, DeskNote, note_of_authority, notes_of_detail
from app.registration.life import Consent, RegistrationDetail
from app.registration.models import Registration, Representation
from app.registration.session_models import SessionPlace


class Listed(NamedTuple):
    """One guest on a device's list."""

    id: int
    public_id: str
    name: str
    native_name: str
    quality: str
    organisation: str
    category_id: int
    state: str
    code: str
    version: int
    short_code: str
    badge_state: str
    former_codes: str


class Dead(NamedTuple):
    """An earlier badge of a guest, revoked when the place was given up."""

    code: str
    version: int
    short_code: str
    former_codes: str


@dataclass(frozen=True)
class Extras:
    """What only some guests have, by the id of the registration."""

    notes: dict[int, str]
    signs: dict[int, list[str]]
    details: dict[int, list[DeskNote]]
    sessions: dict[int, list[str]]
    stand_ins: dict[int, str]
    authorities: dict[int, DeskNote]
    dead: dict[int, list[Dead]]


def list_guests(event: Event) -> list[Listed]:
    """Everyone who registered, refused ones aside, with the badge issued last. One statement."""
    issued = aliased(Badge)
    last = select(func.max(issued.id)).where(issued.registration_id == Registration.id).scalar_subquery()
    wanted = (
        select(
            Registration.id, Registration.public_id, Person.given_name, Person.family_name, Person.native_name,
            Registration.qualities, Registration.organisation, Registration.category_id, Registration.state,
            Badge.code, Badge.version, Badge.short_code, Badge.state, Badge.former_codes,
        )
        .join(Person, Person.id == Registration.person_id)
        .outerjoin(Badge, Badge.id == last)
        .where(Registration.event_id == event.id, Registration.state != "refused")
        .order_by(Registration.id)
    )  # fmt: skip
    return [_listed(row) for row in db.session.execute(wanted)]


def _listed(row: Sequence[Any]) -> Listed:
    number, public_id, given, family, native, qualities, body, category, state, *badge = row
    code, version, short_code, badge_state, former_codes = badge
    name = f"{given} {family.upper()}".strip() or native
    quality = qualities[0] if qualities else ""
    native = "" if native == name else native
    return Listed(number, public_id, name, native, quality, body, category, state,
                  code or "", version or 0, short_code or "", badge_state or "", former_codes or "")  # fmt: skip


def read_extras(event: Event, sessions: set[int]) -> Extras:
    """Notes of the staff, signs the event asks for, places in the sessions that have a door, who came instead."""
    notes = select(DoorNote.registration_id, DoorNote.words).join(Registration)
    notes = notes.where(Registration.event_id == event.id, DoorNote.words != "")
    return Extras(
        notes=dict(_pairs(db.session.execute(notes))),
        signs=_signs(event),
        details=_details(event),
        sessions=_sessions(sessions),
        stand_ins=_stand_ins(event),
        authorities=_authorities(event),
        dead=_dead(event),
    )


def _pairs(rows: Iterable[Sequence[Any]]) -> list[tuple[Any, Any]]:
    return [(row[0], row[1]) for row in rows]


def _grouped(rows: Iterable[Sequence[Any]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for key, value in _pairs(rows):
        found[key].append(value)
    return found


def _signs(event: Event) -> dict[int, list[str]]:
    kinds = [kind for kind in SIGNS if kind in event.asks]
    if not kinds:
        return {}
    wanted = select(Consent.registration_id, Consent.kind).join(Registration)
    wanted = wanted.where(Registration.event_id == event.id, Consent.kind.in_(kinds)).order_by(Consent.kind)
    return _grouped(db.session.execute(wanted))


def _details(event: Event) -> dict[int, list[DeskNote]]:
    if "document_name" not in event.asks and not any(category.frozen_on for category in event.categories):
        return {}
    wanted = select(RegistrationDetail).join(Registration).where(Registration.event_id == event.id)
    return {detail.registration_id: notes_of_detail(detail) for detail in db.session.scalars(wanted)}


def _sessions(sessions: set[int]) -> dict[int, list[str]]:
    if not sessions:
        return {}
    wanted = select(SessionPlace.registration_id, Session.public_id).join(
        Session, Session.id == SessionPlace.session_id
    )
    wanted = wanted.where(SessionPlace.session_id.in_(sessions), SessionPlace.state == "confirmed")
    return _grouped(db.session.execute(wanted.order_by(SessionPlace.id)))


def _stand_ins(event: Event) -> dict[int, str]:
    """Names of who came instead, at the door or as the invitation says."""
    given_up = aliased(Registration)
    name = (Person.given_name, Person.family_name)
    by_invitation = (
        select(given_up.id, *name)
        .join(Representation, Representation.invitation_id == given_up.invitation_id)
        .join(Registration, Registration.id == Representation.registration_id)
        .join(Person, Person.id == Registration.person_id)
        .where(given_up.event_id == event.id, given_up.state == "cancelled", Registration.state == "confirmed")
    )
    at_the_door = (
        select(Replacement.registration_id, *name)
        .join(Registration, Registration.id == Replacement.by_id)
        .join(Person, Person.id == Registration.person_id)
        .where(Registration.event_id == event.id)
    )
    rows = [*db.session.execute(by_invitation), *db.session.execute(at_the_door)]
    return {number: f"{given} {family.upper()}".strip() for number, given, family in rows}


def _authorities(event: Event) -> dict[int, DeskNote]:
    """For whom each representative comes."""
    wanted = select(Representation.registration_id, Person).join(Representation.invitation).join(Invitation.person)
    rows = db.session.execute(wanted.where(Invitation.event_id == event.id))
    return {number: note_of_authority(person) for number, person in _pairs(rows)}


def _dead(event: Event) -> dict[int, list[Dead]]:
    """Badges that somebody had before the one issued last: whoever gave up a place and came back has two."""
    later = aliased(Badge)
    wanted = select(
        Badge.registration_id, Badge.code, Badge.version, Badge.short_code, Badge.former_codes
    ).where(
        Badge.event_id == event.id, Badge.state == "revoked",
        select(later.id).where(later.registration_id == Badge.registration_id, later.id > Badge.id).exists(),
    )  # fmt: skip
    found: dict[int, list[Dead]] = defaultdict(list)
    for number, code, version, short_code, former_codes in db.session.execute(wanted.order_by(Badge.id)):
        found[number].append(Dead(code, version, short_code, former_codes))
    return found


def find_settings(event: Event) -> DoorSettings | None:
    """What the lead chose for the door."""
    return db.session.scalar(select(DoorSettings).where(DoorSettings.event_id == event.id))


_REACHED_US = func.coalesce(Scan.received_at, Scan.at)


def find_last_change(event: Event) -> datetime | None:
    """When the last passage reached us; None before the first."""
    wanted = select(Scan.received_at, Scan.at).where(Scan.event_id == event.id, Scan.result.in_(PASSAGES))
    row = db.session.execute(wanted.order_by(_REACHED_US.desc()).limit(1)).first()
    return (row[0] or row[1]) if row else None


def list_passages_since(event: Event, after: datetime | None) -> Sequence[Row[str, str, str, date, datetime, str, str]]:
    """Passages that reached us since `after` (all when None), by their instant: as docs/door.md lists them."""
    wanted = (
        select(
            Registration.public_id, Scan.scope, Scan.result, Scan.day, Scan.at, Device.public_id, Scan.gate
        )
        .join(Registration, Registration.id == Scan.registration_id)
        .join(Device, Device.id == Scan.device_id)
        .where(Scan.event_id == event.id, Scan.result.in_(PASSAGES))
        .order_by(Scan.at, Scan.id)
    )  # fmt: skip
    if after is not None:
        wanted = wanted.where(after <= _REACHED_US)
    return list(db.session.execute(wanted))
