"""What a device without a network said of who was in already: that they had gone out, or that it was a copy."""

from dataclasses import replace

from app.checkin import service
from app.checkin.ledger import Passage, keep
from app.checkin.queries import find_scan_by_nonce
from app.checkin.uploading import Taken, Told, flag_device, raise_conflict, received, told_again
from app.database import lock_rows
from app.errors import Busy
from app.events.models import Event
from app.registration.models import Registration


def note(event: Event, guest: Registration, told: Told, passage: Passage) -> Taken:
    """Keep a remark as told: it changes no count, and a suspected copy is told to the lead.

    Repeated, it answers the same and writes nothing. Raises StaleRequest, Busy.
    """
    lock_rows(Registration, [guest.id])
    if earlier := find_scan_by_nonce(passage.device, passage.nonce):
        return told_again(earlier, guest)
    seen = service.answer_for(event, guest, passage)
    kept = keep(event, replace(seen, result=told.result, asks_identity=False, is_echo=False), passage)
    if kept is None or kept.scan is None:
        raise Busy
    flagged = flag_device(event, kept.scan, passage)
    if told.result != "copy_suspected":
        return Taken(kept, flagged)
    raise_conflict(event, "copy_suspected", kept.scan, at=received(passage), other=seen.first)
    return Taken(kept, "copy_suspected")
