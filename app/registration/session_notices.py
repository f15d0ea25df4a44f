"""The letters that a place in a session causes, written in its transaction; nothing while somebody waits."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.outbox import service as outbox
from app.registration.models import Registration
from app.registration.session_models import SessionPlace

PLACE, CHANGED, LEFT, SEVERAL = "session_place", "session_changed", "session_left", "session_places"


@dataclass
class _Gathered:
    """What happened so far, in order, by registration id."""

    told: dict[int, list[tuple[str, SessionPlace, dict[str, Any]]]] = field(default_factory=dict)


_gathered: ContextVar[_Gathered | None] = ContextVar("gathered_session_letters", default=None)


@contextmanager
def in_one_letter(at: datetime) -> Iterator[None]:
    """Whoever would get several letters for what happens inside gets one, with the sessions as one calendar.

    One change stays a letter with its own METHOD: mail programs follow it by themselves, which they do for one UID a
    letter only (RFC 5546, 3.2; decision 0023). Nothing is written when what happens inside is refused.
    """
    if _gathered.get() is not None:
        yield
        return
    gathered = _Gathered()
    mark = _gathered.set(gathered)
    try:
        yield
    finally:
        _gathered.reset(mark)
    for changes in gathered.told.values():
        _write_gathered(changes, at)


def write_place(place: SessionPlace, at: datetime) -> None:
    """Queue the letter that says the place is theirs, with the session for the calendar (METHOD:REQUEST)."""
    _write(PLACE, place, at)


def write_changed(place: SessionPlace, before: dict[str, Any], at: datetime) -> None:
    """Queue the letter that says the session moved: `before` names its hours and room as they were."""
    _write(CHANGED, place, at, before=told_before(before))


def told_before(before: dict[str, Any]) -> dict[str, str]:
    """What a row of a letter keeps of the hours and the room as they were."""
    return {name: _told(value) for name, value in before.items() if name in {"room", "starts_at", "ends_at"}}


def write_left(place: SessionPlace, at: datetime) -> None:
    """Queue the letter that takes the session out of the calendar (METHOD:CANCEL)."""
    _write(LEFT, place, at)


def _told(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value or "")


def _write(kind: str, place: SessionPlace, at: datetime, **context: Any) -> None:
    registration, gathered = place.registration, _gathered.get()
    if not registration.email:
        return
    if gathered is not None:
        gathered.told.setdefault(registration.id, []).append((kind, place, context))
        return
    _post(kind, place.registration, f"{kind}:{place.public_id}:{place.sequence}", at, place=place.public_id, **context)


def _write_gathered(changes: list[tuple[str, SessionPlace, dict[str, Any]]], at: datetime) -> None:
    """One change as ever; several as one letter, the last word on each session."""
    if len({place.public_id for _kind, place, _context in changes}) == 1:
        kind, place, context = changes[-1]
        _post(
            kind, place.registration, f"{kind}:{place.public_id}:{place.sequence}", at, place=place.public_id, **context
        )
        return
    places = list(dict.fromkeys(place.public_id for _kind, place, _context in changes))
    registration = changes[0][1].registration
    cause = f"{SEVERAL}:{registration.public_id}:{at:%Y%m%d%H%M%S%f}"
    _post(SEVERAL, registration, cause, at, places=places)


def _post(kind: str, registration: Registration, cause: str, at: datetime, **context: Any) -> None:
    outbox.write(
        cause=cause,
        kind=kind,
        topic=registration.event.public_id,
        subject_id=registration.public_id,
        recipient=registration.email,
        recipient_name=registration.person.full_name,
        language=registration.language,
        at=at,
        context=context,
        is_known_new=True,
    )
