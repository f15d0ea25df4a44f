"""Minutes of grace: only where the event grants them, only for a form that was open in time (scenario 5.2 step 2)."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest

from app.invitations.deadlines import closing_of
from app.invitations.service import link_token
from tests.databases import KEY

OPENED, CLOSED = datetime(2025, 11, 6, 22, 58, tzinfo=UTC), datetime(2025, 11, 6, 23, 0, tzinfo=UTC)
JUST_LATE = CLOSED + timedelta(seconds=5)


@pytest.fixture
def clock(frozen):
    """Two minutes before answers close."""
    return frozen(OPENED)


@pytest.fixture
def invitation(factory, clock):
    event = factory.event(starts_at=datetime(2025, 11, 18, 16, 30, tzinfo=UTC), deadline=date(2025, 11, 7))
    return factory.invitation(event)


@pytest.fixture
def guest(client, invitation):
    assert client.get(f"/i/{link_token(invitation, KEY)}").status_code == 302
    return client


def page_of(guest, invitation, answer=""):
    return guest.get(f"/invitation/{invitation.public_id}/", query_string={"answer": answer} if answer else {})


def mark_in(page):
    found = re.search(r'name="opened" value="([^"]*)"', page.text)
    return found.group(1) if found else ""


def post(guest, invitation, **fields):
    return guest.post(f"/invitation/{invitation.public_id}/", data=fields)


def test_without_grace_a_form_opened_in_time_is_late_and_keeps_what_was_typed(clock, guest, invitation):
    assert mark_in(page_of(guest, invitation)) == ""
    clock.move_to(JUST_LATE)
    late = post(guest, invitation, answer="decline", reason="Un conseil municipal ce soir-là")
    assert late.status_code == 422
    assert "Un conseil municipal ce soir-là" in late.text
    assert "jeudi 6 novembre 2025 à minuit" in late.text.replace("\u00a0", " ")
    assert invitation.state != "declined"


@pytest.mark.parametrize(("second", "is_taken"), [(299, True), (300, False)])
def test_grace_is_counted_to_the_second(clock, guest, invitation, second, is_taken):
    invitation.event.grace_minutes = 5
    mark = mark_in(page_of(guest, invitation))
    clock.move_to(CLOSED + timedelta(seconds=second))
    answered = post(guest, invitation, answer="attend", opened=mark)
    assert answered.status_code == (303 if is_taken else 422)
    assert (invitation.state == "accepted") is is_taken


def test_a_form_opened_late_has_no_grace(clock, guest, invitation):
    invitation.event.grace_minutes = 5
    clock.move_to(CLOSED)
    mark = mark_in(page_of(guest, invitation))
    clock.shift(5)
    assert post(guest, invitation, answer="attend", opened=mark).status_code == 422


def test_a_mark_is_one_s_own_and_cannot_be_made_up(clock, guest, invitation, factory):
    invitation.event.grace_minutes = 5
    other = factory.invitation(invitation.event)
    guest.get(f"/i/{link_token(other, KEY)}")
    of_another = mark_in(page_of(guest, other))
    clock.move_to(JUST_LATE)
    for mark in (of_another, f"{int(OPENED.timestamp())}", f"{int(OPENED.timestamp())}.x", ".", "é"):
        assert post(guest, invitation, answer="attend", opened=mark).status_code == 422


def test_the_second_step_remembers_when_the_first_was_opened(clock, guest, invitation):
    invitation.event.grace_minutes = 5
    mark = mark_in(page_of(guest, invitation))
    clock.move_to(JUST_LATE)
    step = post(guest, invitation, answer="decline", opened=mark)
    assert step.status_code == 303
    second = guest.get(step.location)
    assert mark_in(second) == mark
    assert post(guest, invitation, answer="decline", reason="x", opened=mark_in(second)).status_code == 303
    assert invitation.state == "declined"


def test_the_deadline_of_a_category_holds_for_its_guests_alone(clock, guest, invitation):
    category = invitation.category
    category.deadline_day, category.deadline_at = date(2025, 11, 14), time(12)
    assert closing_of(invitation) == datetime(2025, 11, 14, 11, tzinfo=UTC)
    clock.move_to(JUST_LATE)
    assert "vendredi 14 novembre 2025" in page_of(guest, invitation).text.replace("\u00a0", " ")
    clock.move_to(datetime(2025, 11, 14, 11, tzinfo=UTC))
    guest.get(f"/i/{link_token(invitation, KEY)}")  # a week later: another session
    assert post(guest, invitation, answer="attend").status_code == 422
    clock.shift(-1)
    guest.get(f"/i/{link_token(invitation, KEY)}")  # a session signed a second later would not be believed
    assert post(guest, invitation, answer="attend").status_code == 303


def test_a_personal_day_comes_before_the_category_s(invitation):
    invitation.category.deadline_day = date(2025, 11, 14)
    invitation.deadline_day = date(2025, 11, 10)
    assert closing_of(invitation) == datetime(2025, 11, 10, 23, tzinfo=UTC)
