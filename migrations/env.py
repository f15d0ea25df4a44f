"""Alembic runs inside the application: its engine, its tables; the job queue's tables are not ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy.engine import Connection

import app.rooms  # noqa: F401 - makes every table known

database = current_app.extensions["migrate"].db


def is_ours(_object: Any, name: str | None, kind: str, is_reflected: bool, compare_to: Any) -> bool:
    """Whether Alembic may touch a table: one of a model of ours."""
    return not (kind == "table" and is_reflected and compare_to is None and name is not None)


def spell(kind: str, thing: Any, _context: Any) -> str | bool:
    """Write our column types by the plain type they store, so that old migrations never change."""
    module = type(thing).__module__
    if kind == "type" and module == "app.columns":
        return {"UtcDateTime": "sa.DateTime(timezone=True)"}.get(type(thing).__name__, "sa.JSON()")
    return False


@contextmanager
def keys_at_rest(connection: Connection) -> Iterator[None]:
    """Foreign keys of SQLite sleep while tables are rebuilt, and are all checked afterwards.

    SQLite changes a table by copying and dropping it; a drop deletes its rows, and with keys awake
    every row that refers to them with ON DELETE CASCADE.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    # Not through SQLAlchemy: inside a transaction the pragma does nothing.
    sqlite = connection.connection.driver_connection
    sqlite.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        broken = sqlite.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"rows that refer to nothing: {broken[:5]}")
    finally:
        sqlite.execute("PRAGMA foreign_keys=ON")


def run() -> None:
    """Bring the database of the application to the head."""
    with database.engine.connect() as connection, keys_at_rest(connection):
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            include_object=is_ours,
            render_item=spell,
            render_as_batch=True,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
