"""Rules of answers: comes, does not come, is represented; cancelling; the queue."""

from collections.abc import Callable
from datetime import datetime

from app.audit.service import Actor
from app.database import db, lock_row
from app.directory.models import Person
from app.errors import Refusal
from app.events.models import Event
from app.i18n import _, lazy
from app.invitations.calendar_entry import registration_id_of
from app.invitations.deadlines import closing_of, is_answering_open_for
from app.invitations.models import ANSWERED, Invitation
from app.invitations.service import note_form, record_answer
from app.registration import companions, held_back, offers, representatives, seats, session_several
from app.registration.models import ENDED, Registration, Representation
from app.registration.notices import write_again, write_to
from app.registration.queries import find_registration_of, find_representation
from app.registration.recording import record_change
from app.registration.representatives import OneSelf, Representative
from app.registration.seats import Place


class DeadlinePassed(Refusal):
    """Answers are closed; `deadline` is the sentence with weekday, day, hour and zone."""

    message = lazy(
        "Answers closed: they were expected %(deadline)s. Please write to %(mailbox)s:"
        " what you typed is kept on this page."
    )


class AnswersClosed(Refusal):
    """The event takes no answers: not open yet, closed, cancelled or past."""

    message = lazy("This event takes no answers at present. Please write to %(mailbox)s.")


class AnsweredBefore(Refusal):
    """An answer stands; only whoever reads the mailbox of the invitation changes it (scenario 5.11)."""

    message = lazy(
        "An answer to this invitation was recorded already: it stands, and nothing was changed."
        " To change it, please ask for a code by mail."
    )


class SentBefore(Refusal):
    """The very same form was answered already: a double click, or a page sent again. The answer stands as it was."""

    message = lazy("This form was sent already: your answer is recorded.")


class NotTransferable(Refusal):
    """The person invited comes in person or not at all."""

    message = lazy("This invitation is for %(name)s in person: nobody can come instead.")


class ListLocked(Refusal):
    """Security has the list of those who come: the organiser decides who comes instead (domain 2.7, scenario 5.4.3)."""

    message = lazy(
        "The list of those who come was handed to the security of the venue: who comes instead is decided by the"
        " organiser."
    )


def check_open(
    invitation: Invitation, at: datetime, in_words: Callable[[Invitation], str], opened_at: datetime | None = None
) -> None:
    """Raise AnswersClosed or DeadlinePassed when an invitee cannot answer alone at `at`.

    The instant of receipt decides (domain 1.1 R0.8), `opened_at` only within the event's grace; `in_words` says the
    deadline of the invitation: the event's, its category's, or the invitee's own.
    """
    event = invitation.event
    if is_answering_open_for(invitation, at, opened_at):
        return
    mailbox = event.mailbox or _("the organiser")
    if event.status == "open" and closing_of(invitation) is not None:
        raise DeadlinePassed(deadline=in_words(invitation), mailbox=mailbox)
    raise AnswersClosed(mailbox=mailbox)


def accept(
    invitation: Invitation, *, by: str, actor: Actor, at: datetime, may_change: bool = True, form_key: str = ""
) -> Registration:
    """The invited person comes: a place, or a rank in the queue. Twice gives the same place.

    Raises AnsweredBefore when another answer stands and `may_change` is false, SentBefore when the
    form of that key was answered, HouseFull without a place or a waiting list.
    """
    event = invitation.event
    _lock(invitation, form_key)
    if not may_change and invitation.state in ANSWERED - {"accepted"}:
        raise AnsweredBefore
    kept = session_several.set_aside_of_representative(invitation, at)
    inherited = _end_representation(invitation, at)
    registration = find_registration_of(event.id, invitation.person_id)
    if registration is None or registration.state == "cancelled":
        registration = _open_registration(invitation, registration, at)
        seats.seat_or_queue(registration, event, invitation.category, at, inherited=inherited)
        write_to(registration, at)
        record_change(actor, registration, at)
    elif registration.state == "offered":
        offers.take(registration, actor=actor, at=at)
    elif inherited and inherited.is_seat:
        promote(event, at)
    session_several.pass_on(kept, registration, actor=actor, at=at)
    if invitation.state != "accepted":
        record_answer(invitation, "accepted", by=by, actor=actor, at=at)
    db.session.flush()  # once for everything: seat, badge, letter, journal
    return registration


def decline(
    invitation: Invitation,
    *,
    by: str,
    actor: Actor,
    at: datetime,
    reason: str = "",
    may_change: bool = True,
    form_key: str = "",
) -> None:
    """The invited person does not come, nor who would have come along; places go to the next in the queue.

    Raises AnsweredBefore when an answer stands and `may_change` is false, SentBefore as `accept` does.
    """
    event = invitation.event
    _lock(invitation, form_key)
    if not may_change and invitation.state in ANSWERED:
        if invitation.state == "declined" and reason in ("", invitation.decline_reason):
            return
        raise AnsweredBefore
    is_freed = companions.release(invitation, actor=actor, at=at)
    given_up = _end_representation(invitation, at)
    own = find_registration_of(event.id, invitation.person_id)
    if own is not None and own.state != "cancelled":
        given_up = seats.give_up(own, at)
        record_change(actor, own, at)
    if invitation.state != "declined" or invitation.decline_reason != reason:
        record_answer(invitation, "declined", by=by, actor=actor, at=at, reason=reason)
    if is_freed or (given_up and given_up.is_seat):
        promote(event, at)


def be_represented_by(
    invitation: Invitation,
    who: Representative,
    *,
    by: str,
    actor: Actor,
    at: datetime,
    may_change: bool = True,
    form_key: str = "",
) -> Registration:
    """Someone else comes in the invited person's name, with a place and a code of their own.

    The place, or the rank, passes one for one. Naming the same person again corrects the function
    and the mailbox. Raises AlreadyComing when that person is invited or registered already, OneSelf
    when it is the invited person, NameMissing (scenario 5.4), NotTransferable unless the organiser
    writes it down, AnsweredBefore when another answer stands and `may_change` is false, SentBefore,
    ListLocked when the invitee says so alone and security has the list.
    """
    _lock(invitation, form_key)
    who = who.cleaned()
    if by == "link" and not invitation.is_transferable:
        raise NotTransferable(name=invitation.person.full_name)
    if who.has_name_of(invitation.person):
        raise OneSelf(name=invitation.person.full_name)
    current = find_representation(invitation.id)
    named = current.registration if current and current.registration.state not in ENDED else None
    is_same = named is not None and who.has_name_of(named.person)
    if not may_change and invitation.state in ANSWERED and not is_same:
        raise AnsweredBefore
    if named and is_same:
        return _correct(named, who, actor, at, may_change=may_change)
    known = _check_free(invitation, who, actor)
    own = find_registration_of(invitation.event_id, invitation.person_id)
    kept = session_several.set_aside([one for one in (named, own) if one], at)
    inherited = _end_representation(invitation, at)
    if own is not None:
        inherited = seats.give_up(own, at) or inherited
    is_freed = companions.release(invitation, actor=actor, at=at)
    registration = _seat_representative(invitation, who, (known, inherited), by=by, actor=actor, at=at)
    session_several.pass_on(kept, registration, actor=actor, at=at)
    if is_freed:  # only now: the place that passes one for one was free for a moment
        promote(invitation.event, at)
    return registration


def _check_free(invitation: Invitation, who: Representative, actor: Actor) -> Person | None:
    known = representatives.check_free(invitation.event, who)
    if invitation.event.list_locked_at and actor.kind == "invitee":
        raise ListLocked
    return known


def _seat_representative(
    invitation: Invitation,
    who: Representative,
    before: tuple[Person | None, Place | None],
    *,
    by: str,
    actor: Actor,
    at: datetime,
) -> Registration:
    known, inherited = before
    registration = representatives.open_registration(invitation, who, known, at)
    seats.seat_or_queue(registration, invitation.event, invitation.category, at, inherited=inherited)
    db.session.add(Representation(invitation=invitation, registration=registration, created_at=at))
    write_to(registration, at)
    record_change(actor, registration, at)
    record_answer(invitation, "represented", by=by, actor=actor, at=at)
    db.session.flush()
    return registration


def cancel_registration(registration: Registration, *, actor: Actor, at: datetime) -> None:
    """Give a place back and seat the next in the queue. Cancelled twice is cancelled once."""
    event = registration.event
    seats.lock_scarce(event)
    lock_row(registration)
    given_up = held_back.leave(registration, actor=actor, at=at)
    if given_up and given_up.is_seat:
        promote(event, at)


def promote(event: Event, at: datetime) -> list[Registration]:
    """Give the places that are free to those who wait, unless the organiser does so by hand. Returns who got one."""
    return offers.promote(event, at)


def send_again(registration: Registration, *, actor: Actor, at: datetime) -> None:
    """Write the confirmation (or the rank) once more. Raises NoAddress, NoPlace."""
    write_again(registration, at)
    record_change(actor, registration, at, action="registration.letter_sent_again")


def _lock(invitation: Invitation, form_key: str) -> None:
    """Hold what becomes scarcer, and read the answer as it stands once that is held. Raises SentBefore."""
    seats.lock_scarce(invitation.event, invitation.category)
    lock_row(invitation)
    if form_key and not note_form(invitation, form_key):
        raise SentBefore


def _open_registration(invitation: Invitation, cancelled: Registration | None, at: datetime) -> Registration:
    registration = cancelled or Registration(
        public_id=registration_id_of(invitation),
        event_id=invitation.event_id,
        event=invitation.event,
        person=invitation.person,
        invitation_id=invitation.id,
        created_at=at,
        sequence=-1,
    )
    registration.category_id = invitation.category_id
    registration.qualities = invitation.qualities
    registration.organisation, registration.zone = invitation.organisation, invitation.zone
    registration.email, registration.language = invitation.email, invitation.language
    registration.sequence += 1
    return registration


def _end_representation(invitation: Invitation, at: datetime) -> Place | None:
    """The representative, if any, no longer comes; answers what they had."""
    current = find_representation(invitation.id) if invitation.state == "represented" else None
    if current is None:
        return None
    place = seats.give_up(current.registration, at)
    db.session.delete(current)
    db.session.flush()
    return place


def _correct(
    registration: Registration, who: Representative, actor: Actor, at: datetime, *, may_change: bool
) -> Registration:
    """The same representative, named again: another function or mailbox, and the letter goes there."""
    titles = (who.quality,) if who.quality else ()
    email = who.email or registration.email
    if (registration.qualities, registration.email) == (titles, email):
        return registration
    if not may_change:
        raise AnsweredBefore
    registration.qualities, registration.email = titles, email
    registration.sequence += 1
    registration.changed_at = at
    write_to(registration, at)
    record_change(actor, registration, at, action="registration.corrected")
    return registration
