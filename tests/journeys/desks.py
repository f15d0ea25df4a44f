"""Phones that are desks, in real browsers: enrolled, cut from the network, looked into."""

from collections.abc import Sequence
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from app.badging.queries import find_active_badge
from app.checkin.enrolling import Wanted, code_of, invite_device
from app.clock import now
from app.codes import new_public_id
from app.database import db, set_writing
from app.events.queries import get_event
from tests.databases import KEY
from tests.factories import ORGANISER, Factory, evening
from tests.journeys.conftest import Live

STRIP = "#desk-state"


@dataclass(frozen=True)
class Expected:
    """Someone on the list."""

    name: str
    code: str
    registration: str


@dataclass(frozen=True)
class Night:
    """An event of tonight and its guests, in order."""

    slug: str
    guests: Sequence[Expected]


def prepare_night(live: Live, number: int, *, id_check: bool = False) -> Night:
    """An event with so many guests: Camille GUEST-0 and on."""
    with live.app.app_context():
        set_writing(True)
        factory = Factory()
        event = factory.event(
            slug=f"hors-ligne-{new_public_id()}", starts_at=evening(0), deadline=None, id_check=id_check, capacity=500
        )
        guests, slug = [], event.slug
        for n in range(number):
            registration = factory.registration(event, factory.person("Camille", f"Invité-{n}"))
            badge = find_active_badge(registration.id)
            assert badge
            guests.append(Expected(f"Camille INVITÉ-{n}", badge.code, registration.public_id))
        db.session.remove()
    return Night(slug, guests)


def become_desk(live: Live, page: Page, slug: str, name: str, role: str = "agent") -> None:
    """The steward's two gestures; then the page is installed and has its list."""
    with live.app.app_context():
        set_writing(True)
        invited = invite_device(get_event(slug), Wanted(name, role), secret=KEY, actor=ORGANISER, at=now())
        db.session.commit()
        code = code_of(invited, KEY)
        db.session.remove()
    page.goto(f"/enrol/{code}")
    page.locator(".sheet").get_by_role("button").click()
    is_ready_to_leave(page)


def is_ready_to_leave(page: Page) -> None:
    """Everything is kept in the browser: the network may go."""
    expect(page.locator(f"{STRIP}[data-kept]")).to_be_attached()
    expect(page.locator(f"{STRIP} [data-list]")).to_contain_text("liste de")


def cut(page: Page) -> None:
    """The network goes; the page says so by itself."""
    page.context.set_offline(True)
    expect(page.locator(f"{STRIP}[data-offline]")).to_contain_text("Hors ligne depuis")


def bring_back(page: Page) -> None:
    """The network comes back; everything that waits is sent."""
    page.context.set_offline(False)
    expect(page.locator(f"{STRIP}:not([data-offline])[data-queue='0']")).to_be_visible()


def scan(page: Page, code: str) -> None:
    """Type a code, as a scanner on a cable does."""
    page.locator("#code").fill(code)
    page.locator("#code").press("Enter")


def let_in(page: Page, guest: Expected) -> None:
    """Scan, see the person, let in."""
    scan(page, guest.code)
    expect(page.locator(".desk-panel[data-kind=person] h2")).to_have_text(guest.name)
    page.locator("button[value=admit]").click()
    answered(page, "good", guest.name)


def answered(page: Page, state: str, *words: str) -> None:
    """The door gave an answer of this state, which says these words."""
    expect(page.locator(f".desk-panel[data-kind=answer][data-sound={state}]")).to_be_visible()
    for word in words:
        expect(page.locator("#desk-panel")).to_contain_text(word)
