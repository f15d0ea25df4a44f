"""The directory in a browser: found in any spelling, one person or two, an office passed on (5.7, 5.8, 5.14)."""

import pytest
from playwright.sync_api import expect

from app.clock import now
from app.database import db, set_writing
from app.directory.bodies import add_office
from app.directory.mandates import Term, add_mandate
from app.directory.service import Contact, Names, add_person, get_or_add_organisation
from tests.factories import ORGANISER
from tests.journeys.conftest import sign_in


@pytest.fixture
def known(live):
    """Two spellings of a delegate, a mayor and who follows, and the office they hold."""
    by = {"actor": ORGANISER, "at": now()}
    with live.app.app_context():
        set_writing(True)
        for given in ("Oleksandr", "Olexandr"):
            add_person(Names(given, "SHCHERBAK", "Олександр ЩЕРБАК"), Contact(country="UA"), at=now())
        office = add_office(get_or_add_organisation("Commune de X"), "Maire de X", "Maire de X", **by)
        before = add_person(Names("Anne", "Avant", civility="Mme"), Contact(), at=now())
        add_mandate(before, Term("", office=office), **by)
        add_person(Names("Zoé", "Après", civility="Mme"), Contact(), at=now())
        db.session.commit()
        address = f"/directory/offices/{office.public_id}"
        db.session.remove()
    return address


def test_two_spellings_become_one_person_and_two_again_and_an_office_passes_on(open_page, known):
    page = open_page("desktop")
    sign_in(page, "organiser")
    page.goto("/directory/")
    page.locator("input[name=q]").fill("sherbak")
    page.locator("input[name=q]").press("Enter")
    expect(page.locator("tbody tr")).to_have_count(2)
    expect(page.locator("tbody")).to_contain_text("Олександр ЩЕРБАК")

    page.goto("/directory/doubles")
    page.locator("main tbody a[href*='same-as']").first.click()
    expect(page.locator("#first")).to_contain_text("Oleksandr SHCHERBAK")
    expect(page.locator("#second")).to_contain_text("Olexandr SHCHERBAK")
    page.locator("input[name=reason]").fill("Deux translittérations")
    page.locator("#merge form button").click()
    expect(page.locator("#history")).to_contain_text("Deux translittérations")
    page.goto("/directory/doubles")
    expect(page.locator("main tbody")).to_have_count(0)

    page.goto("/directory/?q=olexandr")
    page.locator("tbody a").first.click()
    page.locator("#history form button").click()
    page.goto("/directory/?q=Щербак")
    expect(page.locator("tbody tr")).to_have_count(2)

    page.goto(f"{known}?q=après")
    page.locator("#next .edit-buttons a").click()
    page.locator("input[name=on]").fill("2026-03-29")
    page.locator("main form button[type=submit]").click()
    expect(page.locator("#offices")).to_contain_text("Zoé Après")
    page.goto(known)
    expect(page.locator("#holders li")).to_have_count(2)
