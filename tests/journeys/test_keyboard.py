"""Without a mouse: answering an invitation, working at the desk. Each stop of the focus must be seen."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from app.badging.queries import find_active_badge
from app.codes import new_public_id
from app.database import db, set_writing
from app.invitations.service import link_token
from tests.databases import KEY
from tests.factories import PASSWORD, Factory
from tests.journeys.conftest import Live, mailed_digits, wait_for
from tests.journeys.keyboard import Keyboard


@dataclass(frozen=True)
class Evening:
    """An event that checks identities: two personal links, two guests expected at its door."""

    slug: str
    links: tuple[str, str]
    addresses: tuple[str, str]
    # Surname and short code of each.
    guests: tuple[tuple[str, str], tuple[str, str]]


@pytest.fixture
def evening(live: Live) -> Evening:
    """One of its own for each test."""
    with live.app.app_context():
        set_writing(True)
        factory = Factory()
        slug = f"evening-{new_public_id()}"
        event = factory.event(slug=slug, id_check=True)
        people = [factory.person(email=f"{new_public_id()}@example.org") for _ in range(2)]
        asked = [factory.invitation(event, person) for person in people]
        links = [f"/i/{link_token(invitation, KEY)}" for invitation in asked]
        addresses = [person.email for person in people]
        guests = []
        for family in ("Quernez", "Shcherbak"):
            badge = find_active_badge(factory.registration(event, factory.person("Dominique", family)).id)
            assert badge
            guests.append((family, badge.short_code))
        db.session.remove()
    return Evening(slug, (links[0], links[1]), (addresses[0], addresses[1]), (guests[0], guests[1]))


@pytest.fixture(params=["phone", "desktop"])
def keys(request, open_page) -> Keyboard:
    """A keyboard before a screen of either size: tablets have keyboards too."""
    return Keyboard(open_page(request.param))


def test_the_first_stop_skips_to_the_content(keys, evening):
    for address in ("/", f"/e/{evening.slug}/", evening.links[0], "/sign-in"):
        keys.page.goto(address)
        keys.press("Tab")
        assert keys.is_at("a.skip"), keys.look()
        keys.look()
        keys.press("Enter")
        assert keys.is_at("main#main")


def test_somebody_comes(keys, evening, live):
    page = keys.page
    page.goto(evening.links[0])
    keys.choose("answer", "attend")
    keys.go_to("main form button[type=submit]")
    keys.enter()
    expect(page).to_have_url(re.compile(r"/answered$"))

    keys.go_to("main form[action$='/code'] button")  # what is personal asks for the code that is mailed
    keys.enter()
    digits = wait_for(lambda: mailed_digits(live, evening.addresses[0]), "the code by mail")
    keys.go_to("input[name=digits]")
    keys.type(digits)
    keys.enter()
    expect(page.locator(".ticket svg")).to_be_visible()


def test_somebody_is_represented_after_a_mistake(keys, evening):
    page = keys.page
    page.goto(evening.links[1])
    keys.choose("answer", "represented")
    keys.go_to("main form button[type=submit]")
    keys.enter()
    keys.go_to("input[name=given_name]")
    keys.type("Amine")
    keys.go_to("main form button[type=submit]")
    keys.enter()

    expect(page.locator(".errors")).to_be_focused()  # told at once what is missing
    keys.go_to(".errors a[href='#family_name']")
    keys.press("Enter")
    expect(page.locator("#family_name")).to_be_focused()
    keys.type("Benali")
    keys.go_to("input[name=quality]")
    keys.type("Trésorière")
    keys.go_to("input[name=email]")
    keys.type("amine@example.org")
    keys.go_to("main form button[type=submit]")
    keys.enter()
    expect(page).to_have_url(re.compile(r"/answered$"))
    expect(page.locator("main")).to_contain_text("Trésorière")


def test_the_desk(keys, evening):
    (first, code), (second, _code) = evening.guests
    open_the_desk(keys, evening)

    assert keys.is_at("#code") or keys.page.viewport_size["width"] < 600  # on a phone its keyboard stays away
    keys.go_to("#code")
    keys.type(code)
    keys.press("Enter")
    let_in(keys, first)

    keys.go_to("#words")
    keys.type(second.lower())
    keys.press("Enter")
    expect(keys.page.locator(".desk-panel-found")).to_be_visible()
    keys.go_to("#desk-panel button[name=registration]")
    keys.press("Enter")
    let_in(keys, second)

    keys.go_to("#desk-panel .button-form button")  # and takes it back
    keys.press("Enter")
    expect(keys.page.locator(".desk-panel[data-sound=info]")).to_contain_text(second, ignore_case=True)


def open_the_desk(keys, evening):
    page = keys.page
    page.goto("/sign-in")
    keys.go_to("input[name=email]")
    keys.type("reception@example.org")
    keys.go_to("input[name=password]")
    keys.type(PASSWORD)
    keys.enter()
    expect(page).to_have_url("/desk/")
    keys.go_to(f"a[href='/desk/{evening.slug}/']")
    keys.enter()
    keys.go_to("input[name=gate]")
    keys.type("Porte 1 · Guichet 3")
    keys.enter()
    expect(page).to_have_url(re.compile(r"/at/\w+$"))


def let_in(keys, family):
    panel = keys.page.locator(".desk-panel")
    expect(keys.page.locator(".desk-panel-person")).to_contain_text(family, ignore_case=True)
    keys.choose("document", "passport")
    keys.go_to("button[value=admit]")
    keys.press("Enter")
    expect(panel.and_(keys.page.locator("[data-sound=good]"))).to_contain_text(family, ignore_case=True)
