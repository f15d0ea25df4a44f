"""People who come with an invited person: each named, each with a place of their own (domain 2.9)."""

from collections.abc import Sequence
from datetime import datetime

from app.audit.service import Actor
from app.codes import new_public_id
from app.database import db, lock_row
from app.directory.service import Contact, Names, add_person
from app.errors import Refusal
from app.i18n import lazy
from app.invitations.models import Invitation
from app.registration import held_back, offers, seats
from app.registration.models import Companion, Registration
from app.registration.notices import write_to
from app.registration.queries import list_companions
from app.registration.recording import record_change
from app.registration.representatives import Representative, check_free
from app.registration.seats import Place


class TooManyCompanions(Refusal):
    """The invitation says how many may come along."""

    message = lazy("At most %(allowed)s people may come along on this invitation.")


class NotComing(Refusal):
    """Companions come with somebody who comes."""

    message = lazy("Companions can be named once the person invited has accepted.")


def name_companions(invitation: Invitation, wanted: Sequence[Names], *, actor: Actor, at: datetime) -> list[Companion]:
    """Make the companions of an invitation exactly these, each with a place or a rank in the queue.

    Who is named already keeps the place; a name put in the place of another takes it over one for one. Once
    security has the list, whom the guest adds waits for the organiser.

    Raises NotComing, TooManyCompanions, NameMissing, AlreadyComing. Returns all companions.
    """
    seats.lock_scarce(invitation.event, invitation.category)
    lock_row(invitation)
    if invitation.state != "accepted":
        raise NotComing
    people = [Representative(names).cleaned() for names in wanted]
    if len(people) > invitation.companions_allowed:
        raise TooManyCompanions(allowed=invitation.companions_allowed)
    left, new = _differences(list_companions(invitation.id), people)
    freed = [_leave(companion, actor, at) for companion in left]
    for number, who in enumerate(new):
        inherited = freed[number] if number < len(freed) else None
        _enter(invitation, who, inherited, actor, at)
    db.session.flush()
    if any(place and place.is_seat for place in freed[len(new) :]):
        offers.promote(invitation.event, at)
    return list_companions(invitation.id)


def release(invitation: Invitation, *, actor: Actor, at: datetime) -> bool:
    """Companions leave with the person invited; says whether a seat came free. The caller promotes."""
    places = [_leave(companion, actor, at) for companion in list_companions(invitation.id)]
    return any(place is not None and place.is_seat for place in places)


def _differences(
    present: Sequence[Companion], people: Sequence[Representative]
) -> tuple[list[Companion], list[Representative]]:
    """Who is no longer named, and who is named for the first time."""
    left, new = list(present), []
    for who in people:
        same = next((c for c in left if who.has_name_of(c.registration.person)), None)
        if same is None:
            new.append(who)
        else:
            left.remove(same)
    return left, new


def _leave(companion: Companion, actor: Actor, at: datetime) -> Place | None:
    place = held_back.leave(companion.registration, actor=actor, at=at)
    db.session.delete(companion)
    db.session.flush()
    return place


def _enter(invitation: Invitation, who: Representative, inherited: Place | None, actor: Actor, at: datetime) -> None:
    check_free(invitation.event, who)
    contact = Contact(language=invitation.language)
    registration = Registration(
        public_id=new_public_id(),
        event_id=invitation.event_id,
        event=invitation.event,
        person=add_person(who.names, contact, at=at),
        category_id=invitation.category_id,
        # Their letters reach the mailbox of the person they come with.
        email=invitation.email,
        language=invitation.language,
        zone=invitation.zone,
        created_at=at,
        sequence=0,
    )
    if held_back.must_wait(invitation.event, actor):
        held_back.hold_back(registration, inherited, actor=actor, at=at)
    else:
        seats.seat_or_queue(registration, invitation.event, invitation.category, at, inherited=inherited)
    db.session.add(Companion(invitation=invitation, registration=registration, created_at=at))
    db.session.flush()
    write_to(registration, at)
    record_change(actor, registration, at)
