"""A decision on a conflict of the door is taken up again: rows are added, none is changed."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.checkin import queries, settling
from app.checkin.conflict_queries import count_conflicts
from app.checkin.door_models import Conflict, DoorDecision
from app.checkin.leading import Decided
from app.checkin.ledger import Passage, Upload
from app.checkin.models import Scan
from app.checkin.service import examine
from app.checkin.uploading import Told, raise_conflict, take
from app.clock import now
from app.database import db
from app.registration.service import cancel_registration
from tests.factories import ORGANISER


@pytest.fixture
def phone(event, make_device):
    return make_device(event, "Porte 2")


@pytest.fixture
def given_up(event, guest, phone):
    """Let in without a network a minute ago, though the place was given up before."""
    cancel_registration(guest, actor=ORGANISER, at=now() - timedelta(minutes=5))
    at = now() - timedelta(minutes=1)
    take(event, Told("admitted", registration=guest), Passage(phone, "n", "typed", "Léa", at, upload=Upload(at, 0, at)))
    return db.session.scalars(select(Conflict)).one()


def decided(reason="Seen on the spot", seconds=0):
    return Decided(ORGANISER, now() + timedelta(seconds=seconds), reason)


def ledger():
    return list(db.session.scalars(select(Scan.result).order_by(Scan.id)))


def test_every_decision_and_reopening_is_a_row(event, given_up):
    settling.settle(event, given_up, "stands", decided("Known to us"))
    settling.reopen(event, given_up, decided("Wrong person"))
    assert (given_up.decision, given_up.decided_at, count_conflicts(event)) == ("", None, 1)
    settling.settle(event, given_up, "taken_back", decided("Left"))

    rows = db.session.scalars(select(DoorDecision).order_by(DoorDecision.id))
    assert [(row.decision, row.reason) for row in rows] == [
        ("stands", "Known to us"),
        ("", "Wrong person"),
        ("taken_back", "Left"),
    ]
    actions = db.session.scalars(select(AuditEntry.action).where(AuditEntry.object_kind == "conflict"))
    assert sorted(actions) == ["door.conflict_reopened", "door.conflict_settled", "door.conflict_settled"]


def test_what_was_taken_back_stands_again(event, guest, given_up):
    settling.settle(event, given_up, "taken_back", decided())
    settling.reopen(event, given_up, decided("It was somebody else who left", 1))

    assert ledger() == ["admitted", "undone", "admitted"]
    assert queries.list_present_ids(event) == {guest.id}
    assert queries.count_present(event, given_up.scan.day) == 1
    settling.settle(event, given_up, "taken_back", decided("No: they did leave", 2))
    assert ledger() == ["admitted", "undone", "admitted", "undone"]
    assert queries.count_present(event, given_up.scan.day) == 0


def test_nothing_is_opened_that_is_open(event, given_up):
    with pytest.raises(settling.NotDecided):
        settling.reopen(event, given_up, decided())


def test_the_second_lead_is_told_what_the_first_decided(event, given_up):
    settling.settle(event, given_up, "stands", decided("Known to us"))
    with pytest.raises(settling.DecidedAlready) as told:
        settling.settle(event, given_up, "taken_back", decided())
    assert "Known to us" in told.value.sentence
    assert ORGANISER.name in told.value.sentence


@pytest.fixture
def crossed(event, guest, phone, make_device):
    """Two desks let the guest in; then one takes its admission back, not knowing of the other."""
    other = make_device(event, "Porte 1")
    for number, (device, result) in enumerate(((phone, "admitted"), (other, "admitted"), (phone, "undone"))):
        at = now() - timedelta(minutes=9 - number)
        passage = Passage(device, f"n-{number}", "typed", "Léa", at, upload=Upload(at, 0, at))
        if result == "admitted":
            take(event, Told(result, registration=guest), passage)
    scan = Scan(
        event_id=event.id, device_id=phone.id, nonce="undo", registration_id=guest.id, result="undone",
        day=queries.list_days(event)[0], at=now() - timedelta(minutes=1), is_offline=True,
    )  # fmt: skip
    db.session.add(scan)
    db.session.flush()
    return raise_conflict(event, "undo_crossed", scan, at=now())


def test_an_undo_that_crossed_is_settled_one_way_or_the_other(event, guest, crossed):
    settling.settle(event, crossed, "stands", decided())
    assert examine(event, guest, now()).result == "already_in"
    assert queries.list_present_ids(event) == {guest.id}

    settling.reopen(event, crossed, decided(seconds=1))
    settling.settle(event, crossed, "taken_back", decided(seconds=2))
    assert examine(event, guest, now()).result == "admitted"
    assert queries.list_present_ids(event) == set()
    assert queries.count_present(event, crossed.scan.day) == 0
