"""A secretariat's workbook of 300 guests, from the file to the guest list and back: scenarios 5.1 (1) and 5.7 (1)."""

import re

import pytest
from playwright.sync_api import expect

from app.columns import Bilingual
from app.database import db, set_writing
from app.demonstration.archive import enter_people
from app.demonstration.people import ORGANISATIONS, PEOPLE
from app.directory.models import Person
from app.invitations.models import Invitation
from tests.factories import Factory, evening
from tests.guest_list.files import workbook
from tests.journeys.conftest import sign_in

SLUG = "assises-listes"
TITLES = ["Civilité", "Nom", "Prénom", "Fonction", "Collectivité", "Courriel", "Placement"]
GIVEN = ("Hélène", "Loïc", "Zoé", "Jérôme", "Gaël", "Chloé", "Benoît")
# As typed by a secretariat: a slip (T1), capitals without accents, the other spelling of a commune (T2).
SLIPS = {
    "barrot": ("BARROT", "Tean-Noël", None),
    "quernez": ("QUERNEZ", "MICHAEL", None),
    "guignard": ("Guignard", "Thibaut", "Commune de Plœuc-L'Hermitage"),
}


def seed_row(fact):
    bodies = {body.key: body.name for body in ORGANISATIONS}
    family, given, body = SLIPS.get(fact.key, (fact.family.upper(), fact.given, None))
    # A misspelt name proves nothing even with the same organisation; the others are told by theirs.
    return [fact.civility, family, given, fact.qualities[0], body or bodies[fact.organisation], "", "Rang 1"]


def other_rows():
    """280 people, among them two homonyms and three who share a mailbox (5.7)."""
    rows = [
        ["M.", "LAURENT", "Philippe", "Directeur", "CC du Val", "laurent@ccval.example", ""],
        *(
            ["Mme", f"ÉLUE-{name}", "Anne", "Adjointe", "Ville", "cabinet@ville.example", ""]
            for name in ("UN", "DEUX", "TROIS")
        ),
    ]
    for number in range(276):
        letters = "".join(
            "bcdfghjklmnpqrstvwxz"[number // 20**place % 20] + "aeéiou"[(number + place) % 6] for place in range(3)
        )
        given = GIVEN[number % 7]
        rows.append(
            ["", letters.upper(), given, "Élu·e", f"Ville n° {number}", f"guest{number}@list.example", "Rang 9"]
        )
    return rows


@pytest.fixture(scope="module")
def prepared(live):
    """An open event; the twenty public people of the documents in the directory, and nobody invited."""
    with live.app.app_context():
        set_writing(True)
        Factory().event(slug=SLUG, title=Bilingual("Assises des listes", "Lists"), starts_at=evening(20))
        enter_people(evening(-300))
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return live


def count(live):
    """How many people and invitations there are now."""
    with live.app.app_context():
        set_writing(False)
        found = (db.session.query(Person).count(), db.session.query(Invitation).count())
        db.session.remove()
        db.engine.dispose()
    return found


def test_a_workbook_becomes_guests_and_nobody_is_merged_without_a_click(prepared, desktop):
    page, live = desktop, prepared
    rows = [
        ["Assises – propositions d’invitations"],
        [],
        TITLES,
        *map(seed_row, PEOPLE),
        *other_rows(),
        ["TOTAL", "300"],
    ]
    sign_in(page, "organiser")
    page.goto(f"/organise/{SLUG}/guests/import")
    file = {"name": "invitations.xlsx", "mimeType": "application/octet-stream", "buffer": workbook(*rows)}
    page.locator("input[name=file]").set_input_files(file)
    page.locator("input[name=sender]").fill("Cabinet")
    page.locator("main form:has([name=file]) button[type=submit]").click()
    expect(page).to_have_url(re.compile(r"/import/\w+$"))
    assert count(live) == (len(PEOPLE), 0)
    doubtful = page.locator("tr[id^=row-]")
    expect(doubtful.filter(has_text="Tean-Noël")).to_contain_text("Jean-Noël")
    expect(doubtful.filter(has_text="CC du Val").first).to_contain_text("Conseil des Communes")
    doubtful.filter(has_text="Tean-Noël").locator("button", has_text="Même personne").click()
    expect(doubtful.filter(has_text="Tean-Noël")).to_contain_text("Revenir en arrière")
    page.locator("form[action$='/apply'] button").click()
    expect(page.locator("form[action$='/undo']")).to_be_visible()
    assert count(live) == (len(PEOPLE) + 280, 300)
    page.goto(f"/organise/{SLUG}/guests?q=barrot")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody tr")).to_contain_text("Jean-Noël")
    page.go_back()
    page.locator("form[action$='/undo'] button").click()
    expect(page.locator("form[action$='/undo']")).to_have_count(0)
    assert count(live) == (len(PEOPLE), 0)
