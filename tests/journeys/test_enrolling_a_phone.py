"""A phone nobody has seen before: the lead makes a code on a computer, the steward presses one button and receives."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from app.badging.queries import find_active_badge
from app.codes import new_public_id
from app.database import db, set_writing
from tests.factories import Factory, evening
from tests.journeys.conftest import Live, sign_in


@pytest.fixture
def tonight(live: Live) -> dict[str, str]:
    """An event that checks identities, with three guests; codes by surname."""
    with live.app.app_context():
        set_writing(True)
        factory = Factory()
        event = factory.event(slug=f"ce-soir-{new_public_id()}", starts_at=evening(0), deadline=None, id_check=True)
        codes = {"slug": event.slug}
        for family in ("Quernez", "Laurent", "Shcherbak"):
            registration = factory.registration(event, factory.person("Camille", family))
            badge = find_active_badge(registration.id)
            assert badge
            codes[family] = badge.code
        db.session.remove()
    return codes


def make_code(desktop: Page, slug: str, name: str, role: str = "agent") -> str:
    """What the lead does: a name, a press; the eight characters then stand on the screen beside a QR."""
    desktop.goto(f"/organise/{slug}/door/devices")
    desktop.locator("#add input[name=name]").fill(name)
    desktop.locator(f"#add input[name=role][value={role}]").check()
    desktop.locator("#add").get_by_role("button").click()
    expect(desktop.locator(".door-qr svg")).to_be_visible()
    return desktop.locator(".door-letters").inner_text().replace(" ", "").strip()


def scan(page: Page, code: str) -> None:
    page.locator("#code").fill(code)
    page.locator("#code").press("Enter")


def let_in(page: Page, code: str) -> None:
    scan(page, code)
    page.locator("input[name=document][value=passport]").check()
    page.locator("button[value=admit]").click()
    expect(page.locator(".desk-panel[data-kind=answer][data-sound=good]")).to_be_visible()


def is_accessible(page: Page) -> None:
    results = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert results.violations_count == 0, results.generate_report()


def test_a_phone_becomes_a_desk_and_the_lead_ends_it(desktop: Page, phone: Page, tonight: dict[str, str]) -> None:
    sign_in(desktop, "organiser")
    code = make_code(desktop, tonight["slug"], "Téléphone de Léa")
    is_accessible(desktop)

    phone.goto(f"/enrol/{code}")
    is_accessible(phone)
    phone.locator(".sheet").get_by_role("button").click()
    expect(phone).to_have_url(re.compile(rf"/desk/{tonight['slug']}/at/\w+$"))
    expect(desktop.get_by_text("est maintenant un guichet")).to_be_visible()
    let_in(phone, tonight["Quernez"])
    is_accessible(phone)

    phone.goto("/enrol")
    phone.locator("input[name=code]").fill(code)
    phone.locator(".sheet").get_by_role("button").click()
    expect(phone.get_by_role("alert")).to_be_visible()


def test_a_lead_on_a_phone_replaces_one_for_one(desktop: Page, phone: Page, tonight: dict[str, str]) -> None:
    sign_in(desktop, "organiser")
    code = make_code(desktop, tonight["slug"], "Téléphone de Karim", "lead")
    phone.goto(f"/enrol/{code}")
    phone.locator(".sheet").get_by_role("button").click()
    let_in(phone, tonight["Laurent"])
    phone.locator("#words").fill("shcherbak")
    phone.locator("#words").press("Enter")
    phone.locator(".desk-list button").click()
    phone.get_by_role("link", name="Annuler, invité suivant").click()

    desk = phone.evaluate("location.pathname.split('/person/')[0]")
    scan(phone, tonight["Laurent"])
    expect(phone.locator(".desk-panel[data-kind=answer]")).to_be_visible()
    phone.goto(f"{desk}/walk-in")
    is_accessible(phone)
    phone.locator("input[name=family]").fill("Sans-Liste")
    phone.get_by_role("button", name="Inscrire").click()
    expect(phone.locator("h2")).to_contain_text("SANS-LISTE")
    is_accessible(phone)


def test_a_revoked_phone_is_told(desktop: Page, phone: Page, tonight: dict[str, str]) -> None:
    sign_in(desktop, "organiser")
    code = make_code(desktop, tonight["slug"], "Téléphone perdu")
    phone.goto(f"/enrol/{code}")
    phone.locator(".sheet").get_by_role("button").click()
    expect(phone.locator("#code")).to_be_visible()
    address = phone.url
    phone.goto("/")  # a page left open would ask on, and be told 401 each time: that is test_offline_ends
    desktop.goto(f"/organise/{tonight['slug']}/door/devices")
    desktop.get_by_role("button", name="Révoquer").click()
    expect(desktop.get_by_text("n’est plus un guichet")).to_be_visible()

    answer = phone.request.get(address)

    assert answer.status == 401
    assert "n’est plus un guichet" in answer.text()
