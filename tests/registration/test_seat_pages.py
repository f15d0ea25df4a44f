"""The pages of seats and of decisions, as an organiser uses them without JavaScript."""

import re

import pytest

from app.clock import now
from app.database import db
from app.invitations.service import link_token
from app.outbox.models import Message
from app.registration import service
from app.registration.models import Registration
from app.registration.seat_models import HeldPlaces, Offer
from tests.databases import KEY
from tests.factories import ORGANISER


@pytest.fixture
def event(factory):
    """One place, taken; two wait; offers of 24 hours; the associations are decided about."""
    event = factory.event(capacity=1, offer_hours=24)
    event.categories[1].needs_approval = True
    for key in ("elus", "elus", "elus", "associations"):
        factory.registration(event, category=key)
    return event


def people(event, state):
    return db.session.query(Registration).filter_by(event_id=event.id, state=state).order_by(Registration.id).all()


def at(event, rest=""):
    return f"/organise/{event.slug}/{rest}"


def test_the_page_says_who_waits_and_why(organiser_client, event):
    page = organiser_client.get(at(event, "seats")).text
    for registration in people(event, "waiting"):
        assert registration.person.formal_name in page
    assert "1 places sur 1" in page or "1 of 1 places" in page


def test_rules_are_kept_and_more_than_the_places_needs_a_reason(organiser_client, event):
    rules = {"promotion": "by_hand", "offer_hours": "12", "has_waiting_list": "y", "over_percent": "10"}
    assert organiser_client.post(at(event, "seats/rules"), data=rules).status_code == 422
    assert organiser_client.post(at(event, "seats/rules"), data={**rules, "over_reason": "Absents"}).status_code == 303
    db.session.expire_all()
    assert (event.promotion, event.offer_hours, event.over_percent, event.shows_remaining) == ("by_hand", 12, 10, False)
    key = event.categories[0].key
    assert organiser_client.post(at(event, f"seats/rules/{key}"), data={"needs_approval": "y"}).status_code == 303
    db.session.expire_all()
    assert event.categories[0].needs_approval


def test_places_are_held_given_and_released(organiser_client, event):
    wish = {"places": "2", "for_whom": "Ministres"}
    assert organiser_client.post(at(event, "seats/hold"), data=wish).status_code == 422  # none is free
    event.capacity = 5
    event.promotion = "by_hand"
    assert organiser_client.post(at(event, "seats/hold"), data=wish).status_code == 303
    held = db.session.query(HeldPlaces).one()
    first = people(event, "waiting")[0]
    give = at(event, f"seats/held/{held.public_id}/give")
    assert organiser_client.post(give, data={"registration": first.public_id}).status_code == 303
    db.session.expire_all()
    assert (first.state, held.places) == ("confirmed", 1)
    assert organiser_client.post(at(event, f"seats/held/{held.public_id}"), data={"places": "0"}).status_code == 303
    assert db.session.query(HeldPlaces).count() == 0


def test_out_of_turn_is_refused_without_a_reason(organiser_client, event):
    event.capacity, event.promotion = 2, "by_hand"
    last = people(event, "waiting")[-1]
    choose = at(event, f"seats/choose/{last.public_id}")
    organiser_client.post(choose)
    db.session.expire_all()
    assert last.state == "waiting"
    organiser_client.post(choose, data={"reason": "Ministre"})
    db.session.expire_all()
    assert last.state == "offered"
    assert "Ministre" in organiser_client.get(at(event, f"registrations/{last.public_id}")).text


def test_a_preview_shows_letters_and_changes_nothing(organiser_client, event):
    asked = people(event, "pending")[0]
    before = db.session.query(Message).count()
    page = organiser_client.post(at(event, "triage/preview"), data={"action": "approve", "chosen": [asked.public_id]})
    assert page.status_code == 200
    assert asked.email in page.text
    assert re.search(r"<p>[^<]*(liste d’attente|waiting list)", page.text)
    db.session.expire_all()
    assert (asked.state, db.session.query(Message).count()) == ("pending", before)


def test_deciding_tells_what_changed_and_a_second_time_that_nothing_did(organiser_client, event):
    asked = people(event, "pending")[0]
    wish = {"action": "refuse", "chosen": [asked.public_id], "reason": "Liste close"}
    first = organiser_client.post(at(event, "triage/decide"), data=wish)
    again = organiser_client.post(at(event, "triage/decide"), data=wish)
    assert (first.status_code, again.status_code) == (200, 200)
    assert "note-good" in first.text
    assert "note-attention" in again.text
    db.session.expire_all()
    assert asked.state == "refused"


@pytest.mark.parametrize("wish", [{"action": "approve"}, {"chosen": ["x"]}, {"action": "move", "chosen": ["x"]}, {}])
def test_nothing_is_decided_about_nobody(organiser_client, event, wish):
    for page in ("preview", "decide"):
        assert organiser_client.post(at(event, f"triage/{page}"), data=wish).status_code == 422


def test_somebody_of_another_event_is_left_out(organiser_client, event, factory):
    other = factory.registration(factory.event())
    wish = {"action": "refuse", "chosen": [other.public_id]}
    assert organiser_client.post(at(event, "triage/decide"), data=wish).status_code == 422
    held = at(event, f"seats/choose/{other.public_id}")
    assert organiser_client.post(held).status_code == 404


def test_the_place_offered_is_taken_on_the_personal_page_after_the_deadline(client, event, frozen):
    service.cancel_registration(people(event, "confirmed")[0], actor=ORGANISER, at=now())
    offered = people(event, "offered")[0]
    invitation = offered.invitation
    client.get(f"/i/{link_token(invitation, KEY)}")
    event.status = "closed"
    page = client.get(f"/invitation/{invitation.public_id}/answered").text
    assert f"/invitation/{invitation.public_id}/offer" in page
    assert client.post(f"/invitation/{invitation.public_id}/offer").status_code == 303
    db.session.expire_all()
    assert (offered.state, db.session.query(Offer).one().state) == ("confirmed", "taken")
    assert client.post(f"/invitation/{invitation.public_id}/offer").status_code == 303  # twice is once


def test_places_left_are_public_only_where_allowed(client, factory):
    event = factory.event(capacity=123)
    invitation = factory.invitation(event)
    client.get(f"/i/{link_token(invitation, KEY)}")
    addresses = (f"/e/{event.slug}/", f"/invitation/{invitation.public_id}/")
    assert [("123" in client.get(one).text) for one in addresses] == [False, False]
    event.shows_remaining = True
    assert [("123" in client.get(one).text) for one in addresses] == [True, True]


def test_the_page_costs_the_same_for_one_and_for_many(organiser_client, event, factory, statement_count):
    def cost():
        organiser_client.get(at(event, "seats"))
        with statement_count() as seen:
            organiser_client.get(at(event, "seats"))
        return seen.count

    before = cost()
    for _ in range(5):
        factory.registration(event)
    assert cost() == before


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_every_state_has_a_word_on_lists_and_pages(organiser_client, event, kind):
    names = ("confirmed", "offered", "waiting", "pending", "refused", "cancelled")
    service.cancel_registration(people(event, "confirmed")[0], actor=ORGANISER, at=now())
    asked = people(event, "pending")[0]
    assert {one.state for one in db.session.query(Registration)} == {"cancelled", "offered", "waiting", "pending"}
    assert organiser_client.get(at(event, f"exports/attendees?format={kind}")).status_code == 200
    wish = {"action": "refuse", "chosen": [asked.public_id]}
    organiser_client.post(at(event, "triage/decide"), data=wish)
    assert organiser_client.get(at(event, f"exports/attendees?format={kind}")).status_code == 200
    for state in names:
        assert organiser_client.get(at(event, f"registrations?state={state}")).status_code == 200
