"""Pages for what went wrong: a refusal, an unknown address, a closed form, our own mistake."""

import logging
from http import HTTPStatus

from flask import Flask, Response, jsonify, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from app.access import FOR_PROGRAMS
from app.codes import new_short_code
from app.database import db, set_writing
from app.errors import Busy, NotAllowed, Refusal
from app.i18n import _

log = logging.getLogger("parvis")
Answer = tuple[str | Response, int] | tuple[str | Response, int, dict[str, str]]


def _page(title: str, sentence: str, status: int, reference: str = "", **more: object) -> tuple[str | Response, int]:
    if request.blueprint in FOR_PROGRAMS:
        return jsonify(error=HTTPStatus(status).phrase, message=sentence, reference=reference), status
    shown = {"title": title, "sentence": sentence, "reference": reference, "is_closed": status == NotAllowed.status}
    return render_template("errors/error.html", **shown, **more), status


def _refused(refusal: Refusal) -> Answer:
    db.session.rollback()
    if isinstance(refusal, Busy):
        set_writing(False)  # the page may read who is signed in, and waits for nobody
        return *_page(_("One moment please"), refusal.sentence, refusal.status, again=_sent()), _later(refusal)
    titles = {404: _("Page not found"), 403: _("This page is closed")}
    return _page(titles.get(refusal.status, _("Not possible")), refusal.sentence, refusal.status)


def _later(refusal: Busy) -> dict[str, str]:
    return {"Retry-After": str(refusal.retry_after)}


def _sent() -> list[tuple[str, str]] | None:
    """The form as it was sent, to be sent again by one click; None when it cannot be (a secret, a file)."""
    if request.method != "POST" or request.files or any("password" in name for name in request.form):
        return None
    return list(request.form.items(multi=True))


def _http(error: HTTPException) -> Answer | HTTPException:
    if error.code is None or error.code < 400:
        return error
    if error.code == 404:
        sentence = _("There is no such page, or it is not open to you.")
        return _page(_("Page not found"), sentence, 404)
    if isinstance(error, RequestEntityTooLarge):
        sentence = _("This file is too large. Please send a list of at most 20 MB.")
        return _page(_("Not possible"), sentence, 413)
    return _page(_("Not possible"), _("The browser sent something unexpected. Please try again."), error.code)


def _stale(_error: CSRFError) -> Answer:
    sentence = _("This form was open for too long. Please go back, reload the page and send it again.")
    return _page(_("One moment please"), sentence, 400)


def _busy(error: OperationalError) -> Answer:
    text = str(error.orig).lower()
    if "locked" in text or "lock timeout" in text or "deadlock" in text:
        return _refused(Busy())
    return _broken(error)


def _broken(error: Exception) -> Answer:
    db.session.rollback()
    reference = new_short_code()
    log.error("error %s", reference, exc_info=error)
    sentence = _(
        "Something went wrong on our side. Nothing you had saved is lost. Please try again; if it"
        " happens again, tell the organiser the reference below."
    )
    return _page(_("Our mistake"), sentence, 500, reference)


def install(app: Flask) -> None:
    """Answer every failure of `app` with a page in the reader's language."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _broken)
