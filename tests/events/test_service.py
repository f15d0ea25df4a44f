"""Rules of editions: the next one from the last, deadlines, colours, statuses."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.columns import Bilingual
from app.database import db
from app.events.models import STATUSES, Series
from app.events.queries import get_event
from app.events.service import (
    STEPS,
    AddressInUse,
    DateInThePast,
    DeadlineAfterEvent,
    Group,
    NotThatStep,
    UnreadableAccent,
    add_categories,
    add_event,
    change_status,
    closing_instant,
    is_answering_open,
    new_edition,
    set_accent,
    set_deadline,
)
from tests.factories import ORGANISER

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 2, 2, 10, tzinfo=UTC)
# The 2nd Assises: 18 November 2025, 17:30, answers before 7 November.
START = datetime(2025, 11, 18, 16, 30, tzinfo=UTC)


@pytest.fixture
def assises(make_event):
    return make_event(
        slug="assises-2025",
        starts_at=START,
        deadline=date(2025, 11, 7),
        status="archived",
        series=Series(slug="assises", title=Bilingual("Assises")),
        edition_number=2,
        doors_open_at=START - timedelta(hours=1),
        categories=("elus", "presse"),
        capacity=300,
    )


def _next(previous, on=date(2026, 11, 17), **more):
    return new_edition(previous, starts_on=on, actor=ORGANISER, at=NOW, **more)


def test_the_next_edition_keeps_what_does_not_change(assises):
    assises.categories[0].quota = 90
    made = _next(assises)
    db.session.commit()

    assert (made.slug, made.edition_number, made.status) == ("assises-2026", 3, "draft")
    assert made.starts_at.astimezone(PARIS).strftime("%Y-%m-%d %H:%M") == "2026-11-17 17:30"
    assert made.starts_at - made.doors_open_at == timedelta(hours=1)
    assert [(c.key, c.quota) for c in made.categories] == [("elus", 90), ("presse", None)]
    assert (made.capacity, made.venue.name) == (300, assises.venue.name)
    assert made.deadline.day == date(2026, 11, 6)
    assert made.previous_id == assises.id


def test_hours_of_the_wall_survive_a_change_of_clock(assises):
    made = _next(assises, date(2026, 6, 16))

    assert made.starts_at.astimezone(PARIS).time() == time(17, 30)
    assert made.starts_at == datetime(2026, 6, 16, 15, 30, tzinfo=UTC)


def test_a_day_in_the_past_is_refused_in_words(assises):
    with pytest.raises(DateInThePast) as refused:
        _next(assises, date(2026, 2, 1))
    assert "2026" in refused.value.sentence
    assert "2026-02-01" not in refused.value.sentence


def test_today_is_not_the_past(assises):
    assert _next(assises, date(2026, 2, 2)).slug == "assises-2026"


def test_an_address_is_used_once_and_another_may_be_chosen(assises):
    _next(assises)
    with pytest.raises(AddressInUse):
        _next(assises, date(2026, 12, 1))

    assert _next(assises, date(2026, 12, 1), slug="assises-hiver").edition_number == 4


def test_an_old_edition_makes_the_next_number_of_the_series(assises):
    _next(assises)

    assert _next(assises, date(2027, 11, 16)).edition_number == 4


def test_the_first_event_of_a_series(app):
    event = add_event(
        ("rencontres", Bilingual("Rencontres")),
        groups=[Group("elus", Bilingual("Élus"), 10, 2, "square")],
        actor=ORGANISER,
        at=NOW,
        slug="rencontres-2026",
        title=Bilingual("Rencontres"),
        starts_at=START,
    )
    db.session.commit()

    assert event.series.slug == "rencontres"
    assert [(c.key, c.position, c.shape) for c in event.categories] == [("elus", 1, "square")]
    with pytest.raises(AddressInUse):
        add_event(
            ("rencontres", Bilingual()),
            groups=[],
            actor=ORGANISER,
            at=NOW,
            slug="rencontres-2026",
            title=Bilingual("x"),
            starts_at=START,
        )


def test_categories_are_added_after_those_there_are(make_event):
    event = make_event()
    add_categories(event, [Group("elus", Bilingual("x")), Group("presse", Bilingual("Presse"))])

    assert [c.key for c in event.categories] == ["elus", "associations", "presse"]
    assert event.categories[-1].position == 3


@pytest.mark.parametrize(
    ("is_inclusive", "at", "closing"),
    [
        (False, None, datetime(2025, 11, 6, 23, tzinfo=UTC)),
        (True, None, datetime(2025, 11, 7, 23, tzinfo=UTC)),
        (False, time(12), datetime(2025, 11, 7, 11, tzinfo=UTC)),
    ],
)
def test_the_instant_at_which_answers_close(assises, is_inclusive, at, closing):
    set_deadline(assises, date(2025, 11, 7), is_inclusive=is_inclusive, at=at)
    assises.status = "open"

    assert closing_instant(assises) == closing
    assert is_answering_open(assises, closing - timedelta(seconds=1))
    assert not is_answering_open(assises, closing)


def test_an_hour_makes_the_day_neither_in_nor_out(assises):
    set_deadline(assises, date(2025, 11, 7), is_inclusive=True, at=time(12))

    assert assises.deadline.is_inclusive is False


def test_answers_close_before_the_event(assises):
    with pytest.raises(DeadlineAfterEvent):
        set_deadline(assises, date(2025, 11, 18), is_inclusive=True)


def test_a_colour_must_carry_white_text(make_event):
    event = make_event()
    with pytest.raises(UnreadableAccent):
        set_accent(event, "#ffd500")
    set_accent(event, "#0B6472")

    assert event.accent == "#0b6472"


@pytest.mark.parametrize(
    ("before", "after"), [("draft", "open"), ("open", "closed"), ("closed", "open"), ("closed", "archived")]
)
def test_statuses_follow_the_life_of_an_event(make_event, before, after):
    event = make_event(status=before)
    change_status(event, after, actor=ORGANISER, at=NOW)
    db.session.commit()

    assert get_event(event.slug).status == after


@pytest.mark.parametrize(("before", "after"), [("draft", "archived"), ("cancelled", "open"), ("open", "x")])
def test_other_steps_are_refused(make_event, before, after):
    event = make_event(status=before)
    with pytest.raises(NotThatStep):
        change_status(event, after, actor=ORGANISER, at=NOW)


def test_every_status_has_steps():

    assert set(STEPS) == set(STATUSES)
