"""Badges of every design before the camera of an enrolled phone, with a network and in flight mode."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from app.badging.codes import LENGTH
from app.checkin.models import Scan
from app.database import db
from app.events.queries import get_event
from badges import list_designs
from tests.journeys.conftest import Live, wait_for
from tests.journeys.desks import Expected, Night, answered, become_desk, bring_back, cut, prepare_night
from tests.journeys.filming import camera_phone, film_badges

DESIGNS = sorted(list_designs())
BAD_GOOD_BAD_GOOD = 4


@dataclass(frozen=True)
class Desk:
    """An enrolled phone, the film its camera sees, whom it waits for."""

    page: Page
    film: Path
    night: Night


@pytest.fixture
def desk(live: Live, chromium: Browser, tmp_path: Path) -> Iterator[Desk]:
    night, film = prepare_night(live, 2 * len(DESIGNS), id_check=True), tmp_path / "badge.y4m"
    film_badges([night.guests[0].code], film, design=DESIGNS[0])
    with camera_phone(chromium, live.address, film) as page:
        become_desk(live, page, night.slug, "Téléphone à caméra")
        yield Desk(page, film, night)


def told_by_the_ledger(live: Live, slug: str) -> list[tuple[str, str]]:
    """Results and roads, oldest first."""

    def read() -> list[tuple[str, str]]:
        wanted = select(Scan.result, Scan.road).where(Scan.event_id == get_event(slug).id).order_by(Scan.id)
        return [(result, road) for result, road in db.session.execute(wanted)]

    return live.read(read)  # type: ignore[no-any-return] # what `read` gives


def hold(desk: Desk, guest: Expected, design: str) -> None:
    """The guest's badge of this design before the camera, which begins anew; nobody touches the page."""
    assert len(guest.code) == LENGTH
    address = desk.page.url
    desk.page.goto("about:blank")  # the camera is off
    film_badges([guest.code], desk.film, design=design)
    desk.page.goto(address)
    expect(desk.page.locator(".desk-panel[data-kind=person] h2")).to_have_text(guest.name)


def let_in(page: Page, guest: Expected) -> None:
    page.locator("input[name=document][value=passport]").check()
    page.locator("button[value=admit]").click()
    answered(page, "good", guest.name)


def test_each_design_is_read_with_a_network_and_without(desk, live):
    guests = iter(desk.night.guests)
    for design in DESIGNS:
        guest = next(guests)
        hold(desk, guest, design)
        let_in(desk.page, guest)
    cut(desk.page)
    for design in DESIGNS:
        guest = next(guests)
        hold(desk, guest, design)
        let_in(desk.page, guest)
    bring_back(desk.page)

    assert told_by_the_ledger(live, desk.night.slug) == [("admitted", "camera")] * 2 * len(DESIGNS)


@pytest.mark.parametrize("has_network", [True, False], ids=["online", "offline"])
def test_a_good_badge_after_a_bad_one(desk, live, has_network):
    """The film shows an invented badge, then a good one, again and again: the camera goes on after each answer."""
    good, other = desk.night.guests[:2]
    invented = good.code[:-100] + other.code[-100:]
    if not has_network:
        cut(desk.page)
    film_badges([invented, good.code], desk.film)
    address = desk.page.url
    desk.page.goto("about:blank")
    desk.page.goto(address)
    expect(desk.page.locator(".desk-panel[data-kind=person] h2")).to_have_text(good.name)
    let_in(desk.page, good)
    if not has_network:
        queue = desk.page.locator("#desk-state")
        wait_for(lambda: int(queue.get_attribute("data-queue") or 0) >= BAD_GOOD_BAD_GOOD, "what the camera reads")
        bring_back(desk.page)

    def told() -> list[str]:
        results = [result for result, _road in told_by_the_ledger(live, desk.night.slug)]
        after = results[results.index("admitted") :] if "admitted" in results else []
        return after if "forged" in after and "already_in" in after[after.index("forged") :] else []

    assert set(wait_for(told, "a bad badge, then a good one")) == {"admitted", "forged", "already_in"}
