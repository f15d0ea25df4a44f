"""The deadline, to the second (scenario 5.2)."""

import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as hour_of_day

import pytest

from app.invitations.deadlines import closing_of, deadline_sentence_for
from app.registration import service

LAST_SECOND, CLOSED = (datetime(2025, 11, 6, 22, 59, 59, tzinfo=UTC), datetime(2025, 11, 6, 23, 0, tzinfo=UTC))
A_DAY = timedelta(days=1)


@pytest.fixture
def assises(factory):
    """The evening of 18 November 2025; answers expected before 7 November."""
    return factory.event(starts_at=datetime(2025, 11, 18, 16, 30, tzinfo=UTC), deadline=date(2025, 11, 7))


@pytest.fixture
def invited(factory, assises):
    """Somebody invited to it."""
    return factory.invitation(assises)


def test_before_the_seventh_ends_with_the_sixth(invited):
    service.check_open(invited, LAST_SECOND, deadline_sentence_for)
    with pytest.raises(service.DeadlinePassed):
        service.check_open(invited, CLOSED, deadline_sentence_for)


def test_until_the_seventh_ends_with_the_seventh(assises, invited):
    assises.deadline.is_inclusive = True
    service.check_open(invited, LAST_SECOND + A_DAY, deadline_sentence_for)
    with pytest.raises(service.DeadlinePassed):
        service.check_open(invited, CLOSED + A_DAY, deadline_sentence_for)


def test_a_late_answer_hears_the_deadline_in_words_and_where_to_write(invited):
    with pytest.raises(service.DeadlinePassed) as refused:
        service.check_open(invited, CLOSED, deadline_sentence_for)
    sentence = refused.value.sentence
    assert "vendredi 7 novembre 2025" in sentence
    assert "jeudi 6 novembre 2025 à minuit" in sentence
    assert "organisation@example.org" in sentence


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland", "America/Los_Angeles"])
def test_the_deadline_does_not_depend_on_the_server_s_zone(invited, zone, monkeypatch):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        service.check_open(invited, LAST_SECOND, deadline_sentence_for)
        with pytest.raises(service.DeadlinePassed):
            service.check_open(invited, CLOSED, deadline_sentence_for)
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("status", ["draft", "closed", "archived", "cancelled"])
def test_an_event_that_is_not_open_takes_no_answer(assises, invited, status):
    assises.status = status
    with pytest.raises(service.AnswersClosed):
        service.check_open(invited, LAST_SECOND, deadline_sentence_for)


def test_without_a_mailbox_the_sentence_still_says_whom_to_write_to(assises, invited):
    assises.mailbox = ""
    with pytest.raises(service.DeadlinePassed) as refused:
        service.check_open(invited, CLOSED, deadline_sentence_for)
    assert "%(" not in refused.value.sentence
    assert refused.value.places["mailbox"]


@pytest.mark.parametrize(
    ("hour", "closing"),
    [(None, datetime(2025, 11, 14, 23, 0, tzinfo=UTC)), (hour_of_day(12), datetime(2025, 11, 14, 11, 0, tzinfo=UTC))],
)
def test_one_invitee_has_until_another_day_and_the_others_do_not(factory, assises, invited, hour, closing):
    extended = factory.invitation(assises)
    extended.deadline_day, extended.deadline_time = date(2025, 11, 14), hour

    assert closing_of(extended) == closing
    service.check_open(extended, closing - timedelta(seconds=1), deadline_sentence_for)
    with pytest.raises(service.DeadlinePassed, match="14 novembre 2025"):
        service.check_open(extended, closing, deadline_sentence_for)
    with pytest.raises(service.DeadlinePassed):
        service.check_open(invited, CLOSED, deadline_sentence_for)
