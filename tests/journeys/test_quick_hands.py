"""Two badges, one right after the other, while the network is slow: each is answered, the later one last."""

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import Live
from tests.journeys.desks import answered, become_desk, prepare_night, scan


def test_a_badge_scanned_while_the_one_before_is_asked_for(live: Live, open_page: Callable[..., Page]) -> None:
    night = prepare_night(live, 1)
    page, held = open_page("phone"), []
    become_desk(live, page, night.slug, "Téléphone")

    def hold(route: Route) -> None:
        """The first question waits until the second badge is half read."""
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route("**/scans", hold)
    with page.expect_request("**/scans"):
        scan(page, "INCONNU1")
    first, rest = night.guests[0].code[:9], night.guests[0].code[9:]
    page.locator("#code").press_sequentially(first)
    with page.expect_response("**/scans"):
        held[0].continue_()
    page.locator("#code").press_sequentially(rest)
    page.locator("#code").press("Enter")

    expect(page.locator(".desk-panel[data-kind=person] h2")).to_have_text(night.guests[0].name)
    page.locator("button[value=admit]").click()
    answered(page, "good", night.guests[0].name)
