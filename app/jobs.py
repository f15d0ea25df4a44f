"""What the worker does: post letters, long work asked for on a page.

Jobs are written by `app.jobqueue` and run here by dbos.
"""

import logging
import threading

from flask import Flask

from app import jobqueue
from app.database import begin_writing, db
from app.errors import Busy
from app.outbox import service as outbox
from app.outbox.carriers import carrier_for
from app.outbox.jobs import Round
from config import Config

log = logging.getLogger("parvis.worker")
# Longer than a letter that is being posted may take.
LEAVING = 60.0
_app: Flask | None = None
_round: Round | None = None
_thread: threading.Thread | None = None
_leaving = threading.Event()


def _workflow(_public_id: str) -> None:
    """Letters were written: the round finds them by their rows."""
    if _round is not None:
        _round.wake()


def run_work(app: Flask, name: str, subject_id: str) -> None:
    """Do a long work piece by piece, one commit each, so that its page sees it advance.

    Whatever goes wrong is told on its row and in the log, and is raised again.
    """
    config: Config = app.extensions["parvis"]
    work, give_up = jobqueue.work_named(name)
    with app.test_request_context(base_url=config.base_url):
        begin_writing()
        try:
            for _piece in work(subject_id):
                db.session.commit()
        except Exception:
            begin_writing()
            give_up(subject_id)
            raise
        finally:
            db.session.commit()


def _work_workflow(name: str, subject_id: str) -> None:
    from dbos import DBOS

    DBOS.run_step({"name": name}, _work_step, name, subject_id)


def _work_step(name: str, subject_id: str) -> None:
    assert _app is not None
    try:
        run_work(_app, name, subject_id)
    except Exception:
        log.exception("%s of %s was not finished", name, subject_id)


def _repeat(name: str, every: float) -> None:
    """Do one work at once and then every so many seconds, until the worker leaves."""
    assert _app is not None
    while True:
        try:
            run_work(_app, name, "")
        except Busy:  # people are answering: they come first, and nothing of this round is lost
            log.info("%s gives way until its next round", name)
        except Exception:
            log.exception("%s was not finished", name)
        if _leaving.wait(every):
            return


def start_worker(app: Flask, name: str = "") -> None:
    """Run the jobs in threads of this process until `stop_worker`.

    `name` is stable and never the same for two workers: after a crash, the one that bears it again
    takes up what it had begun.
    """
    global _app, _round, _thread  # noqa: PLW0603 - dbos keeps its workflows per process, so this is per process too
    from dbos import DBOS

    config: Config = app.extensions["parvis"]
    name = name or config.worker_name
    _app, _round = app, Round(app, name, carrier_for(config, name))
    DBOS(
        config={
            "name": jobqueue.APPLICATION,
            "system_database_url": config.database_url,
            "dbos_system_schema": jobqueue.SCHEMA,
            "application_version": jobqueue.APPLICATION_VERSION,
            "executor_id": name,
            "log_level": "ERROR",
        }
    )
    DBOS.workflow(name=outbox.POST_LETTER)(_workflow)
    DBOS.workflow(name=jobqueue.RUN_WORK)(_work_workflow)
    DBOS.launch()
    DBOS.register_queue(jobqueue.LETTERS, worker_concurrency=50, polling_interval_sec=0.5)
    # One at a time: each may need a gigabyte and a processor of its own.
    DBOS.register_queue(jobqueue.WORK, worker_concurrency=1, polling_interval_sec=0.5)
    _thread = threading.Thread(target=_round.run, name="letters", daemon=True)
    _thread.start()
    _leaving.clear()
    for work, every in jobqueue.list_repeated().items():
        threading.Thread(target=_repeat, args=(work, every), name=work, daemon=True).start()


def stop_worker() -> None:
    """Finish what is being posted and stop."""
    from dbos import DBOS

    _leaving.set()
    if _round is not None and _thread is not None:
        _round.stop()
        _thread.join(LEAVING)
    DBOS.destroy(workflow_completion_timeout_sec=5)
