"""States of the pages of calendars and of letters about a change."""

from datetime import timedelta

from app.clock import now
from app.database import db
from app.events.announcing import announce, facts_of
from app.exports import subscribing
from app.invitations.service import link_token
from app.registration.announcement_models import Announcement
from tests.databases import KEY
from tests.factories import INVITEE, ORGANISER, Factory
from tests.states_kinds import World


def see_calendars(world: World, factory: Factory) -> None:
    """Letters about to leave, being written, on their way, stopped; a list to call; an address not opened yet."""
    event = factory.event(capacity=5)
    guest = factory.registration(event, factory.person("Oleksandr", "Shcherbak", country="UA", phone="+380 57 123"))
    before = facts_of(event)
    event.starts_at += timedelta(days=7)
    announce(event, before, actor=ORGANISER, at=now(), reason="Grève des transports")
    told = db.session.query(Announcement).filter_by(event_id=event.id).one()
    pages = f"/organise/{event.slug}/announcements"
    for state in ("stopped", "leaving", "waiting"):
        other = Announcement(event=event, kind="moved", before=told.before, state=state, leaves_at=told.leaves_at)
        db.session.add(other)
        db.session.flush()
        world.see("organiser", f"{pages}/{other.public_id}/progress")
    db.session.commit()
    for path in (pages, f"{pages}/calls", f"/organise/{event.slug}/settings", f"/organise/{event.slug}/letters"):
        world.see("organiser", path)
    world.see("organiser", f"{pages}/calls", {"title_fr": "", "starts_on": ""}, 422)
    world.see("organiser", f"{pages}/{told.public_id}/progress")
    world.links.append(f"/i/{link_token(guest.invitation, KEY)}")
    world.see("invitee", f"/invitation/{guest.invitation.public_id}/subscription")
    _cancelled(world, factory)


def _cancelled(world: World, factory: Factory) -> None:
    event = factory.event(capacity=5)
    guest = factory.registration(event)
    subscribing.open_for_attendee(guest, language="fr", secret=KEY, actor=INVITEE, at=now())
    before = facts_of(event)
    event.status = "cancelled"
    announce(event, before, actor=ORGANISER, at=now())
    db.session.commit()
    world.see("organiser", f"/organise/{event.slug}/announcements")
    world.see("organiser", f"/organise/{event.slug}/announcements/calls")
    world.see("organiser", f"/organise/{event.slug}/calendars")
