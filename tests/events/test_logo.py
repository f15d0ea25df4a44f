"""The organiser's mark: set, shown, taken away, copied to the next edition."""

import io
from datetime import date

import pytest

from app.clock import now
from app.database import db
from app.events.logo import find_logo, remove_logo, set_logo
from app.events.queries import get_event
from app.events.service import new_edition
from tests.factories import ORGANISER
from tests.test_pictures import png


@pytest.fixture
def event(make_event):
    return make_event(slug="a", organiser="Délégation pour l’action extérieure")


def _set(event, **values):
    set_logo(event, png(**values), actor=ORGANISER, at=now())
    db.session.commit()


def test_a_logo_stands_on_the_public_page_with_the_organisers_name(event, client):
    assert "logo.png" not in client.get("/e/a/").text
    _set(event)
    page = client.get("/e/a/").text
    assert f"/e/a/logo.png?v={event.logo_digest}" in page
    assert 'alt="Délégation pour l’action extérieure"' in page
    answer = client.get(f"/e/a/logo.png?v={event.logo_digest}")
    assert answer.mimetype == "image/png"
    assert answer.data == find_logo(event)
    assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("version", ["", "?v=", "?v=0123456789abcdef"])
def test_a_logo_is_given_only_to_who_knows_its_digest(event, client, version):
    assert client.get(f"/e/a/logo.png{version}").status_code == 404
    _set(event)
    assert client.get(f"/e/a/logo.png{version}").status_code == 404


def test_the_logo_of_a_draft_is_for_its_organisers(event, client, organiser_client):
    _set(event)
    event.status = "draft"
    address = f"/e/a/logo.png?v={event.logo_digest}"
    assert client.get(address).status_code == 404
    answer = organiser_client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"].startswith("private")


def test_another_picture_replaces_the_first(event):
    _set(event)
    first = event.logo_digest
    _set(event, width=60)
    assert event.logo_digest not in ("", first)


def test_a_logo_is_removed(event, client):
    _set(event)
    assert remove_logo(event, actor=ORGANISER, at=now())
    db.session.commit()
    assert find_logo(event) is None
    assert "logo.png" not in client.get("/e/a/").text
    assert not remove_logo(event, actor=ORGANISER, at=now())


def test_the_next_edition_wears_the_same_mark(event):
    _set(event)
    new_edition(event, starts_on=date(2099, 3, 2), actor=ORGANISER, at=now(), slug="next")
    db.session.commit()
    assert find_logo(get_event("next")) == find_logo(event)
    assert get_event("next").logo_digest == event.logo_digest


def test_an_organiser_sets_and_removes_it(event, organiser_client):
    address = "/organise/a/settings/logo"
    page = organiser_client.post(address, data={"file": (io.BytesIO(png()), "logo.png")}, follow_redirects=True)
    assert "logo.png?v=" in page.text
    page = organiser_client.post(f"{address}/remove", follow_redirects=True)
    assert "logo.png?v=" not in page.text


@pytest.mark.parametrize("content", [None, b"<svg/>"])
def test_what_is_no_picture_is_told_beside_the_field(event, organiser_client, content):
    data = {"file": (io.BytesIO(content), "logo.svg")} if content else {}
    answer = organiser_client.post("/organise/a/settings/logo", data=data)
    assert answer.status_code == 422
    assert 'id="file-error"' in answer.text
    db.session.refresh(event)
    assert event.logo_digest == ""
