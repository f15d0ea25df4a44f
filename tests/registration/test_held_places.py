"""Places held aside, seats over the capacity with a reason, and what a page may say of them."""

import pytest

from app.clock import now
from app.directory.service import Names
from app.events.seating import OverNeedsReason, SeatRules, seat_rules_of, set_seat_rules
from app.invitations.delegations import DelegationFacts, MemberFacts, add_delegation, add_member
from app.registration import held_places, service
from app.registration.delegating import ask_for_places
from app.registration.held_places import ForWhomMissing, NoneHeld, OfAnotherCategory, TooManyHeld, Wish
from app.registration.offers import count_fitting, list_fitting
from app.registration.reasons import seat_state, why_waiting
from app.registration.seat_queries import count_taken
from app.registration.seats import HouseFull
from tests.factories import INVITEE, ORGANISER


def hold(event, places, whom="Ministres", **more):
    return held_places.hold(event, Wish(places, whom, **more), actor=ORGANISER, at=now())


def test_places_held_are_not_given_to_who_answers(factory):
    event = factory.event(capacity=3)
    hold(event, 2)
    assert [factory.registration(event).state for _ in range(2)] == ["confirmed", "waiting"]


def test_places_held_in_a_category_count_in_both(factory):
    event = factory.event(capacity=3, categories=("communes", "agents"))
    event.categories[0].quota = 2
    hold(event, 1, category=event.categories[0])
    made = [factory.registration(event, category=key).state for key in ("communes", "communes", "agents", "agents")]
    assert made == ["confirmed", "waiting", "confirmed", "waiting"]


def test_no_more_are_held_than_are_free_and_for_somebody(factory):
    event = factory.event(capacity=2)
    factory.registration(event)
    with pytest.raises(TooManyHeld) as refused:
        hold(event, 2)
    assert refused.value.places == {"free": 1}
    with pytest.raises(ForWhomMissing):
        hold(event, 1, whom="")
    hold(event, 1)
    with pytest.raises(TooManyHeld):
        hold(event, 1)


def test_releasing_gives_the_places_to_who_waits(factory):
    event = factory.event(capacity=3)
    held = hold(event, 3)
    waiting = [factory.registration(event) for _ in range(3)]
    promoted = held_places.change(held, 1, actor=ORGANISER, at=now())
    assert promoted == waiting[:2]
    held_places.change(held, 0, actor=ORGANISER, at=now())
    assert [one.state for one in waiting] == ["confirmed"] * 3


def test_a_place_held_is_given_to_one_person_once(factory):
    event = factory.event(capacity=1, categories=("communes", "agents"))
    held = hold(event, 1)
    first, second = factory.registration(event), factory.registration(event)
    held_places.give(held, second, actor=ORGANISER, at=now())
    assert [first.state, second.state, held.places] == ["waiting", "confirmed", 0]
    with pytest.raises(NoneHeld):
        held_places.give(held, first, actor=ORGANISER, at=now())


def test_a_place_held_in_one_category_stays_in_it(factory):
    event = factory.event(capacity=1, categories=("communes", "agents"))
    held = hold(event, 1, category=event.categories[0])
    agent = factory.registration(event, category="agents")
    with pytest.raises(OfAnotherCategory):
        held_places.give(held, agent, actor=ORGANISER, at=now())


def test_a_place_held_never_exceeds_a_capacity_lowered_since(factory):
    event = factory.event(capacity=3)
    factory.registration(event)
    held = hold(event, 2)
    waiting = factory.registration(event)
    event.capacity = 1
    with pytest.raises(NoneHeld):
        held_places.give(held, waiting, actor=ORGANISER, at=now())


@pytest.mark.parametrize("together", [True, False])
def test_a_delegation_takes_the_places_held_for_it(factory, together):
    event = factory.event(capacity=2)
    wanted = DelegationFacts(name="Kharkiv", quota=2)
    delegation = add_delegation(event, event.categories[0], wanted, secret="k", actor=ORGANISER, at=now())
    for family in ("Un", "Deux"):
        add_member(delegation, MemberFacts(Names("A", family)), actor=ORGANISER, at=now())
    hold(event, 2, whom="Kharkiv", delegation=delegation)
    assert factory.registration(event).state == "waiting"
    standings = ask_for_places(delegation, is_all_or_nothing=together, actor=ORGANISER, at=now())
    assert [one.state for one in standings] == ["confirmed", "confirmed"]
    assert sum(count_taken(event.id).held.values()) == 0


def test_more_than_the_capacity_by_per_cent_with_its_reason(factory):
    event = factory.event(capacity=10)
    with pytest.raises(OverNeedsReason):
        set_seat_rules(event, SeatRules(over_percent=25), actor=ORGANISER, at=now())
    set_seat_rules(event, SeatRules(25, "Un quart ne vient pas", offer_hours=0), actor=ORGANISER, at=now())
    states = [factory.registration(event).state for _ in range(13)]
    assert states == ["confirmed"] * 12 + ["waiting"]  # 10 + 25 %, rounded down
    assert set_seat_rules(event, seat_rules_of(event), actor=ORGANISER, at=now()) is False


def test_a_category_over_its_quota_still_fits_the_event(factory):
    event = factory.event(capacity=3, categories=("communes", "agents"))
    communes = event.categories[0]
    communes.quota, communes.over_percent, communes.over_reason = 2, 100, "Absents"
    assert [factory.registration(event, category="communes").state for _ in range(4)] == ["confirmed"] * 3 + ["waiting"]


def test_without_a_waiting_list_the_answer_says_full(factory):
    event = factory.event(capacity=1, has_waiting_list=False)
    factory.registration(event)
    invitation = factory.invitation(event)
    with pytest.raises(HouseFull):
        service.accept(invitation, by="link", actor=INVITEE, at=now())


def test_a_page_tells_why(factory):
    event = factory.event(capacity=2, categories=("communes", "agents"))
    communes, agents = event.categories
    communes.quota = 1
    assert seat_state(event, None, count_taken(event.id)).state == "free"
    factory.registration(event, category="communes")
    taken = count_taken(event.id)
    assert [seat_state(event, one, taken).state for one in (communes, agents)] == ["waiting", "free"]
    hold(event, 1)
    taken = count_taken(event.id)
    assert [seat_state(event, one, taken).state for one in (None, agents)] == ["held", "held"]
    waiting = factory.registration(event, category="agents")
    assert count_fitting(event, count_taken(event.id)) == len(list_fitting(event)) == 0
    assert "1" in why_waiting(waiting, event, count_taken(event.id), [], now())
    assert seat_state(event, None, taken, is_open=False).state == "closed"
    event.has_waiting_list = False
    assert seat_state(event, communes, taken).state == "full"
    event.capacity = 0
    assert seat_state(event, None, count_taken(event.id)).too_many == 1
