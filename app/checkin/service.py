"""The door: look, check the identity, admit. One function admits, whatever the road.

`examine` says what the door would answer and writes nothing; `admit` and `refuse` write one row of
the ledger each. What happened stands: an admission taken back is another row (architecture
promise 2). The ledger is its own journal: each row says who, where and when.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import make_transient_to_detached

from app.audit.service import Actor, record
from app.badging.models import Badge
from app.badging.queries import find_active_badge, find_badge_by_code
from app.checkin.models import DOCUMENTS, Device, IdentityCheck, Scan
from app.checkin.queries import find_scan_by_nonce, list_passages
from app.codes import new_public_id
from app.database import db, lock_rows
from app.errors import Busy, Refusal
from app.events.models import Event
from app.i18n import lazy
from app.registration.models import Registration
from app.registration.queries import select_registrations
from app.text import fold

# Fewer letters would list the guests to whoever stands at the desk.
FEWEST_LETTERS = 3
MOST_FOUND = 20
_INSERT_CHECK = insert(IdentityCheck.__table__).values(
    {name: bindparam(name) for name in ("scan_id", "document", "result")}
)


class DocumentMissing(Refusal):
    """The event asks for an identity document: say which kind was shown."""

    message = lazy("Please choose the document that was shown.")
    status = 422


class NothingToUndo(Refusal):
    """Only someone who is in can be taken back out of the count."""

    message = lazy("This person has not come in today: there is nothing to undo.")


class StaleRequest(Refusal):
    """A request's nonce was already used for somebody else: an old page was sent again."""

    message = lazy("This page is out of date. Please scan the badge again.")


class SearchTooShort(Refusal):
    """At the desk the list is found by name, never read through."""

    message = lazy("Please type at least three letters of the name.")
    status = 422


@dataclass(frozen=True)
class Verdict:
    """What the door answers. `result` is one of app.checkin.models.RESULTS.

    "admitted" in a verdict of `examine` means "may come in"; `scan` is then None. `first` is the
    admission that an "already_in" refers to: when and where.
    """

    result: str
    registration: Registration | None = None
    first: Scan | None = None
    scan: Scan | None = None


@dataclass(frozen=True)
class Passage:
    """One request of one desk: `nonce` makes a replay harmless, `road` is how it came.

    `road` is "camera", "scanner", "typed" or "search"; `nonce` is at most 40 characters, never used
    for two requests of one device; `agent` names who is at the desk.
    """

    device: Device
    nonce: str
    road: str
    agent: str
    at: datetime


def open_desk(event: Event, gate: str, actor: Actor, at: datetime) -> Device:
    """Make a phone or computer a desk of the event, named after its gate."""
    device = Device(event_id=event.id, gate=gate, opened_by=actor.name, opened_at=at)
    db.session.add(device)
    db.session.flush()
    record(actor, "desk.opened", kind="desk", id=device.public_id, name=gate, topic=event.public_id, at=at)
    return device


def day_of(event: Event, at: datetime) -> date:
    """The day at the door, in the event's zone: entry is once a day."""
    return at.astimezone(ZoneInfo(event.timezone)).date()


def search(event: Event, words: str) -> list[Registration]:
    """At most twenty people of the event whose name holds every word. Raises SearchTooShort."""
    if len(fold(words).replace(" ", "")) < FEWEST_LETTERS:
        raise SearchTooShort
    wanted = select_registrations(event, words=words).limit(MOST_FOUND)
    return list(db.session.scalars(wanted))


def examine_code(event: Event, typed: str, at: datetime) -> Verdict:
    """What the door answers to a scanned or typed code. Writes nothing."""
    badge = find_badge_by_code(event, typed)
    if badge is None:
        return Verdict("unknown")
    if badge.event_id != event.id:
        return Verdict("other_event")
    return _examine(event, badge.registration, badge, at)


def examine(event: Event, registration: Registration, at: datetime) -> Verdict:
    """What the door answers to someone found by name. Writes nothing."""
    return _examine(event, registration, find_active_badge(registration.id), at)


def _examine(event: Event, registration: Registration, badge: Badge | None, at: datetime) -> Verdict:
    passages = list_passages(registration.id, day_of(event, at))
    return _decide(event, registration, badge, passages)


def _decide(event: Event, registration: Registration, badge: Badge | None, passages: list[Scan]) -> Verdict:
    """The rule itself: nothing is read, nothing is written. `passages` are today's."""
    if event.status == "cancelled":
        return Verdict("event_cancelled", registration)
    if registration.state != "confirmed":
        return Verdict(registration.state, registration)
    if badge is None or badge.state == "revoked":
        return Verdict("revoked", registration)
    inside = _find_inside(passages)
    if inside:
        return Verdict("already_in", registration, first=inside)
    return Verdict("admitted", registration)


def _find_inside(passages: list[Scan]) -> Scan | None:
    last = passages[-1] if passages else None
    return last if last is not None and last.result == "admitted" else None


def admit_code(event: Event, typed: str, passage: Passage, *, document: str = "") -> Verdict:
    """`admit` for a scanned or typed code; a code that is none of ours is refused and kept too."""
    badge = find_badge_by_code(event, typed)
    if badge is None or badge.event_id != event.id:
        result = "unknown" if badge is None else "other_event"
        return refuse(event, Verdict(result), passage)
    return admit(event, badge.registration, passage, document=document, badge=badge)


def admit(
    event: Event, registration: Registration, passage: Passage, *, document: str = "", badge: Badge | None = None
) -> Verdict:
    """Let someone in, or say why not; either way one row of the ledger.

    `document` is the kind shown, required to let someone in where the event checks identities
    (DocumentMissing). `badge`: the one presented; without it the one in force. The same nonce
    answers the same and writes nothing (for somebody else: StaleRequest). Two desks in the same
    second: one admits, the other reads "already in", on every database.
    """
    lock_rows(Registration, [registration.id])
    badge = badge or find_active_badge(registration.id)
    day = day_of(event, passage.at)
    for _attempt in range(2):
        passages = list_passages(registration.id, day)
        verdict = _decide(event, registration, badge, passages)
        is_checking = verdict.result == "admitted" and event.id_check
        if is_checking and document not in DOCUMENTS:
            raise DocumentMissing
        key = f"{registration.id}:{day}:{len(passages)}" if verdict.result == "admitted" else None
        kept = _keep(event, verdict, passage, key, document=document if is_checking else "")
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
    """Take today's admission back, by another row. Raises NothingToUndo."""
    lock_rows(Registration, [registration.id])
    earlier = find_scan_by_nonce(passage.device, passage.nonce)
    if earlier:
        return earlier
    if not _find_inside(list_passages(registration.id, day_of(event, passage.at))):
        raise NothingToUndo
    kept = _keep(event, Verdict("undone", registration), passage)
    if kept is None or kept.scan is None:
        raise Busy
    return kept.scan


def verdict_of(scan: Scan) -> Verdict:
    """The answer that was given then, from its row."""
    first = None
    if scan.result == "already_in" and scan.registration_id:
        before = [p for p in list_passages(scan.registration_id, scan.day) if p.id < scan.id]
        first = _find_inside(before)
    return Verdict(scan.result, scan.registration, first, scan)


def _keep(
    event: Event, verdict: Verdict, passage: Passage, key: str | None = None, *, document: str = ""
) -> Verdict | None:
    """Write the row, and the identity check that belongs to it; or find that it is written.

    One statement decides: the constraints say whether this request was answered before (its answer
    comes again) or another desk was faster for this person (None). Raises StaleRequest.
    """
    registration = verdict.registration
    row = {
        "event_id": event.id,
        "device_id": passage.device.id,
        "nonce": passage.nonce,
        "registration_id": registration.id if registration else None,
        "result": verdict.result,
        "road": passage.road,
        "day": day_of(event, passage.at),
        "entry_key": key,
        "at": passage.at,
        "agent": passage.agent,
        "public_id": new_public_id(),
    }
    number = db.session.scalar(_insert_scan(db.session.get_bind().dialect.name), row)
    if number is None:
        return _answer_again(verdict, passage)
    if document:
        result = "does_not_match" if verdict.result == "identity_refused" else "matches"
        check = {"scan_id": number, "document": document, "result": result}
        db.session.execute(_INSERT_CHECK, check)
    return replace(verdict, scan=_as_kept(number, row))


def _as_kept(number: int, row: dict[str, Any]) -> Scan:
    """The row just written as an object of the session, without reading it back."""
    scan = Scan(id=number, **row)
    make_transient_to_detached(scan)
    db.session.add(scan)
    return scan


@lru_cache(maxsize=2)
def _insert_scan(dialect: str) -> Any:
    """An INSERT that knows ON CONFLICT, in the words of the database at hand; built once."""
    statement = (sqlite if dialect == "sqlite" else postgresql).insert(Scan.__table__)
    columns = [column.name for column in Scan.__table__.columns if not column.primary_key]
    values: dict[str, Any] = {name: bindparam(name) for name in columns}
    return statement.values(values).on_conflict_do_nothing().returning(Scan.id)


def _answer_again(verdict: Verdict, passage: Passage) -> Verdict | None:
    earlier = find_scan_by_nonce(passage.device, passage.nonce)
    if earlier is None:
        return None
    wanted = verdict.registration.id if verdict.registration else None
    if earlier.registration_id != wanted:
        raise StaleRequest
    return verdict_of(earlier)
