"""The deadline, to the second (scenario 5.2)."""

import time
from datetime import UTC, date, datetime, timedelta

import pytest

from app.events.words import deadline_sentence
from app.registration import service

LAST_SECOND, CLOSED = (datetime(2025, 11, 6, 22, 59, 59, tzinfo=UTC), datetime(2025, 11, 6, 23, 0, tzinfo=UTC))
A_DAY = timedelta(days=1)


@pytest.fixture
def assises(factory):
    """The evening of 18 November 2025; answers expected before 7 November."""
    return factory.event(starts_at=datetime(2025, 11, 18, 16, 30, tzinfo=UTC), deadline=date(2025, 11, 7))


def test_before_the_seventh_ends_with_the_sixth(assises):
    service.check_open(assises, LAST_SECOND, deadline_sentence)
    with pytest.raises(service.DeadlinePassed):
        service.check_open(assises, CLOSED, deadline_sentence)


def test_until_the_seventh_ends_with_the_seventh(assises):
    assises.deadline.is_inclusive = True
    service.check_open(assises, LAST_SECOND + A_DAY, deadline_sentence)
    with pytest.raises(service.DeadlinePassed):
        service.check_open(assises, CLOSED + A_DAY, deadline_sentence)


def test_a_late_answer_hears_the_deadline_in_words_and_where_to_write(assises):
    with pytest.raises(service.DeadlinePassed) as refused:
        service.check_open(assises, CLOSED, deadline_sentence)
    sentence = refused.value.sentence
    assert "vendredi 7 novembre 2025" in sentence
    assert "jeudi 6 novembre 2025 à minuit" in sentence
    assert "organisation@example.org" in sentence


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland", "America/Los_Angeles"])
def test_the_deadline_does_not_depend_on_the_server_s_zone(assises, zone, monkeypatch):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        service.check_open(assises, LAST_SECOND, deadline_sentence)
        with pytest.raises(service.DeadlinePassed):
            service.check_open(assises, CLOSED, deadline_sentence)
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("status", ["draft", "closed", "archived", "cancelled"])
def test_an_event_that_is_not_open_takes_no_answer(assises, status):
    assises.status = status
    with pytest.raises(service.AnswersClosed):
        service.check_open(assises, LAST_SECOND, deadline_sentence)


def test_without_a_mailbox_the_sentence_still_says_whom_to_write_to(assises):
    assises.mailbox = ""
    with pytest.raises(service.DeadlinePassed) as refused:
        service.check_open(assises, CLOSED, deadline_sentence)
    assert "%(" not in refused.value.sentence
    assert refused.value.places["mailbox"]
