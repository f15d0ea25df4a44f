"""A lead decides on what desks decided alone (scenarios 5.5 and 5.6)."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.checkin import queries, settling
from app.checkin.conflict_queries import count_conflicts
from app.checkin.door_models import CONFLICTS, DECISIONS, Conflict
from app.checkin.leading import Decided, ReasonMissing
from app.checkin.ledger import Passage, Upload, day_of
from app.checkin.models import Gate, Scan
from app.checkin.service import admit, examine
from app.checkin.uploading import Told, take
from app.clock import now
from app.database import db
from app.registration.service import cancel_registration
from tests.factories import ORGANISER

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def alone(event, make_device):
    """`alone(guest, "Porte 2", at)`: a device without a network lets somebody in."""

    def take_in(guest, gate="Porte 2", at=None, offset=0):
        at = at or now()
        passage = Passage(
            make_device(event, gate), f"alone-{gate}", "scanner", "Léa", at,
            upload=Upload(at + timedelta(milliseconds=offset), offset, now()),
        )  # fmt: skip
        take(event, Told("admitted", registration=guest), passage)
        return db.session.scalars(select(Conflict).order_by(Conflict.id.desc())).first()

    return take_in


@pytest.fixture
def twice(event, guest, alone, make_device):
    at = now() - timedelta(minutes=10)
    admit(event, guest, Passage(make_device(event, "Porte 1"), "first", "camera", "Karim", at))
    return alone(guest)


@pytest.fixture
def given_up(guest, alone):
    cancel_registration(guest, actor=ORGANISER, at=now() - timedelta(minutes=5))
    return alone(guest, at=now() - timedelta(minutes=1))


def decided(reason="Seen on the spot", at=None):
    return Decided(ORGANISER, at or now(), reason)


def rows():
    return db.session.scalar(select(func.count()).select_from(Scan))


def test_every_kind_offers_decisions_the_database_knows():
    assert set(settling.CHOICES) == set(CONFLICTS)
    offered = {one for choices in settling.CHOICES.values() for one in choices}
    assert offered == set(DECISIONS) - {""}


def test_who_when_why_are_kept_and_the_ledger_stays(event, twice):
    before = rows()
    settling.settle(event, twice, "one_person", decided("Went out to the car"))

    assert (twice.decision, twice.reason, twice.decided_by) == ("one_person", "Went out to the car", ORGANISER.name)
    assert twice.decided_at is not None
    assert rows() == before
    assert count_conflicts(event) == 0
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "door.conflict_settled")).one()
    assert entry.after["decision"] == "one_person"


def test_a_decision_needs_a_reason():
    with pytest.raises(ReasonMissing):
        decided("  ")


def test_the_first_decision_stands(event, twice):
    settling.settle(event, twice, "one_person", decided())
    with pytest.raises(settling.DecidedAlready):
        settling.settle(event, twice, "two_people", decided())


def test_only_what_the_kind_offers(event, twice):
    with pytest.raises(settling.NotAChoice):
        settling.settle(event, twice, "taken_back", decided())


def test_taken_back_adds_a_row_and_leaves_the_count(event, guest, given_up):
    before = rows()
    assert len(queries.list_present_ids(event)) == 1

    settling.settle(event, given_up, "taken_back", decided("Left again"))

    assert rows() == before + 1
    assert queries.list_present_ids(event) == set()
    assert queries.count_present(event, given_up.scan.day) == 0
    undone = db.session.scalars(select(Scan).where(Scan.result == "undone")).one()
    assert (undone.reason, undone.agent) == ("Left again", ORGANISER.name)


def test_taken_back_another_day_counts_for_the_day_of_the_passage(event, given_up):
    settling.settle(event, given_up, "taken_back", decided(at=now() + timedelta(days=3)))

    undone = db.session.scalars(select(Scan).where(Scan.result == "undone")).one()
    assert undone.day == day_of(event, undone.at) == given_up.scan.day
    assert queries.list_present_ids(event) == set()


def test_taken_back_where_the_passage_counted_though_the_device_moved(event, given_up):
    gate = Gate(event_id=event.id, name="Salons", zone="salons")
    db.session.add(gate)
    given_up.scan.device.gate_row = gate
    db.session.flush()

    settling.settle(event, given_up, "taken_back", decided())

    assert db.session.scalars(select(Scan.scope).where(Scan.result == "undone")).one() == ""


def test_nobody_is_taken_back_twice(event, given_up, make_device):
    settling.settle(event, given_up, "taken_back", decided())
    given_up.decision, given_up.decided_at = "", None
    db.session.flush()
    with pytest.raises(settling.NotInside):
        settling.settle(event, given_up, "taken_back", decided())


def test_one_person_may_go_on_as_before(event, guest, twice):
    settling.settle(event, twice, "one_person", decided())
    assert examine(event, guest, now()).result == "already_in"


def test_the_pages(organiser_client, event, guest, twice):
    pages = f"/organise/{event.slug}/door/conflicts"
    name, number = guest.person.formal_name, twice.public_id
    db.session.commit()

    waiting = organiser_client.get(pages, headers=ENGLISH).text
    one = organiser_client.get(f"{pages}/{number}", headers=ENGLISH).text
    refused = organiser_client.post(f"{pages}/{number}", data={"decision": "one_person", "reason": ""}, headers=ENGLISH)
    kept = organiser_client.post(f"{pages}/{number}", data={"decision": "one_person", "reason": "Car"}, headers=ENGLISH)
    late = organiser_client.post(f"{pages}/{number}", data={"decision": "two_people", "reason": "?"}, headers=ENGLISH)

    assert name in waiting
    assert "Let in twice" in waiting
    assert "Porte 1 · Porte 2" in waiting
    for words in ("Porte 1", "Porte 2", "Léa", "Karim", "the device’s, without a network", "the server’s"):
        assert words in one
    assert (refused.status_code, kept.status_code, late.status_code) == (422, 303, 422)
    assert "Please say why." in refused.text
    assert "checked" in refused.text
    assert "Somebody has decided on this already" in late.text
    after = organiser_client.get(pages, headers=ENGLISH).text
    assert "Nothing waits for a decision" in after
    assert "Car" in after


def test_a_clock_is_seen_without_a_reason(organiser_client, event, guest, alone):
    found = alone(guest, offset=1_800_000)
    db.session.commit()
    assert found.kind == "clock_off"
    answer = organiser_client.post(
        f"/organise/{event.slug}/door/conflicts/{found.public_id}", data={"decision": "seen", "reason": ""}
    )
    assert answer.status_code == 303


def test_today_and_the_tabs_say_how_many_wait(organiser_client, event, twice):
    db.session.commit()
    assert "1 conflict at the door waits" in organiser_client.get(f"/organise/{event.slug}/", headers=ENGLISH).text
    assert 'tab-count">1<' in organiser_client.get(f"/organise/{event.slug}/door", headers=ENGLISH).text


def test_a_conflict_of_another_event_is_not_found(organiser_client, make_event, twice):
    other = make_event()
    db.session.commit()
    assert organiser_client.get(f"/organise/{other.slug}/door/conflicts/{twice.public_id}").status_code == 404
