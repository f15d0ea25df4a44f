"""Deadlines of categories, and deadlines told by their distance to the event."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.columns import Bilingual
from app.database import db
from app.events.deadlines import set_category_deadline
from app.events.limits import Limit, own_limit
from app.events.models import Series
from app.events.service import DeadlineAfterEvent, closing_instant, new_edition, set_deadline
from app.events.settings import CategoryDeadlineAfterEvent, change_settings, settings_of
from app.events.words import deadline_sentence
from app.i18n import in_language
from tests.factories import ORGANISER

NOW = datetime(2025, 9, 1, 8, tzinfo=UTC)
START = datetime(2025, 11, 18, 16, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def assises(make_event):
    """18 November 2025 at 17:30; answers before the 7th."""
    return make_event(starts_at=START, deadline=date(2025, 11, 7), series=Series(slug="a", title=Bilingual("Assises")))


def _give(category, limit):
    return set_category_deadline(category, limit, actor=ORGANISER, at=NOW)


def test_a_category_has_until_another_day_and_the_others_do_not(assises):
    elus, associations = assises.categories
    assert _give(elus, Limit(date(2025, 11, 14), at=time(12)))

    assert closing_instant(assises, elus) == datetime(2025, 11, 14, 11, tzinfo=UTC)
    assert closing_instant(assises, associations) == closing_instant(assises) == datetime(2025, 11, 6, 23, tzinfo=UTC)
    with in_language("en"):
        assert deadline_sentence(assises, elus) == "until Friday 14 November 2025 at 12:00 (Paris time)"
        assert deadline_sentence(assises, associations).startswith("before Friday 7 November 2025")


def test_the_event_s_deadline_holds_again(assises):
    elus = assises.categories[0]
    _give(elus, Limit(date(2025, 11, 14)))
    assert _give(elus, None)
    assert own_limit(elus) is None
    assert closing_instant(assises, elus) == closing_instant(assises)


def test_the_journal_says_what_changed_and_nothing_when_nothing_did(assises):
    elus = assises.categories[0]
    _give(elus, Limit(days_before=3, is_inclusive=True))
    assert not _give(elus, Limit(days_before=3, is_inclusive=True))
    db.session.flush()
    (entry,) = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "category.deadline_changed")).all()
    assert (entry.before, entry.after) == ({"deadline": None}, {"deadline": "3 days before, included"})


def test_a_category_answers_before_the_event_too(assises):
    with pytest.raises(DeadlineAfterEvent):
        _give(assises.categories[0], Limit(date(2025, 11, 18), is_inclusive=True))


def test_a_distance_follows_the_event(assises):
    set_deadline(assises, None, is_inclusive=False, days_before=15)
    assert closing_instant(assises) == datetime(2025, 11, 2, 23, tzinfo=UTC)  # before the 3rd

    assises.starts_at = START + timedelta(days=7)
    assert closing_instant(assises) == datetime(2025, 11, 9, 23, tzinfo=UTC)
    with in_language("fr"):
        assert deadline_sentence(assises).startswith("avant le lundi 10 novembre 2025")


@pytest.mark.parametrize(
    ("days_before", "closing"),
    [
        (24, datetime(2025, 10, 24, 22, tzinfo=UTC)),  # before Saturday 25 October: still summer time
        (23, datetime(2025, 10, 25, 22, tzinfo=UTC)),  # before Sunday 26 October, whose night is an hour longer
        (22, datetime(2025, 10, 26, 23, tzinfo=UTC)),  # before Monday 27 October: winter time
    ],
)
def test_a_distance_is_counted_in_days_of_the_event_s_zone(assises, days_before, closing):
    """On both sides of 26 October 2025: a day is a day, whether it has 24 hours or 25."""
    set_deadline(assises, None, is_inclusive=False, days_before=days_before)
    assert closing_instant(assises) == closing


def test_the_first_day_is_the_event_s_own(assises):
    """23:30 in UTC is the day after in Paris, and the day before in Fort-de-France."""
    assises.starts_at = datetime(2025, 11, 18, 23, 30, tzinfo=UTC)
    set_deadline(assises, None, is_inclusive=False, days_before=1)
    assert closing_instant(assises) == datetime(2025, 11, 17, 23, tzinfo=UTC)
    assises.timezone = "America/Martinique"
    assert closing_instant(assises) == datetime(2025, 11, 17, 4, tzinfo=UTC)


def test_settings_know_distances_and_grace(assises):
    wanted = replace(settings_of(assises), deadline=Limit(days_before=10, at=time(18)), grace_minutes=5)
    assert change_settings(assises, wanted, actor=ORGANISER, at=NOW)
    assert settings_of(assises) == wanted
    assert assises.deadline.day is None
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "event.changed")).one()
    assert entry.after == {"deadline": "10 days before, 18:00", "grace_minutes": 5}


def test_the_event_does_not_move_before_the_deadline_of_a_category(assises):
    _give(assises.categories[1], Limit(date(2025, 11, 15)))
    earlier = replace(settings_of(assises), starts_at=START - timedelta(days=8))
    with pytest.raises(CategoryDeadlineAfterEvent, match="Associations"):
        change_settings(assises, earlier, actor=ORGANISER, at=NOW)


def test_the_next_edition_keeps_distances_and_moves_days(assises):
    assises.grace_minutes = 5
    elus, associations = assises.categories
    _give(elus, Limit(days_before=4))
    _give(associations, Limit(date(2025, 11, 14), is_inclusive=True))
    made = new_edition(assises, starts_on=date(2026, 11, 17), actor=ORGANISER, at=NOW)
    db.session.flush()
    assert made.grace_minutes == 5
    assert [own_limit(one) for one in made.categories] == [
        Limit(days_before=4), Limit(date(2026, 11, 13), is_inclusive=True),
    ]  # fmt: skip


def _typed(limit_fields, event):
    return {"name_fr": "Élus", "palette": "1", "shape": "disc", **limit_fields}


def test_a_category_s_deadline_is_set_on_its_page(organiser_client, make_event):
    event = make_event()
    address = f"/organise/{event.slug}/settings/categories/elus"
    typed = _typed({"deadline": "hour", "deadline_days_before": "6", "deadline_hour": "12:00"}, event)
    assert organiser_client.post(address, data=typed).status_code == 303
    db.session.expire_all()
    assert own_limit(event.categories[0]) == Limit(days_before=6, at=time(12))
    page = organiser_client.get(address).text
    assert 'value="6"' in page
    assert "12:00" in page


@pytest.mark.parametrize(
    "fields",
    [
        {"deadline": "until"},
        {"deadline": "until", "deadline_day": "2025-01-02", "deadline_days_before": "6"},
        {"deadline": "hour", "deadline_days_before": "6"},
        {"deadline": "before", "deadline_days_before": "366"},
        {"deadline": "until", "deadline_day": "2999-01-02"},
        {"deadline": "until", "deadline_day": "9999-12-31"},
        {"deadline": "before", "deadline_day": "0001-01-01"},
    ],
)
def test_half_a_deadline_is_refused_and_nothing_typed_is_lost(organiser_client, make_event, fields):
    event = make_event()
    address = f"/organise/{event.slug}/settings/categories/elus"
    answer = organiser_client.post(address, data=_typed(fields, event))
    assert answer.status_code == 422
    assert all(f'value="{value}"' in answer.text for value in fields.values())
    db.session.expire_all()
    assert own_limit(event.categories[0]) is None
