"""One key for each form shown, so that a form sent twice is answered once (idempotency).

The key of what was sent covers its address and its content: the same form sent again after Back with another answer
is another wish.
"""

from hashlib import sha256

from flask import flash, request

from app.codes import new_public_id
from app.i18n import _
from app.registration import opening
from app.registration.sending_once import Holder

FIELD = "form_key"
# Fields that say nothing of what is wished.
_BESIDE = frozenset({FIELD, "csrf_token", opening.FIELD})
_LENGTH = 26


def sent_key() -> str:
    """The key of the form just sent, at most 26 characters; empty when the form bears none."""
    key = request.form.get(FIELD, "")
    if not key:
        return ""
    wished = sorted((name, value) for name, value in request.form.items(multi=True) if name not in _BESIDE)
    return sha256(repr((key, request.path, wished)).encode()).hexdigest()[:_LENGTH]


def sent_fields(holder: Holder, **fields: str) -> dict[str, str]:
    """Hidden fields of a form with one button: a key of its own, when it was opened, and `fields`."""
    mark = opening.opening_mark(holder)
    return {FIELD: new_public_id(), **({opening.FIELD: mark} if mark else {}), **fields}


def tell_sent_before() -> None:
    """Say on the next page that the form had been sent already."""
    flash(_("This form was sent already: what you asked is recorded."), "info")
