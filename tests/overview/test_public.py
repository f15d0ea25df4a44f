"""What anyone may read: the list of events, one event, its colour."""

from datetime import UTC, datetime, timedelta

import pytest

from app.clock import now
from app.columns import Bilingual
from app.events.models import Venue
from app.palette import accent_css
from tests.factories import evening


def test_events_to_come_stand_before_those_that_were(make_event, client):
    make_event(title=Bilingual("Ancien"), starts_at=evening(-90), status="archived", deadline=None)
    make_event(title=Bilingual("Lointain"), starts_at=evening(90))
    make_event(title=Bilingual("Prochain"), starts_at=evening(20))
    page = client.get("/").text
    assert page.index("Prochain") < page.index("Lointain") < page.index("Ancien")
    assert "/sign-in" in page


@pytest.mark.parametrize("hidden", [{"status": "draft"}, {"is_public": False}])
def test_what_is_not_public_is_nowhere(make_event, client, hidden):
    make_event(slug="hidden", title=Bilingual("Secret"), **hidden)
    assert "Secret" not in client.get("/").text
    assert client.get("/e/hidden/").status_code == 404


def test_an_unknown_event_is_not_found(client):
    assert client.get("/e/nothing/").status_code == 404


def test_no_event_yet(client):
    assert client.get("/").status_code == 200


def test_the_page_says_when_where_and_what_to_bring(make_event, client):
    venue = Venue(name="Quai d'Orsay", street="1 rue Esnault Pelterie", city="Paris",
                  directions=Bilingual("Métro Invalides"), accessibility=Bilingual("Rampe au 3"))
    make_event(slug="a", venue=venue, id_check=True, practical=Bilingual("Venir **tôt** <i>svp</i>"),
               starts_at=datetime(2030, 11, 19, 16, 30, tzinfo=UTC))
    page = client.get("/e/a/", headers={"Accept-Language": "fr"}).text
    for text in ("mardi 19 novembre 2030 à 17", "1 rue Esnault Pelterie", "Métro Invalides", "Rampe au 3",
                 "<strong>tôt</strong> &lt;i&gt;svp&lt;/i&gt;"):
        assert text in page, text


def test_a_text_that_exists_in_one_language_only_is_marked(make_event, client):
    make_event(slug="a", description=Bilingual("Seulement ici"))
    page = client.get("/e/a/", headers={"Accept-Language": "en"}).text
    assert "This text exists only in French." in page
    assert 'lang="fr">' in page
    page = client.get("/e/a/", headers={"Accept-Language": "fr"}).text
    assert 'class="muted small"' not in page


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "Guests answer through the personal link of their invitation, before"),
        ({"deadline": None}, "Guests answer through the personal link of their invitation."),
        ({"status": "closed"}, "Answers are not being taken at present"),
        ({"status": "archived"}, "This event has taken place"),
        ({"status": "cancelled"}, "This event is cancelled"),
        ({"starts_at": evening(-30)}, "This event has taken place"),
        ({"starts_at": evening(5)}, "Answers are closed"),
    ],
)
def test_one_sentence_says_where_the_event_stands(make_event, client, values, sentence):
    make_event(slug="a", **values)
    assert sentence in client.get("/e/a/", headers={"Accept-Language": "en"}).text


def test_an_evening_without_an_end_is_not_over_before_night(make_event, client, frozen):
    make_event(slug="a", starts_at=now() - timedelta(hours=3), deadline=None)
    assert "has taken place" not in client.get("/e/a/", headers={"Accept-Language": "en"}).text


def test_a_country_of_honour_is_named_once_it_is_known(make_event, client):
    event = make_event(slug="a", has_guest_country=True)
    english = {"Accept-Language": "en"}
    assert "to be announced" in client.get("/e/a/", headers=english).text
    event.guest_country = "SN"
    assert "Senegal" in client.get("/e/a/", headers=english).text


@pytest.mark.parametrize("address", ["/", "/e/a/"])
def test_a_page_costs_few_statements(make_event, client, statement_count, address):
    for number in range(5):
        make_event(slug="a" if number == 0 else f"b{number}")
    client.get(address)
    with statement_count() as seen:
        client.get(address)
    assert seen.count <= 4, seen


def test_the_colour_is_a_style_sheet_kept_for_a_year(make_event, client):
    make_event(slug="a", accent="#7d5200")
    answer = client.get("/e/a/accent.css?v=7d5200")
    assert answer.mimetype == "text/css"
    assert answer.text == accent_css("#7d5200")
    assert "immutable" in answer.headers["Cache-Control"]
    plain = client.get("/e/a/accent.css")
    assert plain.text == accent_css("#7d5200")
    assert "immutable" not in plain.headers["Cache-Control"]


@pytest.mark.parametrize("typed", ["red", "fff;}body{", "%22", "24456f0"])
def test_a_colour_that_is_none_becomes_the_houses(client, typed):
    assert client.get(f"/e/none/accent.css?v={typed}").text == accent_css("#24456f")
