"""The lists of the overview are narrowed, sorted and cut on the server."""

import re

from app.audit.service import Actor, record
from app.clock import now
from app.columns import Bilingual
from app.database import db
from tests.factories import INVITEE, ORGANISER, evening

ENGLISH = {"Accept-Language": "en"}


def _names(page):
    return re.findall(r"added the category (\w+)", page)


def _entries(event, *names, actor=ORGANISER):
    for name in names:
        record(actor, "category.added", kind="category", id="c", name=name, topic=event.public_id, at=now())
    db.session.commit()


def test_the_journal_turns_round(make_event, organiser_client):
    _entries(make_event(slug="a"), "Alpha", "Beta")
    newest = organiser_client.get("/organise/a/journal", headers=ENGLISH).text
    oldest = organiser_client.get("/organise/a/journal?direction=asc", headers=ENGLISH).text
    assert _names(newest) == ["Beta", "Alpha"]
    assert _names(oldest) == ["Alpha", "Beta"]


def test_the_journal_is_narrowed_by_a_name_and_by_who_acted(make_event, organiser_client):
    event = make_event(slug="a")
    _entries(event, "Alpha", "Beta")
    _entries(event, "Gamma", actor=INVITEE)
    _entries(event, "Delta", actor=Actor("user", "x", "100 % Claire"))

    def names(query):
        return _names(organiser_client.get(f"/organise/a/journal?{query}", headers=ENGLISH).text)

    assert names("q=bet") == ["Beta"]
    assert names("q=%25") == ["Delta"]
    assert names("who=guests") == ["Gamma"]
    assert names("q=gamma&who=organisers") == []
    assert "matches this search" in organiser_client.get("/organise/a/journal?q=zzz", headers=ENGLISH).text


def test_past_the_last_page_there_is_nothing(make_event, organiser_client):
    make_event(slug="a")
    assert organiser_client.get("/organise/a/journal?page=2").status_code == 404


def test_past_events_are_sorted_narrowed_and_paged(make_event, organiser_client):
    for number in range(55):
        make_event(title=Bilingual(f"Rencontre {number:02d}"), starts_at=evening(-100 - number), deadline=None)

    def titles(query=""):
        return re.findall(r"Rencontre \d\d", organiser_client.get(f"/organise/{query}").text)

    assert titles()[:2] == ["Rencontre 00", "Rencontre 01"]
    assert len(titles()) == 50
    assert titles("?page=2") == [f"Rencontre {n}" for n in range(50, 55)]
    assert titles("?sort=title&direction=desc")[0] == "Rencontre 54"
    assert titles("?q=rencontre+07") == ["Rencontre 07"]
    assert organiser_client.get("/organise/?page=9").status_code == 404
