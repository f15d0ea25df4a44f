"""States of the pages of the door: devices in each state, codes, gates, what a lead decides, parties."""

from datetime import timedelta

from app.checkin.enrolling import Heard, Wanted, code_of, enrol, hear, invite_device, revoke
from app.checkin.gates import GateWanted, choose, save_gate
from app.checkin.models import Device
from app.checkin.service import Passage, admit
from app.clock import now
from app.database import db
from app.directory.service import Names
from app.events.models import Event
from app.registration.companions import name_companions
from app.registration.models import Registration
from app.registration.service import cancel_registration
from tests.databases import KEY
from tests.factories import INVITEE, ORGANISER, Factory
from tests.states_kinds import World


def see_door(world: World, factory: Factory) -> None:
    """Everything the lead arranges and decides."""
    event = factory.event(id_check=True, capacity=20, ends_at=factory.event().starts_at + timedelta(days=2))
    save_gate(event, GateWanted("Porte 1", counts_exits=True), actor=ORGANISER, at=now())
    gate = save_gate(event, GateWanted("Salons", "salons", categories=("elus",)), actor=ORGANISER, at=now())
    choose(event, ["passport", "elected_card"], {}, actor=ORGANISER, at=now())
    _devices(world, event, gate.public_id)
    _arrangement(world, event, gate.public_id)
    _at_the_desk(world, factory, event)


def _devices(world: World, event: Event, gate: str) -> None:
    pages = f"/organise/{event.slug}/door/devices"
    codes = []
    for name, role in (("Léa", "agent"), ("Karim", "lead"), ("Mur", "observer"), ("Perdu", "agent"), ("Neuf", "agent")):
        invited = invite_device(event, Wanted(name, role, (gate,)), secret=KEY, actor=ORGANISER, at=now())
        codes.append(invited)
    enrolled = [enrol(code_of(one, KEY), secret=KEY, at=now()) for one in codes[:4]]
    devices = [device for device, _token in enrolled]
    hear(devices[0], Heard(420_000, 3, "2026-11", now()), now())
    hear(devices[1], Heard(-420_000, 0), now() - timedelta(hours=1))
    devices[2].expires_at = now()
    revoke(devices[3], event, actor=ORGANISER, at=now())
    over = invite_device(event, Wanted("Tard"), secret=KEY, actor=ORGANISER, at=now() - timedelta(hours=1))
    db.session.commit()
    world.device_token = enrolled[1][1]
    desk = f"/desk/{event.slug}/at/{devices[1].public_id}"
    world.see("device", desk)
    world.see("device", f"{desk}/walk-in")
    world.see("device", f"{desk}/conflicts")
    for path in ("", "/live", *(f"/code/{one.public_id}" for one in (codes[0], codes[4], over))):
        world.see("organiser", pages + path)
    world.see("organiser", pages, {"name": "", "role": "agent"}, 422)
    world.see("anyone", f"/enrol/{code_of(over, KEY)}")
    world.see("anyone", "/enrol", {"code": "ACDEFGHJ"}, 422)


def _arrangement(world: World, event: Event, gate: str) -> None:
    door = f"/organise/{event.slug}/door"
    wanted = {"rule": "day", "session": "", "zone": "salons"}
    for path in ("/gates", f"/gates/{gate}", "/notes"):
        world.see("organiser", door + path)
    world.see("organiser", f"{door}/gates", {**wanted, "name": "Porte 1"}, 422)
    hours = {"opens": "2026-07-08T18:00", "closes": "2026-07-08T17:00"}
    world.see("organiser", f"{door}/gates/{gate}", {**wanted, "name": "Salons", **hours}, 422)
    world.see("organiser", f"{door}/notes", {"guest": "nobody at all", "words": "Rang A"}, 422)


def _at_the_desk(world: World, factory: Factory, event: Event) -> None:
    device = factory.device(event)
    guest = factory.registration(event, factory.person("Zoé", "Martin-ensemble"))
    guest.invitation.companions_allowed = 1
    name_companions(guest.invitation, [Names("Anne", "Martin-avec")], actor=INVITEE, at=now())
    given_up, alone = (factory.registration(event) for _ in range(2))
    cancel_registration(given_up, actor=ORGANISER, at=now())
    admit(event, alone, Passage(device, "states-1", "typed", "Reception", now()), document="passport")
    _decisions(world, device, f"/desk/{event.slug}/at/{device.public_id}", (guest, given_up, alone))


def _decisions(world: World, device: Device, desk: str, guests: tuple[Registration, ...]) -> None:
    db.session.commit()
    world.see("organiser", f"{desk}?way=out")
    for one in guests:
        world.see("organiser", f"{desk}/decide/{one.public_id}")
        world.see("reception", f"{desk}/party/{one.public_id}")
    first = guests[0].public_id
    world.see("reception", f"{desk}/party/{first}", {"nonce": "states-2"}, 422)
    world.see("organiser", f"{desk}/decide/{guests[1].public_id}/anyway", {"anyway-nonce": "states-3"}, 422)
    world.see("organiser", f"{desk}/decide/{first}/instead", {"instead-family": "Fixture"}, 422)
    world.see("organiser", f"{desk}/walk-in", {"family": "", "category": "elus"}, 422)
