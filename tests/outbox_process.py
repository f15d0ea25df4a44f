"""Run by tests in a process of its own: a worker, or a letter posted just before dying.

python -m tests.outbox_process work            runs the worker until its input closes
python -m tests.outbox_process die PUBLIC_ID   hands the letter over and dies before it is noted
"""

import os
import sys

from app import create_app
from app.jobs import post_letter, start_worker, stop_worker, transport_for
from app.outbox.composing import Letter, register
from app.outbox.models import Message
from app.outbox.transport import Transport
from tests.outbox_letters import trial_letter


class Dying:
    """Posts, then loses power."""

    def __init__(self, real: Transport) -> None:
        self.real = real

    def post(self, message: Message, letter: Letter) -> str:
        """Hand the letter over and be gone."""
        self.real.post(message, letter)
        os._exit(9)


def main() -> None:
    """Do what the command line says."""
    register("trial", trial_letter)
    app = create_app()
    if sys.argv[1] == "die":
        post_letter(app, sys.argv[2], Dying(transport_for(app)))
        return
    start_worker(app)
    sys.stdin.read()
    stop_worker()


if __name__ == "__main__":
    main()
