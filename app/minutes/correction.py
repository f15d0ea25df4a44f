"""A correction: the next version, copied from the published one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from app.audit.service import Actor, record
from app.database import db
from app.errors import NotFound
from app.events.models import Event
from app.minutes.models import Decision, Intervention, Minutes, Section
from app.minutes.queries import find_latest
from app.minutes.refusals import AlreadyBegun

Part = TypeVar("Part", Minutes, Section, Intervention, Decision)


def begin_correction(event: Event, *, actor: Actor, at: datetime) -> Minutes:
    """A draft of the next version, equal in all its parts to the last one published.

    Raises NotFound when nothing is published, AlreadyBegun while a draft exists.
    """
    last = find_latest(event)
    if last is None:
        raise NotFound
    if last.state == "draft":
        raise AlreadyBegun
    draft = _copy(last, state="draft", version=last.version + 1, published_at=None, published_by="", updated_at=at)
    draft.decisions = [_copy(one) for one in last.decisions]
    draft.sections = [_section(one) for one in last.sections]
    db.session.add(draft)
    db.session.flush()
    record(
        actor,
        "minutes.correction",
        kind="minutes",
        id=draft.public_id,
        name=draft.title.get("fr"),
        topic=event.public_id,
        at=at,
        after={"version": draft.version},
    )
    return draft


def _section(old: Section) -> Section:
    new = _copy(old)
    new.interventions = [_copy(one) for one in old.interventions]
    return new


def _copy(old: Part, *, but: Sequence[str] = ("id", "public_id", "minutes_id", "section_id"), **changes: Any) -> Part:
    columns = [c.key for c in old.__mapper__.column_attrs if c.key not in but]
    return type(old)(**{**{name: getattr(old, name) for name in columns}, **changes})
