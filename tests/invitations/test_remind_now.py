"""A reminder asked for on the spot: shown first, to the silent only, once a day however often it is asked."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from app.columns import Bilingual
from app.database import db
from app.events.models import Event
from app.invitations import campaigns, reminders, service
from app.invitations.models import Invitation
from app.registration.service import accept
from tests.browsing import Browser
from tests.factories import INVITEE, ORGANISER

Make = Callable[..., Any]
SENT = datetime(2025, 10, 23, 7, 0, tzinfo=UTC)
LATER = SENT + timedelta(days=3)
PAGE = "/organise/assises/reminders"


@pytest.fixture
def event(make_event: Make, frozen: Make) -> Event:
    frozen(SENT)
    begins = datetime(2025, 11, 18, 16, 30, tzinfo=UTC)
    return make_event(slug="assises", starts_at=begins, deadline=date(2025, 11, 7))


def sent_to(event: Event, make_invitation: Make, email: str) -> Invitation:
    invitation = make_invitation(event, state="draft", email=email)
    service.send(invitation, actor=ORGANISER, at=SENT)
    return invitation


def test_it_is_shown_then_leaves_once_a_day(
    event: Event, make_invitation: Make, letters: Make, frozen: Make, client: Browser, make_user: Make
) -> None:
    silent, answered, stopped = (sent_to(event, make_invitation, f"{name}@example.org") for name in "abc")
    accept(answered, by="link", actor=INVITEE, at=SENT)
    reminders.stop_reminders(stopped, SENT)
    db.session.commit()
    frozen(LATER)
    client.sign_in(make_user("organiser"))
    client.post("/language", data={"language": "en"})
    assert "Remind now" in client.get(PAGE).text
    shown = client.get(f"{PAGE}/now").text
    assert [address in shown for address in ("a@example.org", "b@example.org", "c@example.org")] == [True, False, False]
    assert letters(kind="reminder") == [], "looking sends nothing"

    told = client.post(f"{PAGE}/now", data={"note_fr": "Un mot."}, follow_redirects=True).text
    assert "1 guest is reminded." in told
    again = client.post(f"{PAGE}/now", follow_redirects=True).text
    assert "Nobody was reminded" in again
    (letter,) = letters(kind="reminder")
    assert (letter.recipient, letter.context["note"]["fr"]) == ("a@example.org", "Un mot.")
    assert db.session.get(Invitation, silent.id).reminders_sent == 1


def test_a_note_too_long_is_refused_and_kept(
    event: Event, make_invitation: Make, letters: Make, frozen: Make, client: Browser, make_user: Make
) -> None:
    sent_to(event, make_invitation, "a@example.org")
    frozen(LATER)
    client.sign_in(make_user("organiser"))
    refused = client.post(f"{PAGE}/now", data={"note_fr": "x" * 601})
    assert (refused.status_code, "x" * 601 in refused.text) == (422, True)
    assert letters(kind="reminder") == []


def test_a_shared_mailbox_is_reminded_once(event: Event, make_invitation: Make, letters: Make) -> None:
    campaigns.set_rules(event, requires_approval=False, shared_mailbox="digest", actor=ORGANISER, at=SENT)
    for _number in range(3):
        sent_to(event, make_invitation, "cabinet@ville.example")
    by = {"actor": ORGANISER, "limit": 1}
    assert reminders.remind_now(event, Bilingual(), at=LATER, **by) == 3
    assert reminders.remind_now(event, Bilingual(), at=LATER + timedelta(hours=5), **by) == 0
    db.session.commit()
    assert len(letters(kind="reminder_digest")) == 1
    assert letters(kind="reminder") == []


def test_not_those_just_written_to_nor_after_the_deadline_nor_once_closed(event: Event, make_invitation: Make) -> None:
    sent_to(event, make_invitation, "a@example.org")
    assert reminders.list_remindable_now(event, SENT + timedelta(hours=23)) == []
    assert len(reminders.list_remindable_now(event, LATER)) == 1
    assert reminders.list_remindable_now(event, datetime(2025, 11, 6, 23, 0, tzinfo=UTC)) == []
    event.status = "closed"
    assert reminders.list_remindable_now(event, LATER) == []
    with pytest.raises(service.EventNotOpen):
        reminders.remind_now(event, Bilingual(), actor=ORGANISER, at=LATER)
