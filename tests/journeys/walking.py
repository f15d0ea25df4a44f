"""The walk: every page of the route table, in every state, as every role; found without a browser.

What is found here is read by three readers (every_page.py): the HTML checker, axe-core in a browser,
and the account of what was not seen.
"""

import hashlib
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from unittest.mock import patch

from flask import Flask, abort, render_template
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.test import TestResponse

from app import access, create_app, schema
from app.clock import now
from app.database import db, set_writing
from app.errors import Busy
from app.registration import holding
from tests.databases import configuration
from tests.factories import Factory
from tests.furnished import Furnished, furnish
from tests.journeys.conftest import free_port
from tests.journeys.forms import TRIES, Form, Forms
from tests.states import make_world
from tests.states_kinds import State, World

# "proven": an invitee who typed the code that was mailed, so that nothing is masked. "device": enrolled, no account.
ROLES = ("anyone", "invitee", "proven", "reception", "organiser", "admin", "device")
INVITEES = ("invitee", "proven")
# What a page of a bare event may answer: there is nothing to show, or to draw.
MISSING = {200, 404, 409}
RANK = {"": 0, "reception": 1, "organiser": 2, "admin": 3}
# Letters, and the minutes as one file to take away.
NOT_PAGES = ("mail/", "minutes/standalone.html")
# What differs from one answer to the next though the page is the same.
PASSING = re.compile(r'(name="(?:csrf_token|nonce)"[^>]*value="|csrf-token" content=")[^"]*')


class Accepted(Exception):
    """A form that was tried would have been written: it is no refusal."""


@dataclass(frozen=True)
class Page:
    """A page that differs from every other: how it is reached and what was answered."""

    state: State
    html: str
    # Whether this form came back refused on another page already, with more to say.
    is_repeated: bool = False


@dataclass
class Walk:
    """The program with everything in it, and every page of it."""

    app: Flask
    address: str
    language: str
    world: World
    furnished: Furnished
    pages: list[Page] = field(default_factory=list)
    # Letters as they were sent: what stands in a frame of a page, by its address.
    letters: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    clients: dict[str, FlaskClient] = field(default_factory=dict)

    def of(self, role: str) -> list[Page]:
        """The pages `role` is the first to see; of a refused form only the one that says most."""
        return [page for page in self.pages if page.state.role == role and not page.is_repeated]

    def cookies(self, role: str) -> dict[str, str]:
        """The session of a role and the token of its device, for a browser."""
        kept = {name: self.clients[role].get_cookie(name) for name in ("parvis", "parvis_desk")}
        return {name: one.value for name, one in kept.items() if one}

    def unseen_templates(self) -> list[str]:
        """Templates of pages that no page of the walk was made from."""
        cache = self.app.jinja_env.cache
        assert cache is not None
        seen = {key[1] for key in list(cache.keys())}  # type: ignore[index] # (loader, name), of Jinja
        folder = Path(self.app.root_path).parent / "templates"
        known = {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}
        return sorted(name for name in known - seen if not name.startswith(NOT_PAGES))


def is_letter(answer: TestResponse) -> bool:
    """Whether a letter was answered as it was sent, for a frame in which nothing runs."""
    return answer.mimetype == "text/html" and "sandbox" in answer.headers.get("Content-Security-Policy", "")


def is_document(answer: TestResponse) -> bool:
    """Whether a page was answered: not a file, not a fragment of a page, not a letter."""
    return answer.mimetype == "text/html" and "<html" in answer.text and not is_letter(answer)


def open_to(app: Flask, rule: Rule, role: str) -> bool:
    """Whether `role` may open a route."""
    stated = access.rule_of(app, rule.endpoint)
    assert stated, rule.endpoint
    if role == "device":
        return False  # its own pages are states of the world: what is public was seen before
    if stated.kind in {"public", "invitee"}:
        return stated.kind == "public" or role in INVITEES
    return role in RANK and RANK[role] >= RANK[stated.role or "reception"]


class Walker:
    """Opens every address and tries every form, keeping each page that is not yet known."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self._routes = walk.app.url_map.bind("127.0.0.1")
        self._seen: set[str] = set()
        self._tried: set[tuple[str, tuple[str, ...]]] = set()

    def go(self) -> None:
        """Fill the walk."""
        for role in ROLES:
            self._enter(role)
            for rule in self.walk.app.url_map.iter_rules():
                if "GET" in (rule.methods or ()) and open_to(self.walk.app, rule, role):
                    for state in self._states(rule, role):
                        self._open(state)
            for state in self.walk.world.states:
                # What is refused to whoever has only the link is done for who proved the mailbox.
                is_shared = role == "proven" and state.role == "invitee" and state.status != 409
                if state.role == role or is_shared:
                    self._open(replace(state, role=role))

    def _enter(self, role: str) -> None:
        client = self.walk.clients[role] = self.walk.app.test_client()
        for link in self.walk.world.links if role in INVITEES else ():
            client.get(link)
        if role == "device":
            client.set_cookie("parvis_desk", self.walk.world.device_token)
        if role in RANK:
            with client.session_transaction() as session:
                session["_user_id"], session["_fresh"] = self.walk.world.accounts[role], True
        with client.session_transaction() as session:
            session["language"] = self.walk.language
            if role == "proven":
                session["proven"] = dict.fromkeys(session["invitations"], int(now().timestamp()))

    def _states(self, rule: Rule, role: str) -> Iterator[State]:
        """A route as the furnished event has it, and as a bare and an archived event have it."""
        app = self.walk.app
        try:
            yield State(role, self.walk.furnished.address(app, rule))
        except KeyError as unknown:
            self.walk.faults.append(str(unknown))
        if rule.arguments == {"slug"} and role == "organiser":
            for slug in self.walk.world.slugs:
                with app.test_request_context():
                    yield State(role, app.url_for(rule.endpoint, slug=slug), status=None)

    def _send(self, state: State) -> TestResponse:
        client = self.walk.clients[state.role]
        if state.body is None:
            return client.get(state.path, follow_redirects=True, buffered=True)
        return client.post(state.path, data={**state.body, "csrf_token": self._token(state)}, buffered=True)

    def _token(self, state: State) -> str:
        if state.body and "csrf_token" in state.body:
            return str(state.body["csrf_token"])
        page = self.walk.clients[state.role].get("/sign-in", follow_redirects=True).text
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert found, page
        return found.group(1)

    def _open(self, state: State) -> None:
        answer = self._send(state)
        expected = MISSING if state.status is None else {state.status}
        if answer.status_code not in expected:
            self.walk.faults.append(f"{state}: {answer.status_code} instead of {state.status}")
        elif is_letter(answer):
            self.walk.letters[state.path] = answer.text
        elif is_document(answer) and self._keep(state, answer.text) and state.body is None:
            for form in self._forms(state, answer.text):
                self._refuse(state.role, form)

    def _keep(self, state: State, html: str) -> bool:
        mark = hashlib.sha256(PASSING.sub("", html).encode()).hexdigest()
        is_new = mark not in self._seen
        self._seen.add(mark)
        if is_new:
            self.walk.pages.append(Page(state, html))
        return is_new

    def _forms(self, state: State, html: str) -> Iterator[Form]:
        """Forms not tried before: rows of a list hold the same form many times."""
        forms = Forms(state.path)
        forms.feed(html)
        for form in forms.found:
            endpoint = self._routes.match(form.action.split("?")[0], "POST")[0]
            key = (endpoint, (*form.typed, *form.picked))
            if key not in self._tried:
                self._tried.add(key)
                yield form

    def _refuse(self, role: str, form: Form) -> None:
        """Keep the pages a form comes back on; what would be accepted is not written."""
        first = len(self.walk.pages)
        for words in TRIES:
            state = State(role, form.action, form.filled(words), 422)
            with patch.object(db.session, "commit", side_effect=Accepted):
                answer = self._send(state)
            if answer.status_code == 422 and is_document(answer):
                self._keep(state, answer.text)
            elif answer.status_code >= 500:
                self.walk.faults.append(f"{state}: {answer.status_code}")
        refused = sorted(self.walk.pages[first:], key=lambda page: -page.html.count("aria-invalid"))
        self.walk.pages[first:] = [replace(page, is_repeated=page is not refused[0]) for page in refused]


class _Silent(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, *_arguments: object) -> None:  # type: ignore[override] # nobody reads it
        pass


def _add_failures(app: Flask) -> None:
    """Addresses where things go wrong, and an answer for what a try would have written."""

    def broken() -> str:
        raise ValueError("on purpose")

    def busy() -> str:
        raise Busy

    failures = {
        "broken": broken,
        "busy": busy,
        "too-large": lambda: abort(413),
        "slowed": lambda: (render_template("answers/unknown_link.html", is_slowed=True), 429),
    }
    for name, view in failures.items():
        app.add_url_rule(f"/{name}", f"failing_{name}", access.public()(view), methods=["POST", "GET"])
    app.register_error_handler(Accepted, lambda _error: ("", 204))


@contextmanager
def walked(folder: Path, language: str) -> Iterator[Walk]:
    """A program with something of everything, every page of it found, and a server in front."""
    port = free_port()
    app = create_app(configuration(folder, port=port))
    schema.upgrade(app)
    with app.app_context():
        set_writing(True)
        factory = Factory()
        furnished = furnish(factory)
        walk = Walk(app, f"http://127.0.0.1:{port}", language, make_world(factory, furnished), furnished)
        db.session.remove()
    rules = list(app.url_map.iter_rules())
    _add_failures(app)
    # One browser of a guest opens every link of the world: more than any guest's holds.
    every_rule = patch.object(app.url_map, "iter_rules", lambda: iter(rules))
    with every_rule, patch.object(holding, "MOST_HELD", len(walk.world.links) + 1):
        Walker(walk).go()
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=_Silent)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    try:
        yield walk
    finally:
        server.shutdown()
        serving.join()
        server.server_close()
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
