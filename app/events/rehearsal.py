"""A rehearsal: an organiser browses the public pages of an event as of another instant; nothing can be written.

The browser's session says which event and which instant. Only pages of that event tell the other time, only to whoever
may organise it, and only to be read: whatever else would be sent from them is refused before it reaches a room.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Flask, current_app, g, request, session
from flask_login import current_user

from app import access
from app.clock import telling
from app.database import set_writing
from app.errors import NotFound, Refusal
from app.events.models import Event
from app.events.queries import get_event_for
from app.i18n import lazy

_KEY = "rehearsal"
# Pages of guests: whoever holds a link reads them as of that day too.
_BEHIND_A_LINK = frozenset({"answers.open_link", "contact.open_link"})


class RehearsalWritesNothing(Refusal):
    """What is sent from a rehearsed page is lost on purpose."""

    message = lazy(
        "This is a rehearsal: nothing is recorded from these pages. End it at the top of the page to answer for good."
    )


@dataclass(frozen=True)
class Rehearsal:
    """Which event is looked at, and as of when."""

    event: Event
    at: datetime


def begin(event: Event, at: datetime) -> None:
    """From now on this browser sees the public pages of `event` as of `at`."""
    session[_KEY] = {"slug": event.slug, "at": int(at.timestamp())}


def end() -> None:
    """The present again. Twice is once."""
    session.pop(_KEY, None)


def held_instant(event: Event) -> datetime | None:
    """The instant at which this browser rehearses `event`; None without a rehearsal."""
    held = session.get(_KEY)
    return datetime.fromtimestamp(held["at"], UTC) if held and held["slug"] == event.slug else None


def rehearsed() -> Rehearsal | None:
    """The rehearsal this very page is part of; None on pages that tell the present."""
    return g.get(_KEY)


def install(app: Flask) -> None:
    """Tell the other time on the pages of whoever rehearses, and give templates `rehearsed`."""
    app.before_request(_tell)
    app.teardown_request(_stop)
    app.jinja_env.globals["rehearsed"] = rehearsed


def _tell() -> None:
    rule = access.rule_of(current_app, request.endpoint) if request.endpoint else None
    if request.endpoint == "static" or rule is None or rule.kind not in {"public", "invitee"}:
        return
    held = session.get(_KEY)
    if not held or not _is_about(held["slug"], rule.kind) or not current_user.is_authenticated:
        return
    try:
        event = get_event_for(current_user, held["slug"], "organiser")
    except NotFound:
        end()
        return
    if request.method not in access.SAFE_METHODS:
        raise RehearsalWritesNothing
    set_writing(False)
    at = datetime.fromtimestamp(held["at"], UTC)
    g.rehearsal_clock = telling(at)
    g.rehearsal_clock.__enter__()
    setattr(g, _KEY, Rehearsal(event, at))


def _is_about(slug: str, kind: str) -> bool:
    """Pages of other events tell the present: what they publish later stays theirs."""
    if kind == "invitee" or request.endpoint in _BEHIND_A_LINK:
        return True
    return (request.view_args or {}).get("slug") == slug


def _stop(error: BaseException | None) -> None:
    clock: Any = g.pop("rehearsal_clock", None)
    if clock is not None:
        clock.__exit__(type(error) if error else None, error, None)
