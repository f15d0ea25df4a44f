"""The last seats, asked for by many at once, on both databases (scenario 5.3).

All threads meet where confirmed places are counted. With the lock they cannot: the first one waits a
moment in vain, and then they pass one after the other. Without it they all count the same number,
and the house is oversold: the negative control, which proves that the test can fail.
"""

import threading
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from app.clock import now
from app.database import db
from app.errors import Refusal
from app.events.models import Event
from app.invitations.models import Invitation
from app.outbox.models import Message
from app.registration import seats, service
from app.registration.models import Registration
from tests.factories import INVITEE
from tests.meeting import Meeting
from tests.pressing import until_told

THREADS, SEATS, TAKEN = 30, 10, 5


@pytest.fixture
def house(factory) -> tuple[Event, list[int]]:
    """An event with SEATS places left, and the ids of THREADS invitations sent."""
    event = factory.event(capacity=TAKEN + SEATS)
    for _ in range(TAKEN):
        factory.registration(event)
    return event, [factory.invitation(event).id for _ in range(THREADS)]


@pytest.fixture
def meeting(monkeypatch) -> Meeting:
    """Everyone waits for the others after counting."""
    met = Meeting(THREADS // 2)
    monkeypatch.setattr(seats, "count_taken", met.after(seats.count_taken))
    return met


def at_once(app: Flask, tasks: list[Callable[[], object]]) -> list[Exception]:
    """Run every task in a thread and a context of its own, let go at the same instant. What was refused for good."""
    start, errors = threading.Barrier(len(tasks)), []

    def run(task: Callable[[], object]) -> None:
        with app.app_context():
            start.wait()
            try:
                until_told(task)
            except (DBAPIError, Refusal) as error:
                db.session.rollback()
                errors.append(error)
            finally:
                db.session.remove()

    db.session.commit()
    threads = [threading.Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def accepting(invitation_id: int) -> Callable[[], object]:
    def accept() -> object:
        invitation = db.session.get_one(Invitation, invitation_id)
        return service.accept(invitation, by="link", actor=INVITEE, at=now())

    return accept


def count_state(state: str) -> int:
    return len(db.session.scalars(select(Registration.id).where(Registration.state == state)).all())


def list_ranks() -> list[int | None]:
    wanted = select(Registration.waiting_rank).where(Registration.state == "waiting")
    return list(db.session.scalars(wanted.order_by(Registration.waiting_rank)))


@pytest.mark.usefixtures("meeting")
def test_the_last_seats_are_given_exactly_once(app, house):
    errors = at_once(app, [accepting(number) for number in house[1]])
    assert errors == []
    assert count_state("confirmed") == TAKEN + SEATS
    assert list_ranks() == list(range(1, THREADS - SEATS + 1))


def test_negative_control_without_the_lock_it_oversells(app, house, meeting, monkeypatch):
    meeting.without_lock(monkeypatch, seats, "lock_scarce")
    at_once(app, [accepting(number) for number in house[1]])
    assert count_state("confirmed") > TAKEN + SEATS


def test_one_answer_sent_many_times_at_once_is_one_place_and_one_letter(app, house, letters):
    _event, invitations = house
    before = len(letters(kind="confirmation"))
    errors = at_once(app, [accepting(invitations[0])] * 8)
    assert errors == []
    assert count_state("confirmed") == TAKEN + 1
    assert len(letters(kind="confirmation")) == before + 1


def test_two_promotions_at_once_promote_once(app, factory, letters):
    event = factory.event(capacity=0)
    for _ in range(5):
        factory.registration(event)
    event.capacity = 3
    number = event.id

    def promote() -> object:
        return service.promote(db.session.get_one(Event, number), now())

    errors = at_once(app, [promote] * 6)
    assert errors == []
    assert count_state("confirmed") == 3
    assert list_ranks() == [4, 5]
    assert db.session.query(Message).filter_by(kind="confirmation").count() == 3
