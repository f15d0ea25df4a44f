"""The door without a network (scenario 5.5): two phones, 134 passages, nothing lost, nothing twice."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from app.checkin.door_models import Conflict
from app.checkin.models import Scan
from app.database import db
from app.events.queries import get_event
from tests.journeys.conftest import Live
from tests.journeys.desks import (
    STRIP,
    Expected,
    answered,
    become_desk,
    bring_back,
    cut,
    is_ready_to_leave,
    let_in,
    prepare_night,
    scan,
)

SEND_AGAIN = """async ({ url, body }) => {
  const headers = { "Content-Type": "application/json", "X-Parvis-Desk": "1" };
  return (await fetch(url, { method: "POST", headers, body })).json();
}"""


def figures(live: Live, slug: str) -> tuple[int, int, list[str]]:
    """Rows of the ledger that admitted, different people, kinds of conflict."""

    def read() -> tuple[int, int, list[str]]:
        event = get_event(slug)
        rows = select(func.count(), func.count(func.distinct(Scan.registration_id)))
        row = db.session.execute(rows.where(Scan.event_id == event.id, Scan.result == "admitted")).one()
        kinds = db.session.scalars(select(Conflict.kind).where(Conflict.event_id == event.id))
        return row[0], row[1], list(kinds)

    return live.read(read)  # type: ignore[no-any-return] # what `read` gives


def batches_of(page: Page) -> list[dict[str, str]]:
    """The batches the page will send, as they leave."""
    sent: list[dict[str, str]] = []

    def note(request: Any) -> None:
        if request.url.endswith("/scans"):
            sent.append({"url": request.url, "body": request.post_data})

    page.on("request", note)
    return sent


def receive(page: Page, guests: Sequence[Expected]) -> None:
    for guest in guests:
        let_in(page, guest)


def nobody_answers(page: Page) -> None:
    """Negative control: what was not kept cannot be had, by the service worker neither."""
    other = page.context.new_page()
    with pytest.raises(PlaywrightError):
        other.goto("/desk/")
    other.close()


def test_two_desks_without_a_network(live: Live, open_page: Callable[..., Page]) -> None:
    """Scenario 5.5: A admits 70, B 64, one guest on both; then each batch is sent three times."""
    night = prepare_night(live, 133)
    first, second = open_page("phone"), open_page("phone")
    become_desk(live, first, night.slug, "Téléphone A")
    become_desk(live, second, night.slug, "Téléphone B")
    cut(first)
    cut(second)

    receive(first, night.guests[:70])
    receive(second, night.guests[69:])
    expect(first.locator(STRIP)).to_contain_text("70 à envoyer")
    expect(first.locator("#desk-live")).to_contain_text("70")
    assert figures(live, night.slug) == (0, 0, [])

    sent = {page: batches_of(page) for page in (first, second)}
    for page in (first, second):
        bring_back(page)
        expect(page.locator(f"{STRIP}[data-back]")).to_contain_text("Le réseau est revenu")
    assert figures(live, night.slug) == (134, 133, ["twice_in"])
    for page, batches in sent.items():
        assert batches
        for batch in batches * 2:
            answers = page.evaluate(SEND_AGAIN, batch)["answers"]
            assert all(answer["result"] == "admitted" for answer in answers)
    assert figures(live, night.slug) == (134, 133, ["twice_in"])


def test_reload_in_flight_mode_in_the_middle(live: Live, open_page: Callable[..., Page]) -> None:
    night = prepare_night(live, 4)
    page = open_page("phone")
    become_desk(live, page, night.slug, "Téléphone C")
    cut(page)
    receive(page, night.guests[:2])

    page.reload()

    expect(page.locator(f"{STRIP}[data-offline]")).to_contain_text("2 à envoyer")
    scan(page, night.guests[0].code)
    answered(page, "info")  # the same desk, seconds ago
    nobody_answers(page)
    page.context.new_page().goto(page.url)
    page.close()
    page = page.context.pages[0]
    receive(page, night.guests[2:3])
    bring_back(page)
    assert figures(live, night.slug) == (3, 3, [])


def test_bad_then_good_then_by_name(live: Live, open_page: Callable[..., Page]) -> None:
    night = prepare_night(live, 3, id_check=True)
    page = open_page("desktop")
    become_desk(live, page, night.slug, "Poste D")
    cut(page)

    scan(page, "RUBBISH99")
    answered(page, "refused")
    invented = night.guests[0].code[:29] + night.guests[1].code[29:]
    scan(page, invented)
    answered(page, "refused")
    scan(page, night.guests[0].code)
    page.locator("button[value=admit]").click()
    expect(page.get_by_role("alert").filter(has_text="pièce présentée")).to_be_visible()
    page.locator("input[name=document][value=passport]").check()
    page.locator("button[value=admit]").click()
    answered(page, "good", night.guests[0].name)

    page.locator("#words").fill("invite-1")
    page.locator("#words").press("Enter")
    page.locator(".desk-list button").click()
    page.locator("input[name=document][value=identity_card]").check()
    page.locator("button[value=differs]").click()
    answered(page, "refused", night.guests[1].name)
    bring_back(page)

    results = live.read(
        lambda: list(
            db.session.scalars(select(Scan.result).where(Scan.event_id == get_event(night.slug).id).order_by(Scan.id))
        )
    )
    assert results == ["unknown", "forged", "admitted", "identity_refused"]
    is_ready_to_leave(page)
