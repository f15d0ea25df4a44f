"""Servers for the bench: started as in production, on loopback, ended by their own process id."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.load.client import Connection

ROOT = Path(__file__).parent.parent.parent


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(instance: Path, url: str, port: int = 8000) -> dict[str, str]:
    """The environment of a Parvis of the bench."""
    return {
        **os.environ,
        "PARVIS_INSTANCE": str(instance),
        "PARVIS_DATABASE_URL": url,
        "PARVIS_PORT": str(port),
        "PARVIS_DEMONSTRATION": "0",
        "PARVIS_LOG_LEVEL": "WARNING",
        "PARVIS_MAIL_PER_MINUTE": "1",
        "PYTHONPATH": str(ROOT),
    }


@contextmanager
def running(command: list[str], port: int, env: dict[str, str], log: Path) -> Iterator[int]:
    """Run a server until the block ends; gives its process id once it answers."""
    with log.open("ab") as output:
        process = subprocess.Popen(command, env=env, cwd=ROOT, stdin=subprocess.PIPE, stdout=output, stderr=output)
    try:
        _await_answer(process, port, log)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        if process.stdin:
            process.stdin.close()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await_answer(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    """Return once the server answers; its end, or three minutes of silence, is an error."""
    connection = Connection(port)
    for _ in range(1800):
        try:
            connection.get("/sign-in")
        except OSError:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.1)
                raise RuntimeError(f"the server ended: {log.read_text()[-2000:]}") from None
        else:
            connection.close()
            return
    raise RuntimeError("the server does not answer")


@contextmanager
def parvis(instance: Path, url: str, *, demonstration: bool = False) -> Iterator[tuple[int, int]]:
    """A Parvis as `make run` starts it, with its demonstration or without: (port, process id)."""
    port = free_port()
    env = {**environment(instance, url, port), "PARVIS_DEMONSTRATION": str(int(demonstration))}
    with running(command_line("serve"), port, env, instance / "serve.log") as pid:
        yield port, pid


@contextmanager
def floor(instance: Path, url: str) -> Iterator[int]:
    """The bare program on the same server and kind of database: its port."""
    port = free_port()
    command = [sys.executable, "-m", "tests.load.floor", str(port), url]
    with running(command, port, environment(instance, url), instance / "floor.log"):
        yield port


def timed(command: list[str], env: dict[str, str]) -> tuple[float, float, bytes]:
    """Run a command to its end: seconds, peak megabytes of it and its children, output."""
    watcher = (
        "import resource, subprocess, sys, time; t = time.perf_counter();"
        "r = subprocess.run(sys.argv[1:]); s = time.perf_counter() - t;"
        "m = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024;"
        "print(f'@{s} {m}', file=sys.stderr); sys.exit(r.returncode)"
    )
    done = subprocess.run(
        [sys.executable, "-c", watcher, *command], env=env, cwd=ROOT, capture_output=True, check=False
    )
    found = re.search(rb"@([\d.]+) ([\d.]+)", done.stderr)
    if done.returncode or not found:
        raise RuntimeError(done.stderr.decode()[-2000:])
    return float(found[1]), float(found[2]), done.stdout


def command_line(*words: str) -> list[str]:
    """A `parvis` command."""
    return [sys.executable, "-c", "from app.cli import main; main()", *words]
