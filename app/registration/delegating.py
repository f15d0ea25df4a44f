"""Places of a delegation: asked for together or as many as there are, replaced one for one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.audit.service import Actor
from app.codes import new_public_id
from app.database import db, lock_row
from app.directory.service import Contact, Names, add_person
from app.errors import Refusal
from app.events.models import Event
from app.i18n import _, lazy
from app.invitations import delegations
from app.invitations.deadlines import is_closed_for_delegation
from app.invitations.delegation import Delegation, DelegationMember
from app.invitations.delegation_queries import find_membership
from app.invitations.delegations import DelegationWithdrawn, MemberFacts
from app.registration import held_back, seats, service
from app.registration.models import ENDED, Registration
from app.registration.notices import write_to
from app.registration.queries import find_registration_of, list_places_in_queue
from app.registration.recording import record_change
from app.registration.representatives import Representative, check_free
from app.registration.seat_queries import list_held_for
from app.registration.seats import Place


class NobodyNamed(Refusal):
    """Places are given to people."""

    message = lazy("Everyone named has a place or a rank already. Please name somebody first.")


@dataclass(frozen=True)
class MemberStanding:
    """A member and what became of the place: no registration as long as none was asked for."""

    member: DelegationMember
    registration: Registration | None = None
    # What the person is told: how many wait up to and including this one.
    rank: int | None = None

    @property
    def state(self) -> str:
        """One of named (no place asked for), confirmed, waiting."""
        return self.registration.state if self.registration else "named"


def list_standings(delegation: Delegation) -> list[MemberStanding]:
    """Every member in order, with the registration that holds a place or a rank."""
    found = _registrations(delegation)
    is_queued = any(one.state == "waiting" for one in found.values())
    ranks = list_places_in_queue(delegation.event_id) if is_queued else {}
    standings = []
    for member in delegation.members:
        registration = found.get(member.person_id or 0)
        rank = ranks.get(registration.id) if registration else None
        standings.append(MemberStanding(member, registration, rank))
    return standings


def count_standings(event: Event, lists: Sequence[Delegation]) -> dict[int, dict[str, int]]:
    """By delegation id, how many members are confirmed, waiting or only named (two statements in all)."""
    people = [member.person_id for one in lists for member in one.members if member.person_id]
    wanted = select(Registration.person_id, Registration.state).where(
        Registration.event_id == event.id, Registration.person_id.in_(people), Registration.state.not_in(ENDED)
    )
    states = dict(db.session.execute(wanted).all())
    counts: dict[int, dict[str, int]] = {}
    for one in lists:
        for member in one.members:
            state = states.get(member.person_id or 0, "named")
            counts.setdefault(one.id, {}).setdefault(state, 0)
            counts[one.id][state] += 1
    return counts


def check_open(
    delegation: Delegation, at: datetime, in_words: Callable[[Delegation], str], opened_at: datetime | None = None
) -> None:
    """Raise AnswersClosed or DeadlinePassed when the contact cannot act alone at `at`.

    An extension given to one delegation holds for its link alone (scenario 5.2 step 4). `opened_at`: when the form was
    opened, for the event's grace.
    """
    event = delegation.event
    mailbox = event.mailbox or _("the organiser")
    if event.status != "open":
        raise service.AnswersClosed(mailbox=mailbox)
    if is_closed_for_delegation(delegation, at, opened_at):
        raise service.DeadlinePassed(deadline=in_words(delegation), mailbox=mailbox)


def ask_for_places(
    delegation: Delegation, *, is_all_or_nothing: bool, actor: Actor, at: datetime, form_key: str = ""
) -> list[MemberStanding]:
    """Register everyone named who has no place yet: all together, or as many as fit while the others wait.

    Once security has the list, whom the contact adds waits for the organiser. The form of a `form_key` answered before
    gets the same answer. Raises NotTogether (nothing is
    written then), NobodyNamed, AlreadyComing, DelegationWithdrawn.
    """
    _lock(delegation)
    if form_key and not delegations.note_form(delegation, form_key):
        return list_standings(delegation)
    named = [one.member for one in list_standings(delegation) if one.registration is None]
    if not named:
        raise NobodyNamed
    opened = [_open(member, at) for member in named]
    event, category, held = delegation.event, delegation.category, list_held_for(delegation.id)
    if held_back.must_wait(event, actor):
        for registration in opened:
            held_back.hold_back(registration, None, actor=actor, at=at)
    elif is_all_or_nothing:
        seats.seat_all_or_none(opened, event, category, at, held=held)
    else:
        for registration in opened:
            seats.seat_or_queue(registration, event, category, at, is_approved=True, held=held)
    db.session.flush()
    for registration in opened:
        write_to(registration, at)
        record_change(actor, registration, at)
    delegations.set_state(delegation, "registered", actor=actor, at=at)
    write_contact(delegation, at)
    return list_standings(delegation)


def replace_member(member: DelegationMember, facts: MemberFacts, *, actor: Actor, at: datetime) -> None:
    """Somebody else comes instead of a member: the place or the rank passes one for one, or is kept for the decision.

    Raises NameMissing, HeadNamed, NamedTwice, AlreadyComing, DelegationWithdrawn.
    """
    delegation = member.delegation
    _lock(delegation)
    before = _registration_of(member)
    delegations.name_member(delegation, member, facts)
    delegations.record_change(actor, "delegation.member_replaced", delegation, at, member)
    if before is None:
        return
    place = held_back.leave(before, actor=actor, at=at)
    registration = _open(member, at)
    if held_back.must_wait(delegation.event, actor):
        held_back.hold_back(registration, place, actor=actor, at=at)
    else:
        seats.seat_or_queue(registration, delegation.event, delegation.category, at, inherited=place)
    db.session.flush()
    write_to(registration, at)
    record_change(actor, registration, at)
    write_contact(delegation, at)


def remove_member(member: DelegationMember, *, actor: Actor, at: datetime) -> None:
    """A member no longer comes; the place goes to the next in the queue."""
    delegation = member.delegation
    _lock(delegation)
    place = _leave(member, actor, at)
    delegations.remove_member(member, actor=actor, at=at)
    db.session.flush()
    if place and place.is_seat:
        service.promote(delegation.event, at)


def end(delegation: Delegation, state: str, *, actor: Actor, at: datetime) -> None:
    """The delegation does not come (`declined`) or is taken back (`withdrawn`): every place is given up."""
    _lock(delegation)
    places = [_leave(member, actor, at) for member in delegation.members]
    delegations.set_state(delegation, state, actor=actor, at=at)
    if any(place and place.is_seat for place in places):
        service.promote(delegation.event, at)


def tell_contact(registration: Registration, *, at: datetime) -> None:
    """When a member who waited has a place, the contact hears of it (signal `place_confirmed`)."""
    if registration.invitation_id is not None or registration.sequence == 0:
        return
    member = find_membership(registration.event_id, registration.person_id)
    if member:
        write_contact(member.delegation, at)


def write_contact(delegation: Delegation, at: datetime) -> None:
    """Queue the letter that lists the members and their places; one for all changes of an instant."""
    if delegation.contact_email:
        delegations.write_to_contact(delegation, "delegation_places", f"{at:%Y%m%d%H%M%S%f}", at)


def _lock(delegation: Delegation) -> None:
    """Hold what becomes scarcer, then the delegation. Raises DelegationWithdrawn."""
    seats.lock_scarce(delegation.event, delegation.category)
    lock_row(delegation)
    members = select(DelegationMember).where(DelegationMember.delegation_id == delegation.id)
    db.session.scalars(members.execution_options(populate_existing=True)).all()
    db.session.expire(delegation, ["members"])
    if delegation.state == "withdrawn":
        raise DelegationWithdrawn(name=delegation.name)


def _registrations(delegation: Delegation) -> dict[int, Registration]:
    people = [member.person_id for member in delegation.members if member.person_id]
    wanted = select(Registration).where(
        Registration.event_id == delegation.event_id,
        Registration.person_id.in_(people),
        Registration.state.not_in(ENDED),
    )
    return {one.person_id: one for one in db.session.scalars(wanted)} if people else {}


def _registration_of(member: DelegationMember) -> Registration | None:
    if member.person_id is None:
        return None
    found = find_registration_of(member.delegation.event_id, member.person_id)
    return found if found and found.state not in ENDED else None


def _leave(member: DelegationMember, actor: Actor, at: datetime) -> Place | None:
    registration = _registration_of(member)
    return held_back.leave(registration, actor=actor, at=at) if registration else None


def _open(member: DelegationMember, at: datetime) -> Registration:
    """A registration for a member, not seated yet; the person is entered in the directory if new."""
    delegation, titles = member.delegation, (member.quality,) if member.quality else ()
    names = Names(member.given_name, member.family_name, member.native_name, member.civility)
    known = member.person or check_free(delegation.event, Representative(names, member.quality, member.email))
    if known is None:
        contact = Contact(email=member.email, language=delegation.language, country=delegation.country)
        known = add_person(names, contact, qualities=titles, organisation=delegation.name, at=at)
        db.session.flush()
    delegations.note_person(member, known)
    db.session.flush()
    return _registration_for(member, titles, at)


def _registration_for(member: DelegationMember, titles: tuple[str, ...], at: datetime) -> Registration:
    delegation = member.delegation
    registration = find_registration_of(delegation.event_id, member.person_id or 0)
    if registration is None:
        registration = Registration(
            public_id=new_public_id(),
            event_id=delegation.event_id,
            event=delegation.event,
            person=member.person,
            created_at=at,
            sequence=-1,
        )
    registration.category_id, registration.qualities = delegation.category_id, titles
    registration.organisation, registration.email = delegation.name, member.email
    registration.language = delegation.language
    registration.sequence += 1
    return registration
