"""An installation of the first release is brought to the present shape with its rows, and back."""

import json
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import JSON, Boolean, Date, DateTime, Integer, MetaData, Table, Time, insert, select, text

from app import create_app, schema
from app.database import db
from app.extensions import MIGRATIONS
from app.invitations.models import Invitation
from app.registration.models import Registration
from tests.databases import configuration

FIRST = "0001"
WHEN = datetime(2025, 11, 7, 17, 30, tzinfo=UTC)
# What a CHECK asks for, by "table.column"; any other column takes a value of its type.
ASKED: dict[str, Any] = {
    "person.civility": "Mme",
    "event.status": "open",
    "event.date_precision": "minute",
    "event.ends_at": None,
    "event.title": {"fr": "Assises", "en": "Conference"},
    "deadline.is_inclusive": True,
    "deadline.at": None,
    "category.shape": "disc",
    "letter_template.date_style": "long",
    "invitation.state": "accepted",
    "invitation.qualities": ["Maire de Sceaux"],
    "registration.state": "confirmed",
    "registration.waiting_rank": None,
    "guest_list_import.state": "applied",
    "guest_list_import.rows": [],
    "message.state": "sent",
    "membership.role": "admin",
    "minutes.state": "draft",
    "minutes.published_at": None,
    "badge.state": "active",
    "badge.matrix": b"matrix",
    "scan.result": "admitted",
    "identity_check.result": "matches",
    "session.kind": "round_table",
    "session.ends_at": None,
    "session_role.role": "speaker",
}


@pytest.fixture(params=["sqlite", "postgresql"])
def released(request, tmp_path) -> Iterator[tuple[Flask, MetaData]]:
    """The program on a database of the first release with one row in every table."""
    url = request.getfixturevalue("postgres").make_bare() if request.param == "postgresql" else ""
    program = create_app(configuration(tmp_path / "released", url))
    with program.app_context():
        upgrade(directory=str(MIGRATIONS), revision=FIRST)
        tables = MetaData()
        tables.reflect(db.engine, only=lambda name, _: name != "alembic_version")
        with db.engine.begin() as connection:
            for table in tables.sorted_tables:
                connection.execute(insert(table), _row(table))
        db.session.remove()
        yield program, tables
        db.session.remove()
        db.engine.dispose()


def _row(table: Table) -> dict[str, Any]:
    return {column.name: _value(table.name, column) for column in table.columns if column.name != "parent_id"}


def _value(table: str, column: Any) -> Any:
    if f"{table}.{column.name}" in ASKED:
        return ASKED[f"{table}.{column.name}"]
    if column.foreign_keys or column.name == "id":
        return None if column.name == "previous_id" else 1
    kinds = ((Boolean, False), (DateTime, WHEN), (Date, WHEN.date()), (Time, WHEN.time()), (JSON, {}), (Integer, 1))
    for kind, value in kinds:
        if isinstance(column.type, kind):
            return value
    return f"{column.name}"[: column.type.length or 10]


def _stored(tables: MetaData, names: Collection[str] = ()) -> dict[str, dict[str, Any]]:
    """The one row of each table, or of those named: reflecting brings the tables theirs point to as well."""
    wanted = [table for table in tables.sorted_tables if not names or table.name in names]
    with db.engine.connect() as connection:
        return {table.name: dict(connection.execute(select(table)).one()._mapping) for table in wanted}


def test_the_rows_of_the_first_release_survive_the_upgrade(released):
    program, tables = released
    before = _stored(tables)
    schema.upgrade(program)
    after = MetaData()
    after.reflect(db.engine, only=list(before))
    kept = _stored(after, before)
    changed = [
        f"{name}.{column}"
        for name, row in before.items()
        for column, value in row.items()
        if column in kept[name] and kept[name][column] != value
    ]
    assert changed == []


def test_the_present_program_reads_rows_of_the_first_release(released):
    program, _tables = released
    schema.upgrade(program)
    invitation = db.session.scalars(select(Invitation)).one()
    registration = db.session.scalars(select(Registration)).one()
    assert (invitation.state, invitation.qualities) == ("accepted", ("Maire de Sceaux",))
    assert registration.invitation.person.mandates[0].person_id == registration.person_id
    assert registration.event.title.fr == "Assises"


def test_going_back_keeps_the_rows(released):
    program, tables = released
    before = _stored(tables)
    schema.upgrade(program)
    with program.app_context():
        db.session.remove()
        downgrade(directory=str(MIGRATIONS), revision=FIRST)
    assert json.dumps(_stored(tables), default=str) == json.dumps(before, default=str)
    with db.engine.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == FIRST
