"""Letters, reminders and silence follow the deadline that holds for each guest: own, category's or event's."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from app.columns import Bilingual
from app.i18n import in_language
from app.invitations import delegations
from app.invitations.deadlines import closing_of_delegation, deadline_sentence_of_delegation
from app.invitations.delegations import DelegationFacts
from app.invitations.recipients import recipient_of
from app.invitations.reminders import due_instant, plan_reminder
from app.invitations.tracing import settle_silence
from tests.databases import KEY
from tests.factories import ORGANISER

NOW = datetime(2025, 10, 1, 8, tzinfo=UTC)
CLOSED = datetime(2025, 11, 6, 23, tzinfo=UTC)  # before Friday the 7th


@pytest.fixture(autouse=True)
def _first_of_october(frozen):
    frozen(NOW)


@pytest.fixture
def event(factory):
    """Answers before 7 November; those of the second category until the 14th at noon."""
    made = factory.event(starts_at=datetime(2025, 11, 18, 16, 30, tzinfo=UTC), deadline=date(2025, 11, 7))
    made.categories[1].deadline_day, made.categories[1].deadline_at = date(2025, 11, 14), time(12)
    return made


@pytest.fixture
def guests(factory, event):
    """One who follows the event, one who follows the category, one with a day of their own."""
    found = [factory.invitation(event, category=one, language="en") for one in ("elus", "associations", "associations")]
    found[2].deadline_day = date(2025, 11, 10)
    return found


def test_a_letter_says_the_deadline_of_its_reader(guests):
    told = [recipient_of(one).deadline for one in guests]
    assert told[0] == ""  # the event's, which the wording knows
    assert told[1] == "until Friday 14 November 2025 at 12:00 (Paris time)"
    assert told[2].startswith("until Monday 10 November 2025 included")


def test_reminders_are_counted_from_it(event, guests):
    rule = plan_reminder(event, 2, states=("sent",), note=Bilingual(), actor=ORGANISER, at=NOW)
    days = [due_instant(rule, one).date() for one in guests]
    assert days == [date(2025, 11, 4), date(2025, 11, 12), date(2025, 11, 8)]


def test_silence_is_settled_by_it(event, guests):
    assert settle_silence(event, CLOSED) == 1
    assert [one.state for one in guests] == ["no_answer", "sent", "sent"]
    assert settle_silence(event, datetime(2025, 11, 10, 23, tzinfo=UTC)) == 1
    assert settle_silence(event, datetime(2025, 11, 14, 11, tzinfo=UTC)) == 1
    assert {one.state for one in guests} == {"no_answer"}


def test_a_deadline_moved_later_makes_the_answer_awaited_again(event, guests):
    settle_silence(event, CLOSED)
    event.deadline.day = None
    event.deadline.days_before = 4
    assert settle_silence(event, CLOSED + timedelta(days=1)) == 1
    assert guests[0].state == "sent"


def test_a_delegation_follows_its_category_unless_it_has_an_hour_of_its_own(event):
    facts = DelegationFacts("Oblast de Kharkiv", "UA", 3, 1, "Iryna Koval", "protocol@kharkiv.example", "en")
    made = delegations.add_delegation(event, event.categories[1], facts, secret=KEY, actor=ORGANISER, at=NOW)
    assert closing_of_delegation(made) == datetime(2025, 11, 14, 11, tzinfo=UTC)
    with in_language("en"):
        assert deadline_sentence_of_delegation(made) == "until Friday 14 November 2025 at 12:00 (Paris time)"
        made.answer_until = datetime(2025, 11, 15, 11, tzinfo=UTC)
        assert deadline_sentence_of_delegation(made) == "until Saturday 15 November 2025 at 12:00 (Paris time)"
    assert closing_of_delegation(made) == made.answer_until
