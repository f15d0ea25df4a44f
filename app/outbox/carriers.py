"""Who carries letters away: a process that talks SMTP and outlives its worker, or files in the demonstration."""

import fcntl
import json
import os
import queue
import re
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Protocol

from app.clock import now
from config import Config

_POSTMAN = Path(__file__).parent / "postman.py"
# Seconds after which a process that was asked to stop is ended: longer than one letter may take.
LEAVING = 30


@dataclass(frozen=True)
class Parcel:
    """A letter as it leaves: `since` is when this try began, which tells it from an earlier one."""

    public_id: str
    since: datetime
    recipient: str
    mail: bytes


@dataclass(frozen=True)
class Report:
    """What became of a parcel: outcome is sent, refused or unreachable; `detail` the other side's words."""

    public_id: str
    since: datetime
    outcome: str
    detail: str
    at: datetime


class Carrier(Protocol):
    """Takes parcels away and says later what became of them."""

    def open(self) -> list[Report] | None:
        """Begin; what was learnt of parcels of an earlier life. None: not yet, another is still at work."""

    def hand_over(self, parcels: Sequence[Parcel]) -> None:
        """Take parcels. Does not wait."""

    def collect(self) -> list[Report]:
        """Wait until every parcel handed over has its report, or none will come any more."""

    def forget(self) -> None:
        """Every report so far is in the database."""

    def close(self) -> list[Report]:
        """Finish what is begun and end; reports not collected yet."""


class FileCarrier:
    """Writes each letter as an .eml file, once per letter however often it is posted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.reports: list[Report] = []

    def open(self) -> list[Report]:
        """See Carrier."""
        return []

    def hand_over(self, parcels: Sequence[Parcel]) -> None:
        """See Carrier."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for parcel in parcels:
            path = self.folder / f"{parcel.public_id}.eml"
            path.write_bytes(parcel.mail)
            self.reports.append(Report(parcel.public_id, parcel.since, "sent", path.name, now()))

    def collect(self) -> list[Report]:
        """See Carrier."""
        reports, self.reports = self.reports, []
        return reports

    def forget(self) -> None:
        """Files need no journal."""

    def close(self) -> list[Report]:
        """See Carrier."""
        return self.collect()


class PostmanCarrier:
    """Hands letters to app/outbox/postman.py, one such process and one journal for each worker's name."""

    def __init__(self, folder: Path, config: Config) -> None:
        self.folder, self.config = folder, config
        self.process: subprocess.Popen[str] | None = None
        self.lock: int | None = None
        self.awaited: set[tuple[str, datetime]] = set()
        self.told: queue.SimpleQueue[Report | None] = queue.SimpleQueue()

    def open(self) -> list[Report] | None:
        """See Carrier. The lock is shared with the process: it is free once both are gone."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.lock = self.lock or os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return None
        for left in self.folder.glob("*.eml"):
            left.unlink()
        return self._read_journal()

    def hand_over(self, parcels: Sequence[Parcel]) -> None:
        """See Carrier."""
        process = self._start()
        lines = []
        for parcel in parcels:
            (self.folder / f"{parcel.public_id}.eml").write_bytes(parcel.mail)
            since = parcel.since.isoformat()
            lines.append(json.dumps({"id": parcel.public_id, "since": since, "recipient": parcel.recipient}) + "\n")
            self.awaited.add((parcel.public_id, parcel.since))
        with suppress(BrokenPipeError):  # it died: `collect` learns it
            _input(process).write("".join(lines))
            _input(process).flush()

    def collect(self) -> list[Report]:
        """See Carrier."""
        reports = []
        while self.awaited:
            report = self.told.get()
            if report is None:  # the process is gone; what it had noted is known all the same
                self._hang_up()
                reports += [one for one in self._read_journal() if (one.public_id, one.since) in self.awaited]
                self.awaited.clear()
                break
            self.awaited.discard((report.public_id, report.since))
            reports.append(report)
        return reports

    def forget(self) -> None:
        """See Carrier. Only between two batches: the process appends."""
        (self.folder / "journal").write_bytes(b"")

    def close(self) -> list[Report]:
        """See Carrier."""
        process = self.process
        if process is None:
            return []
        self._hang_up()
        try:
            process.wait(LEAVING)
        except subprocess.TimeoutExpired:
            process.kill()
        return self.collect()

    def _hang_up(self) -> None:
        """No more letters for this process: it ends once those it has begun are posted."""
        if self.process is not None:
            with suppress(OSError):
                _input(self.process).close()
        self.process = None

    def _read_journal(self) -> list[Report]:
        path = self.folder / "journal"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        reports = []
        for line in lines:
            with suppress(ValueError, KeyError):  # a line cut short by a power failure
                reports.append(_report(json.loads(line)))
        return reports

    def _start(self) -> "subprocess.Popen[str]":
        if self.process is not None:
            return self.process
        # A session of its own: Ctrl-C in the terminal stops the worker, which then closes it in order.
        self.process = subprocess.Popen(
            [sys.executable, "-I", str(_POSTMAN)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            start_new_session=True, pass_fds=[self.lock] if self.lock is not None else [],
        )  # fmt: skip
        _input(self.process).write(json.dumps(self._settings()) + "\n")
        threading.Thread(target=self._listen, args=(self.process,), daemon=True).start()
        return self.process

    def _settings(self) -> dict[str, Any]:
        config = self.config
        return {
            "server": config.mail_server, "port": config.mail_port, "timeout": config.mail_timeout,
            "use_tls": config.mail_security == "starttls", "use_ssl": config.mail_security == "tls",
            "username": config.mail_username or None, "password": config.mail_password or None,
            "sender": config.mail_bounces or config.mail_from, "connections": config.mail_connections,
            "folder": str(self.folder),
        }  # fmt: skip

    def _listen(self, process: "subprocess.Popen[str]") -> None:
        if process.stdout is not None:
            with process.stdout:
                for line in process.stdout:
                    self.told.put(_report(json.loads(line)))
        process.wait()
        self.told.put(None)


def _input(process: "subprocess.Popen[str]") -> IO[str]:
    if process.stdin is None:
        raise BrokenPipeError
    return process.stdin


def _report(told: dict[str, str]) -> Report:
    at, since = datetime.fromisoformat(told["at"]), datetime.fromisoformat(told["since"])
    return Report(told["id"], since, told["outcome"], told["detail"], at)


def carrier_for(config: Config, worker: str) -> Carrier:
    """How letters of this program leave."""
    if config.sends_by_smtp:
        name = re.sub(r"[^A-Za-z0-9-]+", "-", worker)
        return PostmanCarrier(config.instance / "posting" / name, config)
    return FileCarrier(config.instance / "mail")
