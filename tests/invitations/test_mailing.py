"""Sending invitations, as an organiser's browser sees it."""

from collections.abc import Callable
from typing import Any

import pytest

from app.codes import token_hash
from app.events.models import Event
from tests.browsing import Browser

Make = Callable[..., Any]


@pytest.fixture
def event(make_event: Make) -> Event:
    return make_event(slug="assises", categories=("elus", "presse"))


def test_the_mailing_names_its_number_and_says_what_left(
    organiser_client: Browser, event: Event, make_person: Make, make_invitation: Make, letters: Make
) -> None:
    organiser_client.post("/language", data={"language": "en"})
    for _ in range(2):
        make_invitation(event, state="draft")
    make_invitation(event, make_person("Luc", "Roux", email=""), state="draft")
    mailing = "/organise/assises/invitations"

    assert "Send 2 invitations" in organiser_client.get(mailing).text
    told = organiser_client.post(f"{mailing}/send", follow_redirects=True).text
    assert "2 invitations are on their way. 1 guest has no address" in told
    again = organiser_client.post(f"{mailing}/send", follow_redirects=True).text
    assert "No invitation was sent." in again
    assert len(letters()) == 2


def test_the_board_counts_each_category(organiser_client: Browser, event: Event, make_invitation: Make) -> None:
    make_invitation(event, category="elus", state="accepted")
    make_invitation(event, category="presse", state="declined")

    page = organiser_client.get("/organise/assises/invitations").text

    assert "category=elus&amp;state=coming" in page
    assert "category=presse&amp;state=declined" in page
    assert "category=presse&amp;state=coming" not in page


def test_a_draft_event_sends_nothing(
    organiser_client: Browser, event: Event, make_invitation: Make, letters: Make
) -> None:
    make_invitation(event, state="draft")
    event.status = "draft"

    page = organiser_client.get("/organise/assises/invitations")
    answer = organiser_client.post("/organise/assises/invitations/send")

    assert 'action="/organise/assises/invitations/send"' not in page.text
    assert answer.status_code == 409
    assert letters() == []


def test_the_sample_is_the_mail_its_guest_would_get(
    organiser_client: Browser, event: Event, make_invitation: Make
) -> None:
    one = make_invitation(event, state="draft")
    sample = f"/organise/assises/invitations/sample/{one.public_id}"

    mail = organiser_client.get(sample)
    pdf = organiser_client.get(f"{sample}/letter.pdf")

    token = mail.text.split("/i/")[1][:26]
    assert token_hash(token) == one.token_hash
    assert "script-src 'none'" in mail.headers["Content-Security-Policy"]
    assert pdf.data.startswith(b"%PDF")
