"""The promises of app/database.py and app/columns.py, on each database."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint, inspect, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from app import create_app, database, schema
from app.columns import Bilingual
from app.database import begin_writing, db, lock_row, lock_rows, reading, set_writing
from app.errors import Busy
from app.events.models import Category, Event, Venue
from app.extensions import MIGRATIONS
from tests.databases import configuration


def is_sqlite() -> bool:
    return bool(db.engine.dialect.name == "sqlite")


def elsewhere(app, work):
    """Run `work` as another request would: its own thread, context and session."""
    outcome = []

    def run():
        with app.app_context():
            try:
                outcome.append(work())
            except Exception as error:  # noqa: BLE001 - handed to the test
                outcome.append(error)
            finally:
                db.session.remove()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, outcome


def test_an_instant_comes_back_as_it_was_in_utc(app, make_event):
    tokyo = timezone(timedelta(hours=9))
    event = make_event(starts_at=datetime(2030, 7, 1, 9, 0, tzinfo=tokyo), deadline=None)
    db.session.expire_all()
    assert event.starts_at == datetime(2030, 7, 1, 0, 0, tzinfo=UTC)
    assert event.starts_at.tzinfo is UTC


def test_an_instant_without_a_zone_is_refused(app, make_event):
    event = make_event()
    event.ends_at = datetime(2030, 7, 1, 9, 0)
    with pytest.raises(StatementError, match="time zone"):
        db.session.flush()
    db.session.rollback()


def test_a_text_in_two_languages_comes_back(app, make_event):
    event = make_event(title=Bilingual("Œuvres d’été — « 2030 »", ""))
    db.session.expire_all()
    assert event.title == Bilingual("Œuvres d’été — « 2030 »", "")
    assert event.title.get("en") == "Œuvres d’été — « 2030 »"
    assert event.title.is_missing("en")
    assert event.title.language("en") == "fr"


def test_lists_keep_their_order(app, make_event):
    event = make_event(priorities=("zèbre", "âne", "中"))
    db.session.expire_all()
    assert event.priorities == ("zèbre", "âne", "中")


def test_keys_are_held(app, make_event):
    category = make_event().categories[0]
    category.event_id = 999_999
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_checks_are_held(app, make_event):
    event = make_event()
    event.status = "perhaps"
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_what_an_event_owns_goes_with_it(app, make_event):
    make_event()
    db.session.execute(text("DELETE FROM event"))
    db.session.commit()
    assert db.session.scalars(select(Category)).all() == []


def test_readers_do_not_wait_for_a_writer(app, make_event):
    event = make_event()
    event.slug = "changed"
    db.session.flush()

    def look():
        set_writing(False)
        return db.session.scalar(select(Event.slug))

    thread, seen = elsewhere(app, look)
    thread.join(60)
    assert seen == ["event-1"]
    db.session.rollback()


def test_a_second_writer_waits_and_then_sees_what_the_first_wrote(app, make_event):
    event = make_event(capacity=0)
    lock_rows(Event, [event.id])
    event_id = event.id

    def add_one():
        lock_rows(Event, [event_id])
        seen = db.session.scalar(select(Event.capacity).where(Event.id == event_id))
        db.session.get(Event, event_id).capacity = seen + 1
        db.session.commit()
        return seen

    thread, seen = elsewhere(app, add_one)
    event.capacity = 41
    db.session.commit()
    thread.join(60)
    assert seen == [41]
    db.session.expire_all()
    assert event.capacity == 42


def test_a_row_changed_before_its_lock_keeps_the_change(app, make_event):
    event = make_event(capacity=10)
    event.capacity = 7
    lock_row(event)
    assert event.capacity == 7
    db.session.commit()
    assert db.session.scalar(select(Event.capacity)) == 7


def test_waiting_is_bounded_and_says_so(app, make_event, monkeypatch):
    event_id = make_event().id
    monkeypatch.setattr(database, "LOCK_SECONDS", 0.1)
    lock_rows(Event, [event_id])

    def write_too():
        if not is_sqlite():
            db.session.execute(text("SET LOCAL lock_timeout = '100ms'"))
        lock_rows(Event, [event_id])
        db.session.execute(select(1))

    thread, outcome = elsewhere(app, write_too)
    thread.join(60)
    db.session.rollback()
    assert isinstance(outcome[0], Busy)


def test_a_refused_writer_leaves_the_lock_free_for_the_next(app, make_event, monkeypatch):
    test_waiting_is_bounded_and_says_so(app, make_event, monkeypatch)
    thread, outcome = elsewhere(app, lambda: db.session.execute(text("DELETE FROM sign_in_failure")) and "written")
    thread.join(60)
    assert outcome == ["written"]


def test_reading_inside_a_job_takes_no_lock(app, make_event):
    make_event()
    lock_rows(Event, [1])
    with app.app_context(), reading():
        assert db.session.scalars(select(Venue.city)).first() == "Paris"
    begin_writing()


def test_sqlite_survives_a_power_cut(app):
    if is_sqlite():
        found = [
            db.session.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
        assert found == ["wal", 2, 1]
    else:
        assert db.session.execute(text("SHOW timezone")).scalar() == "UTC"


def test_every_constraint_has_a_name(app):
    nameless = [
        (table.name, type(constraint).__name__)
        for table in db.metadata.sorted_tables
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint | ForeignKeyConstraint | UniqueConstraint) and not constraint.name
    ]
    assert nameless == []


@pytest.fixture(params=["sqlite", "postgresql"])
def bare(request, tmp_path):
    """The program on a database without a single table."""
    url = ""
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres").make_bare()
    program = create_app(configuration(tmp_path / "bare", url))
    yield program
    with program.app_context():
        db.session.remove()
        db.engine.dispose()


def test_one_connection_writes_twice_before_it_goes_back(app):
    with db.engine.connect() as connection:
        for _ in range(2):
            connection.execute(text("SELECT 1"))
            connection.commit()


def test_migrations_have_one_head():
    assert len(ScriptDirectory(str(MIGRATIONS)).get_heads()) == 1


def test_migrations_make_what_the_models_say(bare):
    assert not schema.is_current(bare)
    schema.upgrade(bare)
    schema.upgrade(bare)
    assert schema.is_current(bare)
    with bare.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": is_of_a_model})
        assert compare_metadata(context, db.metadata) == []


def is_of_a_model(_object, _name, kind, is_reflected, compare_to):
    """The job queue's tables are its own business."""
    return not (kind == "table" and is_reflected and compare_to is None)


def test_migrations_keep_every_check(bare):
    """Alembic does not compare CHECK constraints."""
    schema.upgrade(bare)
    with bare.app_context():
        inspector = inspect(db.engine)
        for table in db.metadata.sorted_tables:
            expected = {c.name for c in table.constraints if isinstance(c, CheckConstraint)}
            assert {check["name"] for check in inspector.get_check_constraints(table.name)} == expected
