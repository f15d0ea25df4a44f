"""One key for each form shown, so that a form sent twice is answered once (idempotency).

The key of what was sent covers its content: the same form sent again after Back with another answer is another wish.
"""

from hashlib import sha256

from flask import request

FIELD = "form_key"
# Fields that say nothing of what is wished.
_BESIDE = frozenset({FIELD, "csrf_token", "opened"})
_LENGTH = 26


def sent_key() -> str:
    """The key of the form just sent, at most 26 characters; empty when the form bears none."""
    key = request.form.get(FIELD, "")
    if not key:
        return ""
    wished = sorted((name, value) for name, value in request.form.items(multi=True) if name not in _BESIDE)
    return sha256(repr((key, wished)).encode()).hexdigest()[:_LENGTH]
