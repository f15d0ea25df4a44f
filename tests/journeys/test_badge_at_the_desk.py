"""An enrolled phone prints the badge of who stands there; the one in hand then answers "replaced", offline too."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Live
from tests.journeys.desks import answered, become_desk, bring_back, cut, is_ready_to_leave, prepare_night, scan


def draw(page: Page, name: str) -> None:
    """From the person on the screen to the file."""
    page.get_by_role("link", name="Imprimer le badge").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name.split(maxsplit=1)[0])
    reason = page.get_by_label("Motif")
    if not reason.input_value():
        reason.fill("Perdu")
    page.locator("main form button").click()
    link = page.locator("a[href$='.pdf']")
    expect(link).to_be_visible()
    answer = page.request.get(link.get_attribute("href") or "")
    assert (answer.status, answer.body()[:5]) == (200, b"%PDF-")


def test_a_badge_is_printed_after_a_scan_and_the_lost_one_is_worth_nothing(
    live: Live, open_page: Callable[..., Page]
) -> None:
    night = prepare_night(live, 1)
    guest = night.guests[0]
    page = open_page("phone")
    become_desk(live, page, night.slug, "Téléphone de Léa")
    for _time in range(2):  # the first print changes nothing; the second raises the version
        scan(page, guest.code)
        expect(page.locator(".desk-panel[data-kind=person] h2")).to_have_text(guest.name)
        draw(page, guest.name)
        with page.expect_response(lambda answer: "/manifest" in answer.url):  # the list that knows of the print
            page.goto(page.url.split("/badge/")[0])
        is_ready_to_leave(page)

    scan(page, guest.code)
    answered(page, "refused", "Remplacé")
    cut(page)
    scan(page, guest.code)
    answered(page, "refused", "Remplacé")
    expect(page.get_by_role("link", name="Imprimer le badge")).to_have_count(0)
    page.locator("#words").fill("invite-0")
    page.locator("#words").press("Enter")
    page.locator(".desk-list button").click()
    page.locator("button[value=admit]").click()
    answered(page, "good", guest.name)
    bring_back(page)
