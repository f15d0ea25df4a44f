"""Seats, quotas and the queue (scenario 5.3), without a page."""

import pytest

from app.audit.models import AuditEntry
from app.badging.models import Badge
from app.badging.queries import find_active_badge
from app.clock import now
from app.database import db
from app.registration import service
from app.registration.notices import NoAddress, NoPlace
from app.registration.queries import place_in_queue
from tests.factories import INVITEE, ORGANISER


def attend(invitation):
    return service.accept(invitation, by="link", actor=INVITEE, at=now())


def decline(invitation):
    service.decline(invitation, by="link", actor=INVITEE, at=now())


def test_a_full_category_queues_while_seats_remain(factory):
    event = factory.event(capacity=100, categories=("communes", "agents"))
    event.categories[0].quota = 1
    first, second = (factory.registration(event, category="communes") for _ in range(2))
    other = factory.registration(event, category="agents")
    assert [first.state, second.state, other.state] == ["confirmed", "waiting", "confirmed"]


def test_the_same_answer_twice_is_one_place_one_letter_one_entry(factory, letters):
    invitation = factory.invitation()
    assert attend(invitation).id == attend(invitation).id
    db.session.commit()
    assert len(letters(kind="confirmation")) == 1
    assert db.session.query(AuditEntry).filter_by(action="invitation.accepted").count() == 1
    assert db.session.query(Badge).count() == 1


def test_declining_twice_is_noted_once(factory):
    invitation = factory.invitation()
    decline(invitation)
    decline(invitation)
    assert db.session.query(AuditEntry).filter_by(action="invitation.declined").count() == 1


def test_who_declines_seats_the_next_and_ends_their_code(factory, letters):
    event = factory.event(capacity=1)
    first, second = factory.invitation(event), factory.invitation(event)
    confirmed, waiting = attend(first), attend(second)
    code = find_active_badge(confirmed.id).code
    decline(first)
    db.session.commit()
    assert (confirmed.state, waiting.state) == ("cancelled", "confirmed")
    assert db.session.query(Badge).filter_by(code=code).one().state == "revoked"
    assert [letter.subject_id for letter in letters(kind="confirmation")][-1] == waiting.public_id


def test_nobody_overtakes_the_queue_of_their_category(factory):
    event = factory.event(capacity=2, categories=("communes", "agents"))
    event.categories[0].quota = 1
    held = factory.registration(event, category="communes")
    waiting = factory.registration(event, category="communes")
    event.categories[0].quota = 2  # raised without promoting: the one who waits comes first
    late = factory.registration(event, category="communes")
    assert [held.state, waiting.state, late.state] == ["confirmed", "waiting", "waiting"]
    assert [place_in_queue(waiting), place_in_queue(late)] == [1, 2]
    service.promote(event, now())
    assert [waiting.state, late.state] == ["confirmed", "waiting"]


def test_a_full_category_is_passed_over_and_the_others_are_seated(factory):
    event = factory.event(capacity=1, categories=("communes", "agents"))
    seated = factory.registration(event, category="agents")
    commune = factory.registration(event, category="communes")
    agent = factory.registration(event, category="agents")
    event.categories[0].quota = 0
    service.cancel_registration(seated, actor=ORGANISER, at=now())
    assert [seated.state, commune.state, agent.state] == ["cancelled", "waiting", "confirmed"]


def test_lowering_the_capacity_ejects_nobody_and_new_answers_wait(factory):
    event = factory.event(capacity=3)
    seated = [factory.registration(event) for _ in range(3)]
    event.capacity = 1
    late = factory.registration(event)
    assert [r.state for r in seated] == ["confirmed"] * 3
    assert late.state == "waiting"
    service.cancel_registration(seated[0], actor=ORGANISER, at=now())
    assert late.state == "waiting"


def test_an_event_without_limits_seats_everyone(factory):
    event = factory.event(capacity=None)
    assert {factory.registration(event).state for _ in range(3)} == {"confirmed"}


def test_who_comes_back_waits_at_the_end_and_gets_another_code(factory):
    event = factory.event(capacity=1)
    invitation, other = factory.invitation(event), factory.invitation(event)
    first = attend(invitation)
    old = find_active_badge(first.id).code
    attend(other)
    decline(invitation)
    again = attend(invitation)
    assert (again.id, again.state, again.sequence) == (first.id, "waiting", 2)
    decline(other)
    assert again.state == "confirmed"
    assert find_active_badge(again.id).code != old


def test_cancelling_twice_is_cancelling_once(factory):
    registration = factory.registration()
    service.cancel_registration(registration, actor=ORGANISER, at=now())
    service.cancel_registration(registration, actor=ORGANISER, at=now())
    assert registration.sequence == 1
    assert db.session.query(AuditEntry).filter_by(action="registration.cancelled").count() == 1


def test_a_letter_again_within_a_minute_is_one_letter(factory, letters):
    registration = factory.registration()
    at = now()
    service.send_again(registration, actor=ORGANISER, at=at)
    service.send_again(registration, actor=ORGANISER, at=at)
    db.session.commit()
    assert len(letters(kind="confirmation")) == 2


def test_no_letter_again_without_a_place_or_an_address(factory):
    registration = factory.registration()
    registration.email = ""
    with pytest.raises(NoAddress):
        service.send_again(registration, actor=ORGANISER, at=now())
    service.cancel_registration(registration, actor=ORGANISER, at=now())
    with pytest.raises(NoPlace):
        service.send_again(registration, actor=ORGANISER, at=now())
