"""The door arranged: a gate, a code for a device, a device at work."""

from sqlalchemy import select

from app.checkin.door_models import Conflict
from app.checkin.enrolling import Wanted, code_of, enrol, invite_device
from app.checkin.gates import GateWanted, note, save_gate
from app.checkin.ledger import Passage, Upload
from app.checkin.models import Device
from app.checkin.rehearsing import open_rehearsal
from app.checkin.uploading import Told, take
from app.clock import now
from app.database import db
from app.events.models import Event
from app.registration.models import Registration
from tests.databases import KEY
from tests.factories import ORGANISER


def furnish_arrangement(event: Event, guest: Registration) -> dict[str, str]:
    """Values of the arguments of the door's pages."""
    gate = save_gate(event, GateWanted("Porte des salons", "salons"), actor=ORGANISER, at=now())
    note(guest, "Rang A", is_vip=True, actor=ORGANISER, at=now())
    used = invite_device(event, Wanted("Téléphone de Léa"), secret=KEY, actor=ORGANISER, at=now())
    device, _token = enrol(code_of(used, KEY), secret=KEY, at=now())
    waiting = invite_device(event, Wanted("Tablette"), secret=KEY, actor=ORGANISER, at=now())
    conflict = _conflict(event, guest, device)
    open_rehearsal(event, secret=KEY, actor=ORGANISER, at=now())
    db.session.commit()
    return {
        "conflicts.conflict": conflict.public_id,
        "checkin_conflicts.conflict": conflict.public_id,
        "desk_conflicts.conflict": conflict.public_id,
        "desk_conflicts.device": device.public_id,
        "gates.gate": gate.public_id,
        "devices.device": device.public_id,
        "devices.enrolment": waiting.public_id,
        "devices.code": code_of(waiting, KEY),
    }


def _conflict(event: Event, guest: Registration, device: Device) -> Conflict:
    """The furnished guest is in already: a device without a network let them in once more."""
    passage = Passage(device, "conflict", "scanner", "Léa", now(), upload=Upload(now(), 0, now()))
    take(event, Told("admitted", registration=guest), passage)
    return db.session.scalars(select(Conflict).where(Conflict.event_id == event.id)).one()
