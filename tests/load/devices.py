"""What enrolled devices send: one passage a request, or, after they were without a network, batches of them."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Flask

from app.checkin.rows import milliseconds_of
from app.clock import now
from tests.load.client import Connection, run
from tests.load.seed import fill_door

if TYPE_CHECKING:
    from tests.load.bench import Bench

SCANS, WARM = 1200, 200
A_BATCH = 50
BATCHES = 24


@dataclass(frozen=True)
class Phone:
    """A connection of a device, and what says who it is."""

    line: Connection
    headers: dict[str, str]
    path: str

    def send(self, body: object) -> bytes:
        """What the server answers to a passage or a batch; nothing when it refuses."""
        answer = self.line.json(self.path, body, self.headers)
        return answer.body if answer.status == 200 else b""


def enrolled(port: int, code: str, slug: str) -> Phone:
    """A device made with a code of the lead."""
    line = Connection(port)
    told = json.loads(line.json("/api/v1/enrol", {"code": code}, {}).body)
    return Phone(line, {"Authorization": f"Bearer {told['token']}"}, f"/api/v1/events/{slug}/scans")


def measure_scans(bench: "Bench", app: Flask, port: int, floor: int, clients: Sequence[int]) -> None:
    """Admissions by enrolled devices, one a request, each with another badge: what a phone at the door does.

    WARM of them come before, as at a door that has just opened: nobody measures its first minute.
    """
    share, warm = int(SCANS * bench.scale), int(WARM * bench.scale)
    door = fill_door(app, len(clients) * (share + warm), sum(clients), slug="phones")
    codes, enrolments = iter(door.codes), iter(door.enrolments)
    for number in clients:
        phones = [enrolled(port, next(enrolments), door.slug) for _ in range(number)]
        tasks = [_scan(phones[i % number], _row(next(codes), f"d{number}-{i}")) for i in range(warm + share)]
        run(tasks[:warm], number)
        bench.beside_writes("checkin", tasks[warm:], floor, number, "enrolled device")


def measure_batches(bench: "Bench", app: Flask, port: int, floor: int) -> None:
    """What devices decided without a network, fifty passages a request: passages a second, times of a batch."""
    batches = max(8, int(BATCHES * bench.scale))
    door = fill_door(app, 2 * batches * A_BATCH, 9, slug="offline")
    codes, enrolments = iter(door.codes), iter(door.enrolments)
    for number in (1, 8):
        phones = [enrolled(port, next(enrolments), door.slug) for _ in range(number)]
        tasks = [
            _batch(phones[i % number], [_decided(next(codes), f"o{number}-{i}-{n}") for n in range(A_BATCH)])
            for i in range(batches)
        ]
        about = f"batches of {A_BATCH}, ms of a batch"
        bench.beside_writes("checkin", tasks, floor, number, about, of=A_BATCH)


def _row(code: str, nonce: str) -> dict[str, object]:
    return {"document": "identity_card", "identity": "matches", "road": "scanner", "code": code, "nonce": nonce}


def _decided(code: str, nonce: str) -> dict[str, object]:
    return {**_row(code, nonce), "decided": "admitted", "at": milliseconds_of(now()), "offset": 0}


def _scan(phone: Phone, row: object) -> Callable[[], bool]:
    return lambda: b'"admitted"' in phone.send(row)


def _batch(phone: Phone, rows: list[dict[str, object]]) -> Callable[[], bool]:
    def task() -> bool:
        body = {"scans": rows, "device": {"sent_at": milliseconds_of(now()), "queue": len(rows)}}
        return phone.send(body).count(b'"admitted"') == len(rows)

    return task
