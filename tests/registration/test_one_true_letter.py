"""Whoever gives a place up before its letter left gets one letter, a true one (issue 5; architecture promise 3)."""

from contextvars import Context

import pytest

from app.clock import now
from app.database import db
from app.outbox.carriers import FileCarrier
from app.outbox.jobs import Round
from app.registration import service, session_places
from tests.factories import INVITEE
from tests.registration.workshops import workshop


@pytest.fixture
def post(app):
    """One round of a worker; the letters of the event by kind and state, in the order of writing."""

    def posted(letters):
        db.session.commit()
        carrier = FileCarrier(app.extensions["parvis"].instance / "posting")
        Context().run(Round(app, "test", carrier).post_due)
        db.session.expire_all()
        return [(one.kind, one.state) for one in letters()]

    return posted


@pytest.fixture
def guest(factory):
    return factory.invitation()


def accept(guest):
    return service.accept(guest, by="link", actor=INVITEE, at=now())


def decline(guest):
    service.decline(guest, by="link", actor=INVITEE, at=now())


def test_a_confirmation_that_waited_is_withdrawn_when_the_place_is_given_up(guest, post, letters):
    accept(guest)
    decline(guest)
    assert post(letters) == [("confirmation", "cancelled"), ("cancellation", "sent")]


def test_a_confirmation_that_left_is_followed_by_the_cancellation(guest, post, letters):
    accept(guest)
    assert post(letters) == [("confirmation", "sent")]
    decline(guest)
    assert post(letters) == [("confirmation", "sent"), ("cancellation", "sent")]


def test_who_comes_back_before_anything_left_gets_the_confirmation_alone(guest, post, letters):
    accept(guest)
    decline(guest)
    accept(guest)
    states = [("confirmation", "cancelled"), ("cancellation", "cancelled"), ("confirmation", "sent")]
    assert post(letters) == states


def test_a_rank_given_up_is_told_as_before(factory, post, letters):
    event = factory.event(capacity=0)
    guest = factory.invitation(event)
    accept(guest)
    decline(guest)
    assert post(letters) == [("waiting", "sent")]  # nothing else says that the rank is gone


def test_a_session_left_before_its_letter_is_told_once(factory, post, letters):
    event = factory.event()
    registration, session = factory.registration(event), workshop(event)
    post(letters)
    place = session_places.choose(registration, session, actor=INVITEE, at=now())
    session_places.give_up(place, actor=INVITEE, at=now())
    db.session.commit()
    told = [one for one in post(letters) if one[0].startswith("session")]
    assert told == [("session_place", "cancelled"), ("session_left", "sent")]
