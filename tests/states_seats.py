"""States of seats: full, held, over, offered, to be decided, refused; what a decision shows before and after."""

from datetime import timedelta

from app.clock import now
from app.events.models import Event
from app.invitations.service import link_token
from app.registration import held_places, offers, service, triage
from app.registration.held_places import Wish
from app.registration.models import Registration
from tests.databases import KEY
from tests.factories import ORGANISER, Factory
from tests.states_kinds import World


def see_seats(world: World, factory: Factory) -> None:
    """Each on an event of its own."""
    _offers(world, factory)
    _decisions(world, factory)
    _full(world, factory)


def _answered(world: World, registration: Registration) -> str:
    invitation = registration.invitation
    assert invitation
    world.links.append(f"/i/{link_token(invitation, KEY)}")
    return f"/invitation/{invitation.public_id}/answered"


def _offers(world: World, factory: Factory) -> None:
    """Offered, taken, lapsed, chosen out of turn; somebody waits, places are held."""
    event = factory.event(capacity=4, offer_hours=24)
    people = [factory.registration(event) for _ in range(8)]
    held_places_of(event)
    service.cancel_registration(people[0], actor=ORGANISER, at=now() - timedelta(days=2))
    offers.end_expired(event, now())
    service.cancel_registration(people[1], actor=ORGANISER, at=now())
    for person in people[5:7]:  # of the first the place has passed on, the second may take it
        world.see("invitee", _answered(world, person))
    offered = next(one for one in people if one.state == "offered")
    world.see("organiser", f"/organise/{event.slug}/seats")
    world.see("organiser", f"/organise/{event.slug}/registrations")
    world.see("organiser", f"/organise/{event.slug}/registrations/{offered.public_id}")
    world.see("organiser", f"/organise/{event.slug}/seats/hold", {"places": "50", "for_whom": "Presse"}, 422)


def held_places_of(event: Event) -> None:
    """One more place than there was, kept aside."""
    event.capacity = (event.capacity or 0) + 1
    event.over_percent, event.over_reason = 20, "Un cinquième ne vient pas"
    held_places.hold(event, Wish(1, "Ministres"), actor=ORGANISER, at=now())


def _decisions(world: World, factory: Factory) -> None:
    event = factory.event(capacity=1, categories=("communes", "agents"))
    event.categories[0].needs_approval = True
    people = [factory.registration(event, category="communes") for _ in range(4)]
    refuse = triage.Wish("refuse", words="Une autre édition suivra.")
    triage.decide(event, people[3:], refuse, actor=ORGANISER, at=now())
    for one in (people[0], people[3]):
        world.see("invitee", _answered(world, one))
    page, chosen = f"/organise/{event.slug}/triage", {"chosen": [one.public_id for one in people]}
    world.see("organiser", page)
    world.see("organiser", f"{page}?state=refused")
    world.see("organiser", f"{page}/preview", {"action": "approve", **chosen})
    world.see("organiser", f"{page}/preview", {"action": "approve"}, 422)
    world.see("organiser", f"{page}/preview", {"action": "move", **chosen}, 422)
    world.see("organiser", f"{page}/decide", {"action": "approve", **chosen})
    world.see("organiser", f"{page}/decide", {"action": "approve", **chosen})
    world.see("organiser", f"/organise/{event.slug}/")


def _full(world: World, factory: Factory) -> None:
    """Before the answer: a rank only, or nothing at all; fewer places than people."""
    for has_list in (True, False):
        event = factory.event(capacity=1, has_waiting_list=has_list, shows_remaining=True)
        factory.registration(event)
        invitation = factory.invitation(event)
        world.links.append(f"/i/{link_token(invitation, KEY)}")
        address = f"/invitation/{invitation.public_id}/"
        world.see("invitee", address)
        world.see("anyone", f"/e/{event.slug}/")
        if not has_list:
            world.see("invitee", address, {"answer": "attend"}, 422)
    event.capacity = 0
    world.see("organiser", f"/organise/{event.slug}/seats")
