"""What a desk keeps, and how it ends: sealed, erased on revocation, when its time is over, and when told to forget."""

import json
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect
from sqlalchemy import select

from app.checkin.enrolling import revoke
from app.checkin.models import Device, Scan
from app.clock import now
from app.database import db, set_writing
from app.events.queries import get_event
from tests.badging.test_codes import VECTORS
from tests.factories import ORGANISER
from tests.journeys.conftest import Live
from tests.journeys.desks import STRIP, answered, become_desk, bring_back, cut, let_in, prepare_night

# Everything the browser holds for the page: as text, sealed bytes as their letters.
HELD = """async () => {
  const base = await new Promise((done) => {
    const opening = indexedDB.open("parvis-desk");
    opening.onsuccess = () => done(opening.result);
  });
  const all = (name) => new Promise((done) => {
    const asked = base.transaction(name).objectStore(name).getAll();
    asked.onsuccess = () => done(asked.result);
  });
  const count = (name, key) => new Promise((done) => {
    const asked = base.transaction(name).objectStore(name).count(key);
    asked.onsuccess = () => done(asked.result);
  });
  const text = (record) => new TextDecoder("latin1").decode(record.sealed);
  const keys = await all("keys");
  const pages = [];
  for (const name of await caches.keys()) {
    if (!name.endsWith("pages")) continue;
    const cache = await caches.open(name);
    for (const request of await cache.keys()) pages.push(await (await cache.match(request)).text());
  }
  return {
    lists: (await all("sealed")).map(text), scans: (await all("scans")).map(text),
    ages: await count("sealed", "age"), keys: keys.length, readable: keys.some((key) => key.extractable), pages,
  };
}"""
READ = """async ({ keys, cases }) => {
  const { readCode, isGenuine } = await import("/static/js/desk-codes.js");
  const base64 = (hex) => btoa(String.fromCharCode(...hex.match(/../g).map((pair) => parseInt(pair, 16))));
  const known = Object.fromEntries(Object.entries(keys).map(([number, key]) => [number, base64(key)]));
  const wrong = [];
  for (const { why, text, read } of cases) {
    const code = readCode(text);
    const told = code && [code.identity, code.version, code.key, await isGenuine(code, known)];
    if (JSON.stringify(told) !== JSON.stringify(read)) wrong.push([why, told]);
  }
  return wrong;
}"""


@pytest.fixture
def lost_phone(live: Live, chromium: Browser) -> Iterator[Page]:
    """A phone that is not watched: being told 401 is what is proved here."""
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, base_url=live.address, locale="fr-FR", has_touch=True
    )
    yield context.new_page()
    context.close()


def end_devices(live: Live, slug: str) -> None:
    with live.app.app_context():
        set_writing(True)
        event = get_event(slug)
        for device in db.session.scalars(select(Device).where(Device.event_id == event.id)):
            revoke(device, event, actor=ORGANISER, at=now())
        db.session.commit()
        db.session.remove()


def results(live: Live, slug: str) -> list[str]:
    """What the ledger answered, oldest first."""

    def read() -> list[str]:
        rows = select(Scan.result).where(Scan.event_id == get_event(slug).id).order_by(Scan.id)
        return list(db.session.scalars(rows))

    return live.read(read)  # type: ignore[no-any-return] # what `read` gives


def test_a_stolen_phone_shows_nothing(live: Live, phone: Page) -> None:
    night = prepare_night(live, 3)
    become_desk(live, phone, night.slug, "Téléphone volé")
    cut(phone)
    let_in(phone, night.guests[0])

    held = phone.evaluate(HELD)

    # Beside the list its age, sealed too, once the list was asked for and had not changed.
    assert len(held["lists"]) - held["ages"] == len(held["scans"]) == len(held["pages"]) == 1
    assert not held["readable"]
    whole = json.dumps(held)
    assert "INVIT" not in whole
    assert night.guests[0].registration not in whole
    assert night.guests[0].code[:20] not in whole
    bring_back(phone)


def test_a_revoked_phone_erases_its_list_and_keeps_what_it_did(live: Live, lost_phone: Page) -> None:
    night, page = prepare_night(live, 2), lost_phone
    become_desk(live, page, night.slug, "Téléphone perdu")
    cut(page)
    let_in(page, night.guests[0])
    end_devices(live, night.slug)

    page.context.set_offline(False)

    expect(page.get_by_role("alert").filter(has_text="sa liste est effacée")).to_be_visible()
    expect(page.locator("#desk-panel")).to_contain_text("1")
    expect(page.locator("#code")).to_have_count(0)
    held = page.evaluate(HELD)
    assert (held["lists"], len(held["scans"]), held["keys"]) == ([], 1, 1)

    become_desk(live, page, night.slug, "Téléphone retrouvé")
    expect(page.locator(f"{STRIP}[data-queue='0']")).to_be_visible()
    assert results(live, night.slug) == ["admitted"]
    page.locator("#desk-forget").click()
    expect(page.get_by_role("alert").filter(has_text="tout oublié")).to_be_visible()
    held = page.evaluate(HELD)
    assert (held["lists"], held["scans"], held["pages"]) == ([], [], [])


def spoil_the_first(route: Route) -> None:
    """A row that no server can use, before a good one."""
    told = json.loads(route.request.post_data or "{}")
    told["scans"][0]["nonce"] = "not a nonce"
    route.continue_(post_data=json.dumps(told))


def test_one_bad_row_stops_no_other(live: Live, phone: Page) -> None:
    """A passage the server cannot use is set aside and told of; those behind it arrive."""
    night = prepare_night(live, 3)
    become_desk(live, phone, night.slug, "Téléphone E")
    cut(phone)
    for guest in night.guests[:2]:
        let_in(phone, guest)
    phone.route("**/scans", spoil_the_first)

    bring_back(phone)

    expect(phone.locator(STRIP)).to_contain_text("1 non enregistrés")
    assert results(live, night.slug) == ["admitted"]


def test_by_keyboard_alone_and_by_ear(live: Live, desktop: Page) -> None:
    """No pointer: the code, the document, the decision, the next guest; each screen has its names."""
    night, keys = prepare_night(live, 2, id_check=True), desktop.keyboard
    become_desk(live, desktop, night.slug, "Poste clavier")
    cut(desktop)
    is_accessible(desktop)

    for guest in night.guests:
        desktop.locator("#code").focus()
        keys.type(guest.code)
        keys.press("Enter")
        heading = desktop.get_by_role("heading", name=guest.name)
        expect(heading).to_be_focused()
        is_accessible(desktop)
        keys.press("Tab")
        keys.press("Space")
        while not desktop.evaluate("document.activeElement.value === 'admit'"):
            keys.press("Tab")
        keys.press("Enter")
        answered(desktop, "good", guest.name)
        expect(desktop.locator("#code")).to_be_focused()
    is_accessible(desktop)
    bring_back(desktop)
    assert results(live, night.slug) == ["admitted", "admitted"]


def is_accessible(page: Page) -> None:
    """No finding of axe of level A or AA."""
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert found.violations_count == 0, found.generate_report()


def test_the_browser_reads_codes_as_the_server_does(phone: Page) -> None:
    phone.goto("/sign-in")

    assert phone.evaluate(READ, VECTORS) == []
    wrong = {**VECTORS, "cases": [{**VECTORS["cases"][0], "read": None}]}
    assert len(phone.evaluate(READ, wrong)) == 1  # negative control
