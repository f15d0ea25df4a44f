"""Deciding about many: who asked, who waits, who is refused, and what really changed."""

import pytest

from app.audit.models import AuditEntry
from app.clock import now
from app.database import db
from app.registration import service, triage
from app.registration.triage import Wish
from tests.factories import INVITEE, ORGANISER


@pytest.fixture
def event(factory):
    """Two places; the communes are decided about one by one."""
    event = factory.event(capacity=2, categories=("communes", "agents"))
    event.categories[0].needs_approval = True
    return event


def decide(event, registrations, action, **more):
    return triage.decide(event, registrations, Wish(action, **more), actor=ORGANISER, at=now())


def test_an_acceptance_of_the_category_waits_for_a_decision_and_takes_no_place(event, factory, letters):
    asked = [factory.registration(event, category="communes") for _ in range(3)]
    assert [one.state for one in asked] == ["pending"] * 3
    db.session.commit()
    assert len(letters(kind="pending")) == 3
    assert [factory.registration(event, category="agents").state for _ in range(2)] == ["confirmed"] * 2


def test_approving_gives_places_then_ranks_in_the_order_of_asking(event, factory, letters):
    asked = [factory.registration(event, category="communes") for _ in range(3)]
    outcomes, _others = decide(event, list(reversed(asked)), "approve")
    assert [one.after for one in outcomes] == ["confirmed", "confirmed", "waiting"]
    assert [one.public_id for one in outcomes] == [one.public_id for one in asked]
    db.session.commit()
    assert (len(letters(kind="confirmation")), len(letters(kind="waiting"))) == (2, 1)


def test_a_second_time_says_that_nothing_changed(event, factory, letters):
    asked = [factory.registration(event, category="communes")]
    decide(event, asked, "approve")
    outcomes, _others = decide(event, asked, "approve")
    assert (outcomes[0].is_changed, outcomes[0].before, outcomes[0].after) == (False, "confirmed", "confirmed")
    db.session.commit()
    assert len(letters(kind="confirmation")) == 1


def test_who_is_refused_is_told_with_the_words_added(event, factory, letters):
    asked = factory.registration(event, category="communes")
    decide(event, [asked], "refuse", words="Une autre édition suivra.", reason="Liste close")
    db.session.commit()
    assert asked.state == "refused"
    assert letters(kind="place_refused")[0].context["words"] == "Une autre édition suivra."
    assert db.session.query(AuditEntry).filter_by(action="registration.refused").one().after["reason"] == "Liste close"
    again = service.accept(asked.invitation, by="link", actor=INVITEE, at=now())
    assert again.state == "refused"  # accepting again asks for nothing anew


def test_a_confirmed_place_is_not_refused_by_the_dozen(event, factory):
    seated = factory.registration(event, category="agents")
    outcomes, _others = decide(event, [seated], "refuse")
    assert (seated.state, outcomes[0].is_changed) == ("confirmed", False)


def test_refusing_an_offer_hands_it_to_the_next(factory):
    event = factory.event(capacity=1, offer_hours=24)
    seated, first, second = (factory.registration(event) for _ in range(3))
    service.cancel_registration(seated, actor=ORGANISER, at=now())
    outcomes, others = decide(event, [first], "refuse")
    assert [outcomes[0].after, others[0].public_id, others[0].after] == ["refused", second.public_id, "offered"]


def test_a_rank_where_places_are_free_would_be_a_place(event, factory):
    asked = factory.registration(event, category="communes")
    outcomes, _others = decide(event, [asked], "wait")
    assert (asked.state, outcomes[0].is_changed) == ("pending", False)
    event.promotion = "by_hand"
    db.session.flush()
    decide(event, [asked], "wait")
    assert (asked.state, asked.waiting_rank) == ("waiting", 1)


def test_moving_somebody_seated_needs_a_place_in_the_other_category(event, factory):
    communes, agents = event.categories
    agents.quota = 1
    agent = factory.registration(event, category="agents")
    asked = factory.registration(event, category="communes")
    decide(event, [asked], "approve")
    outcomes, _others = decide(event, [asked], "move", category=agents)
    assert (asked.category_id, outcomes[0].is_changed) == (communes.id, False)
    outcomes, _others = decide(event, [agent], "move", category=communes)
    assert (agent.category_id, agent.invitation.category_id, agent.state) == (communes.id, communes.id, "confirmed")
    assert decide(event, [agent], "move", category=communes)[0][0].refusal


def test_moving_who_waits_asks_in_the_queue_of_the_other_category(factory):
    event = factory.event(capacity=10, categories=("communes", "agents"))
    event.categories[0].quota = 0
    waiting = factory.registration(event, category="communes")
    outcomes, _others = decide(event, [waiting], "move", category=event.categories[1])
    assert (waiting.state, outcomes[0].after, outcomes[0].category) == ("confirmed", "confirmed", outcomes[0].category)


def test_who_gave_up_is_not_decided_about(event, factory):
    seated = factory.registration(event, category="agents")
    service.cancel_registration(seated, actor=ORGANISER, at=now())
    assert [decide(event, [seated], one)[0][0].is_changed for one in ("approve", "wait", "refuse")] == [False] * 3
