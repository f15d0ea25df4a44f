"""A crowd at the answer page: real server processes on one database, guests who all press at once.

The servers are what `parvis serve` starts, each a process of its own with its worker; guests are HTTP
clients. `python -m tests.registration.crowd` starts one with the lock taken out: the negative
control.
"""

import re
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tests.databases import KEY
from tests.factories import PASSWORD
from tests.load import servers
from tests.load.client import Connection

_INPUT = re.compile(r"<input[^>]*>")
_ATTRIBUTE = re.compile(r'(name|value|type)="([^"]*)"')
# A guest told "please try again" does so; who is still told so after that many times is an answer lost.
PATIENCE = 40
BUSY = 409
# How long those who count wait for one another in the negative control, in seconds.
MOMENT = 0.3
UNLOCKED = [sys.executable, "-m", "tests.registration.crowd"]
Given = TypeVar("Given")


def environment(instance: Path, url: str, port: int) -> dict[str, str]:
    """What a server of the crowd is told: the database and the key of the test, a name for its worker."""
    told = servers.environment(instance, url, port)
    return {**told, "PARVIS_SECRET_KEY": KEY, "PARVIS_MAIL_SECURITY": "none", "PARVIS_WORKER_NAME": f"at-{port}"}


@dataclass(frozen=True)
class Server:
    """One process of the house."""

    port: int
    pid: int


@contextmanager
def house(instance: Path, url: str, number: int, command: Sequence[str] = ()) -> Iterator[list[Server]]:
    """Server processes on one database until the block ends."""
    instance.mkdir(parents=True, exist_ok=True)
    with ExitStack() as open_servers:
        found = []
        for turn in range(number):
            port = servers.free_port()
            words = list(command) or servers.command_line("serve")
            log = instance / f"serve-{turn}.log"
            running = servers.running(words, port, environment(instance, url, port), log)
            found.append(Server(port, open_servers.enter_context(running)))
        yield found


@dataclass
class Guest:
    """Someone whose page is open on one server."""

    connection: Connection
    page: str
    fields: dict[str, str]

    def accept(self) -> list[int]:
        """Press "I will come" until an answer is given: every status there was."""
        return self.press(self.page, answer="attend")

    def press(self, address: str, **more: str) -> list[int]:
        """Send the form as often as one is asked to: every status there was."""
        seen: list[int] = []
        try:
            while len(seen) < PATIENCE and (not seen or seen[-1] == BUSY):
                seen.append(self.connection.form(address, {**self.fields, **more}).status)
        finally:
            self.connection.close()
        return seen

    def again(self) -> "Guest":
        """The same browser on another connection: a second click."""
        twin = Connection(self.connection.port, dict(self.connection.cookies))
        return Guest(twin, self.page, dict(self.fields))


def hidden_fields(body: bytes, form: str = "") -> dict[str, str]:
    """What the first form of a page sends without being asked: its token, its key. `form`: of the one sent there."""
    html = body.decode()
    start = html.find(f'action="{form}"') if form else 0
    found = [dict(_ATTRIBUTE.findall(tag)) for tag in _INPUT.findall(html[start : html.find("</form>", start)])]
    return {one["name"]: one.get("value", "") for one in found if one.get("type") == "hidden"}


def arrive(port: int, token: str) -> Guest:
    """Follow a personal link to its form."""
    connection = Connection(port)
    page = connection.get(f"/i/{token}").headers["location"]
    fields = hidden_fields(connection.get(page).body)
    connection.close()  # thousands of idle ones would only wait
    return Guest(connection, page, fields)


def sign_in(port: int, email: str) -> Connection:
    """A connection of an account of the factory."""
    connection = Connection(port)
    fields = hidden_fields(connection.get("/sign-in").body)
    answer = connection.form("/sign-in", {**fields, "email": email, "password": PASSWORD})
    assert answer.status in {302, 303}, answer.status
    return connection


def all_at_once(tasks: Sequence[Callable[[], Given]]) -> list[Given | OSError]:
    """What each task gave, all let go at the same instant; a connection cut is given as it was raised."""
    start = threading.Barrier(len(tasks))
    given: list[Given | OSError | None] = [None] * len(tasks)

    def run(place: int, task: Callable[[], Given]) -> None:
        start.wait()
        try:
            given[place] = task()
        except OSError as error:
            given[place] = error

    threads = [threading.Thread(target=run, args=one) for one in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [one for one in given if one is not None]


def serve_unlocked() -> None:
    """A server whose seats are counted and given without a lock; those who count meet for a moment."""
    from app import database
    from app.cli import main
    from app.registration import seats

    barrier, count = threading.Barrier(4), seats.count_taken

    def count_and_meet(event_id: int) -> object:
        counted = count(event_id)
        try:
            barrier.wait(timeout=MOMENT)
        except threading.BrokenBarrierError:
            barrier.reset()
        return counted

    seats.count_taken = count_and_meet  # type: ignore[assignment] # the same, with a pause
    seats.lock_scarce = lambda *_: None  # type: ignore[assignment] # what the control takes out
    # On SQLite the write transaction is the lock: without its BEGIN each statement stands alone.
    database._begin_sqlite = lambda _: None
    sys.argv = ["parvis", "serve"]
    main()


if __name__ == "__main__":
    serve_unlocked()
