"""Reminders: by each invitee's deadline, only to the silent, once, and stoppable."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from app.columns import Bilingual
from app.database import db
from app.events.models import Event
from app.invitations import reminders, service, tracing
from app.invitations.following import follow_up
from app.invitations.letters import compose_reminder
from app.invitations.models import Invitation
from app.registration.service import accept
from tests.factories import INVITEE, ORGANISER

Make = Callable[..., Any]
SENT = datetime(2025, 10, 23, 7, 0, tzinfo=UTC)
# Answers are taken until the 6th: five days before that day, at nine in Paris.
DUE = datetime(2025, 11, 1, 8, 0, tzinfo=UTC)
A_DAY, A_MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.fixture
def event(make_event: Make, frozen: Make) -> Event:
    frozen(SENT)
    event = make_event(starts_at=datetime(2025, 11, 18, 16, 30, tzinfo=UTC), deadline=date(2025, 11, 7))
    plan(event, 5)
    return event


@pytest.fixture
def silent(event: Event, make_invitation: Make) -> Invitation:
    invitation = make_invitation(event, state="draft")
    service.send(invitation, actor=ORGANISER, at=SENT)
    return invitation


def plan(event: Event, days: int, states: tuple[str, ...] = ("sent", "opened")) -> Any:
    return reminders.plan_reminder(event, days, states=states, note=Bilingual("Merci."), actor=ORGANISER, at=SENT)


def test_it_leaves_on_its_day_once_and_is_shown_before(event: Event, silent: Invitation, letters: Make) -> None:
    shown = reminders.list_planned(event, SENT + A_DAY)
    assert [(one.invitation, one.due_at) for one in shown] == [(silent, DUE)]
    assert reminders.send_due(event, DUE - A_MINUTE) == 0
    assert reminders.send_due(event, DUE) == 1
    assert reminders.send_due(event, DUE + A_MINUTE) == 0
    db.session.commit()
    assert [one.recipient for one in letters(kind="reminder")] == [silent.email]
    assert (silent.reminders_sent, silent.last_contact_at) == (1, DUE)
    assert reminders.list_planned(event, DUE + A_MINUTE) == []


@pytest.mark.parametrize("state", ["accepted", "declined", "represented", "withdrawn", "bounced", "draft", "approved"])
def test_never_to_those_who_answered_nor_to_those_not_reached(
    event: Event, make_invitation: Make, letters: Make, state: str
) -> None:
    make_invitation(event, state=state)
    assert reminders.send_due(event, DUE + A_DAY) == 0
    assert letters(kind="reminder") == []


def test_an_answer_stops_the_reminder_that_waits_to_be_posted(event: Event, silent: Invitation, letters: Make) -> None:
    reminders.send_due(event, DUE)
    accept(silent, by="link", actor=INVITEE, at=DUE + A_MINUTE)
    db.session.commit()
    assert [one.state for one in letters(kind="reminder")] == ["cancelled"]


def test_only_the_states_chosen_are_reminded(event: Event, silent: Invitation, frozen: Make) -> None:
    for one in reminders.list_reminders(event):
        reminders.drop_reminder(one, actor=ORGANISER, at=SENT)
    plan(event, 5, ("sent",))
    assert len(reminders.list_planned(event, SENT)) == 1
    tracing.note_opened(silent, SENT + A_DAY)
    assert reminders.list_planned(event, SENT + A_DAY) == []


def test_a_deadline_of_one_s_own_dates_the_reminder(event: Event, silent: Invitation) -> None:
    silent.deadline_day = date(2025, 11, 14)
    due = datetime(2025, 11, 9, 8, 0, tzinfo=UTC)
    assert [one.due_at for one in reminders.list_planned(event, DUE)] == [due]
    assert reminders.send_due(event, DUE + A_DAY) == 0
    assert reminders.send_due(event, due) == 1


def test_nobody_is_written_to_twice_within_a_day(event: Event, silent: Invitation) -> None:
    plan(event, 4)
    assert reminders.send_due(event, DUE + 23 * timedelta(hours=1)) == 1
    assert reminders.send_due(event, DUE + A_DAY + A_MINUTE) == 0
    assert reminders.send_due(event, DUE + 2 * A_DAY) == 1


def test_an_invitation_sent_after_its_hour_is_not_reminded_of_it(event: Event, make_invitation: Make) -> None:
    late = make_invitation(event, state="draft")
    service.send(late, actor=ORGANISER, at=DUE + A_MINUTE)
    assert reminders.send_due(event, DUE + 2 * A_DAY) == 0


def test_nothing_leaves_after_the_deadline_nor_from_a_closed_event(event: Event, silent: Invitation) -> None:
    assert reminders.send_due(event, datetime(2025, 11, 6, 23, 0, tzinfo=UTC)) == 0
    event.status = "closed"
    assert reminders.send_due(event, DUE) == 0


def test_a_guest_stops_them_and_changes_their_mind(event: Event, silent: Invitation) -> None:
    reminders.stop_reminders(silent, SENT)
    assert reminders.send_due(event, DUE) == 0
    reminders.resume_reminders(silent, SENT)
    assert reminders.send_due(event, DUE) == 1


def test_a_reminder_is_planned_once_for_somebody(event: Event) -> None:
    with pytest.raises(reminders.SameDay):
        plan(event, 5)
    with pytest.raises(reminders.NobodyChosen):
        plan(event, 3, ("accepted",))


def test_the_letter_speaks_the_guest_s_language_and_can_be_stopped(
    event: Event, make_invitation: Make, letters: Make, app: Any
) -> None:
    invitation = make_invitation(event, state="draft", language="en")
    service.send(invitation, actor=ORGANISER, at=SENT)
    reminders.send_due(event, DUE)
    db.session.commit()
    with app.test_request_context(base_url="https://parvis.example"):
        letter = compose_reminder(letters(kind="reminder")[0])
    assert letter.subject.startswith("Reminder: your answer")
    assert "We invited you on" in letter.text
    assert letter.unsubscribe_url.startswith(f"https://parvis.example/reminders/{invitation.public_id}/")
    assert letter.unsubscribe_url in letter.text


def test_the_worker_s_round_reminds_then_notes_silence(
    event: Event, silent: Invitation, letters: Make, frozen: Make
) -> None:
    db.session.commit()
    for moment, sent, state in (
        (DUE - A_MINUTE, 0, "sent"),
        (DUE + A_MINUTE, 1, "sent"),
        (datetime(2025, 11, 6, 23, 1, tzinfo=UTC), 1, "no_answer"),
    ):
        frozen(moment)
        for _piece in follow_up():
            db.session.commit()
        db.session.commit()
        db.session.refresh(silent)
        assert (len(letters(kind="reminder")), silent.state) == (sent, state)
