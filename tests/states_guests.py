"""States of guests and of the lists they come by, beside those of the furnished event."""

from app.clock import now
from app.database import db
from app.directory.service import Names
from app.events.models import Event
from app.invitations.examining import Sent, examine
from app.invitations.list_models import GuestListImport
from app.invitations.lists import drop, keep, settle, take_in
from app.invitations.models import STATES
from app.invitations.service import link_token
from app.registration.representation_requests import ask
from app.registration.representatives import Representative
from app.registration.service import accept
from tests.databases import KEY
from tests.factories import INVITEE, ORGANISER, Factory
from tests.states_kinds import World

LIST = "Prénom;Nom;Fonction;Courriel\nZoé;MARTIN;Maire;zoe@example.org\nZoe;MARTIN;;\n;;;\n"
SOMEBODY = Representative(Names("Amine", "Benali", "", "M."), "Trésorier", "amine@example.org")


def see_guests(world: World, factory: Factory) -> None:
    """A guest of each state on one event, whose every page is looked at."""
    event = factory.event(capacity=3)
    for state in STATES:
        invitation = factory.invitation(event, state=state)
        world.see("organiser", f"/organise/{event.slug}/guests/{invitation.public_id}")
    for _place in range(5):
        factory.registration(event)
    world.slugs.append(event.slug)


def see_second_answers(world: World, factory: Factory) -> None:
    """A link that went on: companions, a guest who must come in person, a request, a second person's answer."""
    event = factory.event(capacity=10)
    with_others, in_person, asked, answered = (factory.invitation(event) for _ in range(4))
    with_others.companions_allowed, in_person.is_transferable = 2, False
    for one in (with_others, in_person, asked, answered):
        world.links.append(f"/i/{link_token(one, KEY)}")
    registration = accept(answered, by="link", actor=INVITEE, at=now())
    ask(asked, SOMEBODY, message="Madame la Maire me l’a demandé.", at=now())
    db.session.commit()
    for path in (f"/invitation/{one.public_id}/" for one in (with_others, in_person, asked)):
        world.see("invitee", path)
    world.see("invitee", f"/invitation/{with_others.public_id}/?answer=attend")
    own, named = f"/invitation/{answered.public_id}/", SOMEBODY.names
    world.see("invitee", own, {"answer": "decline", "reason": ""}, 409)
    said = {"answer": "represented", "given_name": named.given, "family_name": named.family, "quality": "Maire"}
    world.see("invitee", own, {**said, "email": "amine@example.org"}, 409)
    for guest in (asked, answered):
        world.see("organiser", f"/organise/{event.slug}/guests/{guest.public_id}")
    world.see("organiser", f"/organise/{event.slug}/registrations/{registration.public_id}")
    for page in ("registrations", "registrations/represented", ""):
        world.see("organiser", f"/organise/{event.slug}/{page}")


def see_lists(world: World, factory: Factory) -> None:
    """A list being read, refused, full of doubts, taken in, dropped."""
    event = factory.event()
    factory.invitation(event, factory.person("Zoé", "Martin"))
    _list(world, event, LIST, is_read=False)
    _list(world, event, "\n\n")
    _list(world, event, LIST)
    taken, dropped = _list(world, event, LIST), _list(world, event, LIST)
    take_in(taken, secret=KEY, actor=ORGANISER, at=now())
    drop(dropped, actor=ORGANISER, at=now())
    db.session.commit()
    world.see("organiser", f"/organise/{event.slug}/guests/import")


def _list(world: World, event: Event, text: str, *, is_read: bool = True) -> GuestListImport:
    sent = Sent(event, text.encode(), "liste.csv", event.categories[0])
    kept = keep(sent, actor=ORGANISER, at=now())
    if is_read:
        settle(kept, examine(sent), actor=ORGANISER, at=now())
    db.session.commit()
    world.see("organiser", f"/organise/{event.slug}/guests/import/{kept.public_id}")
    return kept
