"""A prepared statement answers, refuses and is heard as the same statement run by SQLAlchemy."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import bindparam, insert, literal, select, text
from sqlalchemy import event as listening
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.checkin.models import Device, Scan
from app.database import db
from app.directory.models import Person
from app.events.models import Event
from app.prepared import Prepared
from tests.factories import evening

SCAN = {
    "nonce": "n-1", "result": "unknown", "road": "scanner", "day": date(2026, 11, 5), "agent": "", "gate": "Nord",
    "at": datetime(2026, 11, 5, 18, 5, 0, 250_000, tzinfo=UTC), "scope": "", "direction": "in", "reason": "",
    "overrides": "", "is_offline": False, "public_id": "abcdefghijklmnop",
}  # fmt: skip


@pytest.fixture
def event(make_event):
    made = make_event(starts_at=evening(0), deadline=None, capacity=None, id_check=True)
    db.session.commit()
    return made


@pytest.fixture
def device(event):
    made = Device(event_id=event.id, gate="Nord", opened_by="", public_id="device-of-a-test")
    db.session.add(made)
    db.session.commit()
    return made


def both(statement, values):
    """What it answers when SQLAlchemy runs it, and prepared."""
    connection = db.session.connection()
    usual = [list(row) for row in connection.execute(statement, values)]
    return usual, Prepared(statement).rows(connection, values)


@pytest.mark.parametrize("model", [Event, Device, Person])
def test_every_type_of_column_comes_back_as_it_does_otherwise(event, device, make_person, model):
    make_person("Pia", "IMBS", email="pia@example.org")
    db.session.commit()
    usual, prepared = both(
        select(*model.__table__.columns).where(model.__table__.c.id >= bindparam("least")), {"least": 0}
    )
    assert usual
    assert prepared == usual
    assert [[type(value) for value in row] for row in prepared] == [[type(value) for value in row] for row in usual]


def test_what_goes_in_is_what_comes_out(event, device):
    row = {**SCAN, "event_id": event.id, "device_id": device.id}
    columns = {name: bindparam(name) for name in row}
    added = Prepared(insert(Scan.__table__).values(columns).returning(Scan.id)).rows(db.session.connection(), row)
    kept = db.session.get(Scan, added[0][0])
    assert {name: getattr(kept, name) for name in row} == row


def test_a_statement_that_returns_nothing_gives_no_rows(event, device):
    row = {**SCAN, "event_id": event.id, "device_id": device.id}
    columns = {name: bindparam(name) for name in row}
    assert Prepared(insert(Scan.__table__).values(columns)).rows(db.session.connection(), row) == []
    assert db.session.query(Scan).count() == 1


def test_each_database_gets_its_own_words(event):
    words = {name: select(literal(name)) for name in ("sqlite", "postgresql")}
    assert Prepared(words).rows(db.session.connection(), {}) == [[db.engine.dialect.name]]


def test_it_belongs_to_the_transaction(event, device):
    row = {**SCAN, "event_id": event.id, "device_id": device.id}
    Prepared(insert(Scan.__table__).values({name: bindparam(name) for name in row})).rows(db.session.connection(), row)
    db.session.rollback()
    assert db.session.query(Scan).count() == 0


def test_a_refusal_of_the_database_is_sqlalchemys(event, device):
    row = {**SCAN, "event_id": event.id, "device_id": device.id}
    twice = Prepared(insert(Scan.__table__).values({name: bindparam(name) for name in row}))
    twice.rows(db.session.connection(), row)
    with pytest.raises(IntegrityError) as told:
        twice.rows(db.session.connection(), row)
    assert "Nord" not in str(told.value), "what a guest did does not go to the log"


def test_a_lost_connection_is_given_up(event):
    number, asked = event.id, Prepared(select(Event.id))
    connection = db.session.connection()
    _cut(connection)
    with pytest.raises(DBAPIError):
        asked.rows(connection, {})
    assert connection.invalidated
    db.session.rollback()
    assert asked.rows(db.session.connection(), {}) == [[number]]


def _cut(connection):
    """End the line below SQLAlchemy, as a server that is started anew does."""
    if connection.dialect.name == "sqlite":
        connection.connection.dbapi_connection.close()
        return
    number = connection.scalar(text("SELECT pg_backend_pid()"))
    with db.engine.connect() as other:
        other.execute(text("SELECT pg_terminate_backend(:number)"), {"number": number})


def test_those_who_listen_to_statements_hear_it(event):
    told = []

    def note(_connection, _cursor, statement, *_more):
        told.append(statement)

    listening.listen(db.engine, "before_cursor_execute", note)
    try:
        Prepared(select(Event.slug)).rows(db.session.connection(), {})
    finally:
        listening.remove(db.engine, "before_cursor_execute", note)
    assert any("event.slug" in one for one in told)


def test_a_statement_that_grows_with_its_values_is_refused(event):
    with pytest.raises(ValueError, match="grows"):
        Prepared(select(Event.id).where(Event.id.in_((1, 2)))).rows(db.session.connection(), {})
