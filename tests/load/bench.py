"""`make bench`: figures beside their floor, measured in the same run on loopback.

    python -m tests.load.bench [--quick] [--only sqlite] [--part requests|long|door]

Each request rate stands next to the floor (tests/load/floor.py) on the same server, database and
durability; the ratio is the figure to keep.
"""

import argparse
import re
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from flask import Flask

from app import create_app
from app.schema import upgrade
from config import ROOT, Config
from tests.load import servers
from tests.load.badge_runs import measure_badges
from tests.load.client import Connection, Rate, run, run_beside
from tests.load.devices import measure_batches, measure_scans
from tests.load.door_latency import measure_door
from tests.load.files import measure_files, measure_long_list
from tests.load.mailing import measure_mailing
from tests.load.names import measure_names
from tests.load.postgres import databases
from tests.load.printing import measure_printing
from tests.load.report import Figure, save, table
from tests.load.seed import PASSWORD, Seed, fill
from tests.load.statements import measure_statements

CLIENTS = (1, 8, 32)
TOKEN = re.compile(rb'name="csrf_token"[^>]*value="([^"]+)"')


def csrf(body: bytes) -> str:
    """The token of the first form of a page."""
    found = TOKEN.search(body)
    if not found:
        raise RuntimeError("no form on the page")
    return found[1].decode()


def signed_in(port: int) -> Connection:
    """A connection of the bench's account."""
    connection = Connection(port)
    page = connection.get("/sign-in")
    words = {"email": "bench@example.org", "password": PASSWORD, "csrf_token": csrf(page.body)}
    answer = connection.form("/sign-in", words)
    if answer.status not in {302, 303}:
        raise RuntimeError(f"sign-in answered {answer.status}")
    return connection


class Bench:
    """One database under measure."""

    def __init__(self, name: str, url: str, floor_url: str, folder: Path, scale: float) -> None:
        self.name, self.url, self.floor_url = name, url, floor_url
        self.folder, self.scale = folder, scale
        self.figures: list[Figure] = []
        self.seed: Seed

    def measure(self, part: str | None = None) -> list[Figure]:
        """Every figure of this database, or those of one part: "requests", "long" work, or the "door" in a browser."""
        instance = self.folder / self.name
        instance.mkdir(parents=True)
        app = create_app(Config(instance=instance, database_url=self.url).completed())
        upgrade(app)
        if part == "door":
            return measure_door(app, instance, self.url, self.name, self.scale)
        number = int(5000 * self.scale)
        self.seed = fill(app, number, int(1800 * self.scale), (300, 100))
        if part != "long":
            self._measure_requests(app, instance)
        if part != "requests":
            self._measure_long_work(app, instance, number)
        if part is None:
            self.figures += measure_door(app, instance, self.url, self.name, self.scale)  # prints as it goes
        return self.figures

    def _measure_requests(self, app: Flask, instance: Path) -> None:
        with servers.floor(instance, self.floor_url) as floor, servers.parvis(instance, self.url) as (port, _pid):
            self.check_ins(port, floor)
            measure_scans(self, app, port, floor, CLIENTS)
            measure_batches(self, app, port, floor)
            self.registrations(port, floor)
            self.burst(port)
            self.pages(port, floor)
            self.search(port)

    def _measure_long_work(self, app: Flask, instance: Path, number: int) -> None:
        self._keep([measure_mailing(app, int(1500 * self.scale), self.name)])
        self._keep(measure_printing(app, int(1500 * self.scale), self.name))
        self._keep(measure_badges(app, self.scale, self.name))
        self._keep(measure_names(app, self.name, self.scale))
        if self.name == "sqlite":
            self._keep(measure_files(instance, self.url, number))
            self._keep(measure_statements(app, self.seed))
        self._keep(measure_long_list(instance, self.url, self.name, number * 10))

    def add(self, name: str, clients: int, rate: Rate, floor: float | None = None, **more: object) -> None:
        """Keep a rate, with the floor's when there is one."""
        ratio = rate.per_s / floor if floor else None
        figure = Figure(
            name, self.name, 1, clients, rate.n, rate.per_s, rate.p50_ms, rate.p95_ms, rate.p99_ms, rate.seconds,
            None, floor, ratio, errors=rate.errors, **more,  # type: ignore[arg-type] # named columns of Figure
        )  # fmt: skip
        self._keep([figure])

    def _keep(self, figures: Sequence[Figure]) -> None:
        """Told at once: a run of half an hour that ends early has not been in vain."""
        self.figures += figures
        print("\n".join(table(list(figures)).splitlines()[2:]), flush=True)

    def beside_writes(
        self, name: str, tasks: Sequence[Callable[[], bool]], floor: int, clients: int, about: str, *, of: int = 1
    ) -> None:
        """Keep the rate of `tasks`, each `of` rows, beside that of committed INSERTs of the bare route."""
        lines = [Connection(floor) for _ in range(clients)]
        bare = [self._bare_write(lines[i % clients]) for i in range(int(1200 * self.scale))]
        rate, least = run_beside(tasks, bare, clients)
        rate = replace(rate, n=rate.n * of, per_s=rate.per_s * of)
        self.add(name, clients, rate, least.per_s, about=about)

    @staticmethod
    def _bare_write(connection: Connection) -> Callable[[], bool]:
        return lambda: connection.form("/write", {"name": "bench"}).status == 200

    def check_ins(self, port: int, floor: int) -> None:
        """Admissions through the machine interface, each with another badge."""
        codes = iter(self.seed.codes)
        path = f"/api/v1/events/{self.seed.slug}/scans"
        for clients in CLIENTS:
            lines = [signed_in(port) for _ in range(clients)]
            page = lines[0].get(f"/desk/{self.seed.slug}/at/{self.seed.device}")
            tokens = [csrf(line.get(f"/desk/{self.seed.slug}/at/{self.seed.device}").body) for line in lines]
            assert page.status == 200, page.status
            share = int(1200 * self.scale)
            tasks = []
            for i in range(share):
                line, token, code = lines[i % clients], tokens[i % clients], next(codes)
                value = {
                    "device": self.seed.device,
                    "code": code,
                    "nonce": f"b{clients}-{i}",
                    "document": "identity_card",
                    "road": "scanner",
                }
                tasks.append(self._scan(line, path, value, token))
            self.beside_writes("checkin", tasks, floor, clients, "at a desk of an account")

    @staticmethod
    def _scan(line: Connection, path: str, value: object, token: str) -> Callable[[], bool]:
        def task() -> bool:
            answer = line.json(path, value, {"X-CSRFToken": token})
            return answer.status == 200 and b'"admitted"' in answer.body

        return task

    def registrations(self, port: int, floor: int) -> None:
        """The deciding request against the floor, then complete registrations, link to result."""
        tokens = iter(self.seed.tokens)
        share = int(300 * self.scale)
        for clients in CLIENTS:
            mine = [next(tokens) for _ in range(share)]
            tasks = [self._decide(*self._open(port, token)) for token in mine]
            self.beside_writes("register", tasks, floor, clients, "deciding request")
        for clients in CLIENTS:
            mine = [next(tokens) for _ in range(share)]
            tasks = [self._whole(port, token) for token in mine]
            self.add("register", clients, run(tasks, clients), about="complete, 4 requests")

    @staticmethod
    def _open(port: int, token: str) -> tuple[Connection, str, str]:
        """Follow a personal link to its form: connection, address, CSRF token."""
        connection = Connection(port)
        there = connection.get(f"/i/{token}").headers["location"]
        page = connection.get(there)
        connection.close()
        return connection, there, csrf(page.body)

    @staticmethod
    def _decide(connection: Connection, there: str, token: str) -> Callable[[], bool]:
        words = {"csrf_token": token, "answer": "attend"}
        return lambda: connection.form(there, words).status in {302, 303}

    def _whole(self, port: int, token: str) -> Callable[[], bool]:
        def task() -> bool:
            connection, there, stamp = self._open(port, token)
            answer = connection.form(there, {"csrf_token": stamp, "answer": "attend"})
            page = connection.get(answer.headers.get("location", there))
            connection.close()
            return answer.status in {302, 303} and page.status == 200

        return task

    def burst(self, port: int) -> None:
        """300 clients for 100 places, all at once: exactly 100 confirmed, 200 waiting."""
        ready = [self._open(port, token) for token in self.seed.burst_tokens]
        rate = run([self._decide(*r) for r in ready], len(ready))
        confirmed, waiting = self.count_states()
        self.add("burst", len(ready), rate, confirmed=confirmed, waiting=waiting)

    def count_states(self) -> tuple[int, int]:
        """Confirmed and waiting of the rush, from the database itself."""
        from app.database import db
        from app.events.queries import get_event
        from app.registration.queries import count_by_state

        app = create_app(Config(instance=self.folder / self.name, database_url=self.url).completed())
        with app.app_context():
            counts = count_by_state(get_event(self.seed.burst_slug))
            db.session.remove()
            db.engine.dispose()
        return counts.get("confirmed", 0), counts.get("waiting", 0)

    def pages(self, port: int, floor: int) -> None:
        """The public page against a bare page of the same size with one SELECT."""
        path = f"/e/{self.seed.slug}/"
        size = len(Connection(port).get(path).body)
        share = int(800 * self.scale)
        for clients in CLIENTS:
            lines = [Connection(floor) for _ in range(clients)]
            bare = [self._read(lines[i % clients], f"/read/{size}") for i in range(share)]
            lines = [Connection(port) for _ in range(clients)]
            rate, least = run_beside([self._read(lines[i % clients], path) for i in range(share)], bare, clients)
            self.add("page", clients, rate, least.per_s, about=f"{size} bytes")

    @staticmethod
    def _read(connection: Connection, path: str) -> Callable[[], bool]:
        return lambda: connection.get(path).status == 200

    def search(self, port: int) -> None:
        """Finding a name among everyone, at the desk, 8 clients."""
        lines = [signed_in(port) for _ in range(8)]
        words = ("imbs", "querne", "shcherb", "laurent", "de cidrac", "guignard 12")
        base = f"/desk/{self.seed.slug}/at/{self.seed.device}?words="
        share = int(400 * self.scale)
        tasks = [self._read(lines[i % 8], base + words[i % len(words)].replace(" ", "+")) for i in range(share)]
        self.add("search_5000", 8, run(tasks, 8))


def main() -> None:
    """Measure, print the table, keep it in instance/bench.json."""
    parser = argparse.ArgumentParser(description="Figures of Parvis beside their floor.")
    parser.add_argument("--quick", action="store_true", help="a tenth of the work, to try the bench")
    parser.add_argument("--only", choices=["sqlite", "postgresql"], help="one database")
    parser.add_argument("--part", choices=["requests", "long", "door"], help="measure one part alone")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="parvis-bench-"))
    figures: list[Figure] = []
    try:
        with databases(folder, options.only) as found:
            for name, url, floor_url in found:
                bench = Bench(name, url, floor_url, folder, 0.1 if options.quick else 1.0)
                figures += bench.measure(options.part)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print("\n" + table(figures))
    save(figures, ROOT / "instance" / "bench.json")


if __name__ == "__main__":
    main()
