"""The door arranged: a gate, a code for a device, a device at work."""

from app.checkin.enrolling import Wanted, code_of, enrol, invite_device
from app.checkin.gates import GateWanted, note, save_gate
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
    db.session.commit()
    return {
        "gates.gate": gate.public_id,
        "devices.device": device.public_id,
        "devices.enrolment": waiting.public_id,
        "devices.code": code_of(waiting, KEY),
    }
