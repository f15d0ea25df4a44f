"""Letters of an event, as an organiser's browser sees them."""

import base64
import hashlib
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.audit.queries import list_entries_of
from app.audit.service import COMMAND_LINE
from app.clock import now
from app.database import db
from app.events.models import Event
from app.invitations import service
from app.outbox.models import Attempt, Message
from tests.browsing import Browser
from tests.factories import KEY

Make = Callable[..., Any]


@pytest.fixture
def event(make_event: Make) -> Event:
    return make_event(slug="assises", categories=("elus", "presse"))


@pytest.fixture
def message(event: Event, make_invitation: Make) -> Message:
    invitation = make_invitation(event, state="draft")
    service.send(invitation, actor=COMMAND_LINE, at=now())
    db.session.commit()
    return db.session.query(Message).one()


def address(message: Message, end: str = "") -> str:
    return f"/organise/assises/letters/{message.public_id}{end}"


def test_letters_are_listed_and_narrowed(organiser_client: Browser, message: Message) -> None:
    for query in ("", "?state=queued", "?kind=invitation", f"?q={message.recipient[:6]}"):
        assert message.recipient in organiser_client.get(f"/organise/assises/letters{query}").text
    for query in ("?state=sent", "?kind=waiting", "?q=nobody%25"):
        assert message.recipient not in organiser_client.get(f"/organise/assises/letters{query}").text


def test_a_letter_is_shown_as_its_addressee_sees_it(organiser_client: Browser, message: Message) -> None:
    page = organiser_client.get(address(message)).text

    assert message.recipient in page
    assert "organisation@example.org" in page
    assert f'src="{address(message, "/html")}"' in page
    frame = re.search(r'sandbox="([^"]*)"', page)
    assert frame is not None
    # Of our origin, so that its pictures come with the session; without scripts, so that it can do nothing else.
    assert "allow-same-origin" in frame.group(1)
    assert "allow-scripts" not in frame.group(1)
    part = re.search(r'href="([^"]*/part/[^"]*)"', page)
    assert part is not None
    assert organiser_client.get(part.group(1)).data.startswith(b"%PDF")
    assert organiser_client.get(address(message, "/part/other.pdf")).status_code == 404


def test_the_frame_allows_its_one_style_and_nothing_else(organiser_client: Browser, message: Message) -> None:
    answer = organiser_client.get(address(message, "/html"))

    style = re.search(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style.group(1).encode()).digest()).decode()
    policy = answer.headers["Content-Security-Policy"]
    assert f"style-src 'sha256-{digest}'" in policy
    assert "script-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "unsafe" not in policy


def test_the_link_of_the_demonstration_works(
    app: Flask, organiser_client: Browser, client: Browser, message: Message
) -> None:
    link = re.search(r'href="([^"]*/i/[^"]*)"', organiser_client.get(address(message, "/html")).text)

    assert link is not None
    assert app.extensions["parvis"].base_url in link.group(1)
    opened = client.get("/i/" + link.group(1).rpartition("/i/")[2])
    assert opened.status_code in {302, 303}


def test_inline_pictures_come_from_our_own_address(
    organiser_client: Browser, event: Event, make_registration: Make, letters: Make
) -> None:
    make_registration(event)
    (confirmation,) = letters(kind="confirmation")

    html = organiser_client.get(address(confirmation, "/html")).text

    assert "cid:" not in html
    picture = re.search(r'<img src="([^"]+)"', html)
    assert picture is not None
    answer = organiser_client.get(picture.group(1))
    assert (answer.content_type, answer.data[:4]) == ("image/png", b"\x89PNG")
    calendar = organiser_client.get(address(confirmation, "/part/invitation.ics"))
    assert calendar.data.startswith(b"BEGIN:VCALENDAR")


def test_a_waiting_letter_is_stopped_and_a_failed_one_sent_again(organiser_client: Browser, message: Message) -> None:
    assert organiser_client.post(address(message, "/again")).status_code == 409
    assert organiser_client.post(address(message, "/stop")).status_code == 303
    db.session.refresh(message)
    assert message.state == "cancelled"

    message.state = "failed"
    message.attempts.append(Attempt(at=now(), outcome="refused", detail="550 unknown"))
    assert "550 unknown" in organiser_client.get(address(message)).text
    assert organiser_client.post(address(message, "/again")).status_code == 303
    db.session.refresh(message)
    assert message.state == "queued"
    assert [one.action for one in list_entries_of(message.public_id)] == [
        "message.sent_again", "message.cancelled",
    ]  # fmt: skip


def test_a_letter_that_left_is_not_stopped(organiser_client: Browser, message: Message) -> None:
    message.state = "sent"

    assert organiser_client.post(address(message, "/stop")).status_code == 409


def test_all_failed_letters_are_sent_again(organiser_client: Browser, message: Message) -> None:
    message.state = "failed"

    told = organiser_client.post("/organise/assises/letters/again", follow_redirects=True)
    again = organiser_client.post("/organise/assises/letters/again", follow_redirects=True)

    db.session.refresh(message)
    assert message.state == "queued"
    assert told.status_code == again.status_code == 200


def test_a_letter_whose_cause_is_gone_shows_what_was_posted(organiser_client: Browser, message: Message) -> None:
    message.subject_id, message.state = "gone", "sent"
    message.body_text = "Ce qui fut écrit."

    page = organiser_client.get(address(message))

    assert page.status_code == 200
    assert "Ce qui fut écrit." in page.text


def test_the_letter_of_another_event_is_not_found(
    organiser_client: Browser, message: Message, make_event: Make
) -> None:
    other = make_event()

    for end in ("", "/html", "/part/x.pdf"):
        path = address(message, end).replace("assises", other.slug)
        assert organiser_client.get(path).status_code == 404


def test_reception_reads_no_letter(reception_client: Browser, message: Message) -> None:
    for path in ("/organise/assises/letters", "/organise/assises/wording", address(message, "/html")):
        assert reception_client.get(path).status_code in {403, 404}


class TestBySmtp:
    """Once letters really leave, only the invitee may use the link."""

    @pytest.fixture
    def app_settings(self) -> dict[str, Any]:
        return {"mail_server": "127.0.0.1"}

    def test_the_link_is_masked(self, organiser_client: Browser, message: Message) -> None:
        invitation = db.session.query(service.Invitation).one()
        token = service.link_token(invitation, KEY)
        sample = f"/organise/assises/invitations/sample/{invitation.public_id}"

        for path in (address(message), address(message, "/html"), sample):
            page = organiser_client.get(path).text
            assert token not in page
            assert "/i/…" in page
