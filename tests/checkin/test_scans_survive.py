"""Scans while the server is killed again and again: what was acknowledged is there, once.

A real server process is ended by SIGKILL and started again; devices send on, as devices do, with the
same nonce until they are answered, and send one in twenty a second time though it was answered.
"""

import json
import os
import signal
import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.checkin.models import Scan
from app.database import db
from tests.checkin.programs import code_for, code_on
from tests.databases import KEY
from tests.load import servers
from tests.load.client import Connection

DEVICES = 4
REPLAYED = 20  # one in so many
pause = threading.Event()


@dataclass
class Door:
    """A server that dies and comes back at the same port, and what it acknowledged."""

    port: int
    path: str
    acknowledged: list[tuple[int, str]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    # No server will answer any more: else a device would ask for ever.
    is_gone: threading.Event = field(default_factory=threading.Event)
    faults: list[str] = field(default_factory=list)

    def post(self, connection: Connection, path: str, body: object, token: str = "") -> dict[str, object]:
        """Send until it is answered: a device without an answer asks again."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        while not self.is_gone.is_set():
            try:
                answer = connection.json(path, body, headers)
            except (OSError, ValueError, IndexError):
                connection.close()
                pause.wait(0.1)
                continue
            if answer.status == 200:
                return json.loads(answer.body)  # type: ignore[no-any-return] # an object, as docs/door.md says
            if answer.status < 500:
                self.faults.append(f"{answer.status} {answer.body[:200]!r}")
                return {}
            pause.wait(0.1)
        raise RuntimeError("the server did not come back")

    def scan(self, device: int, token: str, codes: list[str], number: int) -> None:
        """One device: `number` scans one by one, some of them twice."""
        connection = Connection(self.port)
        for turn in range(number):
            row = {"nonce": f"n-{turn}", "code": codes[turn % len(codes)]}
            answer = self.post(connection, self.path, row, token)
            self.acknowledged.append((device, row["nonce"]))
            if turn % REPLAYED == 0:
                again = self.post(connection, self.path, row, token)
                if again.get("result") != answer.get("result"):
                    self.faults.append(f"{again} is not {answer}")
        connection.close()


def survive(app, database_url, tmp_path: Path, factory, *, scans: int, kills: int) -> None:
    event = factory.event(capacity=None, deadline=None)
    codes = [code_on(factory.registration(event)) for _ in range(5)] + ["ABCDEFGH"]
    enrolments = [code_for(event, f"Device {n}") for n in range(DEVICES)]
    door = Door(servers.free_port(), f"/api/v1/events/{event.slug}/scans")
    db.session.remove()
    db.engine.dispose()
    instance = tmp_path / "served"
    instance.mkdir()
    # The program's own secret: else the codes of the test are nobody's.
    env = {**servers.environment(instance, database_url, door.port), "PARVIS_SECRET_KEY": KEY,
           "PARVIS_MAIL_SECURITY": "none"}  # fmt: skip
    runner = threading.Thread(target=keep_killing, args=(door, env, instance, scans * DEVICES, kills))
    runner.start()
    connection = Connection(door.port)
    tokens = [str(door.post(connection, "/api/v1/enrol", {"code": code})["token"]) for code in enrolments]
    connection.close()
    threads = [threading.Thread(target=door.scan, args=(n, token, codes, scans)) for n, token in enumerate(tokens)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    door.over.set()
    runner.join()

    assert door.faults == []
    assert len(door.acknowledged) == scans * DEVICES
    each = db.session.execute(select(Scan.device_id, Scan.nonce, func.count()).group_by(Scan.device_id, Scan.nonce))
    kept = {(device, nonce): number for device, nonce, number in each}
    assert set(kept.values()) == {1}
    assert len(kept) == scans * DEVICES
    admitted = db.session.scalars(select(Scan.registration_id).where(Scan.result == "admitted")).all()
    assert len(admitted) == len(set(admitted)) == len(codes) - 1


def keep_killing(door: Door, env: dict[str, str], instance: Path, whole: int, kills: int) -> None:
    """Serve, and kill each time another part of the scans is acknowledged; then serve until the end."""
    try:
        for turn in range(kills + 1):
            with servers.running(servers.command_line("serve"), door.port, env, instance / "serve.log") as pid:
                if turn == kills:
                    door.over.wait()
                    return
                while len(door.acknowledged) < whole * (turn + 1) // (kills + 1):
                    pause.wait(0.02)
                os.kill(pid, signal.SIGKILL)
    finally:
        door.is_gone.set()


def test_two_hundred_scans_and_a_server_killed_twice(app, database_url, tmp_path, factory):
    survive(app, database_url, tmp_path, factory, scans=50, kills=2)


@pytest.mark.proof
def test_ten_thousand_scans_and_a_server_killed_ten_times(app, database_url, tmp_path, factory):
    survive(app, database_url, tmp_path, factory, scans=2500, kills=10)
