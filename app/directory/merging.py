"""Two entries said to be one person: what hangs on one moves to the other, and can move back (scenario 5.7)."""

from datetime import datetime
from typing import Any

from app.audit.service import Actor, record
from app.database import db, lock_rows
from app.directory.duplicates import find_known_apart
from app.directory.models import KnownApart, Merge, Person
from app.directory.overrides import list_decisions_of
from app.directory.service import also_spelt
from app.directory.signals import merge_undone, person_merged
from app.errors import Refusal
from app.i18n import lazy
from app.text import fold

# What the kept entry takes over where it says nothing itself.
_FILLED = ("civility", "native_name", "email", "phone", "spoken")


class SameEntry(Refusal):
    """An entry is not its own double."""

    message = lazy("This is one and the same entry. Please choose another one.")


class AlreadyMerged(Refusal):
    """An entry already said to be another one."""

    message = lazy("%(name)s was already merged into another entry. Please start again from that one.")


class AlreadyUndone(Refusal):
    """A merge is undone once."""

    message = lazy("This merge was already undone.")


class LaterMerge(Refusal):
    """Merges are undone in reverse order."""

    message = lazy("%(name)s was merged again since. Please undo the later merge first.")


def merge_people(kept: Person, absorbed: Person, *, reason: str = "", actor: Actor, at: datetime) -> Merge:
    """Say that `absorbed` is `kept`: mandates, contact points, invitations, roles… follow; nothing is erased.

    Raises SameEntry, AlreadyMerged, and what a room above refuses (both coming to the same event…).
    """
    if kept.id == absorbed.id:
        raise SameEntry
    lock_rows(Person, sorted((kept.id, absorbed.id)))
    for one in (kept, absorbed):
        if one.merged_into_id is not None:
            raise AlreadyMerged(name=one.full_name)
    merge = Merge(
        kept=kept,
        absorbed=absorbed,
        reason=reason.strip()[:500],
        author_id=actor.id,
        author_name=actor.name,
        made_at=at,
        before=_state(kept),
    )
    db.session.add(merge)
    db.session.flush()
    moved: dict[str, Any] = {}
    for _receiver, rows in person_merged.send(merge, kept=kept, absorbed=absorbed):
        moved |= rows or {}
    merge.moved = moved | _move_own(kept, absorbed)
    _take_over(kept, absorbed)
    absorbed.merged_into_id = kept.id
    db.session.flush()
    db.session.expire_all()
    _note("person.merged", kept, absorbed, merge, actor, at)
    return merge


def _state(person: Person) -> dict[str, Any]:
    return {**{name: getattr(person, name) for name in _FILLED}, "aliases": list(person.aliases)}


def _take_over(kept: Person, absorbed: Person) -> None:
    for name in _FILLED:
        if not getattr(kept, name):
            setattr(kept, name, getattr(absorbed, name))
    spellings = [absorbed.full_name, absorbed.native_name, *absorbed.aliases]
    mine = {fold(kept.full_name), fold(kept.native_name)}
    also_spelt(kept, [*kept.aliases, *(one for one in spellings if one and fold(one) not in mine)])


def _move_own(kept: Person, absorbed: Person) -> dict[str, Any]:
    """Mandates the kept entry does not have, contact points it does not have, orders of printing, decisions."""
    held = {(fold(one.title), one.organisation_id) for one in kept.mandates}
    reached = {(one.kind, one.value) for one in kept.contact_points}
    moved: dict[str, Any] = {"mandate": [], "contact_point": [], "presentation": []}
    for mandate in list(absorbed.mandates):
        if (fold(mandate.title), mandate.organisation_id) not in held:
            moved["mandate"].append([mandate.id, mandate.position])
            mandate.position = len(kept.mandates) + len(moved["mandate"])
            mandate.person_id = kept.id
    for point in list(absorbed.contact_points):
        if (point.kind, point.value) not in reached:
            moved["contact_point"].append(point.id)
            point.person_id = kept.id
    stays = {one.id for one in absorbed.mandates} - {id_ for id_, _position in moved["mandate"]}
    for order in absorbed.presentations:
        if not any(line.mandate_id in stays for line in order.lines):
            moved["presentation"].append(order.id)
            order.person_id = kept.id
    return moved | _move_decisions(kept, absorbed)


def _move_decisions(kept: Person, absorbed: Person) -> dict[str, Any]:
    """What was decided against a rule of protocol follows, unless the same was decided for the kept entry."""
    own = {(one.scope, one.kind, one.language) for one in list_decisions_of(kept)}
    moved = [one for one in list_decisions_of(absorbed) if (one.scope, one.kind, one.language) not in own]
    for one in moved:
        one.person = kept
    return {"protocol_override": [one.id for one in moved]}


def undo_merge(merge: Merge, *, actor: Actor, at: datetime) -> None:
    """Make two entries of one again: what followed goes back, where it still exists.

    What was written on the kept entry since then stays with it. Raises AlreadyUndone, LaterMerge.
    """
    kept, absorbed = merge.kept, merge.absorbed
    lock_rows(Person, sorted((kept.id, absorbed.id)))
    if merge.undone_at is not None:
        raise AlreadyUndone
    if kept.merged_into_id is not None:
        raise LaterMerge(name=kept.full_name)
    absorbed.merged_into_id = None
    _move_back(merge)
    for name, value in merge.before.items():
        if name != "aliases" and getattr(kept, name) == getattr(absorbed, name):
            setattr(kept, name, value)
    theirs = {fold(one) for one in (absorbed.full_name, absorbed.native_name, *absorbed.aliases)}
    before = merge.before["aliases"]
    also_spelt(kept, [one for one in kept.aliases if one in before or fold(one) not in theirs])
    merge_undone.send(merge, kept=kept, absorbed=absorbed, moved=merge.moved)
    merge.undone_at = at
    db.session.flush()
    db.session.expire_all()
    _note("person.merge_undone", kept, absorbed, merge, actor, at)


def _move_back(merge: Merge) -> None:
    kept, absorbed = merge.kept, merge.absorbed
    places = dict(merge.moved.get("mandate", ()))
    for mandate in list(kept.mandates):
        if mandate.id in places:
            mandate.person_id, mandate.position = absorbed.id, places[mandate.id]
    for point in list(kept.contact_points):
        if point.id in merge.moved.get("contact_point", ()):
            point.person_id = absorbed.id
    for order in list(kept.presentations):
        if order.id in merge.moved.get("presentation", ()):
            order.person_id = absorbed.id
    for decision in list_decisions_of(kept):
        if decision.id in merge.moved.get("protocol_override", ()):
            decision.person = absorbed


def tell_apart(one: Person, other: Person, *, actor: Actor, at: datetime) -> None:
    """Note that two entries are two people: they are not proposed as one again."""
    if one.id == other.id:
        raise SameEntry
    if find_known_apart(one, other) is None:
        first, second = sorted((one.id, other.id))
        db.session.add(KnownApart(person_id=first, other_id=second, author_name=actor.name, made_at=at))
    for person, double in ((one, other), (other, one)):
        _record("person.told_apart", person, {"other": double.full_name, "other_id": double.public_id}, actor, at)


def _note(action: str, kept: Person, absorbed: Person, merge: Merge, actor: Actor, at: datetime) -> None:
    _record(action, kept, {"other": absorbed.full_name, "reason": merge.reason}, actor, at)
    _record(action, absorbed, {"other": kept.full_name, "reason": merge.reason}, actor, at)


def _record(action: str, person: Person, told: dict[str, Any], actor: Actor, at: datetime) -> None:
    record(actor, action, kind="person", id=person.public_id, name=person.full_name, at=at, after=told)
