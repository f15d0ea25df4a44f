"""Links that opened something once: expired, stopped, looked at (issue 4: one neutral page)."""

from datetime import timedelta

import pytest

from app.database import db
from app.invitations.models import Invitation
from app.invitations.reminders import stop_token
from app.invitations.service import link_token
from app.registration import guessing
from tests.databases import KEY


@pytest.fixture(autouse=True)
def _counting_anew():
    guessing.forget()
    yield
    guessing.forget()


@pytest.fixture
def invited(factory) -> Invitation:
    return factory.invitation()


def said(page) -> str:
    """What the sheet of a page says, without its frame."""
    return page.text.partition("<h1>")[2].partition("</div>")[0]


def test_a_link_opens_for_thirty_days_after_the_event_then_like_any_wrong_one(client, invited, frozen):
    link, over = f"/i/{link_token(invited, KEY)}", invited.event.starts_at
    frozen(over + timedelta(days=29))
    assert client.get(link).status_code == 302
    frozen(over + timedelta(days=31))
    expired, wrong = client.get(link), client.get("/i/aaaaaaaaaaaaaaaaaaaaaaaaaa")
    assert (expired.status_code, said(expired)) == (404, said(wrong))
    assert client.get(f"/invitation/{invited.public_id}/").status_code == 404


def test_scanners_stop_no_reminder_and_one_click_does(client, invited):
    address = f"/reminders/{invited.public_id}/{stop_token(invited, KEY)}"
    for _ in range(30):
        assert client.get(address).status_code == 200
        client.head(address)
    db.session.refresh(invited)
    assert invited.reminders_stopped_at is None

    client.sends_token = False
    assert client.post(address).status_code == 400, "a page's own form needs its token"
    assert client.post(address, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    db.session.refresh(invited)
    assert invited.reminders_stopped_at is not None


def test_stopping_is_undone_on_the_same_page(client, invited):
    address = f"/reminders/{invited.public_id}/{stop_token(invited, KEY)}"
    client.post(address)
    assert 'name="again"' in client.get(address).text
    client.post(address, data={"again": "1"})
    db.session.refresh(invited)
    assert invited.reminders_stopped_at is None


def test_the_stop_link_gives_no_access_and_guessing_it_is_slowed(client, invited):
    token = stop_token(invited, KEY)
    assert client.get(f"/i/{token}").status_code == 404
    answers = [client.get(f"/reminders/{invited.public_id}/{'a' * 26}").status_code for _ in range(31)]
    assert (answers[0], answers[-1]) == (404, 429)


def test_opening_the_page_says_nothing_until_a_person_moves(client, invited):
    client.get(f"/i/{link_token(invited, KEY)}")
    page = client.get(f"/invitation/{invited.public_id}/")
    assert f'content="/invitation/{invited.public_id}/seen"' in page.text
    db.session.refresh(invited)
    assert (invited.state, invited.opened_at) == ("sent", None)

    assert client.post(f"/invitation/{invited.public_id}/seen").status_code == 204
    db.session.refresh(invited)
    assert invited.state == "opened"
    assert "seen-url" not in client.get(f"/invitation/{invited.public_id}/").text


def test_only_who_holds_the_link_is_seen(client, invited):
    assert client.post(f"/invitation/{invited.public_id}/seen").status_code == 404
