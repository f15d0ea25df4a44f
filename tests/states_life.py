"""States of what guests tell: the second page of an answer, its refusals, what is asked after the deadline."""

from datetime import timedelta

from app.clock import now
from app.columns import Bilingual
from app.database import db
from app.events.asking import set_asked, set_freezes
from app.invitations.service import link_token
from app.registration import late_requests, printing
from app.registration.printing import Printed
from app.registration.questions import QuestionFacts, add_question, remove_question
from app.registration.service import accept
from tests.databases import KEY
from tests.factories import INVITEE, ORGANISER, Factory
from tests.furnished_life import ASKED
from tests.states_kinds import World

KINDS = ("text", "choice", "yes_no", "date", "country", "phone", "file")


def see_life(world: World, factory: Factory) -> None:
    """An event that asks for everything; one whose answers are closed."""
    _asked(world, factory)
    _late(world, factory)
    _desk(world, factory)


def _asked(world: World, factory: Factory) -> None:
    event, at = factory.event(id_check=True), now()
    set_asked(event, ASKED, actor=ORGANISER, at=at)
    choices = (("En train", "By train"), ("En autocar", "By coach"))
    for kind in KINDS:
        facts = QuestionFacts(kind, Bilingual(f"Question {kind} ?", f"Question {kind}?"), choices=choices)
        add_question(event, facts, actor=ORGANISER, at=at)
    required = QuestionFacts("yes_no", Bilingual("Dînez-vous ?", "Dinner?"), is_required=True)
    gone = add_question(event, required, actor=ORGANISER, at=at)
    invitation = factory.invitation(event)
    invitation.companions_allowed = 1
    world.links.append(f"/i/{link_token(invitation, KEY)}")
    own = f"/invitation/{invitation.public_id}/"
    world.see("invitee", f"{own}?answer=attend")
    wrong = {"answer": "attend", "step": "details", "qualities": "a\nb\nc\nd\ne", "diet": "Végétarien"}
    world.see("invitee", own, {**wrong, "document_family_name": "", "people-0-family_name": ""}, 422)
    other = factory.event()
    remove_question(add_question(other, required, actor=ORGANISER, at=at), actor=ORGANISER, at=at)
    world.see("organiser", f"/organise/{other.slug}/asking")
    world.see("organiser", f"/organise/{event.slug}/asking")
    world.see("organiser", f"/organise/{event.slug}/asking/{gone.public_id}")
    _frozen(world, factory)


def _frozen(world: World, factory: Factory) -> None:
    """Somebody whose function changed after the freeze."""
    event, at = factory.event(), now()
    guest = factory.registration(event)
    set_freezes(event, {one.key: (at - timedelta(days=1)).date() for one in event.categories}, actor=ORGANISER, at=at)
    printing.print_as(guest, Printed(("Sénatrice",), "Sénat"), actor=INVITEE, at=at)
    db.session.commit()
    world.see("organiser", f"/organise/{event.slug}/registrations/{guest.public_id}")
    world.see("organiser", f"/organise/{event.slug}/told/{guest.public_id}/printed")


def _late(world: World, factory: Factory) -> None:
    """Answers are closed: asked, granted, refused, answered too late."""
    event, at = factory.event(), now()
    waiting, coming, refused, silent = (factory.invitation(event) for _ in range(4))
    accept(coming, by="link", actor=INVITEE, at=at)
    assert event.deadline
    event.deadline.day = (at - timedelta(days=2)).date()
    db.session.commit()
    for invitation in (waiting, coming, refused, silent):
        world.links.append(f"/i/{link_token(invitation, KEY)}")
    late_requests.ask(waiting, "attend", message="Puis-je encore venir ?", at=at)
    leaves = late_requests.ask(coming, "decline", at=at)
    late_requests.grant(leaves, reason="Noté.", actor=ORGANISER, at=at)
    comes = late_requests.ask(refused, "attend", at=at)
    late_requests.refuse(comes, reason="La liste est close.", actor=ORGANISER, at=at)
    db.session.commit()
    for invitation in (waiting, coming, refused, silent):
        world.see("invitee", f"/invitation/{invitation.public_id}/")
        world.see("invitee", f"/invitation/{invitation.public_id}/answered")
    own = f"/invitation/{silent.public_id}/"
    world.see("invitee", own, {"answer": "decline", "reason": "Empêchement"}, 422)
    world.see("invitee", f"{own}late")
    world.see("invitee", f"{own}late", {"answer": "represented"})
    world.see("invitee", f"{own}late", {"step": "asked", "answer": "represented"}, 422)
    world.see("organiser", f"/organise/{event.slug}/registrations/requests")
    world.see("organiser", f"/organise/{event.slug}/told/late/{comes.public_id}")


def _desk(world: World, factory: Factory) -> None:
    """What is asked at the desk, of who is asked something and who is asked nothing."""
    event = factory.event()
    device, guest, other = factory.device(event), factory.registration(event), factory.registration(event)
    other.category = event.categories[1]
    facts = QuestionFacts(
        "yes_no", Bilingual("Casque remis", "Headset given"), asked_at="desk", is_required=True, categories=("elus",)
    )
    add_question(event, facts, actor=ORGANISER, at=now())
    db.session.commit()
    desk = f"/desk/{event.slug}/at/{device.public_id}"
    for one in (guest, other):
        world.see("reception", f"{desk}/questions/{one.public_id}")
    world.see("reception", f"{desk}/questions/{guest.public_id}", {}, 422)
    world.see("reception", f"{desk}/person/{guest.public_id}")
