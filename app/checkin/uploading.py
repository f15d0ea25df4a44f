"""What a device decided without a network: it stands, and what does not agree with it is told to the lead.

Scenario 5.5: 134 passages of two devices, one guest on both, sent three times: 134 rows, 133 people, one conflict.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select

from app.badging.models import Badge
from app.checkin import service
from app.checkin.deciding import ECHO_SECONDS
from app.checkin.door_models import Conflict
from app.checkin.ledger import Passage, Verdict, keep, verdict_of
from app.checkin.models import DOCUMENTS, RESULTS, Scan
from app.checkin.queries import find_scan_by_nonce
from app.codes import new_public_id
from app.database import db, lock_rows
from app.errors import Busy, Refusal
from app.events.models import Event
from app.i18n import lazy
from app.registration.models import Registration

# A clock that far off makes every hour of the device doubtful.
CLOCK_FAR_OFF = timedelta(minutes=15)
# A device that heard nothing for so long asks for a lead (scenario 5.5).
LIST_TOO_OLD = timedelta(hours=12)
# What is said of somebody who is in already.
REMARKS = ("returned", "copy_suspected")
# What a device may say that it answered; the others are gestures.
DECIDED = frozenset(RESULTS) - {"undone", *REMARKS}


class NothingDecided(Refusal):
    """The row tells an answer that no door gives."""

    message = lazy("The field “%(field)s” is missing or not usable.")
    status = 422


@dataclass(frozen=True)
class Told:
    """One passage as the device tells it: whom (by code or by name), what it answered, which document it saw."""

    result: str
    code: str = ""
    registration: Registration | None = None
    document: str = ""
    # The desk whose admission an undo takes back, as the device knew it.
    undoes: str = ""


@dataclass(frozen=True)
class Taken:
    """What became of it: the verdict as told, and what it does not agree with ("" when it does)."""

    verdict: Verdict
    conflict: str = ""


def take(event: Event, told: Told, passage: Passage) -> Taken:
    """Keep one passage that a device decided alone. Repeated, it answers the same and writes nothing.

    Raises NothingDecided; StaleRequest when the nonce was used for somebody else.
    """
    if told.result not in DECIDED:
        raise NothingDecided(field="decided")
    code, registration = _who(event, told)
    if earlier := find_scan_by_nonce(passage.device, passage.nonce):
        return told_again(earlier, registration)
    seen = _rule_says(event, registration, code, passage)
    for _attempt in range(2):
        verdict = replace(seen, result=told.result, registration=registration, asks_identity=False)
        key = seen.entry_key if told.result == "admitted" else None
        kept = keep(event, verdict, passage, key, document=_document(event, told))
        if kept is not None:
            return Taken(kept, _flag(event, told, seen, kept, passage))
        seen = _rule_says(event, registration, code, passage)
    raise Busy


def _who(event: Event, told: Told) -> tuple[str, Registration | None]:
    """What the code is worth, and whom it belongs to, now locked; someone of another event is nobody here."""
    if told.registration:
        lock_rows(Registration, [told.registration.id])
        return "", told.registration
    code, badge = service.worth_of(event, told.code, to_pass=True)
    return code, badge.registration if isinstance(badge, Badge) and badge.event_id == event.id else None


def _rule_says(event: Event, registration: Registration | None, code: str, passage: Passage) -> Verdict:
    if registration is None:
        return Verdict("unknown", entry_key=f"nobody:{new_public_id()}")
    return service.answer_for(event, registration, passage, code)


def _document(event: Event, told: Told) -> str:
    if told.result == "identity_refused":
        return told.document if told.document in DOCUMENTS else "other"
    return told.document if told.result == "admitted" and event.id_check and told.document in DOCUMENTS else ""


def told_again(earlier: Scan, registration: Registration | None) -> Taken:
    """What this row was answered when it came first. Raises StaleRequest when it was somebody else's."""
    if earlier.registration_id != (registration.id if registration else None):
        raise service.StaleRequest
    kind = db.session.scalar(select(Conflict.kind).where(Conflict.scan_id == earlier.id).order_by(Conflict.id))
    return Taken(verdict_of(earlier), kind or "")


def _flag(event: Event, told: Told, seen: Verdict, kept: Verdict, passage: Passage) -> str:
    """Note what does not agree; the device last, so that the reason that matters is the one answered."""
    kind = _disagreement(seen, passage) if told.result == "admitted" else ""
    if kept.scan is None:
        return ""
    if kind:
        raise_conflict(event, kind, kept.scan, at=received(passage), other=seen.first)
    flagged = flag_device(event, kept.scan, passage)
    return kind or flagged


def flag_device(event: Event, scan: Scan, passage: Passage) -> str:
    """Note a clock far off and a list too old, each once a device and day: enough to look at it. The first of them."""
    found = ""
    for kind, is_so in (("clock_off", _is_clock_far_off(passage)), ("stale_list", _is_list_too_old(passage))):
        if is_so and not _has_conflict(scan, kind):
            raise_conflict(event, kind, scan, at=received(passage))
            found = found or kind
    return found


def _disagreement(seen: Verdict, passage: Passage) -> str:
    if seen.result == "admitted" or seen.registration is None:
        return "" if seen.registration else "refused_here"
    if seen.result == "already_in":
        return "" if _is_same_gesture(seen, passage) else "twice_in"
    if seen.result == passage.overrides:
        return ""  # the lead knew, and decided
    if seen.result in {"cancelled", "replaced"}:
        return "cancelled_before" if seen.registration.changed_at <= passage.at else ""
    return "refused_here"


def _is_same_gesture(seen: Verdict, passage: Passage) -> bool:
    """The same desk, seconds apart: one guest, one gesture, whatever order the rows came in."""
    first = seen.first
    is_here = first is not None and first.device_id == passage.device.id
    return is_here and first is not None and abs((passage.at - first.at).total_seconds()) < ECHO_SECONDS


def received(passage: Passage) -> datetime:
    """When a passage reached us."""
    return passage.upload.received_at if passage.upload else passage.at


def _is_clock_far_off(passage: Passage) -> bool:
    return passage.upload is not None and abs(passage.upload.clock_offset) > CLOCK_FAR_OFF / timedelta(milliseconds=1)


def _is_list_too_old(passage: Passage) -> bool:
    """A lead may go on with an old list; an agent may not."""
    listed = passage.upload.listed_at if passage.upload else None
    return listed is not None and passage.device.role != "lead" and passage.at - listed > LIST_TOO_OLD


def _has_conflict(scan: Scan, kind: str) -> bool:
    wanted = select(Conflict.id).join(Scan, Scan.id == Conflict.scan_id)
    wanted = wanted.where(Conflict.kind == kind, Scan.device_id == scan.device_id, Scan.day == scan.day)
    return db.session.scalar(wanted.limit(1)) is not None


def raise_conflict(event: Event, kind: str, scan: Scan, *, at: datetime, other: Scan | None = None) -> Conflict:
    """Ask the lead to decide on a row of the ledger. The caller commits."""
    conflict = Conflict(
        event_id=event.id, kind=kind, scan_id=scan.id, other_id=other.id if other else None, raised_at=at
    )
    db.session.add(conflict)
    db.session.flush()
    return conflict
