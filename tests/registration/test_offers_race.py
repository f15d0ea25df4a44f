"""Two workers end one offer once, and offer the place to one person (scenario 5.3 step 3), on both databases."""

from datetime import timedelta

from app.clock import now
from app.database import db
from app.events.models import Event
from app.outbox.models import Message
from app.registration import offers, service
from app.registration.models import Registration
from app.registration.seat_models import Offer
from tests.factories import INVITEE, ORGANISER
from tests.registration.test_seats_race import at_once, count_state


def expired(factory):
    """One place, offered to the first of four who wait; the id of the event and the instant the offer ends."""
    event = factory.event(capacity=1, offer_hours=24)
    seated, *_waiting = [factory.registration(event) for _ in range(5)]
    at = now()
    service.cancel_registration(seated, actor=ORGANISER, at=at)
    db.session.commit()
    return event.id, at + timedelta(hours=24)


def ending(number, at):
    return lambda: offers.end_expired(db.session.get_one(Event, number), at)


def test_several_workers_end_an_offer_once_and_offer_it_to_one(app, factory):
    number, at = expired(factory)
    assert at_once(app, [ending(number, at)] * 6) == []
    assert count_state("offered") == 1
    assert [one.state for one in db.session.query(Offer).order_by(Offer.id)] == ["lapsed", "open"]
    assert db.session.query(Message).filter_by(kind="offer_lapsed").count() == 1
    assert db.session.query(Message).filter_by(kind="offer").count() == 2


def test_taking_at_the_last_second_and_ending_give_the_place_to_one(app, factory):
    number, at = expired(factory)
    offered = db.session.query(Registration.id).filter_by(state="offered").scalar()

    def take():
        registration = db.session.get_one(Registration, offered)
        offers.take(registration, actor=INVITEE, at=at - timedelta(seconds=1))

    errors = at_once(app, [take, take, *[ending(number, at)] * 4])
    assert {type(one) for one in errors} <= {offers.OfferOver}
    assert count_state("confirmed") + count_state("offered") == 1
