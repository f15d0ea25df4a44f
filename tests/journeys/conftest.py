"""The program as it runs in production, and real browsers in front of it."""

import email
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, expect, sync_playwright

from app import create_app, schema
from app.database import db, set_writing
from tests.databases import KEY, configuration
from tests.factories import PASSWORD, Factory

ROOT = Path(__file__).resolve().parents[2]
SERVE = "from app.cli import main; main()"
PATIENCE = 60.0
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
pause = threading.Event()


def wait_for(look: Callable[[], Any], what: str) -> Any:
    """What `look` finds once it finds something; fails after PATIENCE seconds."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        pause.wait(0.05)
    raise AssertionError(f"waited in vain for {what}")


@dataclass
class Live:
    """A running Parvis: its address, its files, its database."""

    address: str
    instance: Path
    # The same program in this process, to prepare and to check rows; bound to the same database.
    app: Flask

    def url(self, path: str) -> str:
        """Address of a page."""
        return f"{self.address}{path}"

    def read(self, what: Callable[[], Any]) -> Any:
        """What the database holds now, as plain values."""
        with self.app.app_context():
            set_writing(False)
            found = what()
            db.session.remove()
            db.engine.dispose()
        return found

    def letters_to(self, address: str, number: int = 1) -> list[EmailMessage]:
        """The letters posted to `address`, once there are `number` of them, oldest first."""

        def posted() -> list[EmailMessage]:
            paths = sorted((self.instance / "mail").glob("*.eml"), key=lambda p: p.stat().st_mtime_ns)
            read = [email.message_from_bytes(p.read_bytes(), policy=policy.default) for p in paths]
            found = [letter for letter in read if address in str(letter["To"])]  # type: ignore[misc] # EmailMessage by policy
            return found if len(found) >= number else []  # type: ignore[return-value] # as above

        return wait_for(posted, f"{number} letters to {address}")


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def answers(port: int) -> bool:
    with socket.socket() as knock:
        return knock.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def serving(instance: Path, program: str = SERVE) -> Iterator[Live]:
    """A server and its worker, as `parvis serve` starts them, with two accounts and no event; stopped at the end."""
    port = free_port()
    app = create_app(configuration(instance, port=port))
    schema.upgrade(app)
    with app.app_context():
        set_writing(True)
        for role in ("organiser", "reception"):
            Factory().user(role, email=f"{role}@example.org")
        db.session.remove()
    told = {"INSTANCE": instance, "PORT": port, "SECRET_KEY": KEY, "DEMONSTRATION": "no"}
    environment = {**os.environ, **{f"PARVIS_{name}": str(value) for name, value in told.items()}}
    log = (instance / "server.log").open("w")
    server = subprocess.Popen(
        [sys.executable, "-c", program, "serve"], cwd=ROOT, env=environment, stderr=log, stdout=log
    )
    try:
        wait_for(lambda: server.poll() is not None or answers(port), "the server")
        assert server.poll() is None, (instance / "server.log").read_text()
        yield Live(f"http://127.0.0.1:{port}", instance, app)
        server.send_signal(signal.SIGINT)
        assert server.wait(PATIENCE) == 0
    finally:
        server.kill()
        server.wait()
        log.close()
        with app.app_context():
            db.engine.dispose()
    assert "Traceback" not in (instance / "server.log").read_text()


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A running Parvis for the journeys of one file."""
    with serving(tmp_path_factory.mktemp("live")) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser: Debian's when it is there, else Playwright's own."""
    expect.set_options(timeout=PATIENCE * 1000)  # a busy machine is no fault of the page
    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"] if path else []
        )
        yield browser
        browser.close()


class Watch:
    """Everything a page does that it should not: errors, missing files, other hosts."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.faults: list[str] = []

    def follow(self, page: Page) -> None:
        """Note the faults of `page`."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        # A form sent back with 422 is a page, not a fault; missing files are seen in `_response`.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.address, "blob:")):
            self.faults.append(f"other host: {request.url}")

    def _response(self, response: Response) -> None:
        is_file = response.request.resource_type != "document"
        if response.status >= 500 or (is_file and response.status >= 400):
            self.faults.append(f"{response.status}: {response.url}")


@pytest.fixture
def open_page(live: Live, chromium: Browser) -> Iterator[Callable[..., Page]]:
    """`open_page("phone")`: a browser of its own at that size, in French; watched to the end."""
    watch, contexts = Watch(live.address), []

    def opened(size: str = "desktop", locale: str = "fr-FR") -> Page:
        width, height = SIZES[size]
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            locale=locale,
            timezone_id="Europe/Paris",
            base_url=live.address,
            accept_downloads=True,
            has_touch=size == "phone",
        )
        contexts.append(context)
        page = context.new_page()
        watch.follow(page)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert watch.faults == []


@pytest.fixture
def phone(open_page: Callable[..., Page]) -> Page:
    """A phone, 390 pixels wide."""
    return open_page("phone")


@pytest.fixture
def desktop(open_page: Callable[..., Page]) -> Page:
    """A computer, 1280 pixels wide."""
    return open_page("desktop")


def sign_in(page: Page, role: str) -> None:
    """Sign in through the page."""
    page.goto("/sign-in")
    page.locator("input[name=email]").fill(f"{role}@example.org")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form").get_by_role("button").click()


def link_in(letter: EmailMessage) -> str:
    """The personal link of a letter, from its plain text."""
    body = letter.get_body(("plain",))
    assert body is not None
    found = re.search(r"http://127\.0\.0\.1:\d+(/i/\w+)", body.get_content())
    assert found, body.get_content()
    return found.group(1)


def mailed_digits(live: Live, address: str) -> str | None:
    """The digits of the code mailed to `address`, once it came; only the first ever mailed there."""
    bodies = [letter.get_body(("plain",)).get_content() for letter in live.letters_to(address)]  # type: ignore[union-attr] # our letters have text
    found = [re.search(r"^.*: (\d{3} \d{3})\r?$", body, re.MULTILINE) for body in bodies]
    return next((one.group(1) for one in found if one), None)
