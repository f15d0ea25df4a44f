"""Rules of the minutes: drawn from the programme, written as a draft, published in versions.

A published version is never written again: a correction is a new draft, copied from it. Every change
locks the version first, so that publishing and editing cannot cross.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from app.audit.service import Actor, record
from app.columns import Bilingual
from app.database import db, lock_rows
from app.events.models import Event
from app.minutes.composition import section_of, title_of
from app.minutes.models import Decision, Intervention, Minutes, Section
from app.minutes.refusals import AlreadyBegun, AlreadyPublished, DecisionEmpty, NameMissing, NothingWritten, TextMissing
from app.programme.queries import list_sessions
from app.text import nfc

Part = Section | Intervention | Decision


def draft_from_programme(event: Event, *, issued_on: date, actor: Actor, at: datetime) -> Minutes:
    """The first draft: one section per session, in order, with a snapshot of its composition.

    Each speaker gets an empty passage. Breaks are left out. Raises AlreadyBegun.
    """
    if db.session.scalar(select(Minutes.id).where(Minutes.event_id == event.id).limit(1)):
        raise AlreadyBegun
    sessions = [session for session in list_sessions(event) if session.kind != "break"]
    minutes = Minutes(
        event_id=event.id,
        version=1,
        issued_on=issued_on,
        updated_at=at,
        title=title_of(event),
        sections=[section_of(session, n) for n, session in enumerate(sessions, start=1)],
        decisions=[],
    )
    db.session.add(minutes)
    db.session.flush()
    _note("minutes.begun", minutes, event, actor, at, after={"sections": len(sessions)})
    return minutes


def edit_text(
    minutes: Minutes,
    *,
    title: Bilingual,
    introduction: Bilingual,
    issued_on: date,
    event: Event,
    actor: Actor,
    at: datetime,
) -> None:
    """Change title, date and introduction. Raises AlreadyPublished."""
    _open(minutes, at)
    minutes.title, minutes.introduction, minutes.issued_on = title, introduction, issued_on
    _note("minutes.changed", minutes, event, actor, at, after={"part": "introduction"})


def edit_section(
    section: Section,
    *,
    label: Bilingual,
    title: Bilingual,
    narrative: Bilingual,
    event: Event,
    actor: Actor,
    at: datetime,
) -> None:
    """Change a section's heading and framing paragraphs. Raises AlreadyPublished."""
    _open(section.minutes, at)
    section.label, section.title, section.narrative = label, title, narrative
    _note("minutes.changed", section.minutes, event, actor, at, after={"part": _called(section)})


def add_intervention(  # noqa: PLR0913 - a passage has that many facts, all named
    section: Section,
    *,
    name: str,
    qualities: Sequence[str] = (),
    text: Bilingual = Bilingual(),
    is_from_room: bool = False,
    is_joint: bool = False,
    person_id: int | None = None,
    event: Event,
    actor: Actor,
    at: datetime,
) -> Intervention:
    """Add a passage at the end of a section's narrative. Raises AlreadyPublished, NameMissing."""
    _open(section.minutes, at)
    last = max((one.position for one in section.interventions), default=0)
    one = Intervention(position=last + 1, person_id=person_id)
    _fill(one, name, qualities, text, is_from_room=is_from_room, is_joint=is_joint)
    section.interventions.append(one)
    db.session.flush()
    _note("minutes.changed", section.minutes, event, actor, at, after={"passage": one.name})
    return one


def edit_intervention(  # noqa: PLR0913 - the same
    one: Intervention,
    *,
    name: str,
    qualities: Sequence[str],
    text: Bilingual,
    is_from_room: bool = False,
    is_joint: bool = False,
    event: Event,
    actor: Actor,
    at: datetime,
) -> None:
    """Change a passage. Raises AlreadyPublished, NameMissing."""
    minutes = one.section.minutes
    _open(minutes, at)
    _fill(one, name, qualities, text, is_from_room=is_from_room, is_joint=is_joint)
    _note("minutes.changed", minutes, event, actor, at, after={"passage": one.name})


def _fill(
    one: Intervention, name: str, qualities: Sequence[str], text: Bilingual, *, is_from_room: bool, is_joint: bool
) -> None:
    cleaned = nfc(name).strip()
    if not cleaned:
        raise NameMissing
    one.name, one.text = cleaned, text
    one.qualities = tuple(q for line in qualities if (q := nfc(line).strip()))
    one.is_from_room, one.is_joint = is_from_room, is_joint


def move(part: Part, step: int, *, event: Event, actor: Actor, at: datetime) -> bool:
    """Exchange a part with the one before (-1) or after (+1); whether it moved. Raises AlreadyPublished.

    The order of the narrative is its own: the composition keeps the programme's.
    """
    minutes = _minutes_of(part)
    _open(minutes, at)
    parts = _in_order(_siblings(part))
    target = parts.index(part) + step
    if not 0 <= target < len(parts):
        return False
    parts.insert(target, parts.pop(parts.index(part)))
    _place(parts)
    _note("minutes.changed", minutes, event, actor, at, after={"moved": _called(part)})
    return True


def _minutes_of(part: Part) -> Minutes:
    return part.section.minutes if isinstance(part, Intervention) else part.minutes


def _siblings(part: Part) -> list[Any]:
    if isinstance(part, Intervention):
        return part.section.interventions
    return part.minutes.sections if isinstance(part, Section) else part.minutes.decisions


def _in_order(parts: Iterable[Any]) -> list[Any]:
    """By position: a list loaded before a move still stands in its old order."""
    return sorted(parts, key=lambda one: one.position)


def _place(parts: list[Any]) -> None:
    for position, one in enumerate(parts, start=1):
        one.position = position
    _number(part for part in parts if isinstance(part, Decision))


def add_decision(
    minutes: Minutes, text: Bilingual, *, is_numbered: bool, event: Event, actor: Actor, at: datetime
) -> Decision:
    """Add an orientation (numbered) or a commitment outside the list, last. Raises AlreadyPublished."""
    _open(minutes, at)
    if not text:
        raise DecisionEmpty
    one = Decision(text=text, position=len(minutes.decisions) + 1, number=0 if is_numbered else None)
    minutes.decisions.append(one)
    _number(minutes.decisions)
    db.session.flush()
    _note("decision.added", minutes, event, actor, at, after={"text": text.get("fr")})
    return one


def edit_decision(
    one: Decision, text: Bilingual, *, is_numbered: bool, event: Event, actor: Actor, at: datetime
) -> None:
    """Change a decision. Raises AlreadyPublished, DecisionEmpty."""
    _open(one.minutes, at)
    if not text:
        raise DecisionEmpty
    before, one.text = one.text, text
    one.number = 0 if is_numbered else None
    _number(one.minutes.decisions)
    _note(
        "decision.changed",
        one.minutes,
        event,
        actor,
        at,
        before={"text": before.get("fr")},
        after={"text": text.get("fr")},
    )


def remove(part: Part, *, event: Event, actor: Actor, at: datetime) -> None:
    """Take a section, a passage or a decision out of the draft. Raises AlreadyPublished.

    The orientations that stay are numbered again.
    """
    minutes = _minutes_of(part)
    _open(minutes, at)
    _note("minutes.changed", minutes, event, actor, at, before={"part": _called(part)})
    siblings = _siblings(part)
    siblings.remove(part)
    _place(_in_order(siblings))


def _number(decisions: Iterable[Decision]) -> None:
    """Orientations count from 1 in their order; commitments have no number."""
    numbered = [one for one in _in_order(decisions) if one.number is not None]
    for number, one in enumerate(numbered, start=1):
        one.number = number


def publish(minutes: Minutes, *, event: Event, actor: Actor, at: datetime) -> None:
    """Make a draft the version everyone reads. Raises AlreadyPublished, NothingWritten, TextMissing."""
    _open(minutes, at)
    if not minutes.introduction:
        raise NothingWritten
    silent = [
        one.name for section in minutes.sections for one in section.interventions if not one.text and not one.is_joint
    ]
    if silent:
        raise TextMissing(names=", ".join(silent))
    minutes.state, minutes.published_at, minutes.published_by = "published", at, actor.name
    _note("minutes.published", minutes, event, actor, at, after={"version": minutes.version})


def _open(minutes: Minutes, at: datetime) -> None:
    """Lock a version for writing. Raises AlreadyPublished."""
    db.session.flush()
    lock_rows(Minutes, [minutes.id])
    if minutes.state == "published":
        raise AlreadyPublished(version=minutes.version)
    minutes.updated_at = at


def _called(part: Part) -> str:
    """What the journal calls a part."""
    if isinstance(part, Intervention):
        return part.name
    if isinstance(part, Decision):
        return part.text.get("fr")
    return part.title.get("fr") or part.label.get("fr")


def _note(action: str, minutes: Minutes, event: Event, actor: Actor, at: datetime, **states: Any) -> None:
    record(
        actor,
        action,
        kind="minutes",
        id=minutes.public_id,
        name=minutes.title.get("fr"),
        topic=event.public_id,
        at=at,
        **states,
    )
