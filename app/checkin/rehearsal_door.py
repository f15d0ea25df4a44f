"""What the door answers in a rehearsal, and the row it keeps: `service` over again, beside the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from app.badging.codes import is_genuine, public_key, read_code
from app.checkin.deciding import Decision, Facts, Passed, decide
from app.checkin.leading import NothingToOverride
from app.checkin.ledger import Passage, StaleRequest, day_of
from app.checkin.models import Device
from app.checkin.rehearsal_models import RehearsalGuest, RehearsalScan, new_guest_id
from app.checkin.rehearsal_queries import find_guest, find_guest_by_code, find_scan, list_passages
from app.checkin.service import DocumentMissing, NothingToUndo, documents_of
from app.database import db, lock_row
from app.events.models import Event

# When whoever is in already came, on every day of a rehearsal.
EARLY = time(0, 1)


@dataclass(frozen=True)
class Before:
    """An earlier passage of an invented guest; `device` "" for one that nobody scanned."""

    result: str
    at: datetime
    gate: str
    device: str = ""


@dataclass(frozen=True)
class Shown:
    """What was shown to a desk: whose, and what it is worth to the rule."""

    guest: RehearsalGuest | None
    code: str


@dataclass(frozen=True)
class Outcome:
    """The answer: as `ledger.Verdict`, for an invented guest."""

    decision: Decision
    guest: RehearsalGuest | None
    first: Before | None = None
    scan: RehearsalScan | None = None

    @property
    def result(self) -> str:
        """One of app.checkin.models.RESULTS."""
        return self.decision.result


def shown_code(event: Event, typed: str, secret: str) -> Shown:
    """Whose code that is; the code of a rehearsal that is over is nobody's."""
    guest = find_guest_by_code(event, typed)
    if guest is None:
        return Shown(None, "rehearsal")
    code = read_code(typed)
    if code and code.signature:
        keys = {number: public_key(secret, event.public_id, number) for number in range(1, event.badge_key + 1)}
        if is_genuine(code, keys) is False:
            return Shown(guest, "forged")
    if code and code.version < guest.version:
        return Shown(guest, "replaced")
    return Shown(guest, "revoked" if guest.badge_state == "revoked" else "valid")


def shown_guest(event: Event, public_id: str) -> Shown:
    """Somebody chosen by name."""
    guest = find_guest(event, public_id)
    if guest is None:
        return Shown(None, "rehearsal")
    return Shown(guest, "valid" if guest.badge_state == "active" else "none")


def examine(event: Event, shown: Shown, passage: Passage, identity: str = "") -> Outcome:
    """What the door answers. Writes nothing."""
    passages = _passages(event, shown.guest, passage) if shown.guest else []
    decision = decide(_facts(event, shown, passage, passages, identity))
    first = None if decision.first is None else passages[decision.first]
    return Outcome(decision, shown.guest, first)


def admit(event: Event, shown: Shown, passage: Passage, *, document: str = "") -> Outcome:
    """Let in, or say why not; one row beside the ledger. Raises DocumentMissing, StaleRequest."""
    _lock(shown, passage)
    if earlier := find_scan(passage.device, passage.nonce):
        return _again(event, earlier, shown, passage)
    is_shown = event.id_check and document in documents_of(passage.device)
    outcome = examine(event, shown, passage, "matches" if is_shown else "")
    if outcome.decision.asks_identity:
        raise DocumentMissing
    return keep(event, outcome, passage)


def refuse_identity(event: Event, shown: Shown, passage: Passage) -> Outcome:
    """The document is somebody else's, or the answer that stands before that question."""
    _lock(shown, passage)
    if earlier := find_scan(passage.device, passage.nonce):
        return _again(event, earlier, shown, passage)
    return keep(event, examine(event, shown, passage, "does_not_match"), passage)


def gesture(event: Event, shown: Shown, passage: Passage, kind: str) -> Outcome:
    """ "undo", "returned", "copy_suspected" or "anyway". Raises NothingToUndo, NothingToOverride, StaleRequest."""
    _lock(shown, passage)
    if earlier := find_scan(passage.device, passage.nonce):
        return _again(event, earlier, shown, passage)
    seen = examine(event, shown, passage, "matches")
    if kind == "anyway":
        return _anyway(event, seen, passage)
    if seen.result != "already_in":
        raise NothingToUndo if kind == "undo" else NothingToOverride
    return keep(event, _told(seen, "undone" if kind == "undo" else kind), passage)


def take(event: Event, shown: Shown, passage: Passage, decided: str) -> Outcome:
    """Keep what a device decided alone: it stands. Repeated, it answers the same and writes nothing."""
    _lock(shown, passage)
    if earlier := find_scan(passage.device, passage.nonce):
        return _again(event, earlier, shown, passage)
    return keep(event, _told(examine(event, shown, passage, "matches"), decided), passage)


def keep(event: Event, outcome: Outcome, passage: Passage) -> Outcome:
    """Write the row. The caller commits."""
    scan = RehearsalScan(
        public_id=new_guest_id(),
        event_id=event.id,
        device_id=passage.device.id,
        nonce=passage.nonce,
        guest_id=outcome.guest.id if outcome.guest else None,
        result=outcome.result,
        direction=passage.direction,
        scope=passage.scope,
        gate=passage.device.gate,
        day=day_of(event, passage.at),
        at=passage.at,
        agent=passage.agent,
        is_offline=passage.upload is not None,
    )
    db.session.add(scan)
    db.session.flush()
    return replace(outcome, scan=scan)


def _told(outcome: Outcome, result: str) -> Outcome:
    first = outcome.first if result == "already_in" else None
    return replace(outcome, decision=Decision(result), first=first)


def _anyway(event: Event, seen: Outcome, passage: Passage) -> Outcome:
    is_waived = seen.result == "admitted" and passage.is_waived
    if seen.guest is None or (seen.result in {"already_in", "admitted"} and not is_waived):
        raise NothingToOverride
    return keep(event, _told(seen, "admitted"), passage)


def _lock(shown: Shown, passage: Passage) -> None:
    """One gesture of a desk at a time, and of a guest: a nonce is used once, two desks admit one guest once."""
    lock_row(passage.device)
    if shown.guest:
        lock_row(shown.guest)


def _again(event: Event, earlier: RehearsalScan, shown: Shown, passage: Passage) -> Outcome:
    """The answer that was given to this request. Raises StaleRequest when it was somebody else's."""
    if earlier.guest_id != (shown.guest.id if shown.guest else None):
        raise StaleRequest
    return answer_of_scan(event, earlier, passage.device)


def answer_of_scan(event: Event, scan: RehearsalScan, device: Device) -> Outcome:
    """What a row answered."""
    if scan.guest is None or scan.result != "already_in":
        return Outcome(Decision(scan.result), scan.guest, scan=scan)
    at = Passage(device, scan.nonce, "typed", scan.agent, scan.at)
    before = [one for one in _passages(event, scan.guest, at) if one.at <= scan.at]
    first = before[-1] if before and before[-1].result == "admitted" else None
    return Outcome(Decision(scan.result), scan.guest, first, scan)


def early_passage(event: Event, day: date) -> datetime:
    """When a guest who is in already came, on that day."""
    return datetime.combine(day, EARLY, ZoneInfo(event.timezone)).astimezone(UTC)


def _passages(event: Event, guest: RehearsalGuest, passage: Passage) -> list[Before]:
    """Those that count at this gate, as `service` counts them."""
    gate = passage.device.gate_row
    rule, scope = (gate.rule, gate.scope) if gate else ("day", "")
    day = None if rule == "once" else day_of(event, passage.at)
    rows = list_passages(guest, scope, day)
    known = [Before(row.result, row.at, row.gate, row.device.public_id) for row in rows]
    if guest.is_in and not scope:
        known.insert(0, Before("admitted", early_passage(event, day_of(event, passage.at)), ""))
    return known


def _facts(event: Event, shown: Shown, passage: Passage, passages: Sequence[Before], identity: str) -> Facts:
    device, guest = passage.device, shown.guest
    gate, chosen = device.gate_row, device.settings
    told: dict[str, Any] = {"code": shown.code, "state": ""}
    if guest:
        key = guest.category.key
        told = {
            "code": shown.code,
            "state": guest.state,
            "is_replaced": guest.state == "cancelled" and bool(guest.stand_in),
            "category": key,
            "category_days": tuple(chosen.category_days.get(key, ())) if chosen else (),
            "gate_categories": gate.categories if gate else (),
            "opens": int(gate.opens_at.timestamp()) if gate and gate.opens_at else None,
            "closes": int(gate.closes_at.timestamp()) if gate and gate.closes_at else None,
            **{name: tuple(value) if isinstance(value, list) else value for name, value in guest.facts.items()},
        }
    return Facts(
        at=int(passage.at.timestamp()),
        day=day_of(event, passage.at).isoformat(),
        device=device.public_id,
        status=event.status,
        checks_identity=event.id_check,
        passages=tuple(Passed(one.result, int(one.at.timestamp()), one.device) for one in passages),
        direction=passage.direction,
        identity=identity,
        **told,
    )
