"""The door for programs."""

import pytest
from sqlalchemy import func, select

from app.badging.queries import find_active_badge
from app.checkin.models import Scan
from app.database import db

MOST_STATEMENTS = 9


@pytest.fixture
def event(make_event):
    return make_event(id_check=True)


@pytest.fixture
def device(event, make_device):
    return make_device(event, "Porte 1")


@pytest.fixture
def guest(event, make_person, make_registration):
    person = make_person("Michaël", "Quernez")
    return make_registration(event, person, organisation="Ville de Quimperlé")


@pytest.fixture
def scan(event, device, guest, reception_client):
    """`scan(nonce="n-2", …)`: one request and its answer."""
    address = f"/api/v1/events/{event.slug}/scans"
    usual = {
        "device": device.public_id,
        "code": find_active_badge(guest.id).code,
        "document": "identity_card",
        "road": "scanner",
    }

    def ask(browser=reception_client, **changes):
        body = {k: v for k, v in {**usual, "nonce": "n-1", **changes}.items() if v is not None}
        return browser.post(address, json=body)

    return ask


def count_scans():
    return db.session.scalar(select(func.count()).select_from(Scan))


def test_a_scan_admits_and_a_second_one_says_when_and_where(scan):
    assert scan().json == {
        "result": "admitted",
        "name": "Michaël Quernez",
        "organisation": "Ville de Quimperlé",
        "category": "elus",
        "first": None,
    }

    again = scan(nonce="n-2").json

    assert (again["result"], again["first"]["gate"]) == ("already_in", "Porte 1")
    assert again["first"]["at"].endswith("+00:00")


def test_a_replay_answers_the_same_and_writes_nothing(scan):
    first, second = scan().json, scan().json

    assert first == second
    assert count_scans() == 1


def test_an_unknown_code_is_an_answer_not_an_error(scan):
    answer = scan(code="NOBODY")

    assert (answer.status_code, answer.json["result"], answer.json["name"]) == (200, "unknown", None)
    assert count_scans() == 1


def test_without_document_nobody_enters(scan):
    answer = scan(document="")

    assert (answer.status_code, answer.json["error"]) == (422, "DocumentMissing")
    assert count_scans() == 0


@pytest.mark.parametrize(
    "change",
    [
        {"code": None}, {"nonce": None}, {"device": None}, {"nonce": ""}, {"nonce": "n" * 41},
        {"nonce": "é"}, {"road": "drone"}, {"code": 7}, {"code": "A" * 500}, {"document": ["passport"]},
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_in_words(scan, change):
    answer = scan(**change)

    assert (answer.status_code, answer.json["error"]) == (422, "Unreadable")
    assert count_scans() == 0


def test_what_is_not_json_is_refused(event, reception_client):
    answer = reception_client.post(f"/api/v1/events/{event.slug}/scans", data="code=1")

    assert answer.status_code == 422


def test_only_who_works_at_this_reception(scan, app, client, make_user, make_event):
    elsewhere = make_user("organiser", event=make_event())
    other = app.test_client().sign_in(elsewhere)

    assert scan(other).status_code == 404
    assert scan(client).status_code in {302, 401}
    assert count_scans() == 0


def test_a_desk_of_another_event_is_no_desk_here(scan, make_device, make_event):
    assert scan(device=make_device(make_event()).public_id).status_code == 404


def test_a_request_without_the_token_of_the_session_is_refused(scan, reception_client):
    reception_client.sends_token = False

    assert scan().status_code == 400
    assert count_scans() == 0


def test_an_admission_costs_few_statements(scan, make_registration, event, statement_count):
    scan()
    codes = [find_active_badge(make_registration(event).id).code for _ in range(2)]
    scan(code=codes[0], nonce="n-2")

    with statement_count() as seen:
        assert scan(code=codes[1], nonce="n-3").json["result"] == "admitted"

    assert seen.count <= MOST_STATEMENTS, "\n".join(seen)


@pytest.mark.parametrize("sends_token", [True, False])
def test_a_program_without_a_session_is_told_so(scan, client, sends_token):
    client.sends_token = sends_token
    answer = scan(client)

    assert answer.status_code == 401
    assert answer.json["error"] == "NotSignedIn"
    assert count_scans() == 0


def test_what_goes_wrong_before_the_door_is_told_to_programs_too(scan, reception_client):
    reception_client.sends_token = False
    answer = scan()

    assert answer.status_code == 400
    assert answer.json["error"] == "Bad Request"
    assert answer.json["message"]
