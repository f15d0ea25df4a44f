"""The door: look, check the identity, admit. One function admits, whatever the road.

`examine` says what the door would answer and writes nothing; `admit` and `refuse` write one row of
the ledger each. What happened stands: an admission taken back is another row (architecture
promise 2). The ledger is its own journal: each row says who, where and when. The rule itself is
`app.checkin.deciding`, which devices without a network run too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.audit.service import Actor, record
from app.badging.codes import is_genuine, public_key, read_code
from app.badging.models import Badge
from app.badging.queries import find_active_badge, find_presented
from app.checkin.deciding import Facts, Passed, decide
from app.checkin.door_queries import find_stand_in, has_session_place
from app.checkin.ledger import Passage, StaleRequest, Upload, Verdict, day_of, verdict_of
from app.checkin.ledger import keep as _keep
from app.checkin.models import DOCUMENTS, Device, Scan
from app.checkin.queries import find_scan_by_nonce, list_passages, list_passages_at
from app.database import db, lock_rows
from app.errors import Busy, Refusal
from app.events.models import Event
from app.i18n import lazy
from app.registration.models import Registration
from app.registration.queries import select_registrations
from app.text import fold

__all__ = ["Passage", "StaleRequest", "Upload", "Verdict", "day_of", "verdict_of"]
# Fewer letters would list the guests to whoever stands at the desk.
FEWEST_LETTERS = 3
MOST_FOUND = 20


class DocumentMissing(Refusal):
    """The event asks for an identity document: say which kind was shown."""

    message = lazy("Please choose the document that was shown.")
    status = 422


class NothingToUndo(Refusal):
    """Only someone who is in can be taken back out of the count."""

    message = lazy("This person has not come in today: there is nothing to undo.")


class SearchTooShort(Refusal):
    """At the desk the list is found by name, never read through."""

    message = lazy("Please type at least three letters of the name.")
    status = 422


@dataclass(frozen=True)
class Approach:
    """Somebody before a desk: which way they go, and what was said of their identity."""

    event: Event
    at: datetime
    device: Device | None = None
    direction: str = "in"
    identity: str = ""


def open_desk(event: Event, gate: str, actor: Actor, at: datetime) -> Device:
    """Make a phone or computer a desk of the event, named after its gate."""
    device = Device(event_id=event.id, gate=gate, opened_by=actor.name, opened_at=at)
    db.session.add(device)
    db.session.flush()
    record(actor, "desk.opened", kind="desk", id=device.public_id, name=gate, topic=event.public_id, at=at)
    return device


def search(event: Event, words: str) -> list[Registration]:
    """At most twenty people of the event whose name holds every word. Raises SearchTooShort."""
    if len(fold(words).replace(" ", "")) < FEWEST_LETTERS:
        raise SearchTooShort
    wanted = select_registrations(event, words=words).limit(MOST_FOUND)
    return list(db.session.scalars(wanted))


def examine_code(
    event: Event, typed: str, at: datetime, *, device: Device | None = None, direction: str = "in", secret: str = ""
) -> Verdict:
    """What the door answers to a scanned or typed code. Writes nothing.

    `secret`, the program's key, lets it tell an invented badge ("forged") from a code of somebody else's.
    """
    approach = Approach(event, at, device, direction)
    code, badge = worth_of(event, typed, secret)
    if badge is None or badge.event_id != event.id:
        return _told(approach, code)
    return _answer(approach, badge.registration, code)


def examine(
    event: Event, registration: Registration, at: datetime, *, device: Device | None = None, direction: str = "in"
) -> Verdict:
    """What the door answers to someone found by name. Writes nothing."""
    approach = Approach(event, at, device, direction)
    return _answer(approach, registration, _code_in_force(registration))


def worth_of(event: Event, typed: str, secret: str = "", *, to_pass: bool = False) -> tuple[str, Badge | None]:
    """What a code is worth (`deciding.Facts.code`), and the badge it belongs to, of any event for a whole code.

    `to_pass`: whom it belongs to is locked until the commit, in the statement that finds them.
    """
    presented = find_presented(event, typed, to_pass=to_pass)
    if presented is None:
        return ("forged" if _is_invented(event, typed, secret) else "unknown"), None
    badge = presented.badge
    if badge.event_id != event.id:
        return "other_event", badge
    if presented.standing != "valid":
        return presented.standing, badge
    return ("revoked" if badge.state == "revoked" else "valid"), badge


def _is_invented(event: Event, typed: str, secret: str) -> bool:
    """Whether it looks like one of our badges, and none of our keys signed it."""
    code = read_code(typed)
    if not secret or code is None or not code.signature:
        return False
    keys = {number: public_key(secret, event.public_id, number) for number in range(1, event.badge_key + 1)}
    return is_genuine(code, keys) is not True


def _code_in_force(registration: Registration) -> str:
    return "valid" if find_active_badge(registration.id) else "none"


def answer_for(event: Event, registration: Registration, passage: Passage, code: str = "") -> Verdict:
    """What the rule answers to this passage; `code` as `worth_of` tells it, "" for someone chosen by name."""
    approach = Approach(event, passage.at, passage.device, passage.direction)
    return _answer(approach, registration, code or _code_in_force(registration))


def _told(approach: Approach, code: str, registration: Registration | None = None) -> Verdict:
    """The answer when the list of passages does not matter."""
    facts = Facts(int(approach.at.timestamp()), "", "", code=code, status=approach.event.status)
    return Verdict(decide(facts).result, registration)


def _answer(approach: Approach, registration: Registration, code: str) -> Verdict:
    """The rule applied to what the database knows."""
    if code == "forged" or approach.event.status == "cancelled":
        return _told(approach, code, registration)
    passages = _passages_of(approach, registration)
    stand_in = find_stand_in(registration) if registration.state == "cancelled" else None
    decision = decide(_facts(approach, registration, code, passages, is_replaced=stand_in is not None))
    return Verdict(
        decision.result,
        registration,
        first=None if decision.first is None else passages[decision.first],
        asks_identity=decision.asks_identity,
        is_echo=decision.is_echo,
        replaced_by=stand_in,
        entry_key=_entry_key(approach, registration, len(passages)),
    )


def _entry_key(approach: Approach, registration: Registration, number: int) -> str:
    """What the database holds unique, so that one badge opens one entrance once."""
    gate = approach.device.gate_row if approach.device else None
    day = "*" if gate and gate.rule == "once" else day_of(approach.event, approach.at).isoformat()
    scope = f"{gate.scope}:" if gate and gate.scope else ""
    return f"{scope}{registration.id}:{day}:{number}"


def _passages_of(approach: Approach, registration: Registration) -> list[Scan]:
    """What counts at this gate: today's, or all where the gate opens once in the whole event."""
    day = day_of(approach.event, approach.at)
    gate = approach.device.gate_row if approach.device else None
    if gate is None or (gate.rule == "day" and not gate.scope):
        return list_passages(registration.id, day)
    return list_passages_at(registration.id, gate.scope, None if gate.rule == "once" else day)


def _facts(
    approach: Approach, registration: Registration, code: str, passages: Sequence[Scan], *, is_replaced: bool
) -> Facts:
    event, device = approach.event, approach.device
    gate, chosen = (device.gate_row, device.settings) if device else (None, None)
    category = registration.category.key
    return Facts(
        at=int(approach.at.timestamp()),
        day=day_of(event, approach.at).isoformat(),
        device=device.public_id if device else "",
        code=code,
        state=registration.state,
        status=event.status,
        checks_identity=event.id_check,
        is_replaced=is_replaced,
        category=category,
        category_days=tuple(chosen.category_days.get(category, ())) if chosen else (),
        gate_categories=gate.categories if gate else (),
        is_listed=gate is None or gate.session_id is None or has_session_place(registration, gate),
        opens=int(gate.opens_at.timestamp()) if gate and gate.opens_at else None,
        closes=int(gate.closes_at.timestamp()) if gate and gate.closes_at else None,
        passages=tuple(Passed(p.result, int(p.at.timestamp()), p.device.public_id) for p in passages),
        direction=approach.direction,
        identity=approach.identity,
    )


def documents_of(device: Device) -> tuple[str, ...]:
    """Kinds of document taken at this door, in the order of the desk."""
    chosen = device.settings.documents if device.settings else ()
    return chosen or DOCUMENTS


def admit_code(event: Event, typed: str, passage: Passage, *, document: str = "", secret: str = "") -> Verdict:
    """`admit` for a scanned or typed code; a code that is none of ours is refused and kept too."""
    code, badge = worth_of(event, typed, secret, to_pass=True)
    if badge is None or badge.event_id != event.id:
        return refuse(event, _told(Approach(event, passage.at), code), passage)
    return _admit(event, badge.registration, passage, document, code)


def admit(event: Event, registration: Registration, passage: Passage, *, document: str = "", code: str = "") -> Verdict:
    """Let someone in (or out: `passage.direction`), or say why not; either way one row of the ledger.

    `document` is the kind shown, required to let someone in where the event checks identities
    (DocumentMissing), unless a lead waives it. `code`: what the one presented is worth; without it the
    badge in force decides. The same nonce answers the same and writes nothing (for somebody else:
    StaleRequest). Two desks in the same second: one admits, the other reads "already in", on every database.
    """
    lock_rows(Registration, [registration.id])
    return _admit(event, registration, passage, document, code or _code_in_force(registration))


def _admit(event: Event, registration: Registration, passage: Passage, document: str, code: str) -> Verdict:
    """`admit` for a registration that is locked."""
    shown = document if event.id_check and document in documents_of(passage.device) else ""
    identity = "waived" if passage.is_waived else "matches" if shown else ""
    approach = Approach(event, passage.at, passage.device, passage.direction, identity)
    for _attempt in range(2):
        verdict = _answer(approach, registration, code)
        if verdict.asks_identity:
            raise DocumentMissing
        is_in = verdict.result == "admitted"
        key = verdict.entry_key if is_in else None
        kept = _keep(event, verdict, passage, key, document=shown if is_in else "")
        if kept is not None:
            return kept
    raise Busy


def refuse(event: Event, verdict: Verdict, passage: Passage, *, document: str = "") -> Verdict:
    """Keep a refusal in the ledger. `document`: for "identity_refused", what did not match."""
    shown = document if document in DOCUMENTS else "other"
    checked = shown if verdict.result == "identity_refused" else ""
    kept = _keep(event, verdict, passage, document=checked)
    if kept is None:
        raise Busy
    return kept


def undo(event: Event, registration: Registration, passage: Passage) -> Scan:
    """Take the admission back, by another row. Raises NothingToUndo."""
    lock_rows(Registration, [registration.id])
    earlier = find_scan_by_nonce(passage.device, passage.nonce)
    if earlier:
        return earlier
    if find_inside(event, registration, passage) is None:
        raise NothingToUndo
    kept = _keep(event, Verdict("undone", registration), passage)
    if kept is None or kept.scan is None:
        raise Busy
    return kept.scan


def find_inside(event: Event, registration: Registration, passage: Passage) -> Scan | None:
    """The admission that stands at this entrance; None when the guest is outside."""
    passages = _passages_of(Approach(event, passage.at, passage.device), registration)
    return passages[-1] if passages and passages[-1].result == "admitted" else None
