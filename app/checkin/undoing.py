"""An admission that a device took back without a network: it stands, unless nobody was inside any more."""

from app.checkin.ledger import Passage, Verdict, day_of, keep
from app.checkin.models import Scan
from app.checkin.queries import find_scan_by_nonce, list_passages_at
from app.checkin.uploading import Taken, Told, flag_device, raise_conflict, received, told_again
from app.database import lock_rows
from app.errors import Busy
from app.events.models import Event
from app.registration.models import Registration


def take_back(event: Event, guest: Registration, told: Told, passage: Passage) -> Taken:
    """Keep an undo as told. Repeated, it answers the same and writes nothing.

    Whoever was outside at that moment is noted as "not_in", which changes no count. An admission of another desk than
    the device knew of (`told.undoes`) is taken back all the same, and is a conflict. Raises StaleRequest, Busy.
    """
    lock_rows(Registration, [guest.id])
    if earlier := find_scan_by_nonce(passage.device, passage.nonce):
        return told_again(earlier, guest)
    inside = _inside_then(event, guest, passage)
    kept = keep(event, Verdict("undone" if inside else "not_in", guest), passage)
    if kept is None or kept.scan is None:
        raise Busy
    if inside and inside.device.public_id != told.undoes:
        raise_conflict(event, "undo_crossed", kept.scan, at=received(passage), other=inside)
        return Taken(kept, "undo_crossed")
    return Taken(kept, flag_device(event, kept.scan, passage))


def _inside_then(event: Event, guest: Registration, passage: Passage) -> Scan | None:
    """The admission that stood at the instant of the undo; what came later is another story."""
    gate = passage.device.gate_row
    day = None if gate and gate.rule == "once" else day_of(event, passage.at)
    before = [one for one in list_passages_at(guest.id, passage.scope, day) if one.at <= passage.at]
    return before[-1] if before and before[-1].result == "admitted" else None
