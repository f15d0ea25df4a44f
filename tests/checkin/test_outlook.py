"""The queue on the board and on the wall, and the desks to plan."""

from datetime import UTC, datetime, timedelta

import pytest

from app.checkin import service
from app.checkin.board import board_of
from app.checkin.pacing import Pace, choose_pace
from app.checkin.queries import list_entries
from app.checkin.service import Passage
from app.clock import now
from app.database import db
from tests.checkin.programs import LEAD

DOORS = datetime(2026, 7, 8, 15, 0, tzinfo=UTC)  # 17:00 in Paris


@pytest.fixture
def event(make_event):
    return make_event(
        starts_at=DOORS + timedelta(minutes=30), doors_open_at=DOORS, ends_at=DOORS + timedelta(hours=4), deadline=None
    )


@pytest.fixture
def guests(event, make_registration):
    return [make_registration(event) for _ in range(40)]


def outlook_at(event, minutes, confirmed=40):
    at = DOORS + timedelta(minutes=minutes)
    return board_of(event, service.day_of(event, at), at, confirmed=confirmed).outlook


def let_in(event, device, guests, *, every=25, start=0):
    for number, guest in enumerate(guests):
        at = DOORS + timedelta(seconds=start + every * number)
        service.admit(event, guest, Passage(device, f"n-{guest.id}", "camera", "Agent", at))


def test_before_the_doors_open_the_lead_reads_how_many_desks_it_takes(event):
    told = outlook_at(event, -300, confirmed=300)

    assert told.told is None
    assert (told.guests, told.needed, told.agents) == (255, 4, 2)
    assert [plan.desks for plan in told.plans] == [2, 3, 4, 5]
    assert f"{told.opens_at:%H:%M}" == "17:00"


def test_what_the_event_assumes_changes_the_plan(event):
    choose_pace(event, Pace(40, 30, 100, has_exception_desk=False), actor=LEAD, at=DOORS)

    told = outlook_at(event, -300, confirmed=300)

    assert (told.guests, told.seconds, told.needed) == (300, 40, 9)


def test_on_the_evening_it_is_counted_from_the_ledger_and_the_desks_in_contact(event, guests, make_device):
    """One desk, always busy at 25 s: 40 guests, 34 awaited, most of whom have come after a quarter of an hour."""
    device = make_device(event, "Porte 1")
    let_in(event, device, guests[:32])

    told = outlook_at(event, 13)

    assert (told.desks, told.is_measured) == (1, True)
    assert told.seconds == 25
    assert (told.guests, told.told.to_come + told.told.queue) == (34, 2)


def test_a_desk_that_is_silent_or_stands_elsewhere_is_not_open(event, make_device):
    for name, ago in (("Porte 1", 1), ("Porte 2", 1), ("Porte 3", 5)):
        make_device(event, name).last_seen_at = DOORS + timedelta(minutes=10 - ago)
    observer = make_device(event, "Écran")
    observer.last_seen_at, observer.role = DOORS + timedelta(minutes=10), "observer"

    assert outlook_at(event, 10).desks == 2


def test_a_day_that_is_over_or_an_event_nobody_comes_to_has_no_queue(event):
    at = DOORS + timedelta(days=3)
    assert board_of(event, DOORS.date(), at, confirmed=40).outlook is None
    assert outlook_at(event, 10, confirmed=0) is None
    assert outlook_at(event, 12 * 60) is None
    event.status = "cancelled"
    assert outlook_at(event, 10) is None


def test_it_says_the_same_within_a_minute_so_that_a_wall_asks_for_nothing_new(event, guests, make_device):
    let_in(event, make_device(event, "Porte 1"), guests[:5])
    entries = list_entries(event)
    first, second = (
        board_of(event, DOORS.date(), DOORS + timedelta(minutes=6, seconds=s), entries, confirmed=40).outlook
        for s in (1, 58)
    )
    assert first == second


def test_the_board_and_the_wall_tell_it_and_are_not_sent_twice(make_event, make_registration, organiser_client, frozen):
    frozen(now())
    event = make_event(starts_at=now(), doors_open_at=now() - timedelta(minutes=20), ends_at=now() + timedelta(hours=1))
    for _ in range(3):
        make_registration(event)
    for path in ("/door/live", "/door/wall/live"):
        page = organiser_client.get(f"/organise/{event.slug}{path}", headers={"Accept-Language": "en"})
        assert "in the queue, estimated" in page.text
        assert "people in the queue" in page.text
        again = organiser_client.get(f"/organise/{event.slug}{path}", headers={"If-None-Match": page.headers["ETag"],
                                                                            "Accept-Language": "en"})  # fmt: skip
        assert again.status_code == 304


def test_the_plan_is_asked_for_and_changed_on_its_page(event, organiser_client):
    address = f"/organise/{event.slug}/door/queue"
    typed = {"desk_seconds": "40", "arrival_minutes": "60", "show_up": "90"}

    assert organiser_client.get(address).status_code == 200
    assert organiser_client.post(address, data={**typed, "show_up": "0"}).status_code == 422
    assert organiser_client.post(address, data=typed).status_code == 303

    told = db.session.execute(db.text("SELECT desk_seconds, arrival_minutes, show_up FROM door_settings")).one()
    assert tuple(told) == (40, 60, 90)
