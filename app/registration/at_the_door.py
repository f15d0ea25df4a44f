"""Registrations made at the door: somebody who was not on the list, somebody who comes instead (scenario 5.4.4).

Places are counted and given as everywhere else; only a lead goes over the quota, with a reason.
"""

from datetime import datetime

from sqlalchemy import select

from app.audit.service import Actor
from app.codes import new_public_id
from app.database import db, lock_row
from app.directory.models import Person
from app.directory.service import Contact, add_person
from app.errors import Refusal
from app.events.models import Category, Event
from app.i18n import lazy
from app.invitations.models import Invitation
from app.registration import seats
from app.registration.models import Companion, Registration, Representation
from app.registration.queries import find_registration_of
from app.registration.recording import record_change
from app.registration.representatives import OneSelf, Representative, check_free
from app.registration.seat_queries import count_taken
from app.registration.seats import Place
from app.registration.service import be_represented_by


class NoPlaceLeft(Refusal):
    """The quota is reached; a lead may go over it, and says why."""

    message = lazy("No place is left in this category. Say why this person comes in all the same.")
    status = 422


class NoPlaceToPass(Refusal):
    """One for one: only a place that is held can pass to somebody else."""

    message = lazy("%(name)s has no place that somebody else could take. Register the person on the spot instead.")


def register_on_the_spot(
    event: Event, category: Category, who: Representative, *, over: str = "", actor: Actor, at: datetime
) -> Registration:
    """A place for somebody who stands at the door, inside the quota, or over it with the reason `over`.

    Raises NameMissing, AlreadyComing, NoPlaceLeft.
    """
    seats.lock_scarce(event, category)
    who = who.cleaned()
    known = check_free(event, who)
    if not over.strip() and not seats.has_room(event, category, count_taken(event.id)):
        raise NoPlaceLeft
    registration = _opened(event, category, who, known, at)
    seats.seat_or_queue(registration, event, category, at, inherited=Place("confirmed"))
    db.session.flush()
    record_change(actor, registration, at, action="registration.on_the_spot")
    return registration


def replace_at_the_door(registration: Registration, who: Representative, *, actor: Actor, at: datetime) -> Registration:
    """Another person comes with the place of this one, whose badge ends: the number of places stays the same.

    Raises NameMissing, AlreadyComing, OneSelf, NoPlaceToPass.
    """
    event, category, who = registration.event, registration.category, who.cleaned()
    if who.has_name_of(registration.person):
        raise OneSelf(name=registration.person.full_name)
    invitation = _invitation_of(registration)
    if invitation is not None and registration.state == "confirmed":
        return be_represented_by(invitation, who, by="staff", actor=actor, at=at)
    seats.lock_scarce(event, category)
    lock_row(registration)
    known = check_free(event, who)
    place = seats.give_up(registration, at) if registration.state == "confirmed" else None
    if place is None:
        raise NoPlaceToPass(name=registration.person.full_name)
    record_change(actor, registration, at)
    successor = _opened(event, category, who, known, at, organisation=registration.organisation)
    seats.seat_or_queue(successor, event, category, at, inherited=place)
    _pass_on(registration, successor)
    db.session.flush()
    record_change(actor, successor, at)
    return successor


def _invitation_of(registration: Registration) -> Invitation | None:
    """The invitation on which somebody comes, as the person invited or in their name."""
    if registration.invitation is not None:
        return registration.invitation
    wanted = select(Representation).where(Representation.registration_id == registration.id)
    representation = db.session.scalar(wanted)
    return representation.invitation if representation else None


def _pass_on(registration: Registration, successor: Registration) -> None:
    """Who came along with somebody is from now on the other one."""
    companion = db.session.scalar(select(Companion).where(Companion.registration_id == registration.id))
    if companion:
        companion.registration = successor


def _opened(
    event: Event, category: Category, who: Representative, known: Person | None, at: datetime, *, organisation: str = ""
) -> Registration:
    """The registration that will hold the place: the one given up before, or a new one."""
    titles = (who.quality,) if who.quality else ()
    person = known or add_person(who.names, Contact(email=who.email), qualities=titles, at=at)
    db.session.flush()
    registration = find_registration_of(event.id, person.id)
    if registration is None:
        registration = Registration(
            public_id=new_public_id(), event_id=event.id, event=event, person=person, created_at=at, sequence=-1
        )
    registration.category_id, registration.category = category.id, category
    registration.qualities, registration.organisation, registration.email = titles, organisation, who.email
    registration.sequence += 1
    return registration
