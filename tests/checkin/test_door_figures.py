"""Figures of the door, as the organiser sees them."""

from datetime import UTC, datetime, timedelta

import pytest

from app.checkin import service
from app.checkin.figures import figures_of, list_days_with
from app.checkin.gates import GateWanted, save_gate
from app.checkin.presence import days_present
from app.checkin.queries import count_present
from app.checkin.service import Passage
from tests.checkin.programs import LEAD

DOORS = datetime(2026, 7, 8, 15, 33, tzinfo=UTC)  # 17:33 in Paris


@pytest.fixture
def event(make_event):
    return make_event(starts_at=DOORS, ends_at=DOORS + timedelta(days=1), deadline=None)


@pytest.fixture
def come_in(event, make_registration, make_device):
    """`come_in(minutes=12, gate="Porte 2", category="elus")`: somebody enters then."""
    gates = {}

    def enter(minutes=0, gate="Porte 1", category="elus"):
        guest = make_registration(event, category=category)
        device = gates.setdefault(gate, make_device(event, gate))
        at = DOORS + timedelta(minutes=minutes)
        service.admit(event, guest, Passage(device, f"in-{guest.id}", "camera", "Agent", at))
        return guest, Passage(device, f"out-{guest.id}", "typed", "Agent", at + timedelta(seconds=30))

    return enter


def test_by_category_by_gate_and_over_time(event, come_in, make_registration):
    come_in(0)
    come_in(4, "Porte 2")
    come_in(28, "Porte 2", "associations")
    make_registration(event, category="associations")

    figures = figures_of(event, DOORS.date())

    assert (figures.present, figures.expected) == (3, 4)
    assert [(g.category.key, g.present, g.expected) for g in figures.groups] == [
        ("elus", 2, 2), ("associations", 1, 2),
    ]  # fmt: skip
    assert figures.gates == (("Porte 1", 1), ("Porte 2", 2))
    assert [(f"{s.at:%H:%M}", s.arrivals) for s in figures.slots] == [
        ("17:30", 2), ("17:40", 0), ("17:50", 0), ("18:00", 1), ("18:10", 0), ("18:20", 0),
    ]  # fmt: skip
    assert f"{figures.busiest.at:%H:%M}" == "17:30"


def test_who_was_taken_back_does_not_count(event, come_in):
    guest, passage = come_in()
    service.undo(event, guest, passage)

    figures = figures_of(event, DOORS.date())

    assert (figures.present, figures.gates, figures.slots) == (0, (), ())


def test_a_door_open_all_night_stays_readable(event, come_in):
    come_in(0)
    come_in(23 * 60 - 18 * 60)

    assert len(figures_of(event, DOORS.date()).slots) == 31


def test_days_are_those_with_scans_and_today(event, come_in):
    assert list_days_with(event, DOORS - timedelta(days=30)) == [DOORS.date() - timedelta(days=30)]
    come_in()
    assert [str(d) for d in list_days_with(event, DOORS + timedelta(days=1))] == ["2026-07-08", "2026-07-09"]
    assert [str(d) for d in list_days_with(event, DOORS + timedelta(days=90))] == ["2026-07-08"]


def test_figures_cost_the_same_for_one_and_for_many(event, come_in, statement_count):
    come_in()
    with statement_count() as one:
        figures_of(event, DOORS.date())
    for _ in range(5):
        come_in()
    with statement_count() as many:
        figures_of(event, DOORS.date())

    assert one.count == many.count


def test_the_page_and_its_live_part(organiser_client, event, come_in):
    empty = organiser_client.get(f"/organise/{event.slug}/door", headers={"Accept-Language": "en"})
    assert "No badge was scanned yet" in empty.text
    guest, _passage = come_in()

    page = organiser_client.get(f"/organise/{event.slug}/door?day=2026-07-08", headers={"Accept-Language": "en"})
    live = organiser_client.get(f"/organise/{event.slug}/door/live?day=2026-07-08")
    same = organiser_client.get(
        f"/organise/{event.slug}/door/live?day=2026-07-08", headers={"If-None-Match": live.headers["ETag"]}
    )

    assert guest.person.family_name.upper() in page.text
    assert "Admitted" in page.text
    assert "<html" not in live.text
    assert same.status_code == 304


@pytest.mark.parametrize("day", ["yesterday", "2026-99-99", ""])
def test_a_day_that_is_none_shows_the_last(organiser_client, event, day):
    assert organiser_client.get(f"/organise/{event.slug}/door?day={day}").status_code == 200


def test_a_workshop_and_a_zone_count_nobody_twice_and_move_nobodys_entrance(event, come_in, make_device):
    """Whoever goes on to a zone came in by the main entrance, then, there; taking the zone back takes nothing else."""
    guest, _passage = come_in(0)
    salon = make_device(event, "Salon")
    salon.gate_row = save_gate(event, GateWanted("Salon", "honneur"), actor=LEAD, at=DOORS)
    for number in (1, 2):
        at = DOORS + timedelta(minutes=10 * number)
        service.admit(event, guest, Passage(salon, f"salon-{number}", "camera", "Agent", at))
    service.undo(event, guest, Passage(salon, "salon-undo", "typed", "Agent", DOORS + timedelta(minutes=25)))
    only_there, taken_back = come_in(40)
    service.undo(event, only_there, taken_back)
    service.admit(event, only_there, Passage(salon, "salon-3", "camera", "Agent", DOORS + timedelta(minutes=41)))

    figures = figures_of(event, DOORS.date())

    assert (figures.present, figures.gates) == (1, (("Porte 1", 1),))
    assert [f"{s.at:%H:%M}" for s in figures.slots if s.arrivals] == ["17:30"]
    assert count_present(event, DOORS.date()) == count_present(event) == 1
    # A certificate says that some door saw them: both were there.
    assert set(days_present(event)) == {guest.id, only_there.id}
