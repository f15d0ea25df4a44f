"""Lists of what guests told: needs apart from everybody else's list, questions as columns of their own."""

import pytest

from app.clock import now
from app.database import db
from app.errors import NotFound
from app.exports.lists import attendees
from app.exports.wishes import count_wishes, wishes
from app.registration import consents, given_answers
from tests.factories import INVITEE
from tests.registration.telling import WISHES, ask_question, let_ask


@pytest.fixture
def event(factory):
    return let_ask(factory.event(), *WISHES)


@pytest.fixture
def zoe(factory, event):
    guest = factory.registration(event, factory.person("Zoé", "Abadie"))
    consents.say(guest, {"diet": "=Végétarien", "sharing": ""}, has_agreed=True, actor=INVITEE, at=now())
    db.session.commit()
    return guest


def test_needs_are_a_list_of_their_own(event, zoe, factory):
    factory.registration(event)
    titles, rows = wishes(event, "needs", "fr")
    assert len(titles) == len(rows[0]) == 8
    assert [row[:4] for row in rows] == [["Zoé", "Abadie", "Maire", "Ville d’essai"]]
    assert rows[0][-1] == "=Végétarien"
    assert "Végétarien" not in str(attendees(event, "fr"))


def test_the_list_to_share_says_names_functions_organisations_and_nothing_more(event, zoe):
    assert wishes(event, "sharing", "en") == (
        ["First name", "Surname", "Functions", "Organisation"],
        [["Zoé", "Abadie", "Maire", "Ville d’essai"]],
    )
    assert wishes(event, "photo", "fr")[1] == []


def test_who_no_longer_comes_stands_on_no_list(event, zoe):
    zoe.state = "cancelled"
    assert wishes(event, "sharing", "fr")[1] == []
    assert count_wishes(event) == {"needs": 0, "photo": 0, "sharing": 0}


def test_a_list_nobody_knows_is_not_found(event):
    with pytest.raises(NotFound):
        wishes(event, "passports", "fr")


def test_questions_are_columns_after_the_others_in_their_order(event, zoe, factory):
    other = factory.registration(event, factory.person("Ana", "Zidane"))
    train = ask_question(event, "choice", "Comment venez-vous ?")
    date = ask_question(event, "date", "Arrivée")
    before = len(attendees(factory.event(), "fr")[0])
    given_answers.answer(zoe, {train: "en-train", date: "2026-11-18"}, actor=INVITEE, at=now())
    given_answers.answer(other, {date: "2026-11-17"}, actor=INVITEE, at=now())
    titles, rows = attendees(event, "fr")
    assert titles[before:] == ["Comment venez-vous ?", "Arrivée"]
    assert [row[before:] for row in rows] == [["En train", "18 novembre 2026"], ["", "17 novembre 2026"]]


def test_files_come_as_csv_and_xlsx_for_organisers_alone(event, zoe, organiser_client, reception_client):
    at = f"/organise/{event.slug}/exports"
    page = organiser_client.get(at).text
    assert page.count("what=needs") == 2
    csv = organiser_client.get(f"{at}/wishes?what=needs&format=csv")
    assert (csv.status_code, csv.mimetype) == (200, "text/csv")
    assert "'=Végétarien" in csv.text  # a cell that a spreadsheet would run is disarmed
    assert organiser_client.get(f"{at}/wishes?what=sharing").data[:2] == b"PK"
    assert organiser_client.get(f"{at}/wishes?what=nothing").status_code == 404
    assert reception_client.get(f"{at}/wishes?what=needs").status_code == 403


def test_an_event_that_offers_nothing_shows_no_list(factory, organiser_client):
    plain = factory.event()
    assert "exports/wishes" not in organiser_client.get(f"/organise/{plain.slug}/exports").text
