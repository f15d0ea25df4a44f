"""States of pages that an address alone does not bring about: answered, closed, refused, full, past."""

from collections.abc import Callable
from datetime import timedelta

from app.access import ROLES
from app.badging.queries import find_active_badge
from app.badging.service import revoke
from app.checkin.service import Passage, Verdict, admit, admit_code, refuse, undo
from app.clock import now
from app.columns import Bilingual
from app.database import db
from app.directory.service import Names
from app.events.models import Event
from app.invitations.models import Invitation
from app.invitations.service import link_token, withdraw
from app.registration.models import Registration
from app.registration.representatives import Representative
from app.registration.service import accept, be_represented_by, cancel_registration, decline
from tests.databases import KEY
from tests.factories import INVITEE, ORGANISER, Factory, evening
from tests.furnished import Furnished
from tests.states_badging import see_badging
from tests.states_board import see_board
from tests.states_calendars import see_calendars
from tests.states_door import see_door
from tests.states_guests import see_guests, see_lists, see_second_answers
from tests.states_kinds import World
from tests.states_life import see_life
from tests.states_rehearsal import see_rehearsal
from tests.states_seats import see_seats
from tests.states_security import see_security
from tests.states_sessions import see_sessions
from tests.states_time import see_time


def make_world(factory: Factory, furnished: Furnished) -> World:
    """Every state, each on an event of its own where the event's own state is what is seen."""
    world = World()
    world.links += [f"/i/{furnished.token}", f"/d/{furnished.arguments['contact.open_link.token']}"]
    world.links.append(f"/n/{furnished.arguments['needs.public_id']}/{furnished.arguments['needs.open_link.token']}")
    for role in ROLES:
        world.accounts[role] = factory.user(role, email=f"{role}@example.org", name="Camille Durand").get_id()
    _answers(world, factory)
    _closings(world, factory)
    _wrong_ways(world, furnished)
    _door(world, factory)
    _whole_events(world, factory)
    _lists(world, furnished)
    see_guests(world, factory)
    see_second_answers(world, factory)
    see_sessions(world, factory)
    see_lists(world, factory)
    see_calendars(world, factory)
    see_life(world, factory)
    see_time(world, factory)
    see_seats(world, factory)
    see_security(world, factory)
    see_badging(world, factory)
    see_door(world, factory)
    see_board(world, factory)
    see_rehearsal(world, factory)
    db.session.commit()
    return world


def _guest(world: World, factory: Factory, event: Event, **values: str) -> Invitation:
    """Someone invited whose link the invitees' browser opens."""
    invitation = factory.invitation(event, **values)
    world.links.append(f"/i/{link_token(invitation, KEY)}")
    return invitation


def _comes(invitation: Invitation) -> Registration:
    return accept(invitation, by="link", actor=INVITEE, at=now())


def _answers(world: World, factory: Factory) -> None:
    """Each answer, asked and given: before, yes, no, somebody else, waiting."""
    event = factory.event(capacity=2, id_check=True)
    asked = _guest(world, factory, event)
    own = f"/invitation/{asked.public_id}/"
    for query in ("", "?answer=decline", "?answer=represented"):
        world.see("invitee", f"{own}{query}")
    world.see("invitee", own, {}, 422)
    world.see("invitee", own, {"answer": "represented", "family_name": "", "email": "nobody"}, 422)
    world.see("invitee", own, {"answer": "decline", "reason": "x" * 5000}, 422)
    world.see("invitee", f"{own}someone-else")

    coming, staying, sending = (_guest(world, factory, event) for _ in range(3))
    _comes(coming)
    decline(staying, by="link", actor=INVITEE, at=now(), reason="En déplacement")
    who = Representative(Names("Amine", "Benali", "", "M."), "Trésorier", "amine@example.org")
    be_represented_by(sending, who, by="link", actor=INVITEE, at=now())
    late, missing = _guest(world, factory, event), _guest(world, factory, event)
    _comes(late)  # the event is full: waits
    cancel_registration(_comes(missing), actor=ORGANISER, at=now())
    for invitation in (coming, staying, sending, late, missing):
        world.see("invitee", f"/invitation/{invitation.public_id}/answered")
        world.see("invitee", f"/invitation/{invitation.public_id}/")


def _closings(world: World, factory: Factory) -> None:
    """Answering, and reading about it, when it is too late or off."""
    yesterday = (now() - timedelta(days=1)).date()
    past = {"starts_at": evening(-3), "ends_at": evening(-3) + timedelta(hours=2)}
    for values in (
        {"status": "closed"},
        {"deadline": yesterday},
        {"status": "cancelled"},
        {**past},
        {**past, "status": "archived"},
        {"starts_at": now() + timedelta(hours=1), "deadline": None},
    ):
        status = values.pop("status", "open")
        event = factory.event(**values)
        # A browser holds twenty links at most: pages alike to a guest are opened once.
        is_told = status != "archived" and values.get("deadline", "") is not None
        asked, coming = (_guest(world, factory, event) if is_told else factory.invitation(event) for _ in range(2))
        _comes(coming)
        event.status = str(status)
        db.session.commit()
        world.see("anyone", f"/e/{event.slug}/")
        if is_told:
            world.see("invitee", f"/invitation/{asked.public_id}/")
            world.see("invitee", f"/invitation/{coming.public_id}/answered")
        world.see("organiser", f"/organise/{event.slug}/")
        world.see("organiser", f"/organise/{event.slug}/guests/{asked.public_id}")


def _wrong_ways(world: World, furnished: Furnished) -> None:
    """Pages for what went wrong."""
    slug = furnished.event.slug
    world.see("anyone", "/nowhere", status=404)
    world.see("organiser", "/organise/no-such-event/", status=404)
    world.see("anyone", "/i/nosuchlink", status=404)
    world.see("reception", f"/organise/{slug}/", status=403)
    world.see("anyone", "/broken", status=500)
    world.see("anyone", "/busy", status=409)  # not a failure of ours: the same may be sent again
    world.see("anyone", "/too-large", status=413)
    world.see("anyone", "/slowed", status=429)
    world.see("anyone", "/sign-in", {"csrf_token": "stale"}, 400)
    world.see("anyone", "/sign-in", {"email": "nobody@example.org", "password": "wrong"}, 403)


def _door(world: World, factory: Factory) -> None:
    """Each answer of the desk, each result of a search, with and without identity checks."""
    event = factory.event(id_check=True, capacity=8)
    device = factory.device(event)
    desk = f"/desk/{event.slug}/at/{device.public_id}"
    names = ("admitted", "revoked", "cancelled", "differs", "undone", "expected", "expected", "expected")
    guests = [factory.registration(event, factory.person("Zoé", f"Martin-{name}")) for name in names]
    waiting = factory.registration(event)
    admitted, revoked, cancelled, differs, undone, *_others = guests
    number = iter(range(100))

    def passage() -> Passage:
        return Passage(device, f"nonce-{next(number)}", "typed", "Reception of the tests", now())

    def shown(act: Callable[..., Verdict], *arguments: object, **values: object) -> None:
        verdict = act(event, *arguments, **values)
        assert verdict.scan
        world.see("reception", f"{desk}/answer/{verdict.scan.public_id}")

    badge, stranger = find_active_badge(revoked.id), factory.registration()
    other = find_active_badge(stranger.id)
    assert badge
    assert other
    code = badge.code
    revoke(revoked, at=now())
    cancel_registration(cancelled, actor=ORGANISER, at=now())
    db.session.commit()
    for _twice in range(2):
        shown(admit, admitted, passage(), document="passport")
    shown(admit_code, code, passage())
    shown(admit_code, "NOSUCHCODE", passage())
    shown(admit_code, other.code, passage())
    shown(admit, cancelled, passage(), document="passport")
    shown(admit, waiting, passage(), document="passport")
    shown(refuse, Verdict("identity_refused", differs), passage(), document="passport")
    shown(admit, undone, passage(), document="passport")
    taken_back = undo(event, undone, passage())
    world.see("reception", f"{desk}/answer/{taken_back.public_id}")
    _desk_at_work(world, desk, guests[-1])
    _door_of_a_cancelled_event(world, factory)


def _desk_at_work(world: World, desk: str, guest: Registration) -> None:
    """What the desk shows before it decides."""
    for words, status in (("martin", 200), ("nobody at all", 200), ("x", 422)):
        world.see("reception", f"{desk}?words={words}", status=status)
    world.see("reception", f"{desk}/person/{guest.public_id}")
    world.see("reception", f"{desk}/scan", {}, 422)
    world.see("reception", f"{desk}/admit", {"registration": guest.public_id, "nonce": "fresh"}, 422)


def _door_of_a_cancelled_event(world: World, factory: Factory) -> None:
    event = factory.event()
    guest, device = factory.registration(event), factory.device(event)
    event.status = "cancelled"
    db.session.commit()
    desk = f"/desk/{event.slug}/at/{device.public_id}"
    world.see("reception", f"{desk}/person/{guest.public_id}")
    world.see("reception", desk)


def _whole_events(world: World, factory: Factory) -> None:
    """Nothing yet, and everything over: every page of these is looked at."""
    bare = factory.event(
        categories=(), deadline=None, status="draft", title=Bilingual("Titre seul"), subtitle=Bilingual(), capacity=None
    )
    bare.venue = None
    ended = factory.event(starts_at=evening(-30), ends_at=evening(-30) + timedelta(hours=2))
    gone = [factory.invitation(ended) for _ in range(4)]
    _comes(gone[0])
    decline(gone[1], by="link", actor=INVITEE, at=now())
    withdraw(gone[2], actor=ORGANISER, at=now())
    ended.status = "archived"
    db.session.commit()
    world.slugs += [bare.slug, ended.slug]


def _lists(world: World, furnished: Furnished) -> None:
    """Lists narrowed to nothing, sorted, on a later page."""
    own = f"/organise/{furnished.event.slug}"
    for page in ("guests", "registrations", "letters"):
        world.see("organiser", f"{own}/{page}?q=nobody+at+all")
    world.see("organiser", f"{own}/guests?sort=name&direction=desc")
