"""The door in a real browser: a badge before the camera, a scanner's keys, a name, no JavaScript."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from app.badging.queries import find_active_badge
from app.checkin.models import Scan
from app.codes import new_public_id
from app.columns import Bilingual
from app.database import db, set_writing
from tests.factories import Factory
from tests.journeys.conftest import Live, sign_in
from tests.journeys.filming import camera_phone, film_badges

GATE = "Porte 1 · Guichet 3"
SCANNER_KEYS = 4  # milliseconds between two keys of a scanner


@dataclass(frozen=True)
class Guest:
    """Someone expected: what a badge says and what reads it."""

    name: str
    code: str
    short_code: str


@dataclass(frozen=True)
class Reception:
    """An event of tonight that checks identities, and its guests by surname."""

    slug: str
    guests: dict[str, Guest]


@pytest.fixture
def reception(live: Live) -> Reception:
    """A new event each time: scans of one test are not those of the next."""
    people = {"Quernez": "Michaël", "Shcherbak": "Oksana", "Laurent": "Philippe"}
    with live.app.app_context():
        set_writing(True)
        factory = Factory()
        slug = f"assises-{new_public_id()}"
        event = factory.event(slug=slug, title=Bilingual("Assises"), id_check=True)
        guests = {}
        for family, given in people.items():
            registration = factory.registration(event, factory.person(given, family))
            badge = find_active_badge(registration.id)
            assert badge
            guests[family] = Guest(f"{given} {family.upper()}", badge.code, badge.short_code)
        db.session.remove()
    return Reception(slug, guests)


@pytest.fixture
def phone_with_camera(live: Live, chromium: Browser, reception: Reception, tmp_path: Path) -> Iterator[Page]:
    """A phone whose camera sees Michaël Quernez's badge, as it is printed."""
    film = tmp_path / "badge.y4m"
    film_badges([reception.guests["Quernez"].code], film)
    with camera_phone(chromium, live.address, film) as page:
        yield page


def open_desk(page: Page, reception: Reception) -> None:
    """From the sign-in page to a desk at work."""
    sign_in(page, "reception")
    page.locator(f"a[href='/desk/{reception.slug}/']").click()
    page.locator("input[name=gate]").fill(GATE)
    page.locator("main form").get_by_role("button").click()
    expect(page).to_have_url(re.compile(r"/at/\w+$"))
    page.wait_for_load_state()  # before its script runs a form is sent as a page of its own, which needs a network


def panel(page: Page, kind: str) -> None:
    """The panel is of this kind: ready, found, person or answer."""
    expect(page.locator(f".desk-panel[data-kind={kind}]")).to_be_visible()


def answered(page: Page, state: str, *words: str) -> None:
    """The door gave an answer of this state, which says all of these words."""
    expect(page.locator(f".desk-panel[data-kind=answer][data-sound={state}]")).to_be_visible()
    for word in words:
        expect(page.locator("#desk-panel")).to_contain_text(word)


def type_code(page: Page, code: str) -> None:
    page.locator("#code").fill(code)
    page.locator("#code").press("Enter")


def let_in(page: Page, document: str = "identity_card") -> None:
    page.locator(f"input[name=document][value={document}]").check()
    page.locator("button[value=admit]").click()


def is_accessible(page: Page) -> None:
    """No finding of axe of level A or AA."""
    results = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert results.violations_count == 0, results.generate_report()


def list_results(live: Live, slug: str) -> list[tuple[str, str]]:
    """Results and roads of the event's scans, oldest first."""
    from app.events.queries import get_event

    with live.app.app_context():
        event = get_event(slug)
        rows = db.session.execute(select(Scan.result, Scan.road).where(Scan.event_id == event.id).order_by(Scan.id))
        found = [tuple(row) for row in rows]
        db.session.remove()
    return found


def answered_again(page: Page, *words: str) -> None:
    """The badge is in already: said quietly within ten seconds (tests/checkin/test_echo.py), as a warning later."""
    expect(page.locator(".desk-panel[data-kind=answer]:is([data-sound=info], [data-sound=attention])")).to_be_visible()
    for word in (*words, "Déjà entré" if page.locator("html[lang=fr]").count() else "Already in"):
        expect(page.locator("#desk-panel")).to_contain_text(word)


def test_a_badge_before_the_camera_then_a_second_scan(phone_with_camera, reception, live):
    page, guest = phone_with_camera, reception.guests["Quernez"]
    open_desk(page, reception)

    panel(page, "person")  # the camera has read it; nobody touched anything
    expect(page.get_by_role("heading", name=guest.name)).to_be_visible()
    is_accessible(page)
    let_in(page, "passport")

    answered(page, "good", guest.name)
    expect(page.locator("#desk-live b")).to_contain_text("1")
    is_accessible(page)

    type_code(page, guest.short_code.lower())
    answered_again(page, guest.name, GATE)
    expect(page.locator(".desk-verdict small")).to_have_text(re.compile(r"\d{1,2}\sh(\s\d\d)?, Porte 1"))
    is_accessible(page)
    assert list_results(live, reception.slug) == [("admitted", "camera"), ("already_in", "typed")]


def test_a_scanner_that_types_and_bad_then_good(desktop, reception, live):
    page = desktop
    open_desk(page, reception)
    first, second = reception.guests["Laurent"], reception.guests["Shcherbak"]

    for code in ("RUBBISH99", first.code):
        expect(page.locator("#code")).to_be_focused()
        page.keyboard.type(code, delay=SCANNER_KEYS)
        page.keyboard.press("Enter")
        if code == "RUBBISH99":
            answered(page, "refused")
    panel(page, "person")
    let_in(page)
    answered(page, "good", first.name)

    page.locator("body").click(position={"x": 5, "y": 300})  # the focus is nowhere
    page.keyboard.type(second.code, delay=SCANNER_KEYS)
    page.keyboard.press("Enter")
    panel(page, "person")
    expect(page.get_by_role("heading", name=second.name)).to_be_visible()
    assert [result for result, _road in list_results(live, reception.slug)] == ["unknown", "admitted"]


def test_by_name_with_an_identity_that_does_not_match_then_undo(desktop, reception, live):
    page, guest = desktop, reception.guests["Shcherbak"]
    open_desk(page, reception)
    page.locator("#words").fill("chtcherbak")
    page.locator("#words").press("Enter")
    panel(page, "found")
    is_accessible(page)
    page.get_by_role("button", name=guest.name).click()

    panel(page, "person")
    page.locator("button[value=differs]").click()
    answered(page, "refused", guest.name)
    is_accessible(page)

    page.locator("#words").fill("oksana")
    page.locator("#words").press("Enter")
    page.get_by_role("button", name=guest.name).click()
    page.locator(".desk-more summary").click()
    let_in(page, "residence_permit")
    answered(page, "good", guest.name)
    page.locator("#desk-panel .button-form button").click()
    answered(page, "info", guest.name)
    assert [result for result, _road in list_results(live, reception.slug)] == [
        "identity_refused", "admitted", "undone",
    ]  # fmt: skip


def test_no_network_is_said_and_the_gesture_arrives_later(desktop, reception, live):
    page, guest = desktop, reception.guests["Laurent"]
    open_desk(page, reception)
    type_code(page, guest.code)
    panel(page, "person")

    page.context.set_offline(True)
    let_in(page)
    expect(page.locator("#desk-offline")).to_be_visible()
    is_accessible(page)
    page.context.set_offline(False)

    answered(page, "good", guest.name)
    expect(page.locator("#desk-offline")).to_be_hidden()
    assert list_results(live, reception.slug) == [("admitted", "typed")]


def test_without_javascript_typing_is_enough(live, chromium, reception):
    guest = reception.guests["Quernez"]
    context = chromium.new_context(base_url=live.address, java_script_enabled=False)
    page = context.new_page()
    open_desk(page, reception)

    type_code(page, guest.code)
    panel(page, "person")
    let_in(page)
    answered(page, "good", guest.name)
    type_code(page, guest.code)
    answered_again(page, guest.name, GATE)

    context.close()
    assert [result for result, _ in list_results(live, reception.slug)] == ["admitted", "already_in"]
