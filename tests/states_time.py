"""States of time: an event cancelled or postponed, the second page that asks, deadlines of categories, grace."""

from datetime import timedelta

from app.clock import now
from app.columns import Bilingual
from app.events.deadlines import set_category_deadline
from app.events.endings import NewDates, cancel_event, postpone_event
from app.events.limits import Limit
from app.invitations.service import link_token
from tests.databases import KEY
from tests.factories import ORGANISER, Factory, evening
from tests.states_kinds import Body, World

WHY = Bilingual("Une grève des transports.", "A transport strike.")


def see_time(world: World, factory: Factory) -> None:
    """Each on an event of its own."""
    _endings(world, factory)
    _dates(world, factory)


def _endings(world: World, factory: Factory) -> None:
    event, cancelled, postponed = factory.event(), factory.event(), factory.event()
    page = f"/organise/{event.slug}/ending"
    why: Body = {"notice_fr": WHY.fr, "notice_en": WHY.en}
    days: Body = {"first_day": f"{evening(60):%Y-%m-%d}", "starts": "17:30", "moves_deadlines": "y"}
    world.see("organiser", f"{page}/cancel", why)
    world.see("organiser", f"{page}/cancel", {**why, "is_second": "1"}, 422)
    world.see("organiser", f"{page}/postpone", {**why, **days})
    world.see("organiser", f"{page}/postpone", {**days, "notice_fr": ""}, 422)
    invitations = [factory.invitation(one) for one in (cancelled, postponed)]
    cancel_event(cancelled, WHY, actor=ORGANISER, at=now())
    dates = NewDates(evening(60), evening(60) + timedelta(hours=3))
    postpone_event(postponed, dates, WHY, moves_deadlines=True, actor=ORGANISER, at=now())
    for invitation in invitations:
        world.links.append(f"/i/{link_token(invitation, KEY)}")
        slug = invitation.event.slug
        world.see("anyone", f"/e/{slug}/")
        world.see("invitee", f"/invitation/{invitation.public_id}/")
        for address in ("ending", "settings", ""):
            world.see("organiser", f"/organise/{slug}/{address}")


def _dates(world: World, factory: Factory) -> None:
    event = factory.event(grace_minutes=5)
    category = event.categories[0]
    set_category_deadline(category, Limit(days_before=3, is_inclusive=True), actor=ORGANISER, at=now())
    invitation = factory.invitation(event)
    world.links.append(f"/i/{link_token(invitation, KEY)}")
    world.see("invitee", f"/invitation/{invitation.public_id}/?answer=decline")
    world.see("organiser", f"/organise/{event.slug}/timeline?all=1")
    world.see("organiser", f"/organise/{event.slug}/timeline/rehearse", {"day": "", "hour": ""}, 422)
    page = f"/organise/{event.slug}/settings/categories/{category.key}"
    world.see("organiser", page, {"name_fr": "x", "deadline": "until", "palette": "1", "shape": "disc"}, 422)
