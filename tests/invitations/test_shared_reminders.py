"""One reminder for a mailbox that serves several guests: each their own link, one way to stop them all (5.7)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from app.columns import Bilingual
from app.database import db
from app.events.models import Event
from app.invitations import campaigns, reminders, service, tracing
from app.invitations.letters import compose_reminder_digest
from app.invitations.models import Invitation
from app.outbox import service as outbox
from app.registration.service import accept
from tests.databases import KEY
from tests.factories import INVITEE, ORGANISER

Make = Callable[..., Any]
SENT = datetime(2025, 10, 23, 7, 0, tzinfo=UTC)
DUE = datetime(2025, 11, 1, 8, 0, tzinfo=UTC)
A_MINUTE, A_DAY = timedelta(minutes=1), timedelta(days=1)
CABINET = "cabinet@ville.example"


@pytest.fixture
def event(make_event: Make, frozen: Make) -> Event:
    frozen(SENT)
    event = make_event(starts_at=datetime(2025, 11, 18, 16, 30, tzinfo=UTC), deadline=date(2025, 11, 7))
    note = Bilingual("Merci.", "Thank you.")
    reminders.plan_reminder(event, 5, states=("sent", "opened"), note=note, actor=ORGANISER, at=SENT)
    campaigns.set_rules(event, requires_approval=False, shared_mailbox="digest", actor=ORGANISER, at=SENT)
    return event


@pytest.fixture
def invited(event: Event, make_invitation: Make, make_person: Make) -> list[Invitation]:
    """Three guests behind the cabinet's mailbox, one of them written to in English; one guest elsewhere."""
    behind = (("Anne", CABINET, "fr"), ("Bruno", "Cabinet@Ville.example", "fr"), ("Chloe", CABINET, "en"))
    found = []
    for given, email, language in (*behind, ("Denis", "denis@ville.example", "fr")):
        one = make_invitation(event, make_person(given, "Élu"), state="draft", email=email, language=language)
        service.send(one, actor=ORGANISER, at=SENT)
        found.append(one)
    db.session.commit()
    return found


def composed(app: Any, message: Any) -> Any:
    with app.test_request_context(base_url="https://parvis.example"):
        return compose_reminder_digest(message)


def test_one_reminder_for_a_mailbox_in_each_language(
    event: Event, invited: list[Invitation], letters: Make, app: Any
) -> None:
    assert reminders.send_due(event, DUE) == 4
    assert reminders.send_due(event, DUE + A_MINUTE) == 0
    db.session.commit()
    (shared,) = letters(kind="reminder_digest")
    assert sorted(one.recipient for one in letters(kind="reminder")) == [CABINET, "denis@ville.example"]
    letter = composed(app, shared)
    links = {f"https://parvis.example/i/{service.link_token(one, KEY)}" for one in invited}
    carried = {link for link in links if link in letter.text}
    assert carried == {f"https://parvis.example/i/{service.link_token(one, KEY)}" for one in invited[:2]}
    assert all(link in letter.html for link in carried)
    assert "Merci." in letter.text
    assert letter.unsubscribe_url in letter.text
    assert letter.text.count("/reminders/") == 1


def test_each_gets_their_own_where_the_event_says_so(event: Event, invited: list[Invitation], letters: Make) -> None:
    campaigns.set_rules(event, requires_approval=False, shared_mailbox="each", actor=ORGANISER, at=SENT)
    assert reminders.send_due(event, DUE) == 4
    db.session.commit()
    assert len(letters(kind="reminder")) == 4


def test_never_of_those_who_answered_even_while_it_waits(
    event: Event, invited: list[Invitation], letters: Make, app: Any, make_person: Make, make_invitation: Make
) -> None:
    more = make_invitation(event, make_person("Emma", "Élue"), state="draft", email=CABINET)
    service.send(more, actor=ORGANISER, at=SENT)
    accept(more, by="link", actor=INVITEE, at=SENT + A_DAY)
    reminders.send_due(event, DUE)
    accept(invited[0], by="link", actor=INVITEE, at=DUE + A_MINUTE)
    db.session.commit()
    (shared,) = letters(kind="reminder_digest")
    text = composed(app, shared).text
    assert "Bruno ÉLU" in text
    assert "Anne" not in text
    assert "Emma" not in text
    service.record_answer(invited[1], "declined", by="link", actor=INVITEE, at=DUE + A_MINUTE)
    db.session.commit()
    assert [one.state for one in letters(kind="reminder_digest")] == ["cancelled"]


def test_the_rest_of_a_mailbox_is_never_cut_off(event: Event, invited: list[Invitation], letters: Make) -> None:
    assert reminders.send_due(event, DUE, limit=1) >= 1
    while reminders.send_due(event, DUE, limit=1):
        pass
    db.session.commit()
    assert len(letters(kind="reminder_digest")) == 1
    assert {one.reminders_sent for one in invited} == {1}


def test_one_link_stops_everybody_behind_the_mailbox(
    event: Event, invited: list[Invitation], letters: Make, client: Any
) -> None:
    reminders.send_due(event, DUE)
    db.session.commit()
    (shared,) = letters(kind="reminder_digest")
    address = f"/reminders/{shared.public_id}/{reminders.mailbox_stop_token(shared, KEY)}"
    page = client.get(address)
    assert page.status_code == 200
    assert [name in page.text for name in ("Anne", "Bruno", "Chloe", "Denis")] == [True, True, True, False]
    assert not any(one.reminders_stopped_at for one in db.session.query(Invitation)), "a GET changes nothing"
    assert client.post(address, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    stopped = {one.person.given_name: bool(one.reminders_stopped_at) for one in db.session.query(Invitation)}
    assert stopped == {"Anne": True, "Bruno": True, "Chloe": True, "Denis": False}
    (shared,) = letters(kind="reminder_digest")
    assert shared.state == "cancelled", "it waited, and speaks of nobody any more"
    assert reminders.send_due(db.session.get(Event, event.id), DUE + 30 * A_MINUTE) == 0
    wrong = f"/reminders/{shared.public_id}/{reminders.stop_token(invited[0], KEY)}"
    assert client.get(wrong).status_code == 404


def test_a_shared_reminder_that_came_back_marks_those_it_spoke_of(
    event: Event, invited: list[Invitation], letters: Make
) -> None:
    reminders.send_due(event, DUE)
    db.session.commit()
    (shared,) = letters(kind="reminder_digest")
    assert len(tracing.note_bounced(shared, at=DUE + A_MINUTE, reason="550 no such user")) == 2
    states = {one.person.given_name: one.state for one in db.session.query(Invitation)}
    assert (states["Anne"], states["Bruno"], states["Denis"]) == ("bounced", "bounced", "sent")


def test_sent_again_after_it_came_back_it_leaves_out_who_answered(
    event: Event, invited: list[Invitation], letters: Make, app: Any
) -> None:
    reminders.send_due(event, DUE)
    db.session.commit()
    (shared,) = letters(kind="reminder_digest")
    outbox.record_sent(shared, DUE)
    shared.state = "bounced"
    tracing.note_bounced(shared, at=DUE + A_MINUTE, reason="452 mailbox full")
    accept(invited[0], by="phone", actor=ORGANISER, at=DUE + A_MINUTE)
    outbox.send_again(shared, DUE + A_DAY)
    db.session.commit()
    text = composed(app, shared).text
    assert "Bruno ÉLU" in text
    assert "Anne" not in text
