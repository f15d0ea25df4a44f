"""What becomes of places when their session changes, is cancelled or goes (signals of the programme)."""

from datetime import datetime
from typing import Any

from app.events.models import Event
from app.programme.models import Session
from app.registration import session_places
from app.registration.models import Registration
from app.registration.session_models import SessionPlace
from app.registration.session_notices import write_changed
from app.registration.session_queries import list_live
from app.registration.session_refusals import PlacesTaken, StillChosen

# Columns that a calendar shows; of these the last three are worth a letter.
SHOWN = frozenset({"title", "room", "starts_at", "ends_at"})
TOLD = frozenset({"room", "starts_at", "ends_at"})


def follow_change(session: Session, *, event: Event, before: dict[str, Any], at: datetime) -> None:
    """Everyone with a place is told of another hour or room; more places are given to those who wait.

    Fewer places put nobody out. Raises StillChosen when the choice would end with people in it.
    """
    if session.enrolment == "none" and "enrolment" not in before:
        return
    if before.keys() & SHOWN:
        for place in list_live(session.id):
            _tell(place, before, at)
    if session.enrolment == "none":
        _refuse_if_chosen(session, StillChosen)
    elif before.keys() & {"capacity", *TOLD}:
        session_places.promote(session, event, at)


def follow_cancellation(session: Session, *, event: Event, at: datetime) -> None:  # noqa: ARG001 - a receiver's arguments are fixed
    """Nobody has a place in a session that does not take place, and each of them is written to."""
    for place in list_live(session.id):
        session_places.close(place, at)


def refuse_removal(session: Session, *, event: Event, at: datetime) -> None:  # noqa: ARG001 - a receiver's arguments are fixed
    """A session on which people count does not vanish. Raises PlacesTaken."""
    if session.enrolment != "none":
        _refuse_if_chosen(session, PlacesTaken)


def leave_sessions(registration: Registration, *, at: datetime) -> None:
    """Who gives up the place at the event gives up those in its sessions; nothing is asked when it has none."""
    if registration.event.has_session_choices:
        session_places.release(registration, at)


def _tell(place: SessionPlace, before: dict[str, Any], at: datetime) -> None:
    place.sequence += 1
    place.changed_at = at
    if place.state == "confirmed" and before.keys() & TOLD:
        write_changed(place, before, at)


def _refuse_if_chosen(session: Session, refusal: type[PlacesTaken] | type[StillChosen]) -> None:
    count = len(list_live(session.id))
    if count:
        raise refusal(count=count)
