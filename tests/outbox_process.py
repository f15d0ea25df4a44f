"""Run by tests in a process of its own: a worker.

python -m tests.outbox_process    runs the worker until its input closes
"""

import os
import subprocess
import sys
from pathlib import Path

from app import create_app
from app.jobs import start_worker, stop_worker
from app.outbox.composing import register
from config import Config
from tests.databases import KEY
from tests.outbox_letters import trial_letter

ROOT = Path(__file__).resolve().parent.parent
TOLD = ("database_url", "instance", "base_url", "mail_server", "mail_port", "mail_from", "mail_security",
        "mail_per_minute")  # fmt: skip


def start(config: Config) -> "subprocess.Popen[bytes]":
    """A worker on the database of `config`; it ends in order when its input is closed."""
    told = {f"PARVIS_{name.upper()}": str(getattr(config, name)) for name in TOLD}
    return subprocess.Popen(
        [sys.executable, "-m", "tests.outbox_process"], cwd=ROOT, stdin=subprocess.PIPE,
        env={**os.environ, **told, "PARVIS_SECRET_KEY": config.secret_key or KEY},
    )  # fmt: skip


def main() -> None:
    """Work until there is no more input."""
    register("trial", trial_letter)
    start_worker(create_app())
    sys.stdin.read()
    stop_worker()


if __name__ == "__main__":
    main()
