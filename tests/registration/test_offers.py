"""A place that comes free: offered for a day, passed on, given at once near the event (scenario 5.3 step 3)."""

from datetime import timedelta

import pytest

from app.audit.models import AuditEntry
from app.badging.queries import find_active_badge
from app.clock import now
from app.database import db
from app.outbox.composing import compose
from app.registration import offers, service
from app.registration.models import Queue
from app.registration.offers import NoPlaceFree, NotWaiting, OfferOver, TurnNeedsReason
from app.registration.seat_queries import find_last_offer, list_waiting
from tests.factories import INVITEE, ORGANISER


@pytest.fixture
def full(factory):
    """One place, taken, two who wait for it, and offers of 24 hours."""
    event = factory.event(capacity=1, offer_hours=24)
    return event, [factory.registration(event) for _ in range(3)]


def cancel(registration, at=None):
    service.cancel_registration(registration, actor=ORGANISER, at=at or now())


def end_all(event, at):
    ended = offers.end_expired(event, at)
    db.session.commit()
    return ended


def test_the_first_who_waits_is_offered_the_place_for_a_day_by_one_letter(full, letters):
    _event, (seated, first, second) = full
    at = now()
    cancel(seated, at)
    db.session.commit()
    assert [first.state, second.state] == ["offered", "waiting"]
    assert find_last_offer(first.id).expires_at == at + timedelta(hours=24)
    assert [letter.subject_id for letter in letters(kind="offer")] == [first.public_id]
    assert find_active_badge(first.id) is None
    assert service.promote(first.event, at) == []  # the place is held, nobody else gets it


def test_the_place_is_theirs_once_they_take_it(full, letters):
    _event, (seated, first, _second) = full
    cancel(seated)
    offers.take(first, actor=INVITEE, at=now())
    offers.take(first, actor=INVITEE, at=now())
    db.session.commit()
    assert first.state == "confirmed"
    assert find_active_badge(first.id) is not None
    assert [one.subject_id for one in letters(kind="confirmation")].count(first.public_id) == 1
    assert find_last_offer(first.id).state == "taken"


def test_an_offer_nobody_takes_passes_to_the_next(full, letters):
    event, (seated, first, second) = full
    at = now()
    cancel(seated, at)
    assert end_all(event, at + timedelta(hours=23)) == []
    ended = end_all(event, at + timedelta(hours=24))
    assert [one.id for one in ended] == [first.id]
    assert [first.state, second.state] == ["cancelled", "offered"]
    assert find_last_offer(first.id).state == "lapsed"
    assert [one.subject_id for one in letters(kind="offer_lapsed")] == [first.public_id]
    with pytest.raises(OfferOver):
        offers.take(first, actor=INVITEE, at=at + timedelta(hours=24))


def test_an_offer_ends_to_the_second_even_before_the_worker_comes(full):
    _event, (seated, first, _second) = full
    at = now()
    cancel(seated, at)
    with pytest.raises(OfferOver):
        offers.take(first, actor=INVITEE, at=at + timedelta(hours=24))
    offers.take(first, actor=INVITEE, at=at + timedelta(hours=24, seconds=-1))
    assert first.state == "confirmed"


def test_who_let_it_pass_may_come_back_at_the_end(full):
    event, (seated, first, second) = full
    at = now()
    cancel(seated, at)
    end_all(event, at + timedelta(days=1))
    again = service.accept(first.invitation, by="link", actor=INVITEE, at=at + timedelta(days=1))
    assert (again.id, again.state) == (first.id, "waiting")
    assert second.state == "offered"


@pytest.mark.parametrize(("left", "state"), [(timedelta(hours=48), "offered"), (timedelta(hours=47), "confirmed")])
def test_near_the_event_nobody_is_asked_any_more(full, left, state):
    event, (seated, first, _second) = full
    cancel(seated, event.starts_at - left)
    assert first.state == state


def test_who_has_no_address_is_not_asked(full):
    _event, (seated, first, _second) = full
    first.email = ""
    cancel(seated)
    assert first.state == "confirmed"


def test_giving_up_an_offer_hands_it_on(full):
    _event, (seated, first, second) = full
    cancel(seated)
    service.decline(first.invitation, by="link", actor=INVITEE, at=now())
    assert [first.state, second.state] == ["cancelled", "offered"]
    assert find_last_offer(first.id).state == "given_up"


def test_accepting_again_takes_the_place_offered(full):
    _event, (seated, first, _second) = full
    cancel(seated)
    assert service.accept(first.invitation, by="link", actor=INVITEE, at=now()).state == "confirmed"


def test_the_worker_ends_offers_and_gives_places_that_came_free(full, frozen, factory):
    event, (seated, first, second) = full
    at = now()
    cancel(seated, at)
    db.session.commit()
    frozen(at + timedelta(days=1))
    for _ in offers.follow_offers():
        db.session.commit()
    assert [first.state, second.state] == ["cancelled", "offered"]
    third = factory.registration(event)
    event.capacity = 2  # raised on the page of settings: the worker gives the place
    db.session.commit()
    for _ in offers.follow_offers():
        db.session.commit()
    assert [second.state, third.state] == ["offered", "offered"]
    assert list(offers.follow_offers()) == []


def test_by_hand_nobody_is_promoted_and_nobody_is_passed(factory):
    event = factory.event(capacity=1, promotion="by_hand", categories=("communes", "agents"))
    seated = factory.registration(event, category="communes")
    waiting = factory.registration(event, category="communes")
    cancel(seated)
    newcomer = factory.registration(event, category="agents")
    assert [waiting.state, newcomer.state] == ["waiting", "waiting"]
    assert service.promote(event, now()) == []
    assert offers.promote(event, now(), actor=ORGANISER, is_by_hand=True) == [waiting]
    assert [waiting.state, newcomer.state] == ["confirmed", "waiting"]
    assert find_last_offer(waiting.id).made_by == ORGANISER.name


def test_out_of_turn_needs_a_place_and_a_reason_that_stays(full):
    event, (seated, first, second) = full
    event.promotion = "by_hand"
    with pytest.raises(NoPlaceFree):
        offers.choose(second, reason="Ministre", actor=ORGANISER, at=now())
    cancel(seated)
    with pytest.raises(TurnNeedsReason):
        offers.choose(second, reason="", actor=ORGANISER, at=now())
    offers.choose(second, reason="Ministre", actor=ORGANISER, at=now())
    db.session.flush()
    assert [first.state, second.state] == ["waiting", "offered"]
    entry = db.session.query(AuditEntry).filter_by(action="registration.offered").one()
    assert (entry.after["reason"], find_last_offer(second.id).reason) == ("Ministre", "Ministre")
    with pytest.raises(NotWaiting):
        offers.choose(second, reason="", actor=ORGANISER, at=now())


def test_each_scarce_thing_has_its_queue_and_who_asked_first_is_first(factory):
    event = factory.event(capacity=2, categories=("communes", "agents"))
    communes = event.categories[0]
    communes.quota = 1
    first = factory.registration(event, category="communes")
    of_category = factory.registration(event, category="communes")
    second = factory.registration(event, category="agents")
    of_event = factory.registration(event, category="agents")
    queues = {queue.id: queue for queue in db.session.query(Queue)}
    assert queues[of_category.queue_id].category_id == communes.id
    assert queues[of_event.queue_id].category_id is None
    assert [of_category.waiting_rank, of_event.waiting_rank] == [1, 1]
    assert list_waiting(event.id) == [of_category, of_event]
    cancel(second)
    assert [of_category.state, of_event.state] == ["waiting", "confirmed"]
    cancel(first)
    assert of_category.state == "confirmed"


def test_the_letter_says_until_when_and_leads_to_the_page(full, letters):
    _event, (seated, first, _second) = full
    cancel(seated)
    db.session.commit()
    letter = compose(letters(kind="offer")[0])
    assert "/i/" in letter.text
    assert "Prendre la place" in letter.html or "Take the place" in letter.html
    offers.take(first, actor=INVITEE, at=now())
    waiting = compose(letters(kind="waiting")[0])  # not left yet: it says what holds now
    assert "annul" not in waiting.subject.lower()
