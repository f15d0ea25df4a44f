"""A first visit to a public page: at most 100 kB beside the fonts, each font at most 60 kB."""

import pytest

from app.database import db, set_writing
from app.invitations.service import link_token
from tests.databases import KEY
from tests.factories import Factory
from tests.furnished import furnish
from tests.load.page_speed import Meter

MOST, MOST_FONT = 100, 60


@pytest.fixture(scope="module")
def addresses(live):
    """Public pages with everything on them, and a guest's."""
    with live.app.app_context():
        set_writing(True)
        factory = Factory()
        event = furnish(factory).event
        made = (
            "/",
            "/accessibilite",
            "/sign-in",
            "/documents",
            *(f"/e/{event.slug}/{p}" for p in ("", "programme", "minutes")),
        )
        link = f"/i/{link_token(factory.invitation(event), KEY)}"
        db.session.remove()
    return (*made, link)


def test_public_pages_are_light(addresses, open_page):
    heavy = []
    for address in addresses:
        page = open_page("phone")  # a browser of its own: nothing is kept from the page before
        meter = Meter(page)
        page.goto(address, wait_until="networkidle")
        plain, fonts, _requests = meter.weigh()
        assert plain > 10, "nothing was weighed"
        if plain > MOST or max(fonts) > MOST_FONT:
            heavy.append((address, round(plain), [round(font) for font in fonts]))
    assert heavy == []
