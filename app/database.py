"""The database: engine settings, the difference between reading and writing, locks.

Reading requests open a plain transaction; everything else is a *write* transaction, which on SQLite
begins with BEGIN IMMEDIATE behind one process-wide lock (fair waiting, bounded by LOCK_SECONDS) and
on PostgreSQL relies on row locks taken by `lock_rows`. Both give the same promise: what is counted
after the lock stays true until the commit.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine, MetaData, String, event, inspect, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from app.codes import new_public_id
from app.errors import Busy

LOCK_SECONDS = 3.0
NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
_writing: ContextVar[bool] = ContextVar("writing", default=True)
_process_lock = threading.Lock()


class Base(DeclarativeBase):
    """Parent of every table. Each model also states `__retention__`: how long a row is kept, and why."""

    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Base, session_options={"autoflush": True})


class Row:
    """The database's own key; it never leaves the database."""

    id: Mapped[int] = mapped_column(primary_key=True)


class Addressed(Row):
    """A row with an address of its own: an unguessable public id."""

    public_id: Mapped[str] = mapped_column(String(26), unique=True, default=new_public_id)


def is_writing() -> bool:
    """Whether transactions begun now may write."""
    return _writing.get()


def set_writing(value: bool) -> None:
    """Say once, at the start of a request, whether it may write (GET may not)."""
    _writing.set(value)


@contextmanager
def reading() -> Iterator[None]:
    """Transactions begun inside take no write lock (long reports in a job)."""
    mark = _writing.set(False)
    try:
        yield
    finally:
        _writing.reset(mark)


def begin_writing() -> None:
    """End the transaction that only read so far; the next statement begins one that may write."""
    db.session.rollback()
    _writing.set(True)


def lock_rows(model: type[Any], ids: Sequence[int]) -> None:
    """Lock rows of one table until the commit, in sorted order so that two writers never cross.

    Objects already loaded are read again, as they are once the lock is held. On SQLite the write
    transaction itself is the lock, so nothing is asked of the database. Foreign keys may still
    point at locked rows (NO KEY UPDATE). Raises `Busy` when the rows do not come free within
    LOCK_SECONDS.
    """
    if db.session.get_bind().dialect.name == "sqlite":
        return
    wanted = select(model).where(model.id.in_(ids)).order_by(model.id)
    locked = wanted.with_for_update(key_share=True, of=model)
    try:
        db.session.scalars(locked.execution_options(populate_existing=True)).unique().all()
    except OperationalError as error:
        raise Busy from error


def lock_row(row: Any) -> None:
    """Lock one row already loaded until the commit and read its loaded columns again.

    Unlike `lock_rows` it leaves what hangs on the row loaded: the short way of a hot transaction.
    Raises `Busy` as it does.
    """
    if db.session.get_bind().dialect.name == "sqlite":
        return
    state = inspect(row)
    if state.modified:
        db.session.flush()  # reading again would lose what was changed and not yet written
    columns = [c.key for c in state.mapper.column_attrs if c.key in state.dict]
    try:
        db.session.refresh(row, columns, with_for_update={"key_share": True})
    except OperationalError as error:
        raise Busy from error


def engine_options(url: str, threads: int) -> dict[str, Any]:
    """Options for `create_engine` that both databases need to keep the promises above."""
    if url.startswith("sqlite"):
        # isolation_level None: this module begins transactions, not the driver.
        arguments = {"isolation_level": None, "timeout": LOCK_SECONDS, "check_same_thread": False}
        return {"connect_args": arguments, "pool_size": threads + 4, "max_overflow": 8}
    options = f"-c lock_timeout={int(LOCK_SECONDS * 1000)} -c timezone=UTC"
    return {"connect_args": {"options": options}, "pool_size": threads + 4, "pool_pre_ping": True}


def watch(engine: Engine) -> None:
    """Attach the rules of this module to an engine."""
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "checkin", _release)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    if not _writing.get():
        connection.exec_driver_sql("BEGIN")
        return
    # A connection that begins again before it went back to the pool (one migration after another)
    # holds the lock still.
    if not connection.info.get("holds_process_lock"):
        if not _process_lock.acquire(timeout=LOCK_SECONDS):
            raise Busy
        connection.info["holds_process_lock"] = True
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except OperationalError as error:
        raise Busy from error


def _release(_connection: Any, record: Any) -> None:
    if record.info.pop("holds_process_lock", False):
        _process_lock.release()


class WroteWhileReading(RuntimeError):
    """A GET tried to change the database (architecture promise 4): a programming error."""


@event.listens_for(Session, "before_flush")
def _refuse_flush(session: Session, _context: Any, _instances: Any) -> None:
    if not _writing.get() and (session.new or session.dirty or session.deleted):
        raise WroteWhileReading


@event.listens_for(Session, "do_orm_execute")
def _refuse_bulk(state: Any) -> None:
    if not _writing.get() and (state.is_insert or state.is_update or state.is_delete):
        raise WroteWhileReading
