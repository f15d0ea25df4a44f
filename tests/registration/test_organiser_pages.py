"""Registrations as the organiser sees them."""

import re

import pytest

from app.badging.queries import find_active_badge
from app.clock import now
from app.database import db
from app.directory.service import Names
from app.registration import service
from app.registration.representatives import Representative
from tests.factories import INVITEE


@pytest.fixture
def event(factory):
    return factory.event(slug="assises", capacity=3)


def address(event, page=""):
    return f"/organise/{event.slug}/registrations{page}"


def test_the_list_says_who_comes_and_who_waits(organiser_client, factory, event):
    for name in ("Imbs", "Laurent", "Veran", "Weber"):
        factory.registration(event, factory.person("Pia", name))
    page = organiser_client.get(address(event)).text
    assert page.index("IMBS") < page.index("LAURENT") < page.index("WEBER")
    assert organiser_client.get(address(event, "?state=waiting")).text.count("WEBER") == 1
    assert "IMBS" not in organiser_client.get(address(event, "?state=waiting")).text
    assert "IMBS" not in organiser_client.get(address(event, "?q=laurent")).text
    assert organiser_client.get(address(event, "?q=nobody")).status_code == 200


@pytest.mark.parametrize("query", ["?sort=rank", "?sort=changed&direction=desc", "?direction=desc&page=9"])
def test_the_list_sorts_and_pages(organiser_client, factory, event, query):
    for _ in range(4):
        factory.registration(event)
    assert organiser_client.get(address(event, query)).status_code == 200


def test_a_capacity_lowered_shows_how_many_are_too_many(organiser_client, factory, event):
    for _ in range(3):
        factory.registration(event)
    event.capacity = 1
    page = organiser_client.get(address(event)).text
    assert "2 de trop" in page


def test_the_list_costs_the_same_for_one_and_for_many(organiser_client, factory, event, statement_count):
    def cost():
        organiser_client.get(address(event))
        with statement_count() as seen:
            organiser_client.get(address(event))
        return seen.count

    factory.registration(event)
    few = cost()
    for _ in range(12):
        factory.registration(event)
    assert cost() == few


def test_those_who_wait_are_seated_in_order(organiser_client, factory, event, letters):
    event.capacity = 0
    waiting = [factory.registration(event) for _ in range(3)]
    event.capacity = 2
    assert organiser_client.post(address(event, "/promote")).status_code == 303
    for one in waiting:
        db.session.refresh(one)
    assert [one.state for one in waiting] == ["confirmed", "confirmed", "waiting"]
    assert len(letters(kind="confirmation")) == 2
    assert organiser_client.post(address(event, "/promote")).status_code == 303


def test_one_registration_shows_its_history_and_gives_its_place_up(organiser_client, factory, event):
    registration = factory.registration(event, factory.person("Pia", "Imbs"))
    page = organiser_client.get(address(event, f"/{registration.public_id}"))
    badge = find_active_badge(registration.id)
    assert f"{badge.short_code[:4]} {badge.short_code[4:]}" in page.text
    assert organiser_client.post(address(event, f"/{registration.public_id}/cancel")).status_code == 303
    db.session.refresh(registration)
    assert registration.state == "cancelled"
    assert organiser_client.get(address(event, f"/{registration.public_id}")).status_code == 200


def test_the_letter_is_sent_again(organiser_client, factory, event, letters):
    registration = factory.registration(event)
    assert organiser_client.post(address(event, f"/{registration.public_id}/send-again")).status_code == 303
    assert len(letters(kind="confirmation")) == 2


def test_who_is_represented_by_whom(organiser_client, factory, event):
    invitation = factory.invitation(event, factory.person("Philippe", "Laurent"))
    who = Representative(Names("Zoé", "Yvon"), "Adjointe", "zoe@example.org")
    service.be_represented_by(invitation, who, by="link", actor=INVITEE, at=now())
    page = organiser_client.get(address(event, "/represented")).text
    assert page.index("LAURENT") < page.index("YVON")
    assert "LAURENT" in organiser_client.get(address(event)).text


def test_a_registration_of_another_event_is_not_here(organiser_client, factory, event):
    other = factory.registration(factory.event())
    assert organiser_client.get(address(event, f"/{other.public_id}")).status_code == 404
    assert organiser_client.post(address(event, f"/{other.public_id}/cancel")).status_code == 404


KEYED = {"answer": "attend", "road": "phone", "received_at": "2026-01-05T10:30"}


def key_in(browser, invitation, **fields):
    page = f"/key-in/{invitation.public_id}"
    return browser.post(address(invitation.event, page), data={**KEYED, **fields})


def test_an_answer_by_telephone_is_keyed_in(organiser_client, factory, event):
    invitation = factory.invitation(event)
    assert organiser_client.get(address(event, f"/key-in/{invitation.public_id}")).status_code == 200
    found = key_in(organiser_client, invitation, received_at=f"{now():%Y-%m-%d}T00:01")
    assert found.status_code == 303
    db.session.refresh(invitation)
    assert (invitation.state, invitation.answered_by) == ("accepted", "phone")


@pytest.mark.parametrize(
    "fields",
    [
        {"answer": ""},
        {"answer": "represented"},
        {"received_at": "yesterday"},
        {"received_at": "2999-01-01T10:00"},
        {"email": "zoe"},
    ],
)
def test_what_cannot_be_keyed_in_stays_on_the_page(organiser_client, factory, event, fields):
    invitation = factory.invitation(event)
    found = key_in(organiser_client, invitation, late_reason="Cabinet du maire", **fields)
    assert found.status_code == 422
    assert "Cabinet du maire" in found.text
    db.session.refresh(invitation)
    assert invitation.state == "sent"


def test_a_late_answer_asks_for_its_reason(organiser_client, factory, event):
    event.deadline.day = now().date()
    invitation = factory.invitation(event)
    received = f"{now():%Y-%m-%d}T02:30"
    assert key_in(organiser_client, invitation, received_at=received).status_code == 422
    found = key_in(organiser_client, invitation, received_at=received, late_reason="Cabinet")
    assert found.status_code == 303


def test_a_place_cancelled_by_the_organiser_is_no_longer_an_acceptance(organiser_client, factory, event):
    registration = factory.registration(event)
    invitation = registration.invitation
    organiser_client.post(address(event, f"/{registration.public_id}/cancel"))
    db.session.refresh(invitation)
    assert (invitation.state, invitation.answered_by) == ("declined", "staff")
    guest = f"/organise/{event.slug}/guests/{invitation.public_id}"
    assert organiser_client.post(f"{guest}/withdraw").status_code == 303
    db.session.refresh(invitation)
    assert invitation.state == "withdrawn"


def test_a_representative_cancelled_frees_the_invitation_for_another(organiser_client, factory, event):
    invitation = factory.invitation(event)
    first = service.be_represented_by(
        invitation, Representative(Names("Léa", "Weber")), by="link", actor=INVITEE, at=now()
    )
    db.session.commit()
    organiser_client.post(address(event, f"/{first.public_id}/cancel"))
    db.session.refresh(invitation)
    assert invitation.state == "declined"
    second = service.be_represented_by(
        invitation, Representative(Names("Léo", "Weber")), by="link", actor=INVITEE, at=now()
    )
    assert (second.state, invitation.state) == ("confirmed", "represented")


def test_a_place_cancelled_then_keyed_in_again_bears_the_corrected_function(organiser_client, factory, event):
    registration = factory.registration(event)
    invitation = registration.invitation
    invitation.qualities = ("Maire de Sceaux",)
    db.session.commit()
    organiser_client.post(address(event, f"/{registration.public_id}/cancel"))
    db.session.refresh(invitation)
    service.accept(invitation, by="phone", actor=INVITEE, at=now())
    assert (registration.state, registration.qualities) == ("confirmed", ("Maire de Sceaux",))


def test_an_answer_by_telephone_takes_two_clicks(organiser_client, factory):
    invitation = factory.invitation()
    guest = organiser_client.get(f"/organise/{invitation.event.slug}/guests/{invitation.public_id}").text
    there = f"/organise/{invitation.event.slug}/registrations/key-in/{invitation.public_id}?answer=attend"
    assert there in guest
    page = organiser_client.get(there).text
    chosen = re.findall(r'<input checked[^>]* name="(\w+)"[^>]* value="(\w+)"', page)
    assert dict(chosen) == {"answer": "attend", "road": "mail"}
    (received,) = re.findall(r'name="received_at"[^>]* value="([^"]+)"', page)
    typed = {"answer": "attend", "road": "phone", "received_at": received}
    assert organiser_client.post(there, data=typed).status_code == 303
    db.session.refresh(invitation)
    assert (invitation.state, invitation.answered_by) == ("accepted", "phone")
    assert re.search(r'<input checked[^>]* value="phone"', organiser_client.get(there).text)  # the road is remembered


def test_the_represented_are_sorted_and_narrowed(make_event, make_person, make_invitation, organiser_client):
    event = make_event(slug="rep")
    for invited, comes in (("Alpha", "Zulu"), ("Bravo", "Yankee")):
        invitation = make_invitation(event, make_person("Ann", invited))
        someone = Representative(Names(given="Ben", family=comes), email=f"{comes.lower()}@example.org")
        service.be_represented_by(invitation, someone, by="link", actor=INVITEE, at=now())
    db.session.commit()

    def order(query):
        page = organiser_client.get(f"/organise/rep/registrations/represented?{query}").text
        return [name for name in re.findall(r"ALPHA|BRAVO", page.split("<tbody>")[-1]) if "<tbody>" in page]

    assert order("") == ["ALPHA", "BRAVO"]
    assert order("sort=by") == ["BRAVO", "ALPHA"]
    assert order("q=zul") == ["ALPHA"]
    assert order("q=nobody") == []
