"""Gates and their rules, the documents taken, the days of categories, the notes of the staff."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, select

from app.audit.service import Actor, record
from app.checkin.door_models import DoorNote
from app.checkin.door_queries import find_note
from app.checkin.models import DOCUMENTS, DoorSettings, Gate
from app.database import db
from app.errors import NotFound, Refusal
from app.events.models import Event
from app.i18n import lazy
from app.programme.models import Session
from app.registration.models import Registration


class GateTaken(Refusal):
    """Two gates of one event are told apart by their names."""

    message = lazy("There is a gate of this name already. Please choose another name.")
    status = 422


class ClosesBeforeItOpens(Refusal):
    """Hours in the wrong order."""

    message = lazy("The gate would close before it opens. Please check the hours.")
    status = 422


@dataclass(frozen=True)
class GateWanted:
    """A gate as typed: `session` is a public id or "", hours are local to the event."""

    name: str
    zone: str = ""
    session: str = ""
    rule: str = "day"
    categories: Sequence[str] = ()
    opens: datetime | None = None
    closes: datetime | None = None
    counts_exits: bool = False


def save_gate(event: Event, wanted: GateWanted, gate: Gate | None = None, *, actor: Actor, at: datetime) -> Gate:
    """Add a gate, or change one. Raises GateTaken, ClosesBeforeItOpens, NotFound for a session of another event."""
    same = select(Gate).where(Gate.event_id == event.id, func.lower(Gate.name) == wanted.name.lower())
    if (found := db.session.scalar(same)) is not None and found is not gate:
        raise GateTaken
    opens, closes = _instant(event, wanted.opens), _instant(event, wanted.closes)
    if opens and closes and closes <= opens:
        raise ClosesBeforeItOpens
    session = _session(event, wanted.session)
    if gate is None:
        position = db.session.scalar(select(func.count()).where(Gate.event_id == event.id)) or 0
        gate = Gate(event_id=event.id, position=position + 1)
    known = {category.key for category in event.categories}
    gate.name, gate.rule, gate.session = wanted.name, wanted.rule, session
    # A session has a list of its own, so it is no zone.
    gate.zone = "" if session else wanted.zone
    gate.categories = tuple(key for key in wanted.categories if key in known)
    gate.opens_at, gate.closes_at, gate.counts_exits = opens, closes, wanted.counts_exits
    db.session.add(gate)
    db.session.flush()
    _record(actor, "door.gate_saved", event, gate.public_id, gate.name, at)
    return gate


def remove_gate(event: Event, gate: Gate, *, actor: Actor, at: datetime) -> None:
    """Take a gate away; its desks go on as the main entrance, its passages stay."""
    _record(actor, "door.gate_removed", event, gate.public_id, gate.name, at)
    db.session.delete(gate)
    db.session.flush()


def choose(
    event: Event, documents: Sequence[str], category_days: Mapping[str, list[str]], *, actor: Actor, at: datetime
) -> DoorSettings:
    """Which documents are taken, and on which days a category may come; empty: all."""
    chosen = db.session.scalar(select(DoorSettings).where(DoorSettings.event_id == event.id))
    if chosen is None:
        chosen = DoorSettings(event_id=event.id)
        db.session.add(chosen)
    chosen.documents = tuple(kind for kind in DOCUMENTS if kind in documents)
    chosen.category_days = {key: sorted(days) for key, days in category_days.items() if days}
    db.session.flush()
    _record(actor, "door.settings_changed", event, event.public_id, event.title.fr, at)
    return chosen


def note(guest: Registration, words: str, *, is_vip: bool, actor: Actor, at: datetime) -> None:
    """What the desk reads of one guest, and whether the lead looks out for them; nothing of both: no note."""
    known = find_note(guest)
    if not words and not is_vip:
        db.session.execute(delete(DoorNote).where(DoorNote.registration_id == guest.id))
    elif known is None:
        db.session.add(DoorNote(registration_id=guest.id, words=words, is_vip=is_vip))
    else:
        known.words, known.is_vip = words, is_vip
    db.session.flush()
    record(
        actor, "door.noted", kind="registration", id=guest.public_id, name=guest.person.full_name,
        topic=guest.event.public_id, at=at, after={"words": words, "vip": is_vip},
    )  # fmt: skip


def _instant(event: Event, local: datetime | None) -> datetime | None:
    return local.replace(tzinfo=ZoneInfo(event.timezone)) if local else None


def _session(event: Event, public_id: str) -> Session | None:
    if not public_id:
        return None
    found = db.session.scalar(select(Session).where(Session.event_id == event.id, Session.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def _record(actor: Actor, action: str, event: Event, subject: str, name: str, at: datetime) -> None:
    record(actor, action, kind="gate", id=subject, name=name, topic=event.public_id, at=at)
