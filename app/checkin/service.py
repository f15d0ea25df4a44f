"""The door: look, check the identity, admit. One function admits, whatever the road.

`examine` says what the door would answer and writes nothing; `admit` and `refuse` write one row of
the ledger each. What happened stands: an admission taken back is another row (architecture
promise 2).
"""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.exc import IntegrityError

from app.badging.models import Badge
from app.badging.queries import find_active_badge, find_badge_by_code
from app.checkin.models import DOCUMENTS, Device, IdentityCheck, Scan
from app.checkin.queries import find_scan_by_nonce, list_passages
from app.database import db, lock_rows
from app.errors import Refusal
from app.events.models import Event
from app.i18n import lazy
from app.registration.models import Registration


class DocumentMissing(Refusal):
    """The event asks for an identity document: say which kind was shown."""

    message = lazy("Please choose the document that was shown.")


class NothingToUndo(Refusal):
    """Only someone who is in can be taken back out of the count."""

    message = lazy("This person has not come in today: there is nothing to undo.")


@dataclass(frozen=True)
class Verdict:
    """What the door answers. `result` is one of app.checkin.models.RESULTS.

    "admitted" in a verdict of `examine` means "may come in". `first` is the admission that an
    "already_in" refers to: when and where.
    """

    result: str
    registration: Registration | None = None
    first: Scan | None = None
    scan: Scan | None = None


def open_desk(event: Event, gate: str, opened_by: str, at: datetime) -> Device:
    """Make a phone or computer a desk of the event."""
    device = Device(event_id=event.id, gate=gate, opened_by=opened_by, opened_at=at)
    db.session.add(device)
    return device


def day_of(event: Event, at: datetime) -> date:
    """The day at the door, in the event's zone: entry is once a day."""
    return at.astimezone(ZoneInfo(event.timezone)).date()


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


def _examine(
    event: Event, registration: Registration, badge: Badge | None, at: datetime
) -> Verdict:
    if event.status == "cancelled":
        return Verdict("event_cancelled", registration)
    if registration.state != "confirmed":
        return Verdict(registration.state, registration)
    if badge is None or badge.state == "revoked":
        return Verdict("revoked", registration)
    inside = _find_inside(list_passages(registration.id, day_of(event, at)))
    if inside:
        return Verdict("already_in", registration, first=inside)
    return Verdict("admitted", registration)


def _find_inside(passages: list[Scan]) -> Scan | None:
    last = passages[-1] if passages else None
    return last if last is not None and last.result == "admitted" else None


@dataclass(frozen=True)
class Passage:
    """One request of one desk: `nonce` makes a replay harmless, `road` is how it came."""

    device: Device
    nonce: str
    road: str
    agent: str
    at: datetime


def admit(
    event: Event, registration: Registration, passage: Passage, *, document: str = ""
) -> Verdict:
    """Let someone in, or say why not; either way one row of the ledger.

    `document` is the kind shown, required where the event checks identities (DocumentMissing). The
    same nonce answers the same and writes nothing. Two desks in the same second: one admits, the
    other reads "already in", on every database.
    """
    earlier = find_scan_by_nonce(passage.device, passage.nonce)
    if earlier:
        return Verdict(earlier.result, registration, scan=earlier)
    if event.id_check and document not in DOCUMENTS:
        raise DocumentMissing
    lock_rows(Registration, [registration.id])
    verdict = examine(event, registration, passage.at)
    try:
        with db.session.begin_nested():
            scan = _write(event, passage, verdict.result, registration)
            if verdict.result == "admitted" and event.id_check:
                scan.identity = IdentityCheck(document=document, result="matches")
    except IntegrityError:
        verdict = examine(event, registration, passage.at)
        scan = _write(event, passage, verdict.result, registration)
    return Verdict(verdict.result, registration, verdict.first, scan)


def refuse(
    event: Event, verdict: Verdict, passage: Passage, *, document: str = ""
) -> Scan:
    """Keep a refusal in the ledger. `document`: the identity shown did not match."""
    earlier = find_scan_by_nonce(passage.device, passage.nonce)
    if earlier:
        return earlier
    scan = _write(event, passage, verdict.result, verdict.registration)
    if verdict.result == "identity_refused":
        scan.identity = IdentityCheck(
            document=document if document in DOCUMENTS else "other", result="does_not_match"
        )
    return scan


def undo(event: Event, registration: Registration, passage: Passage) -> Scan:
    """Take today's admission back, by another row. Raises NothingToUndo."""
    lock_rows(Registration, [registration.id])
    if not _find_inside(list_passages(registration.id, day_of(event, passage.at))):
        raise NothingToUndo
    return _write(event, passage, "undone", registration)


def _write(
    event: Event, passage: Passage, result: str, registration: Registration | None
) -> Scan:
    day = day_of(event, passage.at)
    key = None
    if result == "admitted" and registration is not None:
        key = f"{registration.id}:{day}:{len(list_passages(registration.id, day))}"
    scan = Scan(
        event_id=event.id,
        device_id=passage.device.id,
        nonce=passage.nonce,
        registration_id=registration.id if registration else None,
        result=result,
        road=passage.road,
        day=day,
        entry_key=key,
        at=passage.at,
        agent=passage.agent,
    )
    db.session.add(scan)
    db.session.flush()
    return scan
