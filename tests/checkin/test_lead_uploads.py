"""What a lead decided without a network, and devices that decide with an old list (scenario 5.5)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.checkin import queries
from app.checkin.door_models import Conflict
from app.checkin.gates import GateWanted, save_gate
from app.checkin.models import IdentityCheck, Scan
from app.checkin.rows import milliseconds_of
from app.checkin.service import examine
from app.clock import now
from app.database import db
from app.registration.service import cancel_registration
from tests.checkin.programs import Program, code_on
from tests.factories import ORGANISER

REASON = "Known to the prefect"


@pytest.fixture
def lead(app, event):
    return Program(app, event, name="Karim", role="lead")


@pytest.fixture
def agent(app, event):
    return Program(app, event, name="Léa")


def told(guest, nonce, minutes, **more):
    """A row decided alone so many minutes ago."""
    at = milliseconds_of(now() - timedelta(minutes=minutes))
    return {"nonce": nonce, "registration": guest.public_id, "decided": "admitted", "at": at, "offset": 0, **more}


def anyway(guest, nonce="any", minutes=1, **more):
    return told(guest, nonce, minutes, **{"gesture": "anyway", "reason": REASON, "overrides": "waiting", **more})


def undo(guest, nonce="undo", minutes=1, **more):
    return told(guest, nonce, minutes, gesture="undo", **{"decided": "undone", **more})


def conflicts():
    return list(db.session.scalars(select(Conflict.kind).order_by(Conflict.id)))


def ledger():
    return list(db.session.scalars(select(Scan.result).order_by(Scan.id)))


def test_let_in_all_the_same_without_a_network(lead, guest):
    guest.state = "offered"
    db.session.commit()
    answers = [lead.one(**anyway(guest, overrides="offered")) for _time in range(3)]

    assert {(one["result"], one["conflict"]) for one in answers} == {("admitted", None)}
    scan = db.session.scalars(select(Scan)).one()
    assert (scan.overrides, scan.reason, scan.is_offline) == ("offered", REASON, True)


def test_what_the_lead_could_not_know_is_a_conflict(lead, guest):
    """The list said that they wait; meanwhile they had given up."""
    cancel_registration(guest, actor=ORGANISER, at=now() - timedelta(minutes=5))
    db.session.commit()
    assert lead.one(**anyway(guest, overrides="waiting"))["conflict"] == "cancelled_before"
    assert conflicts() == ["cancelled_before"]


def test_let_in_all_the_same_of_who_is_in_elsewhere(lead, agent, guest):
    agent.one(nonce="n-1", code=code_on(guest))
    assert lead.one(**anyway(guest, minutes=0))["conflict"] == "twice_in"


def test_the_identity_waived_with_the_reason(lead, guest, event):
    event.id_check = True
    db.session.commit()
    lead.one(**anyway(guest, overrides="", identity="waived"))
    check = db.session.scalars(select(IdentityCheck)).one()
    assert (check.result, check.document, check.scan.reason) == ("waived", "", REASON)
    assert conflicts() == []


@pytest.mark.parametrize("decided", [{}, {"decided": None, "at": None, "offset": None}])
def test_only_a_lead_and_only_with_a_reason(lead, agent, guest, decided):
    """Without a network and with one."""
    row = {key: value for key, value in {**anyway(guest), **decided}.items() if value is not None}
    assert agent.one(**row)["error"] == "NotAllowed"
    assert lead.one(**{**row, "reason": " "})["error"] == "ReasonMissing"
    assert agent.one(**{**row, "gesture": "scan", "identity": "waived"})["error"] == "Unreadable"
    assert ledger() == []


def test_let_in_all_the_same_with_a_network(lead, guest):
    guest.state = "offered"
    db.session.commit()
    answer = lead.one(nonce="n-1", registration=guest.public_id, gesture="anyway", reason=REASON)
    assert answer["result"] == "admitted"
    assert db.session.scalars(select(Scan.overrides)).one() == "offered"


def test_an_undo_without_a_network(lead, agent, event, guest):
    agent.one(**told(guest, "in", 3))
    answers = [lead.one(**undo(guest, reason=REASON, undoes=agent.device)) for _time in range(2)]

    assert {(one["result"], one["conflict"]) for one in answers} == {("undone", None)}
    assert ledger() == ["admitted", "undone"]
    assert examine(event, guest, now()).result == "admitted"


def test_an_undo_that_crossed_another_admission_is_a_conflict(app, lead, agent, event, guest):
    """Léa lets in and takes back; between the two another gate let the guest in, which her phone did not know."""
    other = Program(app, event, name="Porte 1")
    agent.one(**told(guest, "in", 5))
    other.one(**told(guest, "in", 3))
    assert agent.one(**undo(guest, undoes=agent.device))["conflict"] == "undo_crossed"
    assert conflicts() == ["twice_in", "undo_crossed"]


def test_an_undo_before_another_admission_is_none(app, agent, event, guest):
    other = Program(app, event, name="Porte 1")
    agent.one(**told(guest, "in", 5))
    agent.one(**undo(guest, minutes=4, undoes=agent.device))
    assert other.one(**told(guest, "in", 3))["conflict"] is None
    assert queries.list_present_ids(event) == {guest.id}


def test_who_was_outside_already_is_not_counted_twice(lead, agent, event, guest):
    agent.one(**told(guest, "in", 5))
    agent.one(**undo(guest, minutes=4, undoes=agent.device))
    assert lead.one(**undo(guest, reason=REASON, undoes=agent.device))["result"] == "not_in"
    agent.one(**told(guest, "again", 0))
    assert queries.count_present(event, queries.list_days(event)[0]) == 1


def test_a_list_of_more_than_twelve_hours_is_told_once_a_device_and_day(agent, lead, event, make_registration):
    guests = [make_registration(event) for _ in range(3)]
    old = milliseconds_of(now() - timedelta(hours=12, minutes=2))
    answers = [agent.one(**told(guest, f"n-{n}", 1, listed_at=old)) for n, guest in enumerate(guests)]
    assert [one["conflict"] for one in answers] == ["stale_list", None, None]
    assert lead.one(**told(make_registration(event), "n-1", 1, listed_at=old))["conflict"] is None
    assert conflicts() == ["stale_list"]


def test_the_list_last_told_serves_rows_that_say_nothing(agent, event, make_registration):
    synced = milliseconds_of(now() - timedelta(hours=13))
    agent.post("/heartbeat", {"synced_at": synced})
    assert agent.one(**told(make_registration(event), "n-1", 1))["conflict"] == "stale_list"
    young = milliseconds_of(now() - timedelta(hours=11))
    agent.post("/heartbeat", {"synced_at": young})
    assert agent.one(**told(make_registration(event), "n-2", 1))["conflict"] is None


def test_a_device_that_moves_to_the_main_entrance_says_so(agent, event, guest):
    gate = save_gate(event, GateWanted("Salons", "salons"), actor=ORGANISER, at=now())
    db.session.commit()
    rows = [told(guest, "n-1", 2, gate=gate.public_id), told(guest, "n-2", 1, gate="main")]
    agent.scan(*rows)
    assert list(db.session.scalars(select(Scan.scope).order_by(Scan.id))) == ["z-salons", ""]


def test_guests_let_in_before_the_desk_knew_that_the_event_is_cancelled(agent, event, make_registration):
    """Each is kept; before, the second waited for ever."""
    guests = [make_registration(event) for _ in range(3)]
    event.status = "cancelled"
    db.session.commit()
    answers = agent.scan(*(told(guest, f"n-{n}", 1) for n, guest in enumerate(guests)))
    assert [(one["result"], one["conflict"]) for one in answers] == [("admitted", "refused_here")] * 3
