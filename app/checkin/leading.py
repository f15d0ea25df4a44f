"""What only who leads the reception may do, each with a reason; and the remarks every agent may make."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.audit.service import Actor
from app.checkin import service
from app.checkin.door_models import Replacement
from app.checkin.door_queries import find_replacement
from app.checkin.ledger import Passage, Verdict, keep
from app.checkin.models import DOCUMENTS, Scan
from app.checkin.queries import find_scan_by_nonce
from app.checkin.uploading import raise_conflict
from app.database import db, lock_rows
from app.errors import Busy, NotAllowed, Refusal
from app.events.models import Category, Event
from app.i18n import lazy
from app.registration.at_the_door import register_on_the_spot, replace_at_the_door
from app.registration.models import Registration
from app.registration.representatives import Representative


class ReasonMissing(Refusal):
    """Whoever decides otherwise than the rule says why."""

    message = lazy("Please say why.")
    status = 422


class NothingToOverride(Refusal):
    """The rule lets this person in, or they are in already."""

    message = lazy("There is nothing to decide here: scan the badge again.")


@dataclass(frozen=True)
class Decided:
    """A decision of a lead: who, when, why."""

    actor: Actor
    at: datetime
    reason: str

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise ReasonMissing


def undo(event: Event, registration: Registration, passage: Passage, *, is_lead: bool) -> Scan:
    """Take an admission back: an agent those of the same desk, a lead anybody's with a reason.

    Raises NotAllowed, ReasonMissing, NothingToUndo.
    """
    inside = service.find_inside(event, registration, passage)
    is_own = inside is None or inside.device_id == passage.device.id
    if not is_own and not is_lead:
        raise NotAllowed
    if not is_own and not passage.reason.strip():
        raise ReasonMissing
    return service.undo(event, registration, passage)


def explain(event: Event, registration: Registration, passage: Passage, remark: str) -> Verdict:
    """What an "already in" was: "returned" (went out and came back) or "copy_suspected", told to the lead.

    Raises NothingToOverride when the person is not in.
    """
    lock_rows(Registration, [registration.id])
    seen = service.answer_for(event, registration, passage)
    earlier = find_scan_by_nonce(passage.device, passage.nonce)
    if seen.result != "already_in" and earlier is None:
        raise NothingToOverride
    kept = keep(event, replace(seen, result=remark), passage)
    if kept is None or kept.scan is None:
        raise Busy
    if remark == "copy_suspected" and earlier is None:
        raise_conflict(event, "copy_suspected", kept.scan, at=passage.at, other=seen.first)
    return kept


def admit_anyway(
    event: Event, registration: Registration, passage: Passage, *, document: str = "", code: str = ""
) -> Verdict:
    """Let somebody in against the rule; the row says what the rule was and why it was left.

    `passage.reason` is required (ReasonMissing); the identity may be waived by it. Raises NothingToOverride.
    """
    if not passage.reason.strip():
        raise ReasonMissing
    lock_rows(Registration, [registration.id])
    if find_scan_by_nonce(passage.device, passage.nonce):
        return service.admit(event, registration, passage, code=code)
    seen = service.answer_for(event, registration, passage, code)
    if seen.result == "already_in" or (seen.result == "admitted" and not passage.is_waived):
        raise NothingToOverride
    shown = document if document in DOCUMENTS else ""
    if event.id_check and not shown and not passage.is_waived:
        raise service.DocumentMissing
    overrides = "" if seen.result == "admitted" else seen.result
    passage = replace(passage, overrides=overrides)
    kept = keep(event, replace(seen, result="admitted"), passage, seen.entry_key, document=shown)
    if kept is None:
        raise Busy
    return kept


def come_instead(registration: Registration, who: Representative, decided: Decided) -> Registration:
    """At the door another person takes the place, one for one: the old code answers "replaced" (scenario 5.4.4)."""
    successor = replace_at_the_door(registration, who, actor=decided.actor, at=decided.at)
    _note(registration, successor, decided)
    return successor


def _note(registration: Registration, successor: Registration, decided: Decided) -> None:
    """Who came instead of whom, the latest when a place passes on more than once."""
    noted = find_replacement(registration)
    if noted is None:
        noted = Replacement(registration_id=registration.id)
        db.session.add(noted)
    noted.by_id, noted.at, noted.agent = successor.id, decided.at, decided.actor.name
    noted.reason = decided.reason.strip()[:300]
    db.session.flush()


def walk_in(
    event: Event, category: Category, who: Representative, *, over: str, actor: Actor, at: datetime
) -> Registration:
    """Somebody who is on no list gets a place on the spot, over the quota only with a reason."""
    return register_on_the_spot(event, category, who, over=over, actor=actor, at=at)
