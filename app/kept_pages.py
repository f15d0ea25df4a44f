"""Pages that are the same for every visitor, kept as text while what they show stays the same.

The caller says what the page shows (`state`), read from the database at each request: equal states,
equal page, whichever process answers. Only the visitor's CSRF token differs and is put in again.
"""

import secrets
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from flask import request, session
from flask_wtf.csrf import generate_csrf

from app.clock import is_told
from app.i18n import language

MOST = 200  # pages of each process
_TOKEN_GOES_HERE = secrets.token_hex(16)


@dataclass(frozen=True)
class _Kept:
    state: Any
    text: str


_pages: dict[Hashable, _Kept] = {}


def keep(name: Hashable, state: Any, render: Callable[[], str]) -> str:
    """The page `name` in the reader's language: as kept when its state is equal, else rendered.

    A page with a message for one visitor, with a query in its address, or of another day, is never kept.
    """
    if request.query_string or session.get("_flashes") or is_told():
        return render()
    token, key = generate_csrf(), (name, language())
    kept = _pages.get(key)
    if kept is None or kept.state != state:
        kept = _Kept(state, render().replace(token, _TOKEN_GOES_HERE))
        if len(_pages) >= MOST:
            _pages.clear()
        _pages[key] = kept
    return kept.text.replace(_TOKEN_GOES_HERE, token)
