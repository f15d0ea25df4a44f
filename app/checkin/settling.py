"""A lead decides on a conflict, or takes it up again: who, when, why. The rows of the ledger stay (promise 2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from app import when
from app.audit.service import record
from app.checkin.conflict_words import DECISION_WORDS
from app.checkin.door_models import Conflict, DoorDecision
from app.checkin.leading import Decided
from app.checkin.ledger import Passage, Verdict, day_of, keep
from app.checkin.models import Scan
from app.checkin.queries import list_passages_at
from app.database import db, lock_rows
from app.errors import Busy, Refusal
from app.events.models import Event
from app.i18n import language, lazy
from app.registration.models import Registration

# What may be decided of each kind, the likeliest first (scenarios 5.5 and 5.6).
CHOICES: Mapping[str, tuple[str, ...]] = {
    "twice_in": ("one_person", "two_people"),
    "copy_suspected": ("two_people", "one_person"),
    "cancelled_before": ("stands", "taken_back"),
    "refused_here": ("stands", "taken_back"),
    "undo_crossed": ("stands", "taken_back"),
    "clock_off": ("seen",),
    "stale_list": ("seen",),
}
# Nothing is weighed there: no reason is asked.
SEEN_ONLY = frozenset(kind for kind, choices in CHOICES.items() if choices == ("seen",))


class DecidedAlready(Refusal):
    """Two leads before the same conflict: the first decision stands."""

    message = lazy("Somebody has decided on this already: “%(decision)s”, %(name)s, %(hour)s. %(reason)s")


class NotDecided(Refusal):
    """Only a decision can be taken up again; of two leads who do so, the first has."""

    message = lazy("This conflict is open: nothing was decided, or somebody has opened it again.")


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

    Raises DecidedAlready (which tells what the other lead decided), NotAChoice, NotInside.
    """
    _lock(conflict)
    if conflict.decision:
        raise _decided_already(event, conflict)
    if decision not in CHOICES[conflict.kind]:
        raise NotAChoice
    if decision == "taken_back":
        _take_back(event, conflict, decided)
    elif conflict.kind == "undo_crossed":
        _put_back(event, conflict, decided)
    _note(event, conflict, decision, decided, "door.conflict_settled")


def reopen(event: Event, conflict: Conflict, decided: Decided) -> None:
    """Take a decision up again: one more row, and the conflict waits. The caller commits.

    An admission that the decision took back stands again, by a row of its own, unless the guest came in since.
    Raises NotDecided.
    """
    _lock(conflict)
    if not conflict.decision:
        raise NotDecided
    if conflict.decision == "taken_back":
        _put_back(event, conflict, decided)
    _note(event, conflict, "", decided, "door.conflict_reopened")


def _lock(conflict: Conflict) -> None:
    lock_rows(Conflict, [conflict.id])
    db.session.refresh(conflict, ["decision", "reason", "decided_by", "decided_at", "decisions"])


def _decided_already(event: Event, conflict: Conflict) -> DecidedAlready:
    local = (conflict.decided_at or conflict.raised_at).astimezone(ZoneInfo(event.timezone))
    return DecidedAlready(
        decision=str(DECISION_WORDS[conflict.decision]),
        name=conflict.decided_by,
        hour=when.hour_words(local.time(), language()),
        reason=conflict.reason,
    )


def _note(event: Event, conflict: Conflict, decision: str, decided: Decided, action: str) -> None:
    """The row of the decision, what stands by it, the journal."""
    reason, before = decided.reason.strip()[:300], conflict.decision
    conflict.decisions.append(
        DoorDecision(decision=decision, reason=reason, decided_by=decided.actor.name, decided_at=decided.at)
    )
    conflict.decision = decision
    conflict.reason, conflict.decided_by = (reason, decided.actor.name) if decision else ("", "")
    conflict.decided_at = decided.at if decision else None
    db.session.flush()
    guest = conflict.scan.registration
    record(
        decided.actor, action, kind="conflict", id=conflict.public_id,
        name=guest.person.full_name if guest else conflict.scan.device.gate, topic=event.public_id, at=decided.at,
        before={"decision": before} if before else None,
        after={"kind": conflict.kind, "decision": decision, "reason": reason},
    )  # fmt: skip


def _take_back(event: Event, conflict: Conflict, decided: Decided) -> None:
    """Each admission that counts ends by one more row, of the day of the passage whenever it is decided."""
    guest, passages = _passages(conflict)
    results = [passage.result for passage in passages]
    counted = results.count("admitted") - results.count("undone")
    is_in = results[-1:] == ["admitted"] or conflict.kind == "undo_crossed"
    if guest is None or not is_in or counted < 1:
        raise NotInside
    for number in range(counted):
        _correct(event, conflict, decided, Verdict("undone", guest), f"settled{number or ''}", passages[-1].at)


def _put_back(event: Event, conflict: Conflict, decided: Decided) -> None:
    guest, passages = _passages(conflict)
    if guest is None or (passages and passages[-1].result == "admitted"):
        return
    last = passages[-1].at if passages else conflict.scan.at
    _correct(event, conflict, decided, Verdict("admitted", guest), "reopened", last)


def _passages(conflict: Conflict) -> tuple[Registration | None, list[Scan]]:
    """Whom the row is about, held until the commit, and the passages that count where and when it did."""
    scan = conflict.scan
    if scan.registration is None:
        return None, []
    lock_rows(Registration, [scan.registration.id])
    return scan.registration, list_passages_at(scan.registration.id, scan.scope, scan.day)


def _correct(event: Event, conflict: Conflict, decided: Decided, verdict: Verdict, why: str, after: datetime) -> None:
    """One more row of the ledger, written far from the door."""
    scan, turn = conflict.scan, len(conflict.decisions)
    nonce = f"{why}-{conflict.public_id}" + (f"-{turn}" if turn else "")
    passage = Correction(
        scan.device, nonce, "typed", decided.actor.name, max(_instant_on(event, scan, decided.at), after),
        reason=decided.reason.strip()[:300], corrected_scope=scan.scope,
    )  # fmt: skip
    kept = keep(event, verdict, passage, nonce if verdict.result == "admitted" else None)
    if kept is None or kept.scan is None:
        raise Busy


def _instant_on(event: Event, scan: Scan, at: datetime) -> datetime:
    """Now on the day itself; decided another day, the last second of that day: entries are counted by day."""
    if day_of(event, at) == scan.day:
        return at
    return datetime.combine(scan.day, time(23, 59, 59), ZoneInfo(event.timezone))
