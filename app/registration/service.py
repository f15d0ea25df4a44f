"""Rules of answers: comes, does not come, is represented; late answers; cancelling."""

from dataclasses import dataclass
from datetime import datetime

from app.audit.service import SYSTEM, Actor, record
from app.database import db
from app.directory.models import Person
from app.directory.queries import list_namesakes
from app.directory.service import Contact, Names, add_person
from app.errors import Refusal
from app.events.models import Event
from app.events.service import closing_instant, is_answering_open
from app.i18n import lazy
from app.invitations.models import Invitation
from app.invitations.queries import find_invitation_of
from app.invitations.service import record_answer
from app.outbox import service as outbox
from app.registration import seats
from app.registration.models import Registration, Representation
from app.registration.queries import find_registration_of, find_representation
from app.text import fold


class DeadlinePassed(Refusal):
    """Answers are closed; `deadline` is the sentence with weekday, day, hour and zone."""

    message = lazy(
        "Answers closed: they were expected %(deadline)s. Please write to %(mailbox)s:"
        " what you typed is kept on this page."
    )


class AnswersClosed(Refusal):
    """The event takes no answers: not open yet, closed, cancelled or past."""

    message = lazy("This event takes no answers at present. Please write to %(mailbox)s.")


class AlreadyComing(Refusal):
    """A representative who is invited or registered already has a place of their own."""

    message = lazy(
        "%(name)s is already expected at this event, and cannot also represent someone."
        " Please name somebody else."
    )


class OneSelf(Refusal):
    """Nobody represents themselves."""

    message = lazy("%(name)s is the person invited. Please choose “will attend” instead.")


@dataclass(frozen=True)
class Representative:
    """Who comes instead, as typed by the invited person's office."""

    names: Names
    quality: str = ""
    email: str = ""


def check_open(event: Event, at: datetime, deadline_sentence: str) -> None:
    """Raise AnswersClosed or DeadlinePassed when an invitee cannot answer alone at `at`.

    The instant of receipt decides (domain 1.1 R0.8); `deadline_sentence` is the deadline in words.
    """
    if is_answering_open(event, at):
        return
    closing = closing_instant(event)
    if event.status == "open" and closing is not None:
        raise DeadlinePassed(deadline=deadline_sentence, mailbox=event.mailbox)
    raise AnswersClosed(mailbox=event.mailbox)


def accept(invitation: Invitation, *, by: str, actor: Actor, at: datetime) -> Registration:
    """The invited person comes: a place, or a rank in the queue. Twice gives the same place."""
    event = invitation.event
    seats.lock_scarce(event)
    is_replacing = _end_representation(invitation, at)
    registration = find_registration_of(event.id, invitation.person_id)
    if registration is None or registration.state == "cancelled":
        registration = _open_registration(invitation, registration, at)
        seats.seat_or_queue(
            registration, event, invitation.category, at, is_replacing=is_replacing
        )
        _write_to(registration, at)
        _record(actor, registration, at)
    if invitation.state != "accepted":
        record_answer(invitation, "accepted", by=by, actor=actor, at=at)
    return registration


def decline(
    invitation: Invitation, *, by: str, actor: Actor, at: datetime, reason: str = ""
) -> None:
    """The invited person does not come; a place given before goes to the next in the queue."""
    event = invitation.event
    seats.lock_scarce(event)
    freed = _end_representation(invitation, at)
    own = find_registration_of(event.id, invitation.person_id)
    if own is not None and own.state != "cancelled":
        freed = seats.give_up(own, at) or freed
        _record(actor, own, at)
    record_answer(invitation, "declined", by=by, actor=actor, at=at, reason=reason)
    if freed:
        promote(event, at)


def be_represented_by(
    invitation: Invitation, who: Representative, *, by: str, actor: Actor, at: datetime
) -> Registration:
    """Someone else comes in the invited person's name, with a place and a code of their own.

    Raises AlreadyComing when that person is invited or registered already, OneSelf when it is the
    invited person (scenario 5.4).
    """
    event = invitation.event
    seats.lock_scarce(event)
    names = who.names.cleaned()
    if _same_name(names, invitation.person):
        raise OneSelf(name=invitation.person.full_name)
    current = find_representation(invitation.id)
    if current and _same_name(names, current.registration.person):
        return current.registration
    _refuse_if_expected(event, names, who)
    is_replacing = _end_representation(invitation, at)
    own = find_registration_of(event.id, invitation.person_id)
    if own is not None and own.state != "cancelled":
        is_replacing = seats.give_up(own, at) or is_replacing
    registration = _register_representative(invitation, names, who, at)
    seats.seat_or_queue(registration, event, invitation.category, at, is_replacing=is_replacing)
    db.session.add(Representation(invitation=invitation, registration=registration, created_at=at))
    _write_to(registration, at)
    _record(actor, registration, at)
    record_answer(invitation, "represented", by=by, actor=actor, at=at)
    return registration


def cancel_registration(registration: Registration, *, actor: Actor, at: datetime) -> None:
    """Give a place back and seat the next in the queue."""
    event = registration.event
    seats.lock_scarce(event)
    freed = seats.give_up(registration, at)
    _record(actor, registration, at)
    if freed:
        promote(event, at)


def promote(event: Event, at: datetime) -> list[Registration]:
    """Seat those who wait as long as they fit, and write to each. Returns who was seated."""
    seats.lock_scarce(event)
    promoted = seats.promote(event, at)
    for registration in promoted:
        _write_to(registration, at)
        _record(SYSTEM, registration, at)
    return promoted


def _open_registration(
    invitation: Invitation, cancelled: Registration | None, at: datetime
) -> Registration:
    registration = cancelled or Registration(
        event_id=invitation.event_id,
        person_id=invitation.person_id,
        invitation_id=invitation.id,
        created_at=at,
        sequence=-1,
    )
    registration.category_id = invitation.category_id
    registration.qualities = invitation.qualities
    registration.organisation = invitation.organisation
    registration.email, registration.language = invitation.email, invitation.language
    registration.sequence += 1
    return registration


def _register_representative(
    invitation: Invitation, names: Names, who: Representative, at: datetime
) -> Registration:
    titles = (who.quality,) if who.quality else ()
    person = add_person(
        names,
        Contact(email=who.email, language=invitation.language),
        qualities=titles,
        organisation=invitation.organisation,
        at=at,
    )
    db.session.flush()
    return Registration(
        event_id=invitation.event_id,
        person=person,
        category_id=invitation.category_id,
        qualities=titles,
        organisation=invitation.organisation,
        email=who.email or invitation.email,
        language=invitation.language,
        created_at=at,
        sequence=0,
    )


def _end_representation(invitation: Invitation, at: datetime) -> bool:
    """The representative, if any, no longer comes; answers whether that freed a place."""
    current = find_representation(invitation.id)
    if current is None:
        return False
    freed = current.registration.state != "cancelled" and seats.give_up(current.registration, at)
    db.session.delete(current)
    db.session.flush()
    return freed


def _same_name(names: Names, person: Person) -> bool:
    return (fold(names.given), fold(names.family)) == (person.folded_given, person.folded_family)


def _refuse_if_expected(event: Event, names: Names, who: Representative) -> None:
    """A namesake counts as the same person only with the same mailbox: homonyms exist."""
    for person in list_namesakes(fold(names.given), fold(names.family)):
        if who.email and person.email and person.email.lower() != who.email.lower():
            continue
        registered = find_registration_of(event.id, person.id)
        invited = find_invitation_of(event.id, person.id)
        is_coming = registered is not None and registered.state != "cancelled"
        if is_coming or (invited is not None and invited.state in {"draft", "sent"}):
            raise AlreadyComing(name=person.full_name)


def _write_to(registration: Registration, at: datetime) -> None:
    """Queue the letter that says what was decided; nothing when there is no address to write to."""
    if not registration.email:
        return
    kind = "confirmation" if registration.state == "confirmed" else "waiting"
    outbox.write(
        cause=f"{kind}:{registration.public_id}:{registration.sequence}",
        kind=kind,
        topic=registration.event.public_id,
        subject_id=registration.public_id,
        recipient=registration.email,
        recipient_name=registration.person.full_name,
        language=registration.language,
        at=at,
        is_known_new=True,
    )


def _record(actor: Actor, registration: Registration, at: datetime) -> None:
    record(
        actor,
        f"registration.{registration.state}",
        kind="registration",
        id=registration.public_id,
        name=registration.person.full_name,
        topic=registration.event.public_id,
        at=at,
        after={"state": registration.state, "rank": registration.waiting_rank},
    )
