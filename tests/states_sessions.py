"""States of places in sessions: each that a guest may see, and an organiser's full, too full, cancelled session."""

from app.clock import now
from app.database import db
from app.directory.service import Names
from app.invitations.service import link_token
from app.programme.changing import cancel_session
from app.programme.service import add_role
from app.registration.companions import name_companions
from app.registration.session_places import choose
from tests.databases import KEY
from tests.factories import INVITEE, ORGANISER, Factory
from tests.registration.workshops import change, workshop
from tests.states_kinds import World


def see_sessions(world: World, factory: Factory) -> None:
    """One guest before every state of a session, and what the organiser sees of them."""
    event = factory.event(shows_remaining=True)
    guest, others = factory.registration(event), [factory.registration(event) for _ in range(3)]
    mine, beside, beside_full, free, full, waited, over, gone, talk = (
        workshop(event, number, capacity=1 if number in {5, 6, 3} else 9, after=hour)
        for number, hour in enumerate((0, 0, 0, 1, 2, 3, 4, 5, 6), start=1)
    )
    for session in (beside_full, full, waited):
        choose(others[0], session, actor=INVITEE, at=now())
    for who, session in ((guest, mine), (guest, waited), (others[1], mine), (others[2], mine)):
        choose(who, session, actor=INVITEE, at=now())
    add_role(talk, guest.person, "speaker", event=event, actor=ORGANISER, at=now())
    cancel_session(gone, event=event, actor=ORGANISER, at=now())
    db.session.commit()
    change(over, event, enrolment="closed")
    change(mine, event, capacity=1)
    change(beside, event, starts_at=free.starts_at, ends_at=free.ends_at)
    guest.invitation.companions_allowed = 1
    name_companions(guest.invitation, [Names("Lou", "Petit")], actor=INVITEE, at=now())
    db.session.commit()
    world.links.append(f"/i/{link_token(guest.invitation, KEY)}")
    own = f"/invitation/{guest.invitation.public_id}"
    for page in ("programme", "answered"):
        world.see("invitee", f"{own}/{page}")
    world.see("invitee", f"/e/{event.slug}/programme")
    for session in (mine, waited, full, gone, over, free):
        world.see("organiser", f"/organise/{event.slug}/sessions/{session.public_id}")
    world.see("organiser", f"/organise/{event.slug}/sessions/{mine.public_id}?q=durand")
    world.see("organiser", f"/organise/{event.slug}/sessions/{mine.public_id}?q=nobody")
    _see_clash(world, factory)
    world.slugs.append(event.slug)


def _see_clash(world: World, factory: Factory) -> None:
    """Hours changed under a choice."""
    event = factory.event()
    first, later = workshop(event, 1), workshop(event, 2, after=2)
    guest = factory.registration(event)
    for session in (first, later):
        choose(guest, session, actor=INVITEE, at=now())
    db.session.commit()
    change(later, event, starts_at=first.starts_at, ends_at=first.ends_at)
    world.see("organiser", f"/organise/{event.slug}/sessions")
