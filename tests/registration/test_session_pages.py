"""Places in sessions through the pages: the guest's own programme, and the organiser's lists."""

import csv
import io
import re

import pytest

from app.clock import now
from app.database import db
from app.directory.service import Names
from app.invitations.service import link_token
from app.programme.models import Session
from app.registration import session_places
from app.registration.companions import name_companions
from app.registration.queries import list_companions
from app.registration.session_queries import find_place, list_places_of
from tests.databases import KEY
from tests.factories import INVITEE
from tests.pdf_reading import text_of as words_of
from tests.registration.proving import prove
from tests.registration.workshops import change, workshop


@pytest.fixture
def guest(factory, client):
    """A browser that opened the link of somebody who comes, their registration, and two workshops at one hour."""
    event = factory.event()
    registration = factory.registration(event)
    sessions = [workshop(event, n, capacity=1) for n in (1, 2)]
    assert client.get(f"/i/{link_token(registration.invitation, KEY)}").status_code == 302
    return client, registration, sessions


def page(registration):
    return f"/invitation/{registration.invitation.public_id}/programme"


def text_of(answer):
    return re.sub(r"\s+", " ", answer.get_data(as_text=True))


def choose(browser, registration, session, **more):
    return browser.post(f"{page(registration)}/{session.public_id}/choose", data=more, follow_redirects=True)


def sit(registration, session):
    place = session_places.choose(registration, session, actor=INVITEE, at=now())
    db.session.commit()
    return place


def test_a_guest_chooses_and_the_other_session_of_that_hour_says_why_not(guest):
    browser, registration, (first, second) = guest
    said = text_of(choose(browser, registration, first))
    assert find_place(first.id, registration.id).state == "confirmed"
    assert second.title.fr in said
    assert 'name="instead"' in said
    assert find_place(second.id, registration.id) is None


def test_the_answer_page_leads_to_the_choice_and_shows_what_was_chosen(guest):
    browser, registration, (first, _second) = guest
    answered = f"/invitation/{registration.invitation.public_id}/answered"
    assert page(registration) in text_of(browser.get(answered))
    choose(browser, registration, first)
    assert first.title.fr in text_of(browser.get(answered))


def test_a_full_session_offers_to_wait_and_tells_the_rank(guest, factory):
    browser, registration, (first, _second) = guest
    sit(factory.registration(registration.event), first)
    choose(browser, registration, first)
    place = find_place(first.id, registration.id)
    assert (place.state, place.waiting_rank) == ("waiting", 1)


def test_giving_up_and_exchanging_ask_who_reads_the_mailbox(guest):
    browser, registration, (first, second) = guest
    choose(browser, registration, first)
    place = find_place(first.id, registration.id)
    code = f"/invitation/{registration.invitation.public_id}/code"
    left = browser.post(f"{page(registration)}/{first.public_id}/leave")
    exchanged = browser.post(f"{page(registration)}/{second.public_id}/choose", data={"instead": place.public_id})
    assert [one.headers["Location"] for one in (left, exchanged)] == [code, code]
    db.session.expire_all()
    assert find_place(first.id, registration.id).state == "confirmed"
    prove(browser, registration.invitation)
    choose(browser, registration, second, instead=place.public_id)
    db.session.expire_all()
    assert [one.session_id for one in list_places_of(registration.id)] == [second.id]
    browser.post(f"{page(registration)}/{second.public_id}/leave")
    db.session.expire_all()
    assert list_places_of(registration.id) == []


def test_somebody_elses_place_is_not_exchanged(guest, factory):
    browser, registration, (first, second) = guest
    held = sit(factory.registration(registration.event), first)
    prove(browser, registration.invitation)
    answer = browser.post(f"{page(registration)}/{second.public_id}/choose", data={"instead": held.public_id})
    assert answer.status_code == 404
    db.session.expire_all()
    assert held.state == "confirmed"


def test_companions_choose_behind_the_same_link_and_nobody_else_does(guest, factory):
    browser, registration, (first, _second) = guest
    registration.invitation.companions_allowed = 1
    names = factory.person("Lou", "Martin")
    name_companions(registration.invitation, [Names("Lou", "Petit")], actor=INVITEE, at=now())
    db.session.commit()
    (along,) = list_companions(registration.invitation.id)
    choose(browser, registration, first, who=along.registration.public_id)
    assert find_place(first.id, along.registration_id).state == "confirmed"
    stranger = factory.registration(registration.event, names)
    answer = browser.post(f"{page(registration)}/{first.public_id}/choose", data={"who": stranger.public_id})
    assert answer.status_code == 404


def test_a_session_of_another_event_is_not_found(guest, factory):
    browser, registration, _sessions = guest
    elsewhere = workshop(factory.event())
    assert browser.post(f"{page(registration)}/{elsewhere.public_id}/choose").status_code == 404


def test_without_a_place_at_the_event_there_is_nothing_to_choose(factory, client):
    event = factory.event(capacity=0)
    registration = factory.registration(event)
    workshop(event)
    client.get(f"/i/{link_token(registration.invitation, KEY)}")
    assert client.get(page(registration)).status_code == 303


def test_a_cancelled_event_confirms_no_place_and_offers_no_session(guest):
    browser, registration, _sessions = guest
    registration.event.status = "cancelled"
    db.session.commit()
    at = f"/invitation/{registration.invitation.public_id}/"
    prove(browser, registration.invitation)
    for path in (at, f"{at}answered", page(registration)):
        said = text_of(browser.get(path, follow_redirects=True))
        assert "Cet événement est annulé." in said
        assert "est confirmée" not in said
        assert "Place confirmée" not in said
        assert "/programme" not in said
        assert "/choose" not in said


def test_the_public_programme_leads_only_guests_to_their_choice(guest, app):
    browser, registration, (first, _second) = guest
    address = f"/e/{registration.event.slug}/programme"
    assert f"{page(registration)}#session-{first.public_id}" in text_of(browser.get(address))
    visitor = app.test_client()
    assert "/invitation/" not in text_of(visitor.get(address))


def organise(session, event, what=""):
    return f"/organise/{event.slug}/sessions/{session.public_id}{what}"


def test_the_organiser_adds_moves_seats_and_removes(organiser_client, factory):
    event = factory.event()
    first, second = workshop(event, 1, capacity=1), workshop(event, 2, capacity=1)
    ada, boris = factory.registration(event), factory.registration(event)
    for one in (ada, boris):
        organiser_client.post(organise(first, event, "/add"), data={"registration": one.public_id})
    db.session.expire_all()
    held, waits = find_place(first.id, ada.id), find_place(first.id, boris.id)
    assert (held.state, waits.state) == ("confirmed", "waiting")
    shown = text_of(organiser_client.get(organise(first, event)))
    assert ada.person.formal_name in shown
    assert boris.person.formal_name in shown
    moved = {"place": held.public_id, "to": second.public_id}
    organiser_client.post(organise(first, event, "/move"), data=moved)
    db.session.expire_all()
    assert (held.state, waits.state) == ("cancelled", "confirmed")
    assert find_place(second.id, ada.id).state == "confirmed"
    organiser_client.post(organise(first, event, f"/places/{waits.public_id}/remove"))
    db.session.expire_all()
    assert waits.state == "cancelled"


def test_the_page_says_how_many_are_too_many(organiser_client, factory):
    event = factory.event()
    session = workshop(event, capacity=3)
    for _ in range(4):
        sit(factory.registration(event), session)
    change(session, event, capacity=1)
    shown = text_of(organiser_client.get(organise(session, event)))
    assert re.search(r"\b2 (de trop|too many)", shown)
    assert organiser_client.post(organise(session, event, "/seat-next")).status_code == 303


def test_rooms_are_exchanged_and_sessions_cancelled_from_their_page(organiser_client, factory, letters):
    event = factory.event()
    first, second = workshop(event, 1), workshop(event, 2)
    sit(factory.registration(event), first)
    organiser_client.post(organise(first, event, "/exchange"), data={"other": second.public_id})
    db.session.expire_all()
    assert (first.room, second.room) == ("Salle 2", "Salle 1")
    organiser_client.post(organise(first, event, "/cancel"))
    db.session.expire_all()
    assert (first.state, len(letters(kind="session_left"))) == ("cancelled", 1)
    organiser_client.post(organise(first, event, "/put_back"))
    db.session.expire_all()
    assert db.session.get_one(Session, first.id).state == "planned"


def test_hours_changed_under_a_choice_are_told(organiser_client, factory):
    event = factory.event()
    first, later = workshop(event, 1), workshop(event, 2, after=2)
    ada = factory.registration(event)
    sit(ada, first)
    sit(ada, later)
    overview = f"/organise/{event.slug}/sessions"
    assert ada.person.formal_name not in text_of(organiser_client.get(overview))
    change(later, event, starts_at=first.starts_at, ends_at=first.ends_at)
    assert ada.person.formal_name in text_of(organiser_client.get(overview))


def test_the_list_for_the_door_names_who_comes_then_who_waits(organiser_client, factory):
    event = factory.event()
    session = workshop(event, capacity=1)
    ada, boris = factory.registration(event), factory.registration(event)
    for one in (ada, boris):
        sit(one, session)
    pdf = organiser_client.get(organise(session, event, "/door-list.pdf"))
    told = words_of(pdf.data)
    assert told.index(ada.person.formal_name) < told.index(boris.person.formal_name)
    rows = organiser_client.get(organise(session, event, "/door-list.csv")).data.decode("utf-8-sig")
    listed = list(csv.reader(io.StringIO(rows), delimiter=";" if ";" in rows.splitlines()[0] else ","))
    assert [(row[1], row[4]) for row in listed[1:]] == [("", ada.person.family_name), ("1", boris.person.family_name)]
    assert organiser_client.get(organise(session, event, "/door-list.xlsx")).data[:2] == b"PK"
    assert organiser_client.get(organise(session, event, "/door-list.exe")).status_code == 404


def test_signage_tells_every_session_with_hours_of_the_event_and_both_titles(organiser_client, factory):
    event = factory.event()
    session = workshop(event, capacity=7)
    sent = organiser_client.get(f"/organise/{event.slug}/sessions/signage.csv").data.decode("utf-8-sig")
    delimiter = ";" if ";" in sent.splitlines()[0] else ","
    titles, row = list(csv.reader(io.StringIO(sent), delimiter=delimiter))
    assert titles == [
        "session", "day", "starts_at", "ends_at", "room", "kind", "title_fr", "title_en", "state", "places",
        "confirmed", "waiting",
    ]  # fmt: skip
    told = dict(zip(titles, row, strict=True))
    assert (told["session"], told["room"], told["places"]) == (session.public_id, "Salle 1", "7")
    assert told["starts_at"].endswith("+01:00") or told["starts_at"].endswith("+02:00")
    assert (told["title_fr"], told["title_en"]) == ("Atelier d’essai 1", "Trial workshop 1")


def test_places_need_hours(organiser_client, factory):
    event = factory.event()
    typed = {"kind": "workshop", "title_fr": "Atelier", "enrolment": "open", "capacity": "60"}
    answer = organiser_client.post(f"/organise/{event.slug}/programme/add", data=typed)
    assert answer.status_code == 422
    assert 'value="60"' in text_of(answer)
    assert db.session.query(Session).count() == 0


def test_reception_does_not_read_the_lists(reception_client, factory):
    event = factory.event()
    session = workshop(event)
    for path in (organise(session, event), organise(session, event, "/door-list.pdf")):
        assert reception_client.get(path).status_code in {403, 404}
