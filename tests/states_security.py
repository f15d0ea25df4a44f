"""States of the list for security: none yet, something changed since, nothing changed, a request that waits."""

from app.clock import now
from app.database import db
from app.events.models import Event
from app.invitations.service import link_token
from app.registration import security_list
from app.registration.representation_requests import ask
from app.registration.security_models import SecurityList
from tests.databases import KEY
from tests.factories import ORGANISER, Factory
from tests.states_guests import SOMEBODY
from tests.states_kinds import World


def see_security(world: World, factory: Factory) -> None:
    """Each on an event of its own."""
    for number in range(3):
        event = factory.event()
        factory.registration(event, factory.person("Camille", f"Liste-{number}"))
        page = f"/organise/{event.slug}/security-list"
        if number:
            _lock(event)
        else:
            world.see("organiser", f"{page}/lock", {"recipient": "", "seen": "0"}, 422)
        if number == 2:
            factory.registration(event, factory.person("Camille", "Arrivée"))
        world.see("organiser", page)
    _after(world, factory)


def _lock(event: Event, seen: int = 0) -> SecurityList:
    made = security_list.lock(event, recipient="Mairie", seen=seen, language="fr", actor=ORGANISER, at=now())
    db.session.commit()
    return made


def _after(world: World, factory: Factory) -> None:
    """The invitee before and after asking; a second version, and a list written to from outside."""
    event = factory.event()
    guests = [factory.invitation(event) for _ in range(2)]
    factory.registration(event)
    _lock(event)
    factory.registration(event)
    last = _lock(event, seen=1)
    last.digest = "0" * 64
    ask(guests[0], SOMEBODY, message="", at=now())
    db.session.commit()
    for guest in guests:
        world.links.append(f"/i/{link_token(guest, KEY)}")
        world.see("invitee", f"/invitation/{guest.public_id}/")
    world.see("invitee", f"/invitation/{guests[1].public_id}/?answer=represented")
    world.see("organiser", f"/organise/{event.slug}/security-list")
