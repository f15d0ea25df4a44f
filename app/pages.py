"""What every page is given: versioned static files, the day in words, the time."""

import hashlib
from datetime import date
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, request, url_for

from app import when
from app.clock import now
from app.i18n import language
from app.prose import ordinals, to_html

STATIC = Path(__file__).parent / "static"
A_YEAR = 365 * 24 * 3600


@lru_cache(maxsize=512)
def _version(path: str) -> str:
    return hashlib.sha256((STATIC / path).read_bytes()).hexdigest()[:10]


def static_url(path: str) -> str:
    """Address of a static file that changes with its content, so that it may be kept for a year."""
    return _address(path, request.script_root)


@lru_cache(maxsize=512)
def _address(path: str, root: str) -> str:  # noqa: ARG001 - part of what is remembered
    """A page names a dozen files; `root` is the prefix under which the program is mounted."""
    return url_for("static", filename=path, v=_version(path))


def _keep_static(response: Response) -> Response:
    # Fonts are named by style sheets, which cannot add a version; their files never change.
    if request.endpoint == "static" and (request.args.get("v") or request.path.endswith(".woff2")):
        response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response


def day(value: date) -> str:
    """A day in words, with its weekday."""
    return when.day_words(value, language())


def install(app: Flask) -> None:
    """Give templates these words."""
    app.after_request(_keep_static)
    app.jinja_env.globals.update(static_url=static_url, now=now)
    app.jinja_env.filters["day"] = day
    app.jinja_env.filters.update(prose=to_html, ordinals=ordinals)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
