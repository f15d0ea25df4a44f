"""Conflicts on the lead's own device: by the interface and on its pages."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.checkin.models import Device
from app.clock import now
from app.database import db
from app.registration.service import cancel_registration
from tests.checkin.programs import ENGLISH, Program, code_on
from tests.factories import ORGANISER


@pytest.fixture
def phones(app, event):
    """Two leads and an agent."""
    return (
        Program(app, event, name="Karim", role="lead"),
        Program(app, event, name="Zoé", role="lead"),
        Program(app, event, name="Léa"),
    )


def alone(phone, guest, minutes=1, **more):
    """A row that the device decided by itself some minutes ago."""
    at = int((now() - timedelta(minutes=minutes)).timestamp() * 1000)
    return phone.one(nonce=f"alone-{minutes}", code=code_on(guest), decided="admitted", at=at, offset=0, **more)


def test_the_lead_sees_every_fact(phones, guest):
    karim, _zoe, lea = phones
    assert karim.get("/conflicts").json["conflicts"] == []
    karim.one(nonce="first", code=code_on(guest))
    alone(lea, guest, minutes=-1)

    told = karim.get("/conflicts").json
    (found,) = told["conflicts"]

    assert (told["waiting"], found["kind"], found["headline"]) == (1, "twice_in", "Let in twice")
    assert found["guest"]["name"] == guest.person.formal_name
    assert [(one["device"], one["is_offline"], one["result"]) for one in found["passages"]] == [
        ("Karim", False, "admitted"),
        ("Léa", True, "admitted"),
    ]
    assert [one["decision"] for one in found["choices"]] == ["one_person", "two_people"]
    assert karim.get(f"/conflicts/{found['id']}").json == found


def conflict_of(phones, guest):
    karim, _zoe, lea = phones
    cancel_registration(guest, actor=ORGANISER, at=now() - timedelta(minutes=5))
    db.session.commit()
    row = {"nonce": "late", "registration": guest.public_id, "decided": "admitted", "offset": 0}
    lea.one(**row, at=int((now() - timedelta(minutes=1)).timestamp() * 1000))
    return karim.get("/conflicts").json["conflicts"][0]["id"]


def test_of_two_leads_the_second_is_told_what_the_first_decided(phones, guest):
    karim, zoe, _lea = phones
    number = conflict_of(phones, guest)

    first = karim.post(f"/conflicts/{number}/decision", {"decision": "stands", "reason": "The mayor vouches"})
    second = zoe.post(f"/conflicts/{number}/decision", {"decision": "taken_back", "reason": "Gone"})

    assert (first.status_code, first.json["decision"]["by"]) == (200, "Karim")
    assert (second.status_code, second.json["error"]) == (409, "DecidedAlready")
    for words in ("The guest may stay", "Karim", "The mayor vouches"):
        assert words in second.json["message"]
    assert zoe.get("/conflicts").json["conflicts"] == []
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "door.conflict_settled")).one()
    assert (entry.actor_kind, entry.actor_name) == ("device", "Karim")


def test_a_decision_is_taken_up_again(phones, guest):
    karim, zoe, _lea = phones
    number = conflict_of(phones, guest)
    karim.post(f"/conflicts/{number}/decision", {"decision": "taken_back", "reason": "Gone"})

    opened = zoe.post(f"/conflicts/{number}/reopening", {"reason": "They sit in the hall"}).json
    again = zoe.post(f"/conflicts/{number}/reopening", {"reason": "They sit in the hall"})

    assert (opened["decision"], [one["decision"] for one in opened["history"]]) == (None, ["taken_back", ""])
    assert (again.status_code, again.json["error"]) == (409, "NotDecided")
    assert karim.post("/heartbeat", {}).json["counts"]["present"] == 1
    assert karim.get("/conflicts?state=settled").json["conflicts"] == []


@pytest.mark.parametrize(
    ("path", "body", "status", "error"),
    [
        ("decision", {"decision": "stands", "reason": " "}, 422, "ReasonMissing"),
        ("decision", {"decision": "seen", "reason": "x"}, 422, "NotAChoice"),
        ("decision", {"decision": 3}, 422, "Unreadable"),
        ("reopening", {"reason": "x" * 301}, 422, "Unreadable"),
        ("decision", ["stands"], 422, "Unreadable"),
    ],
)
def test_what_cannot_be_used_is_said(phones, guest, path, body, status, error):
    answer = phones[0].post(f"/conflicts/{conflict_of(phones, guest)}/{path}", body)
    assert (answer.status_code, answer.json["error"]) == (status, error)


def test_only_a_lead_of_this_event(app, phones, guest, make_event):
    number = conflict_of(phones, guest)
    stranger = Program(app, make_event(), role="lead")
    stranger.base = phones[0].base
    for path in ("/conflicts", f"/conflicts/{number}"):
        assert phones[2].get(path).status_code == 403
        assert stranger.get(path).status_code == 404
    assert phones[2].post(f"/conflicts/{number}/decision", {"decision": "stands", "reason": "x"}).status_code == 403


def test_the_interface_tells_what_it_describes(phones, guest):
    found = phones[0].get(f"/conflicts/{conflict_of(phones, guest)}").json
    schemas = phones[0].browser.get("/api/v1/openapi.json").json["components"]["schemas"]
    assert set(found) == set(schemas["Conflict"]["properties"])
    assert set(found["passages"][0]) == set(schemas["Passage"]["properties"])


def test_the_pages_of_the_phone(app, phones, event, guest):
    number = conflict_of(phones, guest)
    browser = app.test_client()
    browser.set_cookie("parvis_desk", phones[0].token)
    pages = f"/desk/{event.slug}/at/{phones[0].device}/conflicts"

    assert guest.person.formal_name in browser.get(pages, headers=ENGLISH).text
    one = browser.get(f"{pages}/{number}", headers=ENGLISH).text
    assert "the device’s, without a network" in one
    refused = browser.post(f"{pages}/{number}", data={"decision": "stands", "reason": ""}, headers=ENGLISH)
    assert (refused.status_code, "Please say why." in refused.text) == (422, True)
    kept = browser.post(f"{pages}/{number}", data={"decision": "stands", "reason": "Known"}, headers=ENGLISH)
    assert kept.status_code == 303
    late = browser.post(f"{pages}/{number}", data={"decision": "taken_back", "reason": "?"}, headers=ENGLISH)
    assert (late.status_code, "Somebody has decided on this already" in late.text) == (422, True)
    assert browser.post(f"{pages}/{number}/reopen", data={"reason": ""}, headers=ENGLISH).status_code == 422
    assert browser.post(f"{pages}/{number}/reopen", data={"reason": "No"}, headers=ENGLISH).status_code == 303
    assert "Opened again" in browser.get(f"{pages}/{number}", headers=ENGLISH).text


def test_an_agents_phone_does_not_open_them(app, phones, event):
    browser = app.test_client()
    browser.set_cookie("parvis_desk", phones[2].token)
    assert browser.get(f"/desk/{event.slug}/at/{phones[2].device}/conflicts").status_code == 403


def test_the_browser_of_a_lead_becomes_a_device_by_one_button(organiser_client, event, make_device):
    desk = f"/desk/{event.slug}/at/{make_device(event).public_id}"
    db.session.commit()
    assert "Make this browser such a device" in organiser_client.get(desk, headers=ENGLISH).text

    answer = organiser_client.post(f"/desk/{event.slug}/enrol")

    page = organiser_client.get(answer.location, headers=ENGLISH).text
    assert 'id="desk-kit"' in page
    assert "Make this browser such a device" not in page
    device = db.session.scalars(select(Device).where(Device.token_hash.is_not(None))).one()
    assert (device.role, device.event_id) == ("lead", event.id)


def test_the_reception_is_told_to_ask_for_a_code(reception_client, event, make_device):
    desk = f"/desk/{event.slug}/at/{make_device(event).public_id}"
    db.session.commit()
    page = reception_client.get(desk, headers=ENGLISH).text
    assert "Ask the person in charge for a code" in page
    assert 'href="/enrol"' in page
    assert reception_client.post(f"/desk/{event.slug}/enrol").status_code == 403
