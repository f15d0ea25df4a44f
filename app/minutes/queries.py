"""Reading minutes. What is public is the published version; drafts belong to the organiser."""

from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from app.database import db
from app.errors import NotFound
from app.events.models import Event
from app.minutes.models import Decision, Intervention, Minutes, Section

Found = TypeVar("Found")
_WHOLE: tuple[ExecutableOption, ...] = (
    selectinload(Minutes.sections).selectinload(Section.interventions),
    selectinload(Minutes.decisions),
)


def find_published(event: Event) -> Minutes | None:
    """The latest published version (one query), or None."""
    wanted = select(Minutes).where(Minutes.event_id == event.id, Minutes.state == "published")
    return db.session.scalar(wanted.order_by(Minutes.version.desc()).limit(1))


def get_published(event: Event, version: int | None = None) -> Minutes:
    """A published version with all its parts, the latest when `version` is None. Raises NotFound."""
    wanted = select(Minutes).where(Minutes.event_id == event.id, Minutes.state == "published")
    if version is not None:
        wanted = wanted.where(Minutes.version == version)
    return _one(wanted.order_by(Minutes.version.desc()).limit(1).options(*_WHOLE))


def list_published(event: Event) -> list[Minutes]:
    """Every published version, the latest first, without its parts."""
    wanted = select(Minutes).where(Minutes.event_id == event.id, Minutes.state == "published")
    return list(db.session.scalars(wanted.order_by(Minutes.version.desc())))


def find_latest(event: Event) -> Minutes | None:
    """The version last begun, draft or published, with all its parts."""
    wanted = select(Minutes).where(Minutes.event_id == event.id).order_by(Minutes.version.desc())
    return db.session.scalar(wanted.limit(1).options(*_WHOLE))


def get_draft(event: Event) -> Minutes:
    """The draft being written, with all its parts. Raises NotFound."""
    wanted = select(Minutes).where(Minutes.event_id == event.id, Minutes.state == "draft")
    return _one(wanted.limit(1).options(*_WHOLE))


def get_section(event: Event, public_id: str) -> Section:
    """The section at this address, in minutes of the event. Raises NotFound."""
    wanted = select(Section).join(Section.minutes).where(Minutes.event_id == event.id, Section.public_id == public_id)
    return _one(wanted.options(joinedload(Section.minutes), selectinload(Section.interventions)))


def get_intervention(event: Event, public_id: str) -> Intervention:
    """The intervention at this address, in minutes of the event. Raises NotFound."""
    wanted = (
        select(Intervention)
        .join(Intervention.section)
        .join(Section.minutes)
        .where(Minutes.event_id == event.id, Intervention.public_id == public_id)
        .options(joinedload(Intervention.section).joinedload(Section.minutes))
    )
    return _one(wanted)


def get_decision(minutes: Minutes, position: int) -> Decision:
    """The decision at this place, from 1. Raises NotFound."""
    found = next((one for one in minutes.decisions if one.position == position), None)
    if found is None:
        raise NotFound
    return found


def get_part(event: Event, kind: str, part: str) -> Section | Intervention | Decision:
    """A part of the minutes: `kind` is sections, interventions or decisions. Raises NotFound."""
    if kind == "sections":
        return get_section(event, part)
    if kind == "interventions":
        return get_intervention(event, part)
    if kind == "decisions" and part.isdecimal():
        return get_decision(get_draft(event), int(part))
    raise NotFound


def _one(wanted: Select[Found]) -> Found:
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound
    return found
