"""A letter that did not arrive: what happened to it, sent again to another address, stopped and let go."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from app.clock import now
from app.database import db
from app.events.models import Event
from app.outbox import service
from app.outbox.bounces import Notice
from app.outbox.models import Message
from tests.browsing import Browser
from tests.outbox_letters import trial_letter

Make = Callable[..., Any]


@pytest.fixture
def event(make_event: Make) -> Event:
    return make_event(slug="assises")


@pytest.fixture
def message(event: Event, make_registration: Make) -> Message:
    make_registration(event)
    return db.session.query(Message).filter_by(kind="confirmation").one()


def bounce(message: Message) -> None:
    service.start_sending(message, trial_letter(message), now())
    service.record_sent(message, now(), "250 taken")
    service.record_notice(message, Notice(message.public_id, "bounced", message.recipient, "550 5.1.1 unknown"), now())
    db.session.commit()


def address(message: Message, more: str = "") -> str:
    return f"/organise/assises/letters/{message.public_id}{more}"


def test_a_letter_that_came_back_shows_its_history_and_goes_to_another_address(
    organiser_client: Browser, message: Message
) -> None:
    organiser_client.get("/language/en")
    bounce(message)
    page = organiser_client.get(address(message)).text
    assert "250 taken" in page
    assert "550 5.1.1 unknown" in page
    wrong = organiser_client.post(address(message, "/again"), data={"recipient": "no address"})
    assert wrong.status_code == 422
    assert "no address" in wrong.text
    assert message.state == "bounced"
    answer = organiser_client.post(address(message, "/again"), data={"recipient": "right@example.org"})
    assert answer.status_code == 303
    db.session.expire_all()
    assert (message.state, message.recipient) == ("queued", "right@example.org")
    assert "right@example.org" in organiser_client.get(address(message)).text


def test_every_waiting_letter_is_stopped_and_let_go_again(
    organiser_client: Browser, message: Message, event: Event, make_registration: Make
) -> None:
    make_registration(event)
    assert organiser_client.post("/organise/assises/letters/stop").status_code == 303
    db.session.expire_all()
    assert {one.state for one in db.session.query(Message)} == {"cancelled"}
    assert "/letters/resume" in organiser_client.get("/organise/assises/letters").text
    assert organiser_client.post("/organise/assises/letters/resume").status_code == 303
    db.session.expire_all()
    assert {one.state for one in db.session.query(Message)} == {"queued"}
    assert "/letters/resume" not in organiser_client.get("/organise/assises/letters").text


def test_what_a_withdrawal_stopped_is_not_let_go(organiser_client: Browser, message: Message) -> None:
    service.cancel(message)
    db.session.commit()
    organiser_client.post("/organise/assises/letters/resume")
    db.session.expire_all()
    assert message.state == "cancelled"
    assert address(message, "/again") not in organiser_client.get(address(message)).text


def test_a_letter_that_was_left_by_its_worker_is_shown_as_such(organiser_client: Browser, message: Message) -> None:
    service.start_sending(message, trial_letter(message), now() - timedelta(hours=1), "gone")
    db.session.commit()
    assert address(message, "/again") in organiser_client.get(address(message)).text
    assert organiser_client.post(address(message, "/again")).status_code == 303
    db.session.expire_all()
    assert message.state == "queued"


def test_letters_that_came_back_are_told_above_the_list(organiser_client: Browser, message: Message) -> None:
    bounce(message)
    page = organiser_client.get("/organise/assises/letters").text
    assert "state=bounced" in page
    assert "550 5.1.1 unknown" in page


def test_the_next_try_is_told(organiser_client: Browser, message: Message) -> None:
    service.start_sending(message, trial_letter(message), now())
    service.record_failure(message, now(), "unreachable", "451 greylisted")
    db.session.commit()
    page = organiser_client.get(address(message)).text
    assert "451 greylisted" in page
    assert page.count("<li>") > 3
