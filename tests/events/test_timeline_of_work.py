"""The timeline also says what was printed, and when people are written to about a change."""

from datetime import UTC, datetime, timedelta

import pytest

from app.badging.models import PrintRun
from app.columns import Bilingual
from app.database import db
from app.events.endings import cancel_event, take_back
from app.events.timeline import timeline_of
from app.i18n import in_language
from tests.factories import ORGANISER

NOW = datetime(2025, 10, 1, 8, tzinfo=UTC)


@pytest.fixture
def event(factory, frozen):
    frozen(NOW)
    return factory.event(starts_at=datetime(2025, 11, 18, 16, 30, tzinfo=UTC))


def lines(event):
    with in_language("en"):
        found = [(line.dated.title, line.dated.detail, line.instant) for line in timeline_of(event, NOW)]
    return [one for one in found if one[0].startswith(("Printed", "Letters: the event"))]


def printed(event, at, **values):
    db.session.add(PrintRun(event=event, made_at=at, **{"made_by": "Zoé", "badges": 10, **values}))
    db.session.commit()


def test_runs_of_one_day_and_product_are_one_line_and_failed_ones_none(event):
    printed(event, NOW)
    printed(event, NOW + timedelta(hours=2), badges=1, scope="one")
    printed(event, NOW + timedelta(hours=3), product="tents")
    printed(event, NOW + timedelta(days=1))
    printed(event, NOW + timedelta(days=2), state="failed")
    assert lines(event) == [
        ("Printed: Badges", "11 pieces · Zoé", NOW + timedelta(hours=2)),
        ("Printed: Tent cards", "10 pieces · Zoé", NOW + timedelta(hours=3)),
        ("Printed: Badges", "10 pieces · Zoé", NOW + timedelta(days=1)),
    ]


def test_an_announcement_stands_there_until_it_is_taken_back(event, factory):
    factory.registration(event)
    cancel_event(event, Bilingual("Orage", "Storm"), actor=ORGANISER, at=NOW)
    db.session.commit()
    (line,) = lines(event)
    assert line[0] == "Letters: the event is cancelled"
    assert line[2] > NOW
    take_back(event, actor=ORGANISER, at=NOW)
    db.session.commit()
    assert lines(event) == []
