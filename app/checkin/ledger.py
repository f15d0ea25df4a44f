"""The ledger: what the door answered, written once. Rows are added, never changed (architecture promise 2)."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from app.checkin.adding import COLUMNS, add
from app.checkin.deciding import ECHO_SECONDS
from app.checkin.models import Device, Scan
from app.checkin.queries import find_scan_by_nonce, list_passages_before
from app.codes import new_public_id
from app.database import db
from app.errors import Refusal
from app.events.models import Event
from app.i18n import lazy
from app.reading import Reading
from app.registration.models import Registration

_SCAN = Reading(Scan, *COLUMNS)


class StaleRequest(Refusal):
    """A request's nonce was already used for somebody else: an old page was sent again."""

    message = lazy("This page is out of date. Please scan the badge again.")


@dataclass(frozen=True)
class Verdict:
    """What the door answers. `result` is one of app.checkin.models.RESULTS.

    "admitted" in a verdict of `examine` means "may come in"; `scan` is then None. `first` is the
    admission that an "already_in" refers to: when and where; `is_echo`: this desk itself, a moment ago.
    `asks_identity`: a document must be looked at first. `replaced_by`: who came instead.
    """

    result: str
    registration: Registration | None = None
    first: Scan | None = None
    scan: Scan | None = None
    asks_identity: bool = False
    is_echo: bool = False
    replaced_by: Registration | None = None
    # What the row of an admission will hold unique.
    entry_key: str = ""


@dataclass(frozen=True)
class Upload:
    """A passage that a device decided without us: what its clock said, how far off it was, when it reached us."""

    device_at: datetime
    clock_offset: int
    received_at: datetime
    # When the list it decided with was last refreshed; None: not known.
    listed_at: datetime | None = None


@dataclass(frozen=True)
class Passage:
    """One request of one desk: `nonce` makes a replay harmless, `road` is how it came.

    `road` is "camera", "scanner", "typed" or "search"; `nonce` is at most 40 characters, never used
    for two requests of one device; `agent` names who is at the desk. `direction` is "in" or "out".
    `reason`: why a lead decided otherwise than the rule, whose answer is in `overrides`.
    """

    device: Device
    nonce: str
    road: str
    agent: str
    at: datetime
    direction: str = "in"
    reason: str = ""
    overrides: str = ""
    is_waived: bool = False
    upload: Upload | None = None

    @property
    def scope(self) -> str:
        """What the entry is counted for: "" the main entrance, else a zone or a session."""
        return self.device.scope


def day_of(event: Event, at: datetime) -> date:
    """The day at the door, in the event's zone: entry is once a day."""
    return at.astimezone(ZoneInfo(event.timezone)).date()


def keep(
    event: Event, verdict: Verdict, passage: Passage, key: str | None = None, *, document: str = ""
) -> Verdict | None:
    """Write the row, and the identity check that belongs to it; or find that it is written.

    One statement decides: the constraints say whether this request was answered before (its answer
    comes again) or another desk was faster for this person (None). Raises StaleRequest.
    """
    row = _row(event, verdict, passage, key)
    number = add(db.session.connection(), row, document, _identity(verdict, passage, document))
    if number is None:
        return _answer_again(verdict, passage)
    return replace(verdict, scan=_as_kept(number, row))


def _identity(verdict: Verdict, passage: Passage, document: str) -> str:
    """How the document compared; "" when nobody looked at one."""
    if passage.is_waived:
        return "waived"
    if not document:
        return ""
    return "does_not_match" if verdict.result == "identity_refused" else "matches"


def _row(event: Event, verdict: Verdict, passage: Passage, key: str | None) -> dict[str, Any]:
    upload = passage.upload
    return {
        "event_id": event.id,
        "device_id": passage.device.id,
        "nonce": passage.nonce,
        "registration_id": verdict.registration.id if verdict.registration else None,
        "result": verdict.result,
        "road": passage.road,
        "day": day_of(event, passage.at),
        # Where no list of passages was read (a cancelled event), nothing but itself is excluded.
        "entry_key": key if key or verdict.result != "admitted" else f"apart:{new_public_id()}",
        "at": passage.at,
        "agent": passage.agent,
        "gate": passage.device.gate,
        "scope": passage.scope,
        "direction": passage.direction,
        "reason": passage.reason,
        "overrides": passage.overrides,
        "is_offline": upload is not None,
        "device_at": upload.device_at if upload else None,
        "clock_offset": upload.clock_offset if upload else None,
        "received_at": upload.received_at if upload else None,
        "public_id": new_public_id(),
    }


def _as_kept(number: int, row: dict[str, Any]) -> Scan:
    """The row just written as an object of the session, without reading it back"""
    return cast("Scan", _SCAN.of((number, *(row[name] for name in COLUMNS))))


def _answer_again(verdict: Verdict, passage: Passage) -> Verdict | None:
    earlier = find_scan_by_nonce(passage.device, passage.nonce)
    if earlier is None:
        return None
    wanted = verdict.registration.id if verdict.registration else None
    if earlier.registration_id != wanted:
        raise StaleRequest
    return verdict_of(earlier)


def verdict_of(scan: Scan) -> Verdict:
    """The answer that was given then, from its row."""
    first = None
    if scan.result == "already_in" and scan.registration_id:
        before = list_passages_before(scan)
        first = before[-1] if before and before[-1].result == "admitted" else None
    return Verdict(scan.result, scan.registration, first, scan, is_echo=first is not None and _is_echo(scan, first))


def _is_echo(scan: Scan, first: Scan) -> bool:
    """Whether it was answered as the same gesture, in the whole seconds of the rule."""
    seconds = int(scan.at.timestamp()) - int(first.at.timestamp())
    return scan.device_id == first.device_id and 0 <= seconds < ECHO_SECONDS
