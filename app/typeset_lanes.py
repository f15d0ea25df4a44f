"""Many documents of one kind, by two warm typesetters side by side, each handed on as soon as it is made.

A process that has just started needs 0.1 s before its first page: too much for files of 125 badges. A lane keeps its
process and hands it one document after another; between them it forgets what it has set, so that 20,000 badges take
the memory of 125. A crash ends one lane and the stream with it, never the program. No Flask here.
"""

import json
import subprocess
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from threading import Timer

from app.typeset import (
    FONTS,
    MEMORY,
    TIMEOUT,
    Typesettable,
    TypesettingFailed,
    command,
    ending,
    environment,
    lay_out,
    raise_if_missing,
    stopped_after,
)

AT_ONCE = 2
# Documents laid out before their turn: enough to keep every lane busy.
AHEAD = 2


def compile_stream(
    jobs: Iterable[Typesettable], *, at_once: int = AT_ONCE, timeout: float = TIMEOUT, memory: int = MEMORY
) -> Iterator[bytes]:
    """The PDF of each job, in their order, as soon as it and those before it are made.

    Jobs are taken one by one, few ahead of those being made, so they may be prepared meanwhile. timeout: seconds for
    each document; memory: bytes of address space of each process, 0 for no limit. Raises as
    `app.typeset.compile_pdfs` does, after the documents made before.
    """
    lanes = [Lane(timeout, memory) for _ in range(at_once)]
    free: SimpleQueue[Lane] = SimpleQueue()
    for lane in lanes:
        free.put(lane)
    waiting: deque[Future[bytes]] = deque()
    with _ended(lanes), ThreadPoolExecutor(at_once) as pool:
        try:
            for position, job in enumerate(jobs):
                waiting.append(pool.submit(_compile, free, job, position))
                while len(waiting) > at_once * AHEAD or (waiting and waiting[0].done()):
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for one in waiting:
                one.cancel()
            for lane in lanes:
                lane.stop()


def _compile(free: "SimpleQueue[Lane]", job: Typesettable, position: int) -> bytes:
    lane = free.get()
    try:
        return lane.compile(job, position)
    finally:
        free.put(lane)


@contextmanager
def _ended(lanes: list["Lane"]) -> Iterator[None]:
    """Erase what the lanes wrote, once nothing runs in them any more."""
    try:
        yield
    finally:
        for lane in lanes:
            lane.close()


class Lane:
    """A typesetter that stays: its process, started with the first document, and its folder."""

    def __init__(self, timeout: float, memory: int) -> None:
        self.timeout, self.memory = timeout, memory
        self._folder = tempfile.TemporaryDirectory(prefix="parvis-typeset-")
        self._roots: dict[Path, Path] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._number = 0
        self._is_late = False

    def compile(self, job: Typesettable, position: int) -> bytes:
        """The PDF of a job; `position`: its place among all, for the error. Raises as `compile_stream`."""
        folder = Path(self._folder.name)
        told = lay_out(folder, self._roots, self._number, job)
        self._number += 1
        process = self._process = self._process or self._start(folder)
        trouble = self._ask(process, told)
        output = Path(told["output"])
        raise_if_missing(job, output, position, trouble)
        if trouble:
            raise TypesettingFailed(trouble, position)
        pdf = output.read_bytes()
        output.unlink()
        Path(told["inputs"]).rmdir()
        return pdf

    def stop(self) -> None:
        """End the process, whatever it does."""
        if self._process:
            self._process.kill()

    def close(self) -> None:
        """Leave nothing behind."""
        if self._process:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
                if pipe:
                    pipe.close()
        self._folder.cleanup()

    def _start(self, folder: Path) -> "subprocess.Popen[bytes]":
        plan = {"fonts": [str(FONTS)], "memory": self.memory}
        (folder / "batch.json").write_text(json.dumps(plan), encoding="utf-8")
        pipe = subprocess.PIPE
        alone = environment(folder, threads=1)  # the lanes are the threads: two in each only get in one another's way
        return subprocess.Popen(command(folder), env=alone, stdin=pipe, stdout=pipe, stderr=pipe, bufsize=0)

    def _ask(self, process: "subprocess.Popen[bytes]", told: dict[str, object]) -> str:
        """Have one document made; "" when it was, else a sentence about what happened to the process."""
        told_to, told_by = process.stdin, process.stdout
        if told_to is None or told_by is None:
            raise RuntimeError("a typesetter without pipes")
        watch = Timer(self.timeout, self._give_up, (process,))
        watch.start()
        try:
            told_to.write(json.dumps(told).encode() + b"\n")
            if told_by.readline() == b"1\n":
                return ""
        except BrokenPipeError:
            pass
        finally:
            watch.cancel()
        _out, errors = process.communicate()
        return stopped_after(self.timeout) if self._is_late else ending(process.returncode, errors)

    def _give_up(self, process: "subprocess.Popen[bytes]") -> None:
        self._is_late = True
        process.kill()
