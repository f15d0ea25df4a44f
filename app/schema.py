"""Bringing a database to the present shape: our tables by Alembic, the job queue's by dbos."""

import logging

from flask import Flask

from app import jobqueue
from app.database import db
from app.extensions import MIGRATIONS
from config import Config


def upgrade(app: Flask) -> None:
    """Create or upgrade every table. Harmless when nothing is to be done."""
    from flask_migrate import upgrade as alembic_upgrade  # 0.2 s of imports, only when needed

    logging.getLogger("alembic").setLevel(logging.WARNING)
    config: Config = app.extensions["parvis"]
    with app.app_context():
        alembic_upgrade(directory=str(MIGRATIONS))
        db.session.remove()
    jobqueue.prepare(config.database_url)


def is_current(app: Flask) -> bool:
    """Whether the database has the shape this program expects."""
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    with app.app_context(), db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head
