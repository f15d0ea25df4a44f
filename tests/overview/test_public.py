"""What anyone may read: the list of events, one event, its colour."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from app.clock import now
from app.columns import Bilingual
from app.events.models import Venue
from app.events.service import closing_instant
from app.palette import accent_css
from app.programme.service import Details, add_session
from tests.factories import ORGANISER, evening


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
    venue = Venue(
        name="Quai d'Orsay",
        street="1 rue Esnault Pelterie",
        city="Paris",
        directions=Bilingual("Métro Invalides"),
        accessibility=Bilingual("Rampe au 3"),
    )
    make_event(
        slug="a",
        venue=venue,
        id_check=True,
        practical=Bilingual("Venir **tôt** <i>svp</i>"),
        starts_at=datetime(2030, 11, 19, 16, 30, tzinfo=UTC),
    )
    page = client.get("/e/a/", headers={"Accept-Language": "fr"}).text
    for text in (
        "mardi 19 novembre 2030 à 17",
        "1 rue Esnault Pelterie",
        "Métro Invalides",
        "Rampe au 3",
        "<strong>tôt</strong> &lt;i&gt;svp&lt;/i&gt;",
    ):
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


def test_a_kept_page_follows_every_change_at_once(make_event, client, db_session):
    event = make_event(slug="a", title=Bilingual("Premier titre"))
    assert "Premier titre" in client.get("/e/a/").text
    event.title = Bilingual("Second titre")
    assert "Second titre" in client.get("/e/a/").text
    event.venue.directions = Bilingual("Par le quai")
    assert "Par le quai" in client.get("/e/a/").text
    add_session(event, Details("speech", Bilingual("Un discours")), actor=ORGANISER, at=now())
    assert "Un discours" in client.get("/e/a/").text
    event.is_public = False
    assert client.get("/e/a/").status_code == 404


def test_a_kept_page_changes_when_the_deadline_passes(make_event, client, frozen):
    english = {"Accept-Language": "en"}
    event = make_event(slug="a", deadline=evening(3).date())
    closing = closing_instant(event)
    travel = frozen(closing - timedelta(seconds=1))
    assert "Guests answer through" in client.get("/e/a/", headers=english).text
    travel.move_to(closing)
    assert "Answers are closed" in client.get("/e/a/", headers=english).text


def test_each_visitor_of_a_kept_page_gets_a_token_and_a_language(make_event, app):
    make_event(slug="a")
    tokens = set()
    for code in ("fr", "en", "fr"):
        page = app.test_client().get("/e/a/", headers={"Accept-Language": code}).text
        assert f'<html lang="{code}"' in page
        tokens.update(re.findall(r'name="csrf_token" value="([^"]+)"', page))
    assert len(tokens) == 3


def test_the_token_of_a_kept_page_is_accepted(make_event, app):
    make_event(slug="a")
    app.test_client().get("/e/a/")
    visitor = app.test_client()
    visitor.sends_token = False
    (token,) = re.findall(r'name="csrf_token" value="([^"]+)"', visitor.get("/e/a/").text)
    answer = visitor.post("/language", data={"language": "en", "next": "/e/a/", "csrf_token": token})
    assert answer.status_code == 302
    assert '<html lang="en"' in visitor.get("/e/a/").text


def test_a_query_in_the_address_is_not_kept_for_others(make_event, client):
    make_event(slug="a")
    assert "/e/a/?x=1" in client.get("/e/a/?x=1").text
    assert "x=1" not in client.get("/e/a/").text


def test_the_first_page_leads_each_account_to_its_work(client, organiser_client, reception_client, make_event):
    make_event()
    assert 'href="/sign-in"' in client.get("/").text
    for browser, work in ((organiser_client, "/organise/"), (reception_client, "/desk/")):
        page = browser.get("/").text
        assert f'href="{work}"' in page
        assert 'href="/sign-in"' not in page
