"""The process that talks with the mail server. Started by app/outbox/carriers.py with the path of this file.

It outlives a worker that is killed: the letters it has begun are finished, and what the server said of each is
written to a journal (and to the disk) before anything else. The worker that starts next waits until this process is
gone, reads the journal, and so knows which letters have left. It imports nothing of Parvis.

Standard input: a line of settings, then a line for each letter, {"id", "since", "recipient"}, whose mail is the file
`<id>.eml` of the folder; when the input ends, letters not begun are left alone. Standard output: the journal's lines,
{"id", "since", "outcome", "detail", "at"}.
"""

import json
import os
import queue
import smtplib
import ssl
import sys
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from flask_mail import Connection

# A server closes a connection that is silent, or that carried many letters: it is opened anew before that.
IDLE = 10.0
LETTERS = 100
_END = None


class PatientConnection(Connection):
    """Flask-Mail's connection with a time-out and a checked certificate."""

    timeout = 20

    def configure_host(self) -> smtplib.SMTP:
        """Open the connection to the server of the settings."""
        context = ssl.create_default_context()
        if self.mail.use_ssl:
            host: smtplib.SMTP = smtplib.SMTP_SSL(
                self.mail.server, self.mail.port, timeout=self.timeout, context=context
            )
        else:
            host = smtplib.SMTP(self.mail.server, self.mail.port, timeout=self.timeout)
        if self.mail.use_tls:
            host.starttls(context=context)
        if self.mail.username and self.mail.password:
            host.login(self.mail.username, self.mail.password)
        return host


class Line:
    """One connection to the mail server, opened when needed and kept for the next letters.

    `settings`: server, port, use_tls, use_ssl, username, password, timeout and sender, the address notifications of
    failure go to.
    """

    def __init__(self, settings: dict[str, Any]) -> None:
        self.settings = settings
        self.host: smtplib.SMTP | None = None
        self.carried = 0
        self.used_at = 0.0

    def post(self, letter: dict[str, str], mail: bytes) -> tuple[str, str]:
        """What became of a letter: sent, refused or unreachable, and the server's words."""
        try:
            return "sent", self._post(letter, mail)
        except smtplib.SMTPResponseException as error:
            said = error.smtp_error
            words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
            self._close(error.smtp_code == 421)
            return "refused" if error.smtp_code >= 500 else "unreachable", f"{error.smtp_code} {words}"
        except smtplib.SMTPNotSupportedError as error:
            self._close(is_broken=False)
            return "refused", str(error)
        except (OSError, smtplib.SMTPException) as error:
            self._close(is_broken=True)
            return "unreachable", str(error)

    def close(self) -> None:
        """Say goodbye."""
        if self.host is not None:
            with suppress(OSError, smtplib.SMTPException):
                self.host.quit()
            self.host = None

    def _post(self, letter: dict[str, str], mail: bytes) -> str:
        kept = self.host is not None
        try:
            host = self._open()
            self._address(host, letter)
        except (smtplib.SMTPServerDisconnected, ConnectionError):
            if not kept:
                raise
            self._close(is_broken=True)  # the server had hung up meanwhile: nothing was said yet
            host = self._open()
            self._address(host, letter)
        code, words = host.data(mail)
        if code != 250:
            raise smtplib.SMTPDataError(code, words)
        self.carried, self.used_at = self.carried + 1, time.monotonic()
        return f"{code} {words.decode('utf-8', 'replace')}"

    def _open(self) -> smtplib.SMTP:
        is_stale = self.carried >= LETTERS or time.monotonic() - self.used_at > IDLE
        if self.host is not None and is_stale:
            self.close()
        if self.host is None:
            connection = PatientConnection(SimpleNamespace(**self.settings))  # type: ignore[arg-type] # what Connection reads of a Mail
            connection.timeout = self.settings["timeout"]
            self.host = connection.configure_host()
            self.host.ehlo_or_helo_if_needed()
            self.carried, self.used_at = 0, time.monotonic()
        return self.host

    def _address(self, host: smtplib.SMTP, letter: dict[str, str]) -> None:
        """From whom, to whom; a notification of failure is asked for by the letter's own id (RFC 3461)."""
        recipient = letter["recipient"]
        options, asked = [], []
        if host.has_extn("dsn"):
            options, asked = ["RET=HDRS", f"ENVID={letter['id']}"], ["NOTIFY=FAILURE,DELAY"]
        if not recipient.isascii():
            if not host.has_extn("smtputf8"):
                raise smtplib.SMTPNotSupportedError("the mail server takes no address with such letters (SMTPUTF8)")
            options += ["SMTPUTF8", "BODY=8BITMIME"]
            host.command_encoding = "utf-8"
        code, words = host.mail(self.settings["sender"], options)
        if code == 250:
            code, words = host.rcpt(recipient, asked)
        if code not in {250, 251}:
            raise smtplib.SMTPResponseException(code, words)

    def _close(self, is_broken: bool) -> None:
        """After a refusal the connection is kept, its dialogue begun anew; a broken one is dropped."""
        if self.host is None:
            return
        with suppress(OSError, smtplib.SMTPException):
            if not is_broken:
                self.host.rset()
                return
        with suppress(OSError):
            self.host.close()
        self.host = None


class Postman:
    """Several lines at work on one list of letters."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self.settings = settings
        self.folder = Path(settings["folder"])
        self.journal = os.open(self.folder / "journal", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.writing = threading.Lock()
        self.letters: queue.SimpleQueue[dict[str, str] | None] = queue.SimpleQueue()
        self.is_closing = False

    def work(self) -> None:
        """Post what comes until there is no more."""
        line = Line(self.settings)
        while (letter := self.letters.get()) is not _END:
            if self.is_closing:
                continue
            path = self.folder / f"{letter['id']}.eml"
            outcome, detail = line.post(letter, path.read_bytes())
            self.note({"id": letter["id"], "since": letter["since"], "outcome": outcome, "detail": detail[:500]})
            path.unlink(missing_ok=True)
        line.close()

    def note(self, said: dict[str, str]) -> None:
        """Keep what the server said, on the disk, then tell the worker if it is still there."""
        told = json.dumps({**said, "at": datetime.now(UTC).isoformat()}) + "\n"
        with self.writing:
            os.write(self.journal, told.encode())
            os.fsync(self.journal)
            with suppress(OSError):
                os.write(sys.stdout.fileno(), told.encode())

    def serve(self) -> None:
        """Take letters from standard input until it ends."""
        lines = [threading.Thread(target=self.work) for _ in range(self.settings["connections"])]
        for line in lines:
            line.start()
        for told in sys.stdin:
            self.letters.put(json.loads(told))
        self.is_closing = True
        for _line in lines:
            self.letters.put(_END)
        for line in lines:
            line.join()


if __name__ == "__main__":
    Postman(json.loads(sys.stdin.readline())).serve()
