"""The settings of an event: what is read can be given back; what changes is told."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.columns import Bilingual
from app.database import db
from app.errors import SeveralRefusals
from app.events.queries import get_event
from app.events.service import DeadlineAfterEvent, UnreadableAccent, new_edition
from app.events.settings import (
    DoorsAfterStart,
    EndBeforeStart,
    Limit,
    Place,
    TitleMissing,
    change_settings,
    settings_of,
)
from tests.factories import ORGANISER

NOW = datetime(2026, 2, 2, 10, tzinfo=UTC)


def _change(event, **values):
    return change_settings(event, replace(settings_of(event), **values), actor=ORGANISER, at=NOW)


def _told():
    return db.session.scalars(select(AuditEntry).where(AuditEntry.action == "event.changed")).all()


def test_saving_what_is_there_changes_nothing(make_event):
    assert _change(make_event()) is False
    assert _told() == []


def test_the_journal_says_what_changed_before_and_after(make_event):
    event = make_event(capacity=300)
    quotas = {"elus": 40, "associations": None}

    assert _change(event, capacity=280, quotas=quotas, title=Bilingual("Assises", ""))
    db.session.commit()

    (entry,) = _told()
    assert entry.before["capacity"] == 300
    assert entry.after["capacity"] == 280
    assert entry.after["quota elus"] == 40
    assert entry.after["title fr"] == "Assises"
    assert "quota associations" not in entry.after
    assert "mailbox" not in entry.after


def test_a_deadline_is_set_changed_and_taken_away(make_event):
    event = make_event(deadline=None)
    day = (event.starts_at - timedelta(days=5)).date()

    _change(event, deadline=Limit(day, is_inclusive=True))
    db.session.commit()
    assert (event.deadline.day, event.deadline.is_inclusive) == (day, True)
    _change(event, deadline=None)
    db.session.commit()

    assert get_event(event.slug).deadline is None
    assert [entry.after["deadline"] for entry in _told()] == [f"{day} included", None]


def test_another_edition_keeps_its_venue(make_event):
    event = make_event()
    made = new_edition(event, starts_on=date(2027, 3, 2), actor=ORGANISER, at=NOW, slug="next")
    db.session.commit()

    _change(made, place=Place(name="Hôtel de ville", city="Lyon"))
    db.session.commit()

    assert get_event("next").venue.city == "Lyon"
    assert get_event(event.slug).venue.name == "Hôtel d’essai"


def test_a_venue_of_its_own_is_corrected_in_place(make_event):
    event = make_event()
    venue = event.venue

    _change(event, place=Place(name="Hôtel de ville"))

    assert event.venue is venue
    assert venue.name == "Hôtel de ville"


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"title": Bilingual()}, TitleMissing),
        ({"accent": "#ffee00"}, UnreadableAccent),
        ({"deadline": Limit(date(2099, 1, 1))}, DeadlineAfterEvent),
        ({"ends_at": NOW}, EndBeforeStart),
        ({"doors_open_at": datetime(2099, 1, 1, tzinfo=UTC)}, DoorsAfterStart),
    ],
)
def test_what_cannot_be_is_refused(make_event, values, refusal):
    event = make_event()
    with pytest.raises(refusal):
        _change(event, **values)


def test_all_refusals_come_at_once(make_event):
    event = make_event()
    with pytest.raises(SeveralRefusals) as refused:
        _change(event, title=Bilingual(), accent="#ffee00", ends_at=NOW)
    assert [type(part) for part in refused.value.parts] == [TitleMissing, EndBeforeStart, UnreadableAccent]


def test_the_page_shows_every_refusal_beside_its_field(make_event, organiser_client):
    event = make_event(slug="a")
    first = event.starts_at.date().isoformat()
    typed = {"first_day": first, "starts": "17:30", "doors": "18:30", "accent": "#ffee00", "deadline": "hour",
             "mailbox": "not an address"}  # fmt: skip
    answer = organiser_client.post("/organise/a/settings", data=typed)
    assert answer.status_code == 422
    for name in ("title_fr", "doors", "accent", "deadline_day", "deadline_hour", "mailbox"):
        assert f'id="{name}-error"' in answer.text, name
