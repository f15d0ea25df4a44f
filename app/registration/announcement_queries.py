"""Whom a change of an event concerns, and what became of the letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from app.database import db
from app.directory.models import ContactPoint, Person
from app.errors import NotFound
from app.events.models import Event
from app.invitations.delegation import Delegation
from app.invitations.models import AWAITED, Invitation
from app.outbox.models import Message
from app.registration.announcement_models import Announcement
from app.registration.models import ENDED, Registration

# A letter left, and nothing came back that closes the matter.
ASKED = (*sorted(AWAITED), "no_answer")


def get_announcement(event: Event, public_id: str) -> Announcement:
    """One announcement of the event. Raises NotFound."""
    wanted = select(Announcement).where(Announcement.public_id == public_id, Announcement.event_id == event.id)
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound
    return found


def find_announcement(public_id: str) -> Announcement | None:
    """The announcement a letter belongs to."""
    return db.session.scalar(select(Announcement).where(Announcement.public_id == public_id))


def find_waiting(event: Event) -> Announcement | None:
    """What is about to be told, and may still be stopped."""
    wanted = select(Announcement).where(Announcement.event_id == event.id, Announcement.state == "waiting")
    return db.session.scalar(wanted.order_by(Announcement.id.desc()).limit(1))


def find_last(event: Event, kind: str = "") -> Announcement | None:
    """The latest announcement, of one kind when given, that was not stopped."""
    wanted = select(Announcement).where(Announcement.event_id == event.id, Announcement.state != "stopped")
    if kind:
        wanted = wanted.where(Announcement.kind == kind)
    return db.session.scalar(wanted.order_by(Announcement.id.desc()).limit(1))


def list_announcements(event: Event) -> list[Announcement]:
    """Every announcement of the event, the newest first."""
    wanted = select(Announcement).where(Announcement.event_id == event.id)
    return list(db.session.scalars(wanted.order_by(Announcement.id.desc())))


def list_due(at: datetime) -> list[int]:
    """Keys of the announcements whose letters are to be written."""
    is_due = (Announcement.state == "waiting") & (Announcement.leaves_at <= at)
    wanted = select(Announcement.id).where(or_(is_due, Announcement.state == "leaving"))
    return list(db.session.scalars(wanted.order_by(Announcement.id)))


def count_letters(announcement: Announcement) -> dict[str, int]:
    """How many of its letters are in each state."""
    wanted = select(Message.state, func.count()).where(Message.cause.like(f"announcement:{announcement.public_id}:%"))
    return dict(db.session.execute(wanted.group_by(Message.state)).all())


@dataclass(frozen=True)
class Concerned:
    """Whom a change concerns, by key: with a place, in a queue or asking for one; asked; contacts of delegations."""

    registrations: Sequence[int]
    invitations: Sequence[int]
    delegations: Sequence[int]

    def __len__(self) -> int:
        return len(self.registrations) + len(self.invitations) + len(self.delegations)


def list_concerned(event: Event) -> Concerned:
    """Everyone with an address who was told of the event and has not said no."""
    registered = select(Registration.id).where(
        Registration.event_id == event.id, Registration.state.not_in(ENDED), Registration.email != ""
    )
    invited = select(Invitation.id).where(
        Invitation.event_id == event.id,
        Invitation.state.in_(ASKED),
        Invitation.email != "",
        or_(Invitation.sent_at.is_not(None), Invitation.announced_at.is_not(None)),
    )
    contacts = select(Delegation.id).where(
        Delegation.event_id == event.id, Delegation.state.in_(("sent", "registered")), Delegation.contact_email != ""
    )
    return Concerned(
        db.session.scalars(registered.order_by(Registration.id)).all(),
        db.session.scalars(invited.order_by(Invitation.id)).all(),
        db.session.scalars(contacts.order_by(Delegation.id)).all(),
    )


@dataclass(frozen=True)
class Call:
    """Somebody to telephone: how they are reached, and with whom they come."""

    registration: Registration
    country: str
    delegation: Delegation | None = None
    # The person's own number first, then the others the directory knows, a secretariat's among them.
    phones: Sequence[str] = ()

    @property
    def person(self) -> Person:
        """Who it is."""
        return self.registration.person


def list_calls(event: Event) -> list[Call]:
    """Everyone with a place or a rank who comes from another country than the event's, by country and delegation.

    A mail may not be read on the road: they are called (scenario 5.12 step 1).
    """
    home = event.venue.country if event.venue else "FR"
    delegations, phones = _delegations_by_person(event), _phones(event)
    wanted = (
        select(Registration)
        .join(Registration.person)
        .where(Registration.event_id == event.id, Registration.state.not_in(ENDED))
        .options(joinedload(Registration.person), joinedload(Registration.category))
        .order_by(Person.folded_family, Person.folded_given, Registration.id)
    )
    calls = []
    for one in db.session.scalars(wanted):
        delegation = delegations.get(one.person_id)
        country = delegation.country if delegation else one.person.country
        if country != home:
            numbers = dict.fromkeys([one.person.phone, *phones.get(one.person_id, ())])
            calls.append(Call(one, country, delegation, [number for number in numbers if number]))
    return sorted(calls, key=lambda call: (call.country, call.delegation.name if call.delegation else "\uffff"))


def _phones(event: Event) -> dict[int, list[str]]:
    """By person id, the further numbers of those registered at the event."""
    wanted = (
        select(ContactPoint.person_id, ContactPoint.value)
        .join(Registration, Registration.person_id == ContactPoint.person_id)
        .where(Registration.event_id == event.id, ContactPoint.kind == "phone")
        .order_by(ContactPoint.id)
    )
    found: dict[int, list[str]] = {}
    for person_id, number in db.session.execute(wanted):
        found.setdefault(person_id or 0, []).append(number)
    return found


def _delegations_by_person(event: Event) -> dict[int, Delegation]:
    wanted = select(Delegation).where(Delegation.event_id == event.id).options(joinedload(Delegation.members))
    found = db.session.scalars(wanted).unique()
    return {member.person_id: one for one in found for member in one.members if member.person_id}
