"""Reading how the door is arranged: gates, devices, notes, who came instead of whom."""

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from app.checkin.door_models import DoorNote, Enrolment, Replacement
from app.checkin.models import Device, Gate
from app.database import db
from app.directory.models import Person
from app.errors import NotFound
from app.events.models import Event
from app.programme.models import Session
from app.registration.models import Registration
from app.registration.queries import find_representation
from app.registration.session_models import SessionPlace


def find_note(registration: Registration) -> DoorNote | None:
    """What the staff noted for the desk about one guest."""
    return db.session.scalar(select(DoorNote).where(DoorNote.registration_id == registration.id))


def find_replacement(registration: Registration) -> Replacement | None:
    """What was noted when somebody came instead of this person."""
    return db.session.scalar(select(Replacement).where(Replacement.registration_id == registration.id))


def find_stand_in(registration: Registration) -> Registration | None:
    """Who came instead of somebody whose registration is cancelled: at the door, or as the invitation says."""
    at_the_door = select(Registration).join(Replacement, Replacement.by_id == Registration.id)
    at_the_door = at_the_door.where(Replacement.registration_id == registration.id)
    found = db.session.scalar(at_the_door.options(joinedload(Registration.person)))
    if found or registration.invitation_id is None:
        return found
    representation = find_representation(registration.invitation_id)
    stand_in = representation.registration if representation else None
    return stand_in if stand_in and stand_in.state == "confirmed" and stand_in.id != registration.id else None


def get_enrolment(event: Event, public_id: str) -> Enrolment:
    """A code made for one device of the event. Raises NotFound."""
    wanted = select(Enrolment).where(Enrolment.event_id == event.id, Enrolment.public_id == public_id)
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound
    return found


def list_devices(event: Event) -> list[Device]:
    """Devices of the event, those at work first, the newest first among them."""
    wanted = select(Device).where(Device.event_id == event.id)
    return list(db.session.scalars(wanted.order_by(Device.revoked_at.is_not(None), Device.id.desc())))


def list_notes(event: Event) -> list[DoorNote]:
    """What the staff noted of guests, by name."""
    wanted = select(DoorNote).join(DoorNote.registration).join(Registration.person)
    wanted = wanted.where(Registration.event_id == event.id).order_by(Person.folded_family, Person.folded_given)
    return list(
        db.session.scalars(wanted.options(contains_eager(DoorNote.registration).contains_eager(Registration.person)))
    )


def list_sessions(event: Event) -> list[Session]:
    """Sessions that may have a door of their own."""
    return list(db.session.scalars(select(Session).where(Session.event_id == event.id).order_by(Session.position)))


def get_gate(event: Event, public_id: str) -> Gate:
    """A gate of the event. Raises NotFound."""
    gate = db.session.scalar(select(Gate).where(Gate.event_id == event.id, Gate.public_id == public_id))
    if gate is None:
        raise NotFound
    return gate


def list_gate_rows(event: Event) -> list[Gate]:
    """Gates of the event, in their order."""
    wanted = select(Gate).where(Gate.event_id == event.id).order_by(Gate.position, Gate.id)
    return list(db.session.scalars(wanted.options(joinedload(Gate.session))))


def has_session_place(registration: Registration, gate: Gate) -> bool:
    """Whether someone is on the list of the session whose door this is."""
    wanted = select(SessionPlace.id).where(
        SessionPlace.session_id == gate.session_id,
        SessionPlace.registration_id == registration.id,
        SessionPlace.state == "confirmed",
    )
    return db.session.scalar(wanted) is not None


def get_event_of(device: Device) -> Event:
    """The event a device works for."""
    return db.session.get_one(Event, device.event_id)
