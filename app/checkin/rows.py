"""One row of the door's interface: what a program may send, read strictly."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from app.checkin.models import IDENTITIES, RESULTS
from app.errors import Refusal
from app.i18n import lazy

ROADS = ("camera", "scanner", "typed", "search")
GESTURES = ("scan", "undo", "returned", "copy_suspected", "anyway")
# Where a device stands that stands at no gate in particular.
MAIN_ENTRANCE = "main"
LONGEST_CODE = 200
LONGEST_REASON = 300
MOST_ROWS = 500
NONCE = re.compile(r"[A-Za-z0-9-]{1,40}")
# A clock can be wrong, not in another century; nor can an offset be more than that.
_EARLIEST, _LATEST = 946_684_800_000, 4_102_444_800_000


class Unreadable(Refusal):
    """A field is missing, of the wrong kind or too long."""

    message = lazy("The field “%(field)s” is missing or not usable.")
    status = 422


def is_nonce(text: str) -> bool:
    """Whether `text` can tell one request of a device from another."""
    return NONCE.fullmatch(text) is not None


@dataclass(frozen=True)
class Row:
    """A passage as a program tells it; see docs/door.md. `at`, `offset` and `listed_at` in milliseconds."""

    nonce: str
    code: str = ""
    registration: str = ""
    document: str = ""
    identity: str = ""
    direction: str = "in"
    road: str = "scanner"
    gate: str = ""
    gesture: str = "scan"
    decided: str = ""
    reason: str = ""
    overrides: str = ""
    undoes: str = ""
    at: int = 0
    offset: int | None = None
    listed_at: int = 0


_WORDS = {
    "identity": ("", *IDENTITIES),
    "direction": ("in", "out"),
    "road": ROADS,
    "gesture": GESTURES,
    "decided": ("", *RESULTS),
    "overrides": ("", *RESULTS),
}
_TEXTS = (
    "nonce", "code", "registration", "document", "identity", "direction", "road", "gate", "gesture", "decided",
    "reason", "overrides", "undoes",
)  # fmt: skip
_NUMBERS = ("at", "offset", "listed_at")


def read_row(told: Any) -> Row:
    """A row of the list `scans`. Raises Unreadable naming the first field that cannot be used."""
    if not isinstance(told, dict):
        raise Unreadable(field="scans")
    given = {name: told[name] for name in (*_TEXTS, *_NUMBERS) if told.get(name) is not None}
    for name in _TEXTS:
        longest = LONGEST_REASON if name == "reason" else LONGEST_CODE
        if not isinstance(given.get(name, ""), str) or len(given.get(name, "")) > longest:
            raise Unreadable(field=name)
    for name, words in _WORDS.items():
        if name in given and given[name] not in words:
            raise Unreadable(field=name)
    if not is_nonce(given.get("nonce", "")):
        raise Unreadable(field="nonce")
    _check_instants(given)
    row = Row(**given)
    if bool(row.code) == bool(row.registration) or (row.gesture != "scan" and not row.registration):
        raise Unreadable(field="code")
    if row.identity == "waived" and row.gesture != "anyway":
        raise Unreadable(field="identity")
    return row


def _check_instants(given: Mapping[str, Any]) -> None:
    for name in _NUMBERS:
        value = given.get(name)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
            raise Unreadable(field=name)
    if abs(given.get("offset", 0)) > _LATEST:
        raise Unreadable(field="offset")
    if not 0 <= given.get("listed_at", 0) < _LATEST:
        raise Unreadable(field="listed_at")
    is_told = bool(given.get("decided"))
    if is_told != ("at" in given) or (is_told and not _EARLIEST < given["at"] - given.get("offset", 0) < _LATEST):
        raise Unreadable(field="at")


def instant_of(milliseconds: int) -> datetime:
    """Milliseconds since 1970 as an instant."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)


def milliseconds_of(at: datetime) -> int:
    """An instant as milliseconds since 1970."""
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
