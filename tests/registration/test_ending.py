"""An event is cancelled or postponed in one act that asks twice (scenario 5.12)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.columns import Bilingual
from app.database import db
from app.events.endings import (
    EndsTooEarly,
    NewDates,
    NothingToEnd,
    ReasonMissing,
    SameDates,
    cancel_event,
    postpone_event,
    take_back,
)
from app.events.limits import Limit
from app.events.service import DateInThePast, closing_instant, set_deadline
from app.programme.service import Details, add_session
from app.registration.announcement_queries import list_announcements
from app.registration.announcements import TooLateToUndo
from tests.factories import ORGANISER

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
START = datetime(2026, 3, 20, 16, 30, tzinfo=UTC)  # 17:30 in Paris, winter time
LATER = datetime(2026, 4, 10, 15, 30, tzinfo=UTC)  # 17:30 in Paris, summer time
WHY = Bilingual("Une grève des transports.", "A transport strike.")
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture(autouse=True)
def _second_of_march(frozen):
    return frozen(NOW)


@pytest.fixture
def event(factory):
    made = factory.event(starts_at=START, ends_at=START + timedelta(hours=3), deadline=date(2026, 3, 13))
    factory.registration(made)
    return made


def _postpone(event, starts_at=LATER, *, moves_deadlines=True, notice=WHY, **more):
    dates = NewDates(starts_at, **more)
    postpone_event(event, dates, notice, moves_deadlines=moves_deadlines, actor=ORGANISER, at=NOW)


def _cancel(event):
    cancel_event(event, WHY, actor=ORGANISER, at=NOW)


def test_a_cancelled_event_says_so_and_everyone_is_told(event):
    _cancel(event)
    _cancel(event)
    assert (event.status, event.status_before, event.cancelled_at, event.notice) == ("cancelled", "open", NOW, WHY)
    assert [one.kind for one in list_announcements(event)] == ["cancelled"]
    assert len(db.session.scalars(select(AuditEntry).where(AuditEntry.action == "event.cancelled")).all()) == 1


def test_a_cancellation_is_taken_back_while_no_letter_has_left(event):
    event.status = "closed"
    db.session.commit()
    _cancel(event)
    take_back(event, actor=ORGANISER, at=NOW + timedelta(seconds=119))
    assert (event.status, event.status_before, event.cancelled_at, event.notice) == ("closed", "", None, Bilingual())
    assert [one.state for one in list_announcements(event)] == ["stopped"]


def test_once_letters_leave_it_stands(event):
    _cancel(event)
    with pytest.raises(TooLateToUndo):
        take_back(event, actor=ORGANISER, at=NOW + timedelta(minutes=2))
    assert event.status == "cancelled"


@pytest.mark.parametrize("status", ["draft", "archived"])
def test_a_draft_and_an_archive_are_not_cancelled(event, status):
    event.status = status
    db.session.commit()
    with pytest.raises(NothingToEnd):
        _cancel(event)


def test_what_has_taken_place_is_not_cancelled(event):
    with pytest.raises(NothingToEnd):
        cancel_event(event, WHY, actor=ORGANISER, at=START + timedelta(hours=3))
    cancel_event(event, WHY, actor=ORGANISER, at=START + timedelta(hours=2))  # on the day itself, at work


def test_people_are_told_why(event):
    with pytest.raises(ReasonMissing):
        cancel_event(event, Bilingual(), actor=ORGANISER, at=NOW)


def test_a_postponed_event_keeps_its_guests_and_moves_its_programme(event):
    session = add_session(
        event, Details("workshop", Bilingual("Atelier"), starts_at=START, ends_at=START + timedelta(hours=1)),
        actor=ORGANISER, at=NOW,
    )  # fmt: skip
    _postpone(event, ends_at=LATER + timedelta(hours=3))
    assert (event.status, event.starts_at, event.first_starts_at) == ("open", LATER, START)
    assert (event.postponed_at, event.notice) == (NOW, WHY)
    # The same hour on the wall, although the clocks changed on 29 March.
    assert (session.starts_at, session.ends_at) == (LATER, LATER + timedelta(hours=1))
    assert [one.kind for one in list_announcements(event)] == ["moved"]
    assert event.calendar_sequence == 1


def test_deadlines_move_along_when_asked(event):
    event.categories[0].deadline_day = date(2026, 3, 16)
    _postpone(event)
    assert event.deadline.day == date(2026, 4, 3)
    assert event.categories[0].deadline_day == date(2026, 4, 6)


def test_deadlines_stay_when_not_asked(event):
    _postpone(event, moves_deadlines=False)
    assert event.deadline.day == date(2026, 3, 13)


def test_a_distance_follows_by_itself(event):
    set_deadline(event, None, is_inclusive=False, days_before=7)
    _postpone(event, moves_deadlines=False)
    assert closing_instant(event) == Limit(days_before=7).closing(LATER, event.timezone)
    assert closing_instant(event) == datetime(2026, 4, 2, 22, tzinfo=UTC)


def test_the_first_dates_are_those_people_were_told_first(event):
    _postpone(event)
    _postpone(event, LATER + timedelta(days=7))
    assert event.first_starts_at == START


def test_what_was_cancelled_may_take_place_later(event):
    _cancel(event)
    _postpone(event)
    assert (event.status, event.cancelled_at, event.starts_at) == ("open", None, LATER)
    assert event.calendar_sequence == 2


@pytest.mark.parametrize(
    ("dates", "refusal"),
    [
        ({"starts_at": START, "ends_at": START + timedelta(hours=3)}, SameDates),
        ({"starts_at": NOW}, DateInThePast),
        ({"starts_at": LATER, "ends_at": LATER}, EndsTooEarly),
        ({"starts_at": LATER, "notice": Bilingual()}, ReasonMissing),
    ],
)
def test_other_dates_are_real_ones(event, dates, refusal):
    with pytest.raises(refusal):
        _postpone(event, **dates)


def _post(browser, event, what, **fields):
    return browser.post(f"/organise/{event.slug}/ending/{what}", data=fields, headers=ENGLISH)


def test_nothing_happens_before_the_second_page(organiser_client, event):
    asked = _post(organiser_client, event, "cancel", notice_fr=WHY.fr, notice_en=WHY.en)
    assert asked.status_code == 200
    assert "1 letter leaves" in asked.text
    assert "A transport strike." in asked.text
    not_meant = _post(organiser_client, event, "cancel", notice_fr=WHY.fr, is_second="1")
    assert not_meant.status_code == 422
    assert "Please tick the box" in not_meant.text
    db.session.expire_all()
    assert event.status == "open"
    assert list_announcements(event) == []


def test_the_second_page_does_it(organiser_client, client, event):
    done = _post(organiser_client, event, "cancel", notice_fr=WHY.fr, notice_en=WHY.en, is_second="1", is_sure="y")
    assert done.location.endswith("/announcements")
    db.session.expire_all()
    assert event.status == "cancelled"
    page = client.get(f"/e/{event.slug}/", headers=ENGLISH).text
    assert "EVENT CANCELLED" in page
    assert "A transport strike." in page
    back = _post(organiser_client, event, "take-back")
    assert back.status_code == 303
    db.session.expire_all()
    assert event.status == "open"


def test_postponing_asks_twice_too_and_keeps_what_was_typed(organiser_client, client, event):
    typed = {"first_day": "2026-04-10", "starts": "17:30", "ends": "20:30", "moves_deadlines": "y", "notice_fr": WHY.fr}
    sure = _post(organiser_client, event, "postpone", **typed)
    assert sure.status_code == 200
    assert "Friday 10 April 2026" in sure.text
    for name, value in typed.items():
        assert f'name="{name}" value="{value}"' in sure.text
    assert _post(organiser_client, event, "postpone", **typed, is_second="1", is_sure="y").status_code == 303
    db.session.expire_all()
    assert event.starts_at == LATER
    page = client.get(f"/e/{event.slug}/", headers=ENGLISH).text
    assert "POSTPONED" in page
    assert "instead of: Friday 20 March 2026" in page
    assert "Friday 10 April 2026" in page


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("cancel", {}),
        ("postpone", {"notice_fr": "x"}),
        ("postpone", {"notice_fr": "x", "first_day": "2026-03-01"}),
        ("postpone", {"notice_fr": "x", "first_day": "2026-04-10", "starts": "17:30", "ends": "16:00"}),
    ],
)
def test_a_refusal_is_told_at_once_and_nothing_is_lost(organiser_client, event, what, fields):
    answer = _post(organiser_client, event, what, **fields)
    assert answer.status_code == 422
    assert "Please check what you entered" in answer.text
    assert all(value in answer.text for value in fields.values())


def test_nothing_is_offered_where_nothing_can_be_cancelled(organiser_client, event):
    event.status = "archived"
    page = organiser_client.get(f"/organise/{event.slug}/ending", headers=ENGLISH).text
    assert "Nothing to cancel" in page
    assert 'name="notice_fr"' not in page
