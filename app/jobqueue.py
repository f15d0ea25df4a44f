"""Work to be done later, written in the caller's own transaction (dbos).

A rollback takes the job away with everything else. Here jobs are only written; `app/jobs.py` says
what they do and runs them.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.orm import Session

if TYPE_CHECKING:
    from dbos import DBOSClient

APPLICATION = "parvis"
# Raised only when waiting jobs could not be run by the new program.
APPLICATION_VERSION = "1"
SCHEMA = "dbos"
LETTERS = "letters"
# Long work asked for on a page, whose progress its row tells (merged letters, lists taken in).
WORK = "work"
RUN_WORK = "run_work"
# Takes the public id of the row that asked for it; each `yield` is a commit, after which the row may be read anew.
# It may be begun again from the start after a crash.
Work = Callable[[str], Iterator[None]]
# Takes the same id after a failure nobody foresaw, to say on the row that nothing more will come.
GiveUp = Callable[[str], None]
_works: dict[str, tuple[Work, GiveUp]] = {}
_repeated: dict[str, float] = {}
_clients: "WeakKeyDictionary[Engine, DBOSClient]" = WeakKeyDictionary()


def _client(engine: Engine) -> "DBOSClient":
    from dbos import DBOSClient  # 0.3 s of imports: not at start

    if engine not in _clients:
        _clients[engine] = DBOSClient(
            system_database_engine=engine, dbos_system_schema=SCHEMA, application_name=APPLICATION, lazy=True
        )
    return _clients[engine]


def enqueue(session: Session, workflow: str, key: str, *arguments: Any, queue: str = LETTERS) -> None:
    """Write a job into the caller's transaction. `key` is its idempotency key: one key, one run."""
    engine = session.get_bind()
    assert isinstance(engine, Engine)
    options: Any = {
        "workflow_name": workflow,
        "queue_name": queue,
        "workflow_id": key,
        "app_version": APPLICATION_VERSION,
        "application_name": APPLICATION,
    }
    _client(engine).enqueue_in_transaction(session.connection(), options, *arguments)


def register_work(name: str, work: Work, give_up: GiveUp) -> None:
    """Say who does the long work of that name. Done once, in `create_app`, by the rooms above."""
    _works[name] = (work, give_up)


def repeat_work(name: str, every: float) -> None:
    """Have each worker do a registered work again and again, `every` so many seconds; its subject is ""."""
    _repeated[name] = every


def list_repeated() -> dict[str, float]:
    """The works done again and again, with the seconds between two turns."""
    return dict(_repeated)


def work_named(name: str) -> tuple[Work, GiveUp]:
    """The long work of that name, and what ends it when it fails. Raises KeyError: a programming error."""
    return _works[name]


def start_work(session: Session, name: str, subject_id: str, turn: int = 1) -> None:
    """Have the worker do the work `name` for the row of that public id, once a `turn`, after the caller's commit."""
    enqueue(session, RUN_WORK, f"{name}-{subject_id}-{turn}", name, subject_id, queue=WORK)


def prepare(database_url: str) -> None:
    """Create or upgrade the tables dbos needs, beside our own and left alone by Alembic."""
    from dbos import DBOSClient

    client = DBOSClient(system_database_url=database_url, dbos_system_schema=SCHEMA, lazy=True)
    try:
        client._sys_db.run_migrations()  # noqa: SLF001 - the client offers no public way
    finally:
        client.destroy()
