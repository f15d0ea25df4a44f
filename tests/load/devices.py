"""What enrolled devices send: one passage a request, or, after they were without a network, batches of them."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask import Flask

from app.checkin.rows import milliseconds_of
from app.clock import now
from tests.load.client import Connection, run
from tests.load.seed import fill_door

if TYPE_CHECKING:
    from tests.load.bench import Bench

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


def measure_scans(bench: "Bench", port: int, floor: int, clients: Sequence[int]) -> None:
    """Admissions by enrolled devices, one a request, each with another badge: what a phone at the door does."""
    codes, enrolments = iter(reversed(bench.seed.codes)), iter(bench.seed.enrolments)
    for number in clients:
        bare = bench.write_floor(floor, number)
        phones = [enrolled(port, next(enrolments), bench.seed.slug) for _ in range(number)]
        tasks = [_scan(phones[i % number], _row(next(codes), f"d{number}-{i}")) for i in range(int(400 * bench.scale))]
        bench.add("checkin", number, run(tasks, number), bare, about="enrolled device")


def measure_batches(bench: "Bench", app: Flask, port: int, floor: int) -> None:
    """What devices decided without a network, fifty passages a request: passages a second, times of a batch."""
    batches = max(8, int(BATCHES * bench.scale))
    door = fill_door(app, 2 * batches * A_BATCH, 9, slug="offline")
    codes, enrolments = iter(door.codes), iter(door.enrolments)
    for number in (1, 8):
        bare = bench.write_floor(floor, number)
        phones = [enrolled(port, next(enrolments), door.slug) for _ in range(number)]
        tasks = [
            _batch(phones[i % number], [_decided(next(codes), f"o{number}-{i}-{n}") for n in range(A_BATCH)])
            for i in range(batches)
        ]
        rate = run(tasks, number)
        rate = replace(rate, n=rate.n * A_BATCH, per_s=rate.per_s * A_BATCH)
        bench.add("checkin", number, rate, bare, about=f"batches of {A_BATCH}, ms of a batch")


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
