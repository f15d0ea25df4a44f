"""What a device said without a network of somebody who was in already."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.checkin import queries
from app.checkin.door_models import Conflict
from app.checkin.models import Scan
from app.checkin.rows import milliseconds_of
from app.clock import now
from app.database import db
from tests.checkin.programs import Program, code_on


@pytest.fixture
def agent(app, event):
    return Program(app, event, name="Léa")


def remark(guest, word, nonce="remark", **more):
    at = milliseconds_of(now() - timedelta(minutes=1))
    said = {"gesture": word, "decided": word, "at": at, "offset": 0, **more}
    return {"nonce": nonce, "registration": guest.public_id, **said}


def ledger():
    return list(db.session.scalars(select(Scan.result).order_by(Scan.id)))


def conflicts():
    return [(one.kind, one.other.result) for one in db.session.scalars(select(Conflict).order_by(Conflict.id))]


def test_who_had_gone_out_is_back_and_counted_once(agent, event, guest):
    agent.one(nonce="in", code=code_on(guest))
    answers = [agent.one(**remark(guest, "returned")) for _time in range(3)]

    assert {(one["result"], one["conflict"]) for one in answers} == {("returned", None)}
    assert ledger() == ["admitted", "returned"]
    assert queries.count_present(event) == 1
    assert conflicts() == []


def test_a_suspected_copy_waits_for_the_lead_once(agent, event, guest):
    agent.one(nonce="in", code=code_on(guest))
    answers = [agent.one(**remark(guest, "copy_suspected")) for _time in range(3)]

    assert {(one["result"], one["conflict"]) for one in answers} == {("copy_suspected", "copy_suspected")}
    assert ledger() == ["admitted", "copy_suspected"]
    assert queries.count_present(event) == 1
    assert conflicts() == [("copy_suspected", "admitted")]


def test_it_stands_though_nobody_is_in_any_more(agent, event, guest):
    agent.one(nonce="in", code=code_on(guest))
    agent.one(nonce="undo", registration=guest.public_id, gesture="undo")
    assert agent.one(**remark(guest, "returned"))["result"] == "returned"
    assert queries.count_present(event) == 0


def test_the_clock_of_the_device_is_looked_at_too(agent, guest):
    agent.one(nonce="in", code=code_on(guest))
    an_hour = 3_600_000
    late = remark(guest, "returned", at=milliseconds_of(now()) + an_hour, offset=an_hour)
    assert agent.one(**late)["conflict"] == "clock_off"


def test_a_nonce_is_of_one_guest(agent, event, guest, make_registration):
    agent.one(nonce="in", code=code_on(guest))
    agent.one(**remark(guest, "returned", nonce="same"))
    other = make_registration(event)
    assert agent.one(**remark(other, "returned", nonce="same"))["error"] == "StaleRequest"
    assert ledger() == ["admitted", "returned"]


@pytest.mark.parametrize("gesture", ["scan", "anyway"])
def test_a_remark_is_no_answer_of_a_door(app, event, guest, gesture):
    lead = Program(app, event, name="Karim", role="lead")
    row = remark(guest, "returned", gesture=gesture, reason="Known")
    assert lead.one(**row)["error"] == "NothingDecided"
    assert ledger() == []
