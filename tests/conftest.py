"""What every test may ask for. See tests/factories.py for the rows, tests/browsing.py for pages."""

import re
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from hypothesis import settings
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import event as database_event
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app import create_app
from app.database import db, set_writing
from app.outbox.models import Message
from tests.browsing import Browser
from tests.compiled_once import addresses_compiled_once
from tests.databases import PostgresDatabase, configuration, make_sqlite_template, postgres_server
from tests.factories import Factory
from tests.furnished import Furnished
from tests.furnished_once import FurnishedOnce

# Time limits of single examples say nothing on a shared machine.
settings.register_profile("default", deadline=None, max_examples=60)
settings.register_profile("prove", deadline=None, max_examples=2000)
settings.load_profile("default")
LOOPBACK = re.compile(r"^(127\.|::1$|localhost$)")


@pytest.fixture(autouse=True, scope="session")
def _loopback_only() -> Iterator[None]:
    """No test reaches another machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not LOOPBACK.match(address[0]):
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)

    socket.socket.connect = guarded  # type: ignore[method-assign] # put back below
    yield
    socket.socket.connect = connect  # type: ignore[method-assign] # as it was


@pytest.fixture(autouse=True, scope="session")
def _addresses_compiled_once() -> Iterator[None]:
    """Each test has a program of its own; what they have in common is compiled for the first one."""
    with addresses_compiled_once():
        yield


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with every table."""
    return make_sqlite_template(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[PostgresDatabase]:
    """A real PostgreSQL with every table: PARVIS_TEST_DATABASE_URL's, or one started here."""
    with postgres_server(worker_id) as url:
        yield PostgresDatabase(url, tmp_path_factory.mktemp("postgres"))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of a database with every table; the test runs once on each kind.

    Empty, but for a test that asks for `furnished`: there the furniture stands before anything else.
    """
    is_furnished = "furnished" in request.fixturenames
    if request.param == "postgresql":
        postgres: PostgresDatabase = request.getfixturevalue("postgres")
        if is_furnished:
            postgres.load(_furniture(request, tmp_path, postgres.url, postgres.dump).rows)
        else:
            postgres.empty()
        return postgres.url
    path = tmp_path / "parvis.sqlite3"
    shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
    if is_furnished:
        path.write_bytes(_furniture(request, tmp_path, f"sqlite:///{path}", path.read_bytes).rows)
    return f"sqlite:///{path}"


@pytest.fixture(scope="module")
def furnished_once() -> dict[str, FurnishedOnce]:
    """What the tests of this file found furnished so far, by kind of database."""
    return {}


def _furniture(
    request: pytest.FixtureRequest, tmp_path: Path, database_url: str, keep: Callable[[], Any]
) -> FurnishedOnce:
    """The furniture on this kind of database; made on an emptied one by the first test that asks."""
    found: dict[str, FurnishedOnce] = request.getfixturevalue("furnished_once")
    if request.param not in found:
        if request.param == "postgresql":
            request.getfixturevalue("postgres").empty()
        folder = request.getfixturevalue("tmp_path_factory").mktemp("furnished")
        settings = request.getfixturevalue("app_settings")
        found[request.param] = FurnishedOnce(
            folder, lambda instance: create_app(configuration(instance, database_url, **settings)), keep
        )
    found[request.param].lay_files(tmp_path / "instance")
    return found[request.param]


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Each test has a program of its own; templates are compiled once for all of them."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app_settings() -> dict[str, Any]:
    """Settings of `app` that differ, by their name in config.py; a folder's conftest.py may replace it."""
    return {}


@pytest.fixture
def app(
    database_url: str, tmp_path: Path, app_settings: dict[str, Any], compiled_templates: FileSystemBytecodeCache
) -> Iterator[Flask]:
    """The program on an empty database, its application context pushed."""
    program = create_app(configuration(tmp_path / "instance", database_url, **app_settings))
    program.testing = True
    program.config["PROPAGATE_EXCEPTIONS"] = False
    program.test_client_class = Browser
    program.jinja_env.bytecode_cache = compiled_templates
    with program.app_context():
        set_writing(True)
        yield program
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def db_session(app: Flask) -> scoped_session[Any]:
    """The test's own session. Requests of `client` commit it first and do not share it."""
    return db.session


@pytest.fixture
def client(app: Flask) -> Browser:
    """A browser nobody is signed in with."""
    return _browser(app)


def _browser(app: Flask) -> Browser:
    browser = app.test_client()
    assert isinstance(browser, Browser)
    return browser


@pytest.fixture
def factory(app: Flask, furnished_once: dict[str, FurnishedOnce], request: pytest.FixtureRequest) -> Factory:
    """Makes rows; `make_event` and the others below are its methods."""
    is_furnished = "furnished" in request.fixturenames
    return furnished_once[db.engine.dialect.name].factory() if is_furnished else Factory()


@pytest.fixture
def furnished(app: Flask, furnished_once: dict[str, FurnishedOnce]) -> Furnished:
    """An event with something of everything, and an address for each page."""
    return furnished_once[db.engine.dialect.name].told()


@pytest.fixture
def organiser_client(app: Flask, factory: Factory) -> Browser:
    """A browser signed in as an organiser of every event."""
    return _browser(app).sign_in(factory.user("organiser"))


@pytest.fixture
def reception_client(app: Flask, factory: Factory) -> Browser:
    """A browser signed in as reception of every event."""
    return _browser(app).sign_in(factory.user("reception"))


@pytest.fixture
def admin_client(app: Flask, factory: Factory) -> Browser:
    """A browser signed in as an administrator."""
    return _browser(app).sign_in(factory.user("admin"))


@pytest.fixture
def make_user(factory: Factory) -> Callable[..., Any]:
    """`make_user("reception", event=None, **values)`."""
    return factory.user


@pytest.fixture
def make_event(factory: Factory) -> Callable[..., Any]:
    """`make_event(categories=("elus", …), deadline=date | None, **columns)`."""
    return factory.event


@pytest.fixture
def make_category(factory: Factory) -> Callable[..., Any]:
    """`make_category(event, "presse", quota=3)`."""
    return factory.category


@pytest.fixture
def make_person(factory: Factory) -> Callable[..., Any]:
    """`make_person("Zoé", "Martin", native=…, email=…, qualities=(…), organisation=…)`."""
    return factory.person


@pytest.fixture
def make_invitation(factory: Factory) -> Callable[..., Any]:
    """`make_invitation(event, person, category="elus", state="sent", email=…)`."""
    return factory.invitation


@pytest.fixture
def make_registration(factory: Factory) -> Callable[..., Any]:
    """`make_registration(event, person, category="elus")`: accepted through the service."""
    return factory.registration


@pytest.fixture
def make_device(factory: Factory) -> Callable[..., Any]:
    """`make_device(event, "Porte 1 · Guichet 3")`: a desk at the door."""
    return factory.device


@pytest.fixture
def letters(app: Flask) -> Callable[..., list[Message]]:
    """`letters()` or `letters(kind="confirmation")`: rows of the outbox, oldest first."""

    def listed(_app: Flask | None = None, **narrowing: str) -> list[Message]:
        wanted = select(Message).filter_by(**narrowing).order_by(Message.id)
        return list(db.session.scalars(wanted))

    return listed


@pytest.fixture
def frozen() -> Iterator[Callable[[datetime], time_machine.Traveller]]:
    """`frozen(instant)` stops the clock there; `frozen(instant).shift(60)` moves it."""
    travels = []

    def freeze(at: datetime) -> time_machine.Traveller:
        travel = time_machine.travel(at, tick=False)
        travels.append(travel)
        return travel.start()

    yield freeze
    for travel in reversed(travels):
        travel.stop()


class Statements(list[str]):
    """SQL statements seen, transaction control aside."""

    @property
    def count(self) -> int:
        """How many there were."""
        return len(self)


@pytest.fixture
def statement_count(app: Flask) -> Callable[[], AbstractContextManager[Statements]]:
    """`with statement_count() as seen: …` then `seen.count`."""

    @contextmanager
    def counting() -> Iterator[Statements]:
        seen = Statements()

        def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            seen.append(statement)

        database_event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            database_event.remove(db.engine, "before_cursor_execute", note)

    return counting
