"""A browser without a screen: keeps cookies, sends the CSRF token, sees only what is committed."""

import secrets
from contextvars import Context
from typing import Any

from flask import has_app_context
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from werkzeug.test import TestResponse

from app.accounts.models import User
from app.database import db

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class Browser(FlaskClient):
    """Flask's test client, made honest.

    - Each request runs outside the test's own application context: a signed-in account, a session
      or a database object never leaks from one request to the next.
    - What the test prepared is committed before; what it holds is read again after.
    - Every form carries its CSRF token, as pages do; `sends_token = False` sends none.
    """

    sends_token = True

    def open(self, *args: Any, **options: Any) -> TestResponse:
        """One request and its answer."""
        if has_app_context():
            db.session.commit()
        options.setdefault("buffered", True)  # whatever was opened to answer is closed
        method = str(options.get("method", "GET")).upper()
        if self.sends_token and method not in SAFE_METHODS:
            options["headers"] = {**dict(options.get("headers") or {}), "X-CSRFToken": self._token()}
        # An empty context: no application, no request, no language of the test.
        return Context().run(super().open, *args, **options)

    def _token(self) -> str:
        def make() -> str:
            with self.application.test_request_context(), self.session_transaction() as kept:
                kept.setdefault("csrf_token", secrets.token_hex(20))
                raw = kept["csrf_token"]
            with self.application.test_request_context():
                from flask import session

                session["csrf_token"] = raw
                return str(generate_csrf())

        return Context().run(make)

    def sign_in(self, user: User) -> "Browser":
        """Carry the session of an account, without its sign-in page."""
        identity = user.get_id()

        def keep() -> None:
            with self.session_transaction() as kept:
                kept["_user_id"], kept["_fresh"] = identity, True
                kept.permanent = True

        Context().run(keep)
        return self
