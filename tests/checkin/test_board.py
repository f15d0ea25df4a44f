"""What the lead looks at: minutes, delegations, guests looked out for, devices; the wall for observers."""

from datetime import UTC, datetime, timedelta

import pytest

from app.checkin import service
from app.checkin.board import board_of
from app.checkin.enrolling import Heard, Wanted, code_of, enrol, hear, invite_device, revoke
from app.checkin.gates import note
from app.checkin.ledger import Passage
from app.clock import now
from app.database import db
from app.invitations.delegation import Delegation, DelegationMember
from tests.checkin.programs import code_for
from tests.databases import KEY
from tests.factories import ORGANISER

DOORS = datetime(2026, 7, 8, 15, 33, tzinfo=UTC)
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def event(make_event):
    return make_event(starts_at=DOORS, ends_at=DOORS + timedelta(days=1), deadline=None)


@pytest.fixture
def come_in(event, make_device):
    def enter(guest, minutes=0):
        at = DOORS + timedelta(minutes=minutes)
        service.admit(event, guest, Passage(make_device(event), f"in-{guest.id}", "camera", "Agent", at))

    return enter


def board(event, minutes=30):
    at = DOORS + timedelta(minutes=minutes)
    return board_of(event, DOORS.date(), at)


def test_arrivals_of_each_minute_of_the_last_hour(event, come_in, make_registration):
    for minutes in (0, 12, 12, 29):
        come_in(make_registration(event), minutes)

    seen = board(event)

    assert len(seen.minutes) == 60
    assert [(f"{m.at:%H:%M}", m.arrivals) for m in seen.minutes if m.arrivals] == [
        ("17:33", 1), ("17:45", 2), ("18:02", 1),
    ]  # fmt: skip
    assert f"{seen.minutes[-1].at:%H:%M}" == "18:03"
    points = [point.split(",") for point in seen.curve(590, 100).split()]
    assert [float(y) for _x, y in points if float(y) < 100] == [50, 0, 50]
    assert (points[0][0], points[-1][0]) == ("0.0", "590.0")


def test_a_past_day_shows_the_hour_of_its_last_arrival(event, come_in, make_registration):
    come_in(make_registration(event), 5)
    assert board(event, minutes=3 * 24 * 60).minutes[-1].arrivals == 1


def test_an_empty_door_has_a_flat_curve(event):
    assert {point.split(",")[1] for point in board(event).curve().split()} == {"100.0"}


def test_whom_the_lead_looks_out_for_until_they_are_in(event, come_in, make_registration):
    here, awaited, plain = (make_registration(event) for _ in range(3))
    for guest in (here, awaited):
        note(guest, "Rang A", is_vip=True, actor=ORGANISER, at=DOORS)
    note(plain, "Rang B", is_vip=False, actor=ORGANISER, at=DOORS)
    come_in(here)

    assert [one.registration_id for one in board(event).missing] == [awaited.id]


def test_did_the_delegation_arrive(event, come_in, make_registration):
    for name, coming in (("Kharkiv", 2), ("Lviv", 1), ("Odessa", 0)):
        guests = [make_registration(event) for _ in range(2)]
        members = [DelegationMember(person_id=guest.person_id, position=n) for n, guest in enumerate(guests, 1)]
        category = event.categories[0].id
        db.session.add(
            Delegation(event_id=event.id, category_id=category, name=name, token_hash=name, members=members, quota=2)
        )
        db.session.flush()
        for guest in guests[:coming]:
            come_in(guest)

    assert [(p.name, p.present, p.expected, p.state) for p in board(event).parties] == [
        ("Kharkiv", 2, 2, "all"), ("Lviv", 1, 2, "some"), ("Odessa", 0, 2, "none"),
    ]  # fmt: skip


def test_devices_at_work_and_those_not_heard(event):
    devices = []
    for name in ("Léa", "Karim", "Perdu"):
        invited = invite_device(event, Wanted(name), secret=KEY, actor=ORGANISER, at=DOORS)
        devices.append(enrol(code_of(invited, KEY), secret=KEY, at=DOORS)[0])
    hear(devices[0], Heard(0, 2, "2026-11"), DOORS + timedelta(minutes=29))
    revoke(devices[2], event, actor=ORGANISER, at=DOORS)

    seen = board(event)

    assert {device.name for device in seen.devices} == {"Léa", "Karim"}
    assert seen.silent == {devices[1].public_id}


def test_the_board_costs_the_same_for_one_and_for_many(event, come_in, make_registration, statement_count):
    come_in(make_registration(event))
    with statement_count() as one:
        board(event)
    for _ in range(4):
        guest = make_registration(event)
        note(make_registration(event), "Rang A", is_vip=True, actor=ORGANISER, at=DOORS)
        come_in(guest)
    db.session.expire_all()
    db.session.refresh(event)
    with statement_count() as many:
        board(event)

    assert one.count == many.count


def test_the_page_shows_the_board(organiser_client, event, make_registration):
    guest = make_registration(event)
    note(guest, "Rang A", is_vip=True, actor=ORGANISER, at=DOORS)
    db.session.commit()
    page = organiser_client.get(f"/organise/{event.slug}/door", headers=ENGLISH).text
    assert "door-curve" in page
    assert guest.person.formal_name in page
    assert "style=" not in page


def test_the_wall_names_nobody_and_has_an_etag(organiser_client, make_event, make_registration, make_device):
    event = make_event(starts_at=now(), deadline=None)
    guest = make_registration(event)
    note(guest, "Rang A", is_vip=True, actor=ORGANISER, at=now())
    service.admit(event, guest, Passage(make_device(event), "n", "camera", "Agent", now()))
    db.session.commit()
    wall = f"/organise/{event.slug}/door/wall"

    page, live = organiser_client.get(wall, headers=ENGLISH), organiser_client.get(f"{wall}/live", headers=ENGLISH)

    assert guest.person.family_name.upper() not in page.text
    assert "<strong>1</strong>" in live.text
    assert live.headers["ETag"]


@pytest.mark.parametrize(("role", "status"), [("observer", 200), ("lead", 200), ("agent", 403)])
def test_who_may_see_the_wall_without_an_account(client, event, role, status):
    code = code_for(event, role=role)
    begins = client.post("/enrol", data={"code": code}).headers["Location"]
    wall = f"/organise/{event.slug}/door/wall"

    assert (begins == wall) == (role == "observer")
    assert client.get(wall).status_code == status
    assert client.get(f"{wall}/live").status_code == status
    assert client.get(f"/organise/{event.slug}/door").status_code == 302


def test_the_wall_of_another_event_stays_closed(client, event, make_event):
    other = make_event()
    client.post("/enrol", data={"code": code_for(event, role="observer")})
    assert client.get(f"/organise/{other.slug}/door/wall").status_code == 302
