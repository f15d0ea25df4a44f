"""The last places of a workshop, asked for by many at once, on both databases (scenario 5.13).

All threads meet where places are counted, as in test_seats_race.py; the negative control takes the
lock out and gives away more places than there are.
"""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.clock import now
from app.database import db
from app.events.models import Event
from app.programme import changing
from app.programme.models import Session
from app.registration import session_places, session_queries
from app.registration.models import Registration
from app.registration.session_models import SessionPlace
from tests.factories import INVITEE
from tests.meeting import Meeting
from tests.registration.test_seats_race import at_once
from tests.registration.workshops import change, workshop

THREADS, PLACES = 20, 6


@pytest.fixture
def crowd(factory) -> tuple[Event, Session, list[int]]:
    """A workshop with PLACES places, and THREADS people who come to the event."""
    event = factory.event()
    return event, workshop(event, capacity=PLACES), [factory.registration(event).id for _ in range(THREADS)]


@pytest.fixture
def meeting(monkeypatch) -> Meeting:
    """Everyone waits for the others after counting."""
    met = Meeting(THREADS)
    monkeypatch.setattr(session_queries, "count_places", met.after(session_queries.count_places))
    return met


def choosing(registration_id: int, session_id: int) -> Callable[[], object]:
    def choose() -> object:
        registration = db.session.get_one(Registration, registration_id)
        session = db.session.get_one(Session, session_id)
        return session_places.choose(registration, session, actor=INVITEE, at=now())

    return choose


def giving_up(place_id: int) -> Callable[[], object]:
    return lambda: session_places.give_up(db.session.get_one(SessionPlace, place_id), actor=INVITEE, at=now())


def list_states(state: str) -> list[int | None]:
    wanted = select(SessionPlace.waiting_rank).where(SessionPlace.state == state)
    return list(db.session.scalars(wanted.order_by(SessionPlace.waiting_rank)))


@pytest.mark.usefixtures("meeting")
def test_the_last_places_are_given_exactly_once(app, crowd):
    _event, session, people = crowd
    assert at_once(app, [choosing(one, session.id) for one in people]) == []
    assert len(list_states("confirmed")) == PLACES
    assert list_states("waiting") == list(range(1, THREADS - PLACES + 1))


def test_negative_control_without_the_lock_it_oversells(app, crowd, meeting, monkeypatch):
    meeting.without_lock(monkeypatch, session_places, "lock_sessions")
    _event, session, people = crowd
    at_once(app, [choosing(one, session.id) for one in people])
    assert len(list_states("confirmed")) > PLACES


def test_one_click_sent_many_times_at_once_is_one_place_and_one_letter(app, crowd, letters):
    _event, session, people = crowd
    assert at_once(app, [choosing(people[0], session.id)] * 8) == []
    assert len(list_states("confirmed")) == 1
    assert len(letters(kind="session_place")) == 1


def test_places_given_up_chosen_and_added_at_once_never_oversell_nor_stay_empty(app, crowd, letters):
    event, session, people = crowd
    held = [choosing(one, session.id)().id for one in people[: PLACES + 3]]
    number, event_number = session.id, event.id

    def add_places() -> None:
        change(db.session.get_one(Session, number), db.session.get_one(Event, event_number), capacity=PLACES + 2)

    tasks = [giving_up(one) for one in held[:4]] + [choosing(one, number) for one in people[PLACES + 3 :]]
    assert at_once(app, [*tasks, add_places]) == []
    assert len(list_states("confirmed")) == PLACES + 2
    waiting = list_states("waiting")
    assert len(waiting) == THREADS - 4 - (PLACES + 2)
    assert len(set(waiting)) == len(waiting)
    told = [letter.cause for letter in letters(kind="session_place")]
    assert len(told) == len(set(told)) == PLACES + 2 + 4


def test_nobody_gets_two_workshops_of_one_hour_by_clicking_both_at_once(app, crowd):
    event, session, people = crowd
    other = workshop(event, 2, capacity=PLACES)
    errors = at_once(app, [choosing(one, which) for one in people[:5] for which in (session.id, other.id)])
    assert len(list_states("confirmed")) == 5
    assert {type(error).__name__ for error in errors} == {"SameHours"}


def test_what_locks_is_what_the_negative_control_takes_out():
    assert session_places.lock_sessions is changing.lock_sessions
