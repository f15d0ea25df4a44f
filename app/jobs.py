"""What the worker does: post letters, long work asked for on a page.

Jobs are written by `app.jobqueue` and run here by dbos.
"""

import logging
from datetime import timedelta

from flask import Flask

from app import jobqueue
from app.clock import now
from app.database import begin_writing, db, reading
from app.errors import Busy
from app.outbox import service as outbox
from app.outbox.composing import Letter, compose
from app.outbox.models import Message
from app.outbox.queries import get_message
from app.outbox.transport import FileTransport, Refused, Sender, SmtpTransport, Transport, Unreachable
from config import Config

log = logging.getLogger("parvis.worker")
TRIES = 8
# Patience between tries grows: 1, 2, 4 … minutes.
FIRST_PAUSE = timedelta(minutes=1)
# Nothing is left to do for a letter in these states.
DONE = frozenset({"sent", "cancelled"})
_app: Flask | None = None


def transport_for(app: Flask) -> Transport:
    """How letters of this program leave."""
    config: Config = app.extensions["parvis"]
    sender = Sender(config.mail_from)
    if config.sends_by_smtp:
        return SmtpTransport(sender, config.mail_timeout)
    return FileTransport(config.instance / "mail", sender)


def post_letter(app: Flask, public_id: str, transport: Transport | None = None) -> str:
    """Post one letter; one commit before and one after, so that a crash in between shows.

    Returns what became of it: sent, queued (try again later), failed, or already done. A letter
    found in "sending" after a crash is posted again under the same Message-ID: at least once, and a
    mailbox can tell the repetition.
    """
    config: Config = app.extensions["parvis"]
    with app.test_request_context(base_url=config.base_url):
        with reading():  # drawing a PDF takes a while: nobody's answer waits behind it
            message = get_message(public_id)
            letter = None if message.state in DONE else compose(message)
        begin_writing()
        message = get_message(public_id)
        if letter is None or message.state in DONE:
            return message.state
        outbox.start_sending(message, letter, now())
        db.session.commit()
        return _hand_over(public_id, transport or transport_for(app), letter)


def _hand_over(public_id: str, transport: Transport, letter: Letter) -> str:
    """Give the letter to the transport, which may take its time: no lock is held meanwhile."""
    with reading():
        outcome, detail = _try(get_message(public_id), transport, letter)
    begin_writing()
    message = get_message(public_id)
    if outcome == "sent":
        outbox.record_sent(message, now(), detail)
    else:
        outbox.record_failure(message, now(), outcome, detail)
        if outcome == "unreachable" and len(message.attempts) >= TRIES:
            outbox.give_up(message)
    db.session.commit()
    return message.state


def _try(message: Message, transport: Transport, letter: Letter) -> tuple[str, str]:
    """What became of one try (sent, refused, unreachable), and what the transport says of it."""
    try:
        return "sent", transport.post(message, letter)
    except Refused as error:
        return "refused", str(error)
    except Unreachable as error:
        return "unreachable", str(error)


def _workflow(public_id: str) -> str:
    """Post a letter, patiently: a durable sleep between tries survives a restart."""
    from dbos import DBOS

    state = "queued"
    for turn in range(TRIES):
        state = DBOS.run_step({"name": "post"}, _post_step, public_id)
        if state != "queued":
            break
        DBOS.sleep((FIRST_PAUSE * 2**turn).total_seconds())
    return state


def _post_step(public_id: str) -> str:
    assert _app is not None
    try:
        return post_letter(_app, public_id)
    except Busy:
        log.warning("letter %s waits: the database is busy", public_id)
        return "queued"
    except Exception:
        log.exception("letter %s could not be written", public_id)
        with _app.app_context():
            db.session.rollback()
            message = get_message(public_id)
            outbox.record_failure(message, now(), "refused", "the letter could not be written")
            db.session.commit()
        return "failed"


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


def start_worker(app: Flask, name: str = "") -> None:
    """Run the jobs in threads of this process until `stop_worker`.

    `name` is stable and never the same for two workers: after a crash, the one that bears it again
    takes up what it had begun.
    """
    global _app  # noqa: PLW0603 - dbos keeps its workflows per process, so this is per process too
    from dbos import DBOS

    config: Config = app.extensions["parvis"]
    _app = app
    DBOS(
        config={
            "name": jobqueue.APPLICATION,
            "system_database_url": config.database_url,
            "dbos_system_schema": jobqueue.SCHEMA,
            "application_version": jobqueue.APPLICATION_VERSION,
            "executor_id": name or config.worker_name,
            "log_level": "ERROR",
        }
    )
    DBOS.workflow(name=outbox.POST_LETTER)(_workflow)
    DBOS.workflow(name=jobqueue.RUN_WORK)(_work_workflow)
    DBOS.launch()
    DBOS.register_queue(
        jobqueue.LETTERS,
        worker_concurrency=20,
        limiter={"limit": config.mail_per_minute, "period": 60.0},
        polling_interval_sec=0.5,
    )
    # One at a time: each may need a gigabyte and a processor of its own.
    DBOS.register_queue(jobqueue.WORK, worker_concurrency=1, polling_interval_sec=0.5)


def stop_worker() -> None:
    """Finish what is being posted and stop."""
    from dbos import DBOS

    DBOS.destroy(workflow_completion_timeout_sec=5)
