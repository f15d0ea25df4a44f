"""What one scan asks of the database: counted, so that it does not creep up (decision 22)."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event as listening

from app.checkin.rows import milliseconds_of
from app.clock import now
from app.database import db
from tests.checkin.programs import Program, code_on
from tests.factories import evening

# Whose device it is; whose badge; what passed before; the row; the document that was seen, if with a statement apart.
OF_A_SCAN = {"sqlite": 5, "postgresql": 4}


@pytest.fixture
def event(make_event):
    return make_event(starts_at=evening(0), deadline=None, capacity=None, id_check=True)


@pytest.fixture
def phone(app, event):
    return Program(app, event)


@contextmanager
def counted():
    """The statements of the block, without those that only begin a transaction."""
    told = []

    def note(_connection, _cursor, statement, *_more):
        if not statement.startswith("BEGIN"):
            told.append(statement)

    listening.listen(db.engine, "before_cursor_execute", note)
    try:
        yield told
    finally:
        listening.remove(db.engine, "before_cursor_execute", note)


def scanned(guest, nonce):
    return {"nonce": nonce, "code": code_on(guest), "document": "passport", "identity": "matches"}


def test_a_scan_that_lets_somebody_in(phone, event, make_registration):
    rows = [scanned(make_registration(event), f"n-{n}") for n in range(2)]
    phone.one(**rows[0])
    with counted() as told:
        assert phone.one(**rows[1])["result"] == "admitted"
    assert len(told) == OF_A_SCAN[db.engine.dialect.name], told


def test_each_row_of_a_batch_costs_no_more_than_a_scan(phone, event, make_registration):
    """One statement less for the device, which is known; one more for the nonce, which may be a replay."""
    guests = [make_registration(event) for _ in range(6)]
    at = milliseconds_of(now())
    rows = [{**scanned(guest, f"n-{n}"), "decided": "admitted", "at": at} for n, guest in enumerate(guests)]
    with counted() as few:
        phone.scan(*rows[:2])
    with counted() as many:
        answers = phone.scan(*rows[2:])
    assert [answer["result"] for answer in answers] == ["admitted"] * 4
    assert len(many) - len(few) == 2 * OF_A_SCAN[db.engine.dialect.name], many


def test_what_a_device_let_in_itself_asks_for_no_document_any_more(phone, event, make_registration):
    row = {**scanned(make_registration(event), "n-1"), "decided": "admitted", "at": milliseconds_of(now())}
    assert [answer["asks_identity"] for answer in phone.scan(row)] == [False]
