"""What people print: the content, its tables as tables, none of the machinery around."""

import io

import pypdfium2
import pytest
from playwright.sync_api import Page

from app.database import db, set_writing
from tests.factories import Factory
from tests.journeys.conftest import Live, sign_in

HIDDEN = (".side", ".foot", ".filters", ".page-actions", ".skip")


@pytest.fixture(scope="module")
def slug(live: Live) -> str:
    """An event with a guest, to be printed."""
    with live.app.app_context():
        set_writing(True)
        factory = Factory()
        event = factory.event(slug="to-print")
        factory.registration(event, factory.person("Zoé", "Quelqu’une"))
        db.session.remove()
    return "to-print"


def _text(page: Page) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(page.pdf(format="A4")))
    try:
        return "".join(sheet.get_textpage().get_text_range() for sheet in document)
    finally:
        document.close()


@pytest.mark.parametrize("path", ["", "registrations", "guests", "journal", "door", "exports"])
def test_a_page_prints_without_its_machinery(desktop: Page, slug: str, path: str) -> None:
    sign_in(desktop, "organiser")
    desktop.goto(f"/organise/{slug}/{path}")
    desktop.emulate_media(media="print", color_scheme="dark")
    shown = [name for name in HIDDEN for one in desktop.locator(name).all() if one.is_visible()]
    assert shown == []
    grounds = "getComputedStyle(document.body).backgroundColor + getComputedStyle(document.body).color"
    assert desktop.evaluate(grounds) == "rgb(255, 255, 255)rgb(0, 0, 0)"


def test_a_list_printed_from_a_phone_is_a_table_again(phone: Page, slug: str) -> None:
    sign_in(phone, "organiser")
    phone.goto(f"/organise/{slug}/registrations")
    row = phone.locator("tbody tr", has_text="QUELQU’UNE").last
    phone.emulate_media(media="print")
    assert row.evaluate("row => getComputedStyle(row).display") == "table-row"
    assert "QUELQU’UNE" in _text(phone)
