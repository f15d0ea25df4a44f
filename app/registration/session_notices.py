"""The letters that a place in a session causes, written in its transaction; nothing while somebody waits."""

from datetime import datetime
from typing import Any

from app.outbox import service as outbox
from app.registration.session_models import SessionPlace

PLACE, CHANGED, LEFT = "session_place", "session_changed", "session_left"


def write_place(place: SessionPlace, at: datetime) -> None:
    """Queue the letter that says the place is theirs, with the session for the calendar (METHOD:REQUEST)."""
    _write(PLACE, place, at)


def write_changed(place: SessionPlace, before: dict[str, Any], at: datetime) -> None:
    """Queue the letter that says the session moved: `before` names its hours and room as they were."""
    told = {name: _told(value) for name, value in before.items() if name in {"room", "starts_at", "ends_at"}}
    _write(CHANGED, place, at, before=told)


def write_left(place: SessionPlace, at: datetime) -> None:
    """Queue the letter that takes the session out of the calendar (METHOD:CANCEL)."""
    _write(LEFT, place, at)


def _told(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value or "")


def _write(kind: str, place: SessionPlace, at: datetime, **context: Any) -> None:
    registration = place.registration
    if not registration.email:
        return
    outbox.write(
        cause=f"{kind}:{place.public_id}:{place.sequence}",
        kind=kind,
        topic=registration.event.public_id,
        subject_id=registration.public_id,
        recipient=registration.email,
        recipient_name=registration.person.full_name,
        language=registration.language,
        at=at,
        context={"place": place.public_id, **context},
        is_known_new=True,
    )
