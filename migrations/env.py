"""Alembic runs inside the application: its engine, its tables; the job queue's tables are not ours."""

from typing import Any

from alembic import context
from flask import current_app

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


def run() -> None:
    """Bring the database of the application to the head."""
    with database.engine.connect() as connection:
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
