"""What if this badge came to that gate at that hour? (nothing is written)"""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from app.badging.queries import find_active_badge
from app.checkin.gates import GateWanted, choose, save_gate
from app.checkin.models import Device, Scan
from app.checkin.service import Passage, admit
from app.checkin.simulating import Question, SeveralGuests, simulate
from app.database import db
from tests.databases import KEY
from tests.factories import ORGANISER

DOORS = datetime(2026, 7, 8, 15, 33, tzinfo=UTC)  # a Wednesday, 17:33 in Paris
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def event(make_event):
    return make_event(starts_at=DOORS, ends_at=DOORS + timedelta(days=1), deadline=None)


@pytest.fixture
def guest(event, make_registration):
    return make_registration(event)


@pytest.fixture
def gate(event):
    wanted = GateWanted("Porte 2", "salons", opens=datetime(2026, 7, 9, 18), closes=datetime(2026, 7, 9, 19))
    return save_gate(event, wanted, actor=ORGANISER, at=DOORS)


def ask(event, guest, local, gate=None, direction="in"):
    return simulate(event, Question(find_active_badge(guest.id).code, local, gate, direction), secret=KEY).result


def test_gate_two_on_thursday_at_five_past_six(event, guest, gate):
    assert ask(event, guest, datetime(2026, 7, 9, 18, 5), gate) == "admitted"
    assert ask(event, guest, datetime(2026, 7, 9, 17, 59), gate) == "too_early"
    assert ask(event, guest, datetime(2026, 7, 9, 19, 0), gate) == "too_late"


def test_the_ledger_and_the_rules_of_the_door_count(event, guest, make_device):
    admit(event, guest, Passage(make_device(event), "n", "camera", "Agent", DOORS))
    assert ask(event, guest, datetime(2026, 7, 8, 18, 5)) == "already_in"
    assert ask(event, guest, datetime(2026, 7, 9, 18, 5)) == "admitted"
    assert ask(event, guest, datetime(2026, 7, 8, 18, 5), direction="out") == "exited"
    choose(event, [], {guest.category.key: ["2026-07-08"]}, actor=ORGANISER, at=DOORS)
    assert ask(event, guest, datetime(2026, 7, 9, 18, 5)) == "not_this_day"


def test_by_name(event, make_person, make_registration):
    for given in ("Zoé", "Zélie"):
        make_registration(event, make_person(given, "Simulée"))
    at = datetime(2026, 7, 8, 18, 5)
    assert simulate(event, Question("Zoé Simulée", at), secret=KEY).registration.person.given_name == "Zoé"
    assert simulate(event, Question("nobody at all", at), secret=KEY).result == "unknown"
    with pytest.raises(SeveralGuests):
        simulate(event, Question("Simulée", at), secret=KEY)


def test_the_page_writes_nothing(organiser_client, event, guest, gate):
    code = find_active_badge(guest.id).code
    db.session.commit()
    page = f"/organise/{event.slug}/door/simulator"
    asked = {"badge": code, "gate": gate.public_id, "at": "2026-07-09T18:05", "way": "in"}

    empty = organiser_client.get(page, headers=ENGLISH)
    answered = organiser_client.get(page, query_string=asked, headers=ENGLISH)
    wrong = organiser_client.get(page, query_string={**asked, "at": "Thursday"}, headers=ENGLISH)

    assert (empty.status_code, answered.status_code, wrong.status_code) == (200, 200, 422)
    assert 'value="2026-07-08 17:33' in empty.text
    assert "Admitted" in answered.text
    assert guest.person.formal_name in answered.text
    assert code in wrong.text
    assert db.session.scalar(select(func.count()).select_from(Scan)) == 0
    assert db.session.scalar(select(func.count()).select_from(Device)) == 0
