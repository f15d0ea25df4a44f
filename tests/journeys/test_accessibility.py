"""Every page there is, read by axe-core at both widths: no finding of WCAG 2.2, level A or AA."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page

from app import access
from app.database import db, set_writing
from tests.factories import Factory
from tests.furnished import Furnished, furnish
from tests.journeys.conftest import SIZES, Live, sign_in

LEVELS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
# Who walks a page: the lowest role it is open to; higher roles see the same page.
WALKERS = {"public": "anyone", "invitee": "invitee", "signed_in": "reception"}
ROLES = ("anyone", "invitee", "reception", "organiser", "admin")


@dataclass(frozen=True)
class Walk:
    """The addresses of every GET route, by who may open it."""

    pages: dict[str, list[str]]
    token: str


def walker_of(app: Flask, endpoint: str) -> str:
    """Who walks a route. Raises KeyError for a kind of page nobody walks."""
    rule = access.rule_of(app, endpoint)
    assert rule, endpoint
    return rule.role if rule.kind == "staff" else WALKERS[rule.kind]


def addresses(app: Flask, furnished: Furnished) -> dict[str, list[str]]:
    """The walk of each role; fails on a route whose arguments tests/furnished.py does not know."""
    pages: dict[str, list[str]] = {role: [] for role in ROLES}
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()):
            pages[walker_of(app, rule.endpoint)].append(furnished.address(app, rule))
    pages["anyone"].append("/nowhere")
    return pages


@pytest.fixture(scope="module")
def walk(live: Live) -> Walk:
    """One furnished event in front of the program as it runs in production."""
    with live.app.app_context():
        set_writing(True)
        furnished = furnish(Factory())
        made = Walk(addresses(live.app, furnished), furnished.token)
        db.session.remove()
    return made


@pytest.fixture
def context(live: Live, chromium: Browser) -> Iterator[BrowserContext]:
    """A browser that reads French by day."""
    opened = chromium.new_context(base_url=live.address, locale="fr-FR", color_scheme="light", reduced_motion="reduce")
    yield opened
    opened.close()


def enter(page: Page, role: str, walk: Walk) -> None:
    """Come in as `role`."""
    if role == "invitee":
        page.goto(f"/i/{walk.token}")
    elif role != "anyone":
        sign_in(page, role)


def is_document(context: BrowserContext, address: str) -> bool:
    """Whether a page answers: not a file, not a fragment js/poll.js puts in a page, not a mail."""
    answer = context.request.get(address)
    assert answer.status == (404 if address == "/nowhere" else 200), address
    is_mail = "sandbox" in answer.headers.get("content-security-policy", "")
    return answer.headers["content-type"].startswith("text/html") and "<html" in answer.text() and not is_mail


def findings(page: Page, address: str) -> list[str]:
    """What axe finds at both widths, and whether a page is wider than its screen."""
    page.goto(address)
    found = []
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        results = Axe().run(page, options=LEVELS)
        for one in results.response["violations"]:
            found += [f"{address} {size} {one['id']}: {node['html'][:160]}" for node in one["nodes"]]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{address} {size}: wider than the screen")
    return found


@pytest.mark.parametrize("role", ["anyone", "invitee", "reception", "organiser"])
def test_every_page_is_accessible_at_both_widths(walk, context, role):
    page = context.new_page()
    enter(page, role, walk)
    walked, found = 0, []
    for address in walk.pages[role]:
        if is_document(context, address):
            walked += 1
            found += findings(page, address)
    assert not found, "\n".join(found)
    assert walked, "nothing was walked"


def test_no_role_is_left_out_of_the_walk(walk):
    assert [role for role in ROLES if walk.pages[role]] == ["anyone", "invitee", "reception", "organiser"]
    assert sum(map(len, walk.pages.values())) > 50
