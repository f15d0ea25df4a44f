"""The reader chooses a language; the choice stays in the session."""

from urllib.parse import urlsplit

from flask import Blueprint, redirect, request, session, url_for
from werkzeug.wrappers import Response

from app import access
from app.columns import LANGUAGES

bp = Blueprint("i18n", __name__)


def local_address(address: str | None) -> str | None:
    """`address` when it stays on this site, else None: no open redirect."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return None
    return None if urlsplit(address).netloc else address


@bp.post("/language")
@access.public()
def set_language() -> Response:
    """Keep the chosen language and return to the page."""
    if request.form.get("language") in LANGUAGES:
        session["language"] = request.form["language"]
    return redirect(local_address(request.form.get("next")) or url_for("public.home"))
