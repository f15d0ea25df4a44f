"""States of a rehearsal of the door, and of the forecast of its queue."""

from datetime import timedelta

from app.checkin.rehearsal_queries import list_guests
from app.checkin.rehearsing import open_rehearsal
from app.checkin.service import Passage, admit
from app.clock import now
from app.database import db
from tests.databases import KEY
from tests.factories import ORGANISER, Factory
from tests.states_kinds import World


def see_rehearsal(world: World, factory: Factory) -> None:
    """None and one going on; whom it shows at a desk; the queue of an evening that has begun."""
    at = now()
    event = factory.event(
        id_check=True, doors_open_at=at - timedelta(minutes=12), starts_at=at + timedelta(minutes=18), capacity=50
    )
    device = factory.device(event)
    for number in range(4):
        guest = factory.registration(event)
        passage = Passage(device, f"queue-{number}", "typed", "Reception", at - timedelta(minutes=9 - number))
        admit(event, guest, passage, document="passport")
    open_rehearsal(event, secret=KEY, actor=ORGANISER, at=at)
    guests = {guest.shows: guest for guest in list_guests(event)}
    db.session.commit()
    door, desk = f"/organise/{event.slug}/door", f"/desk/{event.slug}/at/{device.public_id}"
    for path in ("", "/live", "/wall", "/queue", "/rehearsal"):
        world.see("organiser", door + path)
    typed = {"desk_seconds": "25", "arrival_minutes": "30", "show_up": "0"}
    world.see("organiser", f"{door}/queue", typed, 422)
    world.see("organiser", f"{door}/rehearsal", {}, 409)
    world.see("reception", f"{desk}/person/{guests['escort'].public_id}")
    world.see("reception", f"{desk}/person/{guests['waiting'].public_id}")
    world.see("reception", f"{desk}?words=nulle")
    world.see("reception", f"{desk}/badge/{guests['admitted'].public_id}")
    world.see("reception", f"{desk}/badge/{guests['waiting'].public_id}")
