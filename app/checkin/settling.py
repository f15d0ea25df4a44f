"""A lead decides on a conflict: who, when, why. The rows of the ledger stay (architecture promise 2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from app.audit.service import record
from app.checkin.door_models import Conflict
from app.checkin.leading import Decided
from app.checkin.ledger import Passage, Verdict, day_of, keep
from app.checkin.models import Scan
from app.checkin.queries import list_passages_at
from app.database import db, lock_rows
from app.errors import Busy, Refusal
from app.events.models import Event
from app.i18n import lazy
from app.registration.models import Registration

# What may be decided of each kind, the likeliest first (scenarios 5.5 and 5.6).
CHOICES: Mapping[str, tuple[str, ...]] = {
    "twice_in": ("one_person", "two_people"),
    "copy_suspected": ("two_people", "one_person"),
    "cancelled_before": ("stands", "taken_back"),
    "refused_here": ("stands", "taken_back"),
    "clock_off": ("seen",),
}


class DecidedAlready(Refusal):
    """Two leads before the same conflict: the first decision stands."""

    message = lazy("Somebody has decided on this already. The decision is below.")


class NotAChoice(Refusal):
    """A decision that this kind of conflict does not offer."""

    message = lazy("Please choose one of the decisions.")
    status = 422


class NotInside(Refusal):
    """Only an admission that stands can be taken back."""

    message = lazy("This admission was taken back already, or the guest has left. Please choose that it stands.")
    status = 422


@dataclass(frozen=True)
class Correction(Passage):
    """A row written far from the door: it counts where the passage it answers counted."""

    corrected_scope: str = ""

    @property
    def scope(self) -> str:
        """The scope of the row it answers, wherever the device stands now."""
        return self.corrected_scope


def settle(event: Event, conflict: Conflict, decision: str, decided: Decided) -> None:
    """Keep the decision; "taken_back" adds an "undone" row. The caller commits.

    Raises DecidedAlready, NotAChoice, NotInside.
    """
    lock_rows(Conflict, [conflict.id])
    db.session.refresh(conflict, ["decision"])
    if conflict.decision:
        raise DecidedAlready
    if decision not in CHOICES[conflict.kind]:
        raise NotAChoice
    if decision == "taken_back":
        _take_back(event, conflict, decided)
    conflict.decision, conflict.reason = decision, decided.reason.strip()[:300]
    conflict.decided_by, conflict.decided_at = decided.actor.name, decided.at
    db.session.flush()
    guest = conflict.scan.registration
    record(
        decided.actor, "door.conflict_settled", kind="conflict", id=conflict.public_id,
        name=guest.person.full_name if guest else conflict.scan.device.gate, topic=event.public_id, at=decided.at,
        after={"kind": conflict.kind, "decision": decision, "reason": conflict.reason},
    )  # fmt: skip


def _take_back(event: Event, conflict: Conflict, decided: Decided) -> Scan:
    """The admission ends by one more row, of the day of the passage whenever it is decided."""
    scan = conflict.scan
    if scan.registration is None:
        raise NotInside
    lock_rows(Registration, [scan.registration.id])
    passages = list_passages_at(scan.registration.id, scan.scope, scan.day)
    if not passages or passages[-1].result != "admitted":
        raise NotInside
    passage = Correction(
        scan.device, f"settled-{conflict.public_id}", "typed", decided.actor.name,
        max(_instant_on(event, scan, decided.at), passages[-1].at), reason=decided.reason.strip()[:300],
        corrected_scope=scan.scope,
    )  # fmt: skip
    kept = keep(event, Verdict("undone", scan.registration), passage)
    if kept is None or kept.scan is None:
        raise Busy
    return kept.scan


def _instant_on(event: Event, scan: Scan, at: datetime) -> datetime:
    """Now on the day itself; decided another day, the last second of that day: entries are counted by day."""
    if day_of(event, at) == scan.day:
        return at
    return datetime.combine(scan.day, time(23, 59, 59), ZoneInfo(event.timezone))
