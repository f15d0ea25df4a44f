"""Places in workshops (scenario 5.13 part 1), without a page, on both databases."""

import pytest

from app.clock import now
from app.database import db
from app.programme.changing import cancel_session, exchange_rooms, put_back
from app.programme.overlaps import overlap
from app.programme.service import add_role, remove_session
from app.registration import service, session_places
from app.registration.session_models import SessionPlace
from app.registration.session_queries import count_places, find_place, is_holder, list_holders, list_queue
from app.registration.session_refusals import (
    ChoiceClosed,
    HasPart,
    NoExchange,
    NoFreePlace,
    NotExpected,
    NothingToChoose,
    PlacesTaken,
    SameHours,
    SessionCancelled,
    StillChosen,
)
from tests.factories import INVITEE, ORGANISER
from tests.registration.workshops import change, workshop


def choose(registration, session, **values):
    place = session_places.choose(registration, session, actor=INVITEE, at=now(), **values)
    db.session.commit()
    return place


def give_up(place):
    session_places.give_up(place, actor=INVITEE, at=now())
    db.session.commit()


@pytest.fixture
def guests(factory):
    """An event and four people who come."""
    event = factory.event()
    return event, [factory.registration(event) for _ in range(4)]


def test_a_full_session_queues_and_a_place_given_up_passes_to_the_first_who_waits(guests, letters):
    event, (ada, boris, chloe, dina) = guests
    session = workshop(event, capacity=2)
    places = [choose(one, session) for one in (ada, boris, chloe, dina)]
    assert [(p.state, p.waiting_rank) for p in places] == [
        ("confirmed", None), ("confirmed", None), ("waiting", 1), ("waiting", 2),
    ]  # fmt: skip
    assert [one.subject_id for one in letters(kind="session_place")] == [ada.public_id, boris.public_id]
    give_up(places[0])
    assert [p.state for p in places] == ["cancelled", "confirmed", "confirmed", "waiting"]
    assert [one.subject_id for one in letters(kind="session_place")][-1] == chloe.public_id
    assert [one.subject_id for one in letters(kind="session_left")] == [ada.public_id]
    assert (choose(ada, session).waiting_rank, places[3].waiting_rank) == (3, 2)


def test_choosing_twice_is_one_place_and_one_letter(guests, letters):
    event, (ada, *_) = guests
    session = workshop(event)
    assert choose(ada, session).id == choose(ada, session).id
    assert len(letters(kind="session_place")) == 1


def test_each_session_has_ranks_of_its_own(guests):
    event, (ada, boris, *_) = guests
    first, second = workshop(event, 1, capacity=0), workshop(event, 2, capacity=0, after=1)
    assert [choose(who, one).waiting_rank for one in (first, second) for who in (ada, boris)] == [1, 2, 1, 2]


def test_overlapping_choices_are_refused_and_say_both_hours(guests):
    event, (ada, *_) = guests
    first, second, later = workshop(event, 1), workshop(event, 2), workshop(event, 3, after=1)
    choose(ada, first)
    with pytest.raises(SameHours) as refused:
        choose(ada, second)
    db.session.rollback()
    assert "Trial workshop 2" in str(refused.value) or "Atelier d’essai 2" in str(refused.value)
    assert choose(ada, later).state == "confirmed"  # begins when the first one ends
    assert find_place(second.id, ada.id) is None


def test_waiting_for_a_session_also_excludes_those_at_its_hours(guests):
    event, (ada, *_) = guests
    choose(ada, workshop(event, 1, capacity=0))
    with pytest.raises(SameHours):
        choose(ada, workshop(event, 2))


def test_an_exchange_gives_the_old_place_to_the_next_and_is_refused_when_nothing_is_free(guests):
    event, (ada, boris, *_) = guests
    first, second, full = (workshop(event, n, capacity=c) for n, c in ((1, 1), (2, 1), (3, 0)))
    held, waits = choose(ada, first), choose(boris, first)
    with pytest.raises(NoExchange):
        choose(ada, full, instead_of=held)
    db.session.rollback()
    assert (held.state, waits.state) == ("confirmed", "waiting")
    assert choose(ada, second, instead_of=held).state == "confirmed"
    assert (held.state, waits.state) == ("cancelled", "confirmed")


def test_nobody_chooses_before_their_place_at_the_event_is_confirmed(factory):
    event = factory.event(capacity=0)
    with pytest.raises(NotExpected):
        choose(factory.registration(event), workshop(event))


def test_who_speaks_in_one_room_does_not_listen_in_another(guests):
    event, (ada, *_) = guests
    talk, other = workshop(event, 1, enrolment="none"), workshop(event, 2)
    add_role(talk, ada.person, "speaker", event=event, actor=ORGANISER, at=now())
    db.session.commit()
    with pytest.raises(HasPart):
        choose(ada, other)


@pytest.mark.parametrize(("enrolment", "refusal"), [("none", NothingToChoose), ("closed", ChoiceClosed)])
def test_what_is_not_open_is_not_chosen(guests, enrolment, refusal):
    event, (ada, *_) = guests
    session = workshop(event, enrolment=enrolment)
    with pytest.raises(refusal):
        choose(ada, session)
    if enrolment == "closed":
        assert choose(ada, session, by_staff=True).state == "confirmed"


def test_nothing_is_chosen_once_the_session_has_begun(guests, frozen):
    event, (ada, *_) = guests
    session = workshop(event)
    frozen(session.starts_at)
    with pytest.raises(ChoiceClosed):
        choose(ada, session)


def test_who_gives_up_the_event_leaves_its_sessions_and_the_next_is_seated(guests):
    event, (ada, boris, *_) = guests
    session = workshop(event, capacity=1)
    held, waits = choose(ada, session), choose(boris, session)
    service.decline(ada.invitation, by="link", actor=INVITEE, at=now())
    db.session.commit()
    assert (held.state, waits.state) == ("cancelled", "confirmed")


def test_an_answer_asks_nothing_about_sessions_where_none_is_chosen(guests, statement_count):
    event, (ada, *_) = guests
    assert not event.has_session_choices
    with statement_count() as seen:
        service.decline(ada.invitation, by="link", actor=INVITEE, at=now())
        db.session.commit()
    assert [line for line in seen if "session_place" in line] == []


def test_fewer_places_put_nobody_out_and_say_how_many_are_too_many(guests):
    event, people = guests
    session = workshop(event, capacity=4)
    places = [choose(one, session) for one in people]
    change(session, event, capacity=1)
    assert {p.state for p in places} == {"confirmed"}
    assert count_places([session])[session.id].too_many == 3
    give_up(places[0])
    assert count_places([session])[session.id].too_many == 2


def test_more_places_seat_those_who_wait_in_order(guests):
    event, people = guests
    session = workshop(event, capacity=1)
    places = [choose(one, session) for one in people]
    change(session, event, capacity=3)
    assert [p.state for p in places] == ["confirmed", "confirmed", "confirmed", "waiting"]
    change(session, event, capacity=None)
    assert places[3].state == "confirmed"


def test_who_has_another_place_at_those_hours_meanwhile_is_passed_over_and_keeps_the_rank(guests):
    event, (ada, boris, chloe, _) = guests
    moved, full = workshop(event, 1, after=2), workshop(event, 2, capacity=1)
    choose(boris, moved)
    places = [choose(one, full) for one in (ada, boris, chloe)]
    change(moved, event, starts_at=full.starts_at, ends_at=full.ends_at)
    give_up(places[0])
    assert [p.state for p in places] == ["cancelled", "waiting", "confirmed"]
    with pytest.raises(NoFreePlace):
        session_places.seat(places[1], actor=ORGANISER, at=now())
    change(full, event, capacity=2)
    with pytest.raises(SameHours):
        session_places.seat(places[1], actor=ORGANISER, at=now())


def test_nobody_overtakes_those_who_wait_and_nobody_waits_behind_a_free_place(guests):
    event, (ada, boris, chloe, dina) = guests
    session, elsewhere = workshop(event, capacity=1), workshop(event, 2, after=2)
    held, waits = choose(ada, session), choose(boris, session)
    session.capacity = 2  # more places, and nobody promoted yet
    db.session.commit()
    late = choose(chloe, session)
    assert [p.state for p in (held, waits, late)] == ["confirmed", "confirmed", "waiting"]
    choose(chloe, elsewhere)
    change(elsewhere, event, starts_at=session.starts_at, ends_at=session.ends_at)
    change(session, event, capacity=3)
    assert late.state == "waiting"  # sits elsewhere at that hour by now
    assert choose(dina, session).state == "confirmed"


def test_the_organiser_may_seat_somebody_before_their_turn(guests):
    event, (ada, boris, chloe, _) = guests
    session = workshop(event, capacity=1)
    held, second, third = (choose(one, session) for one in (ada, boris, chloe))
    session.capacity = 2  # more places, and nobody promoted yet
    db.session.commit()
    session_places.seat(third, actor=ORGANISER, at=now())
    assert [p.state for p in (held, second, third)] == ["confirmed", "waiting", "confirmed"]


def test_an_exchange_of_rooms_raises_the_calendars_and_writes_to_those_who_have_a_place(guests, letters):
    event, (ada, boris, *_) = guests
    first, second = workshop(event, 1, capacity=1), workshop(event, 2)
    held, waits = choose(ada, first), choose(boris, first)
    before = (held.sequence, first.sequence, second.sequence)
    exchange_rooms(first, second, event=event, actor=ORGANISER, at=now())
    db.session.commit()
    assert (first.room, second.room) == ("Salle 2", "Salle 1")
    assert held.sequence == before[0] + 1
    assert (first.sequence, second.sequence) == (before[1] + 1, before[2] + 1)
    (told,) = letters(kind="session_changed")
    assert (told.subject_id, told.context["before"]) == (ada.public_id, {"room": "Salle 1"})
    assert waits.state == "waiting"


def test_a_cancelled_session_empties_and_everyone_is_told(guests, letters):
    event, (ada, boris, chloe, _) = guests
    session = workshop(event, capacity=2)
    places = [choose(one, session) for one in (ada, boris, chloe)]
    assert cancel_session(session, event=event, actor=ORGANISER, at=now())
    assert not cancel_session(session, event=event, actor=ORGANISER, at=now())
    db.session.commit()
    assert {p.state for p in places} == {"cancelled"}
    assert {one.subject_id for one in letters(kind="session_left")} == {r.public_id for r in (ada, boris, chloe)}
    with pytest.raises(SessionCancelled):
        choose(ada, session)
    db.session.rollback()
    put_back(session, event=event, actor=ORGANISER, at=now())
    assert choose(ada, session).state == "confirmed"


def test_a_session_with_people_is_not_removed_nor_opened_to_everyone(guests):
    event, (ada, *_) = guests
    session = workshop(event)
    choose(ada, session)
    with pytest.raises(StillChosen):
        change(session, event, enrolment="none")
    db.session.rollback()
    with pytest.raises(PlacesTaken):
        remove_session(session, event=event, actor=ORGANISER, at=now())
    db.session.rollback()
    cancel_session(session, event=event, actor=ORGANISER, at=now())
    remove_session(session, event=event, actor=ORGANISER, at=now())
    db.session.commit()
    assert db.session.query(SessionPlace).count() == 0
    assert not event.has_session_choices


def test_lists_tell_who_comes_and_who_waits(guests):
    event, (ada, boris, chloe, _) = guests
    session = workshop(event, capacity=1)
    for one in (chloe, ada, boris):
        choose(one, session)
    assert [p.registration_id for p in list_holders(session)] == [chloe.id]
    assert [p.registration_id for p in list_queue(session)] == [ada.id, boris.id]
    assert (is_holder(chloe.id, session.id), is_holder(ada.id, session.id)) == (True, False)


def test_a_session_that_ends_when_another_begins_does_not_overlap(guests):
    event, _ = guests
    first, same, next_one = workshop(event, 1), workshop(event, 2), workshop(event, 3, after=1)
    undecided = workshop(event, 4, enrolment="none")
    undecided.starts_at = undecided.ends_at = None
    assert [overlap(first, one) for one in (same, next_one, undecided, first)] == [True, False, False, False]
