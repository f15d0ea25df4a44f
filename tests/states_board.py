"""States of what the lead of the reception looks at: conflicts of each kind, waiting and decided."""

from datetime import datetime, timedelta

from sqlalchemy import select

from app.checkin.door_models import Conflict
from app.checkin.gates import note
from app.checkin.leading import Decided
from app.checkin.ledger import Passage, Upload, day_of
from app.checkin.models import Device
from app.checkin.service import admit
from app.checkin.settling import reopen, settle
from app.checkin.uploading import Told, take
from app.clock import now
from app.database import db
from app.events.models import Event
from app.registration.models import Registration
from app.registration.service import cancel_registration
from tests.factories import ORGANISER, Factory
from tests.states_kinds import World

LATER = timedelta(minutes=5)


def see_board(world: World, factory: Factory) -> None:
    """Conflicts: none, some, one decided, a refusal."""
    pages = "/organise/{}/door/conflicts"
    world.see("organiser", pages.format(factory.event().slug))
    event = factory.event()
    device, other = factory.device(event, "Porte 1"), factory.device(event, "Porte 2")
    twice, given_up, seen = (factory.registration(event) for _ in range(3))
    begun = _begun(event)
    admit(event, twice, Passage(device, "board-1", "camera", "Reception", begun))
    cancel_registration(given_up, actor=ORGANISER, at=now() - timedelta(minutes=5))
    for number, (guest, offset) in enumerate(((twice, 0), (given_up, 420_000), (seen, -2_000_000))):
        _alone(event, guest, other, f"alone-{number}", begun + LATER, offset)
    found = list(db.session.scalars(select(Conflict).where(Conflict.event_id == event.id).order_by(Conflict.id)))
    settle(event, found[0], "one_person", Decided(ORGANISER, now(), "Sortie puis entrée"))
    settle(event, found[2], "seen", Decided(ORGANISER, now(), "Vu"))
    reopen(event, found[2], Decided(ORGANISER, now(), "Toujours fausse"))
    db.session.commit()
    _wall(world, factory, event)
    here = pages.format(event.slug)
    world.see("organiser", here)
    world.see("organiser", f"/organise/{event.slug}/")
    for one in found:
        world.see("organiser", f"{here}/{one.public_id}")
    world.see("organiser", f"{here}/{found[1].public_id}", {"decision": "stands", "reason": ""}, 422)
    world.see("organiser", f"{here}/{found[0].public_id}", {"decision": "one_person", "reason": "Encore"}, 422)
    world.see("organiser", f"{here}/{found[0].public_id}/reopen", {"reason": ""}, 422)
    phone = f"/desk/{event.slug}/at/{other.public_id}"
    for path in ("", "/conflicts", *(f"/conflicts/{one.public_id}" for one in found)):
        world.see("organiser", phone + path)
    world.see("organiser", f"{phone}/conflicts/{found[1].public_id}", {"decision": "stands", "reason": ""}, 422)
    world.see("organiser", f"{phone}/conflicts/{found[0].public_id}/reopen", {"reason": ""}, 422)


def _begun(event: Event) -> datetime:
    """Now; so early before midnight that what comes later is of the same day: entry is once a day."""
    at = now()
    return at if day_of(event, at + LATER) == day_of(event, at) else at - LATER - timedelta(minutes=1)


def _alone(event: Event, guest: Registration, device: Device, nonce: str, at: datetime, offset: int) -> None:
    """Let in without a network."""
    upload = Upload(at + timedelta(milliseconds=offset), offset, at)
    take(event, Told("admitted", registration=guest), Passage(device, nonce, "scanner", "Léa", at, upload=upload))


def _wall(world: World, factory: Factory, event: Event) -> None:
    """The board with somebody missing and a delegation half in; the wall."""
    note(factory.registration(event), "Rang A", is_vip=True, actor=ORGANISER, at=now())
    for slug in (event.slug, factory.event().slug):
        for path in ("", "/live", "/wall", "/wall/live"):
            world.see("organiser", f"/organise/{slug}/door{path}")
    asked = f"/organise/{event.slug}/door/simulator?gate=&way=in&badge="
    world.see("organiser", f"{asked}Rang&at=2026-07-08T18:05")
    world.see("organiser", f"{asked}Rang&at=", status=422)
