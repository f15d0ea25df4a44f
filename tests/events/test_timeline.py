"""Every dated rule on one page, with what falls on a day nobody works."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.columns import Bilingual
from app.documents.models import Document, DocumentFile
from app.events.deadlines import set_category_deadline
from app.events.limits import Limit
from app.events.timeline import timeline_of
from app.holidays import find_holiday, is_weekend
from app.i18n import in_language
from app.invitations.campaigns import open_campaign
from app.invitations.reminders import plan_reminder
from tests.factories import ORGANISER

NOW = datetime(2025, 10, 1, 8, tzinfo=UTC)
START = datetime(2025, 11, 18, 16, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _first_of_october(frozen):
    frozen(NOW)


@pytest.fixture
def assises(make_event):
    return make_event(starts_at=START, deadline=date(2025, 11, 7))


def _lines(event, at=NOW):
    with in_language("en"):
        return [(line.dated.title, line.instant, line.warnings) for line in timeline_of(event, at)]


def _titles(event, at=NOW):
    return [title for title, _instant, _warnings in _lines(event, at)]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2025, 11, 11), Bilingual("Armistice", "Armistice Day")),
        (date(2026, 4, 6), Bilingual("Lundi de Pâques", "Easter Monday")),  # Easter moves with the moon
        (date(2026, 7, 14), Bilingual("Fête nationale", "National Day")),
        (date(2025, 11, 10), None),
    ],
)
def test_public_holidays_are_those_of_france(day, name):
    assert find_holiday(day) == name


def test_a_week_end_is_saturday_and_sunday():
    assert [is_weekend(date(2025, 11, day)) for day in (7, 8, 9, 10)] == [False, True, True, False]


def test_the_rules_of_an_event_stand_in_their_order(assises, factory):
    set_category_deadline(assises.categories[0], Limit(date(2025, 11, 12)), actor=ORGANISER, at=NOW)
    invited = factory.invitation(assises)
    invited.deadline_day = date(2025, 11, 14)
    plan_reminder(assises, 3, states=("sent",), note=Bilingual(), actor=ORGANISER, at=NOW - timedelta(days=2))
    invited.last_contact_at = NOW - timedelta(days=2)
    open_campaign(assises, "A", planned_on=date(2025, 10, 6), actor=ORGANISER, at=NOW)

    assert _titles(assises) == [
        "Wave A is to leave",
        "Clocks go back one hour",
        "Answers close",
        "Reminder, 3 days before the deadline",
        "Answers close: Elus",
        "Another deadline for 1 guest",
        "The event begins",
    ]


def test_documents_say_when_they_come_out(assises, db_session):
    document = Document(title=Bilingual("Brochure"), event=assises)
    document.files = [
        DocumentFile(language="fr", file_name="b.pdf", mime="application/pdf", size=1, digest="0" * 64, data=b"x",
                     published_at=datetime(2025, 11, 3, 9, tzinfo=UTC))
    ]  # fmt: skip
    db_session.add(document)
    db_session.commit()
    assert "A document is published" in _titles(assises)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2025, 11, 10), "Sunday 9 November 2025: a week-end, offices are closed."),  # before Monday: the last day
        (date(2025, 11, 12), "Tuesday 11 November 2025 is a public holiday: Armistice Day."),
        (date(2025, 11, 7), None),
    ],
)
def test_the_last_day_people_can_answer_is_looked_at(assises, day, words):
    """Answers expected "before Monday 10 November" are in truth expected on a Sunday at the latest."""
    assises.deadline.day = day
    (warnings,) = [warnings for title, _instant, warnings in _lines(assises) if title == "Answers close"]
    assert warnings == ((words,) if words else ())


def test_a_wave_that_should_have_left_says_so(assises, factory):
    wave = open_campaign(assises, "A", planned_on=date(2025, 9, 25), actor=ORGANISER, at=NOW)
    invited = factory.invitation(assises, state="draft")
    invited.campaign = wave
    ((_title, _instant, warnings),) = [line for line in _lines(assises) if line[0].startswith("Wave")]
    assert warnings == ("1 invitation has not left.",)


def test_an_event_of_which_only_the_day_is_known_has_no_hour(assises):
    assises.date_precision = "day"
    (line,) = [line for line in timeline_of(assises, NOW) if line.dated.at is None and line.dated.page is not None]
    assert (line.day, line.dated.at) == (date(2025, 11, 18), None)


def test_the_page_leaves_out_what_is_past_and_shows_it_on_demand(client, assises, factory, frozen):
    frozen(datetime(2025, 11, 8, 8, tzinfo=UTC))
    client.sign_in(factory.user("organiser"))
    address, english = f"/organise/{assises.slug}/timeline", {"Accept-Language": "en"}
    page = client.get(address, headers=english).text
    assert "before Friday 7 November 2025" not in page
    assert "Show 1 date gone by" in page
    assert "before Friday 7 November 2025" in client.get(f"{address}?all=1", headers=english).text


def test_a_timeline_costs_the_same_for_one_guest_and_for_many(assises, factory, statement_count, organiser_client):
    address = f"/organise/{assises.slug}/timeline"

    def cost():
        with statement_count() as seen:
            assert organiser_client.get(address).status_code == 200
        return seen.count

    factory.invitation(assises).deadline_day = date(2025, 11, 14)
    first = cost()
    for _ in range(5):
        factory.invitation(assises).deadline_day = date(2025, 11, 15)
    assert cost() == first
