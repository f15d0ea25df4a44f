"""Several sessions chosen at once, and sessions that pass to who comes instead: one letter each time."""

from collections.abc import Sequence
from datetime import datetime

from app.audit.service import Actor
from app.database import db
from app.invitations.models import Invitation
from app.programme.changing import lock_sessions
from app.programme.models import Session
from app.programme.overlaps import overlap
from app.programme.queries import list_sessions_of
from app.registration import session_places
from app.registration.models import Registration
from app.registration.queries import find_representation
from app.registration.session_notices import in_one_letter
from app.registration.session_places import Kept
from app.registration.session_queries import list_places_of


def choose_these(registration: Registration, wanted: Sequence[Session], *, actor: Actor, at: datetime) -> None:
    """Make the sessions of one person exactly these, as far as choosing is open: all of it, or nothing.

    What is no longer wanted is given up first; a session at the same hours as one given up is an exchange: it is taken
    only if it is free. Raises what `session_places.choose` raises.
    """
    places = list_places_of(registration.id)
    numbers = {session.id for session in wanted}
    left = [one for one in places if one.session_id not in numbers and not has_begun(one.session, at)]
    held = {one.session_id for one in places}
    new = [session for session in wanted if session.id not in held]
    lock_sessions(registration.event, *new, *(one.session for one in left))
    with in_one_letter(at):
        for session in new:
            instead = next((one for one in left if overlap(one.session, session)), None)
            if instead:
                left.remove(instead)
            session_places.choose(registration, session, actor=actor, at=at, instead_of=instead)
        for place in left:
            session_places.give_up(place, actor=actor, at=at)


def has_begun(session: Session, at: datetime) -> bool:
    """Whether it is too late to leave a session."""
    return session.starts_at is not None and session.starts_at <= at


def set_aside(registrations: Sequence[Registration], at: datetime) -> list[Kept]:
    """Take the sessions of those about to be replaced, for `pass_on`; whoever waits there is not seated yet.

    Nothing is asked of the database where no session has places. The caller holds the event.
    """
    kept: list[Kept] = []
    with in_one_letter(at):
        for registration in registrations:
            if registration.event.has_session_choices:
                kept += session_places.set_aside(registration, at)
    return kept


def set_aside_of_representative(invitation: Invitation, at: datetime) -> list[Kept]:
    """The same for who comes instead of an invited person, who now comes."""
    if invitation.state != "represented" or not invitation.event.has_session_choices:
        return []
    current = find_representation(invitation.id)
    return set_aside([current.registration], at) if current else []


def pass_on(kept: Sequence[Kept], registration: Registration, *, actor: Actor, at: datetime) -> None:
    """Give the sessions set aside to who comes instead, place for place and rank for rank, as the seat passes.

    A session in whose hours the new person has a part or a place goes to those who wait, and so do all of them when
    the new person has no place at the event. One letter says which sessions are theirs.
    """
    if not kept:
        return
    event = registration.event
    lock_sessions(event, *(one.session for one in kept))
    parts = [one for one in list_sessions_of(event.id, registration.person_id) if one.state != "cancelled"]
    taken = [place.session for place in list_places_of(registration.id)]
    with in_one_letter(at):
        for one in kept:
            is_free = not any(overlap(one.session, other) for other in (*parts, *taken))
            if registration.state == "confirmed" and is_free:
                session_places.take_over(one, registration, actor=actor, at=at)
                taken.append(one.session)
        db.session.flush()
        for one in kept:
            session_places.promote(one.session, event, at)
