"""A lean HTTP/1.1 client and the clock of the bench: many connections, few cycles of its own."""

import json
import socket
import statistics
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

MOST_TURNS = 12


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Connection:
    """One kept-alive connection with a cookie jar of its own; loopback only."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    _socket: socket.socket | None = None

    def request(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Answer:
        """Send one request and read the whole answer; opens the connection again when it closed."""
        message = self._message(method, path, body, headers)
        try:
            return self._exchange(message)
        except (ConnectionError, OSError):
            self.close()
            return self._exchange(message)

    def start(self, method: str, path: str) -> None:
        """Send a request without waiting; `finish` reads its answer."""
        self._open().sendall(self._message(method, path, b"", None))

    def finish(self) -> Answer:
        """The answer to the request sent by `start`."""
        return self._read()

    def _message(self, method: str, path: str, body: bytes, headers: dict[str, str] | None) -> bytes:
        lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{k}={v}" for k, v in self.cookies.items()))
        lines += [f"{k}: {v}" for k, v in (headers or {}).items()]
        return ("\r\n".join(lines) + "\r\n\r\n").encode() + body

    def get(self, path: str) -> Answer:
        """GET."""
        return self.request("GET", path)

    def form(self, path: str, values: dict[str, str]) -> Answer:
        """POST a form."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.request("POST", path, urlencode(values).encode(), kind)

    def json(self, path: str, value: object, headers: dict[str, str]) -> Answer:
        """POST JSON."""
        return self.request("POST", path, json.dumps(value).encode(), {"Content-Type": "application/json", **headers})

    def close(self) -> None:
        """Give the connection up."""
        if self._socket:
            self._socket.close()
            self._socket = None

    def _open(self) -> socket.socket:
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self.port), timeout=60)
            try:
                self._check_other_end(self._socket)
            except OSError:
                self.close()  # a server killed just then has cut the line already
                raise
        return self._socket

    def _check_other_end(self, opened: socket.socket) -> None:
        if opened.getsockname() == opened.getpeername():
            # Nobody listens, and the kernel picked the port that was called as ours: we would talk to ourselves.
            raise ConnectionRefusedError("nobody listens")
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def _exchange(self, message: bytes) -> Answer:
        self._open().sendall(message)
        return self._read()

    def _read(self) -> Answer:
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._receive()
        head, _, body = data.partition(b"\r\n\r\n")
        first, *rest = head.decode("latin-1").split("\r\n")
        headers: dict[str, str] = {}
        for line in rest:
            name, _, value = line.partition(": ")
            if name.lower() == "set-cookie":
                cookie, _, _ = value.partition(";")
                key, _, content = cookie.partition("=")
                self.cookies[key] = content
            headers[name.lower()] = value
        length = int(headers.get("content-length", "0"))
        while len(body) < length:
            body += self._receive()
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Answer(int(first.split(" ")[1]), headers, body)

    def _receive(self) -> bytes:
        assert self._socket is not None
        chunk = self._socket.recv(65536)
        if not chunk:
            raise ConnectionError("closed by the server")
        return chunk


@dataclass(frozen=True)
class Rate:
    """What a run of requests gave. Times in milliseconds."""

    n: int
    seconds: float
    per_s: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    errors: int


def run(tasks: Sequence[Callable[[], bool]], clients: int) -> Rate:
    """Do every task once, shared among `clients` threads that start together.

    A task answers whether it went well. Each thread takes every clients-th task.
    """
    return _rate([_turn(tasks, clients)])


def run_beside(
    tasks: Sequence[Callable[[], bool]], bare: Sequence[Callable[[], bool]], clients: int
) -> tuple[Rate, Rate]:
    """`run` of both, a part of the one after a part of the other: a machine that slows down does so for both.

    A part holds three tasks for each client at least, or all of them: else some would have nothing to do.
    """
    turns = max(1, min(MOST_TURNS, len(tasks) // (3 * clients)))
    found, floor = [], []
    for turn in range(turns):
        floor.append(_turn(bare[len(bare) * turn // turns : len(bare) * (turn + 1) // turns], clients))
        found.append(_turn(tasks[len(tasks) * turn // turns : len(tasks) * (turn + 1) // turns], clients))
    return _rate(found), _rate(floor)


@dataclass(frozen=True)
class _Turn:
    """The time of each task in milliseconds, of all of them in seconds, and how many went wrong."""

    times: list[float]
    seconds: float
    errors: int


def _turn(tasks: Sequence[Callable[[], bool]], clients: int) -> _Turn:
    times: list[float] = []
    errors = [0]
    start = threading.Barrier(clients + 1)

    def work(mine: Sequence[Callable[[], bool]]) -> None:
        own, failed = [], 0
        start.wait()
        for task in mine:
            begun = time.perf_counter()
            failed += not task()
            own.append((time.perf_counter() - begun) * 1000)
        times.extend(own)
        errors[0] += failed

    threads = [threading.Thread(target=work, args=(tasks[i::clients],)) for i in range(clients)]
    for thread in threads:
        thread.start()
    start.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    return _Turn(times, time.perf_counter() - begun, errors[0])


def _rate(turns: Sequence[_Turn]) -> Rate:
    times = [time for turn in turns for time in turn.times]
    seconds = sum(turn.seconds for turn in turns)
    cuts = statistics.quantiles(times, n=100) if len(times) > 1 else times * 99
    errors = sum(turn.errors for turn in turns)
    return Rate(len(times), seconds, len(times) / seconds, cuts[49], cuts[94], cuts[98], errors)
