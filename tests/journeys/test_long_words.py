"""The layout holds when every sentence is 40 % longer, when names are Arabic, and when the page runs from the right."""

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from babel.support import NullTranslations
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from app import create_app, i18n, schema
from app.columns import Bilingual
from app.database import db, set_writing
from app.events.models import Event
from tests.databases import configuration
from tests.factories import Factory
from tests.furnished import furnish
from tests.journeys.conftest import SIZES, free_port
from tests.journeys.walking import ROLES, _Silent, is_document, open_to

LONGER = 1.4
ARABIC = "المؤتمر الوطني للدبلوماسية البرلمانية والتعاون اللامركزي بين الجماعات الترابية"
LONG_WORD = "Établissement public de coopération intercommunale à fiscalité propre de l’Anticonstitutionnellement"
# Boxes that stick out of the screen and are cut or shown beyond it; what scrolls by itself is inside its box.
STICKING_OUT = """() => {
  const width = document.documentElement.clientWidth, found = [];
  for (const box of document.querySelectorAll("body *")) {
    if (box.closest(".sr-only, .skip, svg, [hidden], .chart-table, .side-menu, iframe, option")) continue;
    if (box.closest("details:not([open])") && !box.matches("summary")) continue;
    if (getComputedStyle(box.closest("thead") ?? box).clipPath !== "none") continue;
    const scrolls = (one) => ["auto", "scroll"].includes(getComputedStyle(one).overflowX);
    let scroller = box.parentElement;
    while (scroller && !scrolls(scroller)) scroller = scroller.parentElement;
    if (scroller) continue;
    const { left, right, width: own } = box.getBoundingClientRect();
    if (own <= 1 || (right <= width + 1.5 && left >= -1.5)) continue;
    found.push(`${box.tagName}.${box.className}: ${box.textContent.trim().slice(0, 60)}`);
  }
  return found.slice(0, 3);
}"""
_WORD = re.compile(r"(?<!\S)[^\s%(){}<>]+(?=\s|$)")


def lengthened(text: str) -> str:
    """`text` made 40 % longer with words of its own; what stands in %(places)s is left alone."""
    words = [word for word in _WORD.findall(text) if "%" not in word] or ["…"]
    said, more = text, cycle(words)
    while len(said) < len(text) * LONGER:
        said = f"{said} {next(more)}"
    return said


class LongCatalogue(NullTranslations):
    """Every sentence, too long."""

    def gettext(self, message: str) -> str:
        return lengthened(message)

    def ngettext(self, msgid1: str, msgid2: str, num: int) -> str:
        return lengthened(msgid1 if num == 1 else msgid2)


class LongFactory(Factory):
    """Titles in Arabic, organisations as long as the administration makes them."""

    def event(self, **values: Any) -> Event:
        """As the parent, with long texts."""
        texts = {name: Bilingual(ARABIC, ARABIC) for name in ("title", "subtitle", "description", "practical")}
        return super().event(**{**texts, "organiser": LONG_WORD, **values})


@dataclass
class Long:
    """The program with long words, a server in front, and the pages of each role."""

    address: str
    pages: dict[str, list[str]]
    cookies: dict[str, str]


def _client(app: Flask, role: str, token: str, accounts: dict[str, str]) -> FlaskClient:
    client = app.test_client()
    if role == "invitee":
        client.get(f"/i/{token}")
    with client.session_transaction() as session:
        session["language"] = "en"
        if role in accounts:
            session["_user_id"], session["_fresh"] = accounts[role], True
    return client


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Long]:
    """Everything furnished, said at length."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(i18n, "_catalogue", lambda _code: LongCatalogue())
        yield from _served(tmp_path_factory.mktemp("long"))


def _served(folder: Path) -> Iterator[Long]:
    port = free_port()
    app = create_app(configuration(folder, port=port))
    schema.upgrade(app)
    with app.app_context():
        set_writing(True)
        factory = LongFactory()
        accounts = {role: factory.user(role).get_id() for role in ("reception", "organiser", "admin")}
        furnished = furnish(factory)
        db.session.remove()
    pages: dict[str, list[str]] = {}
    cookies: dict[str, str] = {}
    for role in ROLES:
        client = _client(app, role, furnished.token, accounts)
        rules = [r for r in app.url_map.iter_rules() if "GET" in (r.methods or ()) and open_to(app, r, role)]
        found = [furnished.address(app, rule) for rule in rules]
        pages[role] = [page for page in found if is_document(client.get(page, buffered=True))]
        kept = client.get_cookie("parvis")
        cookies[role] = kept.value if kept else ""
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=_Silent)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    try:
        yield Long(f"http://127.0.0.1:{port}", _first_seen(pages), cookies)
    finally:
        server.shutdown()
        serving.join()
        server.server_close()
        with app.app_context():
            db.engine.dispose()


def _first_seen(pages: dict[str, list[str]]) -> dict[str, list[str]]:
    """Each page once, as the first role that may open it."""
    seen: set[str] = set()
    kept = {}
    for role, found in pages.items():
        kept[role] = [page for page in found if page not in seen]
        seen.update(found)
    return kept


def _faults(tab: Page, address: str) -> list[str]:
    tab.goto(address)
    found = []
    for direction in ("ltr", "rtl"):
        tab.evaluate("direction => { document.documentElement.dir = direction; }", direction)
        for size, (width, height) in SIZES.items():
            tab.set_viewport_size({"width": width, "height": height})
            if tab.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"{address} {size} {direction}: wider than the screen")
            found += [f"{address} {size} {direction}: {box}" for box in tab.evaluate(STICKING_OUT)]
    return found


@pytest.mark.parametrize("role", ["anyone", "invitee", "reception", "organiser"])
def test_no_page_breaks(long: Long, chromium: Browser, role: str) -> None:
    context = chromium.new_context(base_url=long.address, locale="en", reduced_motion="reduce")
    context.add_cookies([{"name": "parvis", "value": long.cookies[role], "url": long.address}])
    tab = context.new_page()
    found = [fault for address in long.pages[role] for fault in _faults(tab, address)]
    context.close()
    assert long.pages[role]
    assert not found, "\n".join(found)


def test_a_sentence_is_made_longer_and_keeps_its_places() -> None:
    assert (
        lengthened("%(num)s guests of %(total)s are here") == "%(num)s guests of %(total)s are here guests of are here"
    )
    assert len(lengthened("Send")) >= 1.4 * 4
