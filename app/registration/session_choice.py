"""What one person may do with each session of the programme, and why not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.events.models import Event
from app.programme.models import Session
from app.programme.overlaps import first_overlap
from app.registration.models import Registration
from app.registration.session_models import SessionPlace
from app.registration.session_queries import Figures, count_places, list_places_of, place_in_session_queue


@dataclass(frozen=True)
class Choice:
    """One session before one person.

    `state`: everyone (nothing to choose), yours, waiting, free, full (one may wait), same_hours (another
    choice holds those hours), part (they speak at those hours), closed, cancelled. `other` is the
    session that holds the hours, `exchange` the place that may be given up for this one.
    """

    session: Session
    state: str
    figures: Figures
    place: SessionPlace | None = None
    rank: int | None = None
    other: Session | None = None
    exchange: SessionPlace | None = None

    @property
    def may_leave(self) -> bool:
        """Whether the place or the rank can be given back."""
        return self.place is not None


def choices_of(
    registration: Registration, sessions: Sequence[Session], event: Event, at: datetime
) -> dict[int, Choice]:
    """What `registration` may do with each session, by session id; three queries, and one for each rank."""
    chosen = [one for one in sessions if one.enrolment != "none"]
    figures = count_places(chosen) if chosen else {}
    places = {place.session_id: place for place in list_places_of(registration.id)} if chosen else {}
    parts = [one for one in sessions if any(role.person_id == registration.person_id for role in one.roles)]
    is_open = event.status in {"open", "closed"} and registration.state == "confirmed"
    found = {}
    for session in sessions:
        counted = figures.get(session.id, Figures())
        if is_open and session.enrolment != "none" and session.state != "cancelled":
            found[session.id] = _choice(session, counted, places, parts, at)
        else:
            state = "cancelled" if session.state == "cancelled" else "everyone"
            is_chosen = state == "everyone" and session.enrolment != "none"
            found[session.id] = Choice(session, "closed" if is_chosen else state, counted)
    return found


def _choice(
    session: Session, figures: Figures, places: dict[int, SessionPlace], parts: Sequence[Session], at: datetime
) -> Choice:
    has_begun = session.starts_at is not None and session.starts_at <= at
    own = places.get(session.id)
    if own is not None:
        kept = None if has_begun else own
        if own.state == "confirmed":
            return Choice(session, "yours", figures, kept)
        return Choice(session, "waiting", figures, kept, rank=place_in_session_queue(own))
    part = next((one for one in parts if one.id == session.id), None) or first_overlap(session, parts)
    if part is not None:
        return Choice(session, "part", figures, other=part)
    if session.enrolment == "closed" or has_begun:
        return Choice(session, "closed", figures)
    clash = first_overlap(session, [place.session for place in places.values()])
    if clash is not None:
        exchange = None if figures.is_full else places[clash.id]
        return Choice(session, "same_hours", figures, other=clash, exchange=exchange)
    return Choice(session, "full" if figures.is_full else "free", figures)
