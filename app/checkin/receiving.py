"""One row that a program sends: which road it takes, and the answer it is given."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.checkin import leading, remarking, service, undoing, uploading
from app.checkin.answers import Answer, answer_of, guest_facts
from app.checkin.enrolling import move_to
from app.checkin.ledger import Passage, Upload, Verdict
from app.checkin.models import Device
from app.checkin.rows import MAIN_ENTRANCE, Row, instant_of, milliseconds_of
from app.checkin.standing import Standing
from app.checkin.uploading import Taken, Told
from app.database import db
from app.errors import NotAllowed
from app.events.models import Event
from app.registration.models import Registration
from app.registration.queries import get_registration


@dataclass(frozen=True)
class Gesture:
    """A row with whom it concerns; `guest` None when a code must still be read."""

    row: Row
    guest: Registration | None
    passage: Passage
    secret: str


def receive(desk: Standing, row: Row, at: datetime, *, secret: str) -> dict[str, Any]:
    """Do what one row asks, and answer in words and in facts (docs/door.md). Raises every refusal of the door."""
    guest = get_registration(desk.event, row.registration) if row.registration else None
    if row.gesture == "anyway":
        _check_may_override(desk, row)
    gesture = Gesture(row, guest, _passage(desk, row, at), secret)
    taken = _upload(desk.event, gesture) if row.decided else Taken(_now(desk, gesture))
    db.session.flush()
    return _told(taken, answer_of(taken.verdict, desk.event, at))


def _passage(desk: Standing, row: Row, at: datetime) -> Passage:
    device = desk.device
    if row.gate:
        move_to(device, desk.event, "" if row.gate == MAIN_ENTRANCE else row.gate)
    passage = Passage(
        device, row.nonce, row.road, desk.agent, at, direction=row.direction,
        reason=row.reason.strip() if row.gesture in {"undo", "anyway"} else "",
        is_waived=row.identity == "waived",
    )  # fmt: skip
    if not row.decided:
        return passage
    offset = row.offset if row.offset is not None else device.clock_offset or 0
    listed = instant_of(row.listed_at) if row.listed_at else device.synced_at
    upload = Upload(instant_of(row.at), offset, at, listed)
    overrides = row.overrides if row.gesture == "anyway" else ""
    return replace(passage, at=min(instant_of(row.at - offset), at), upload=upload, overrides=overrides)


def _check_may_override(desk: Standing, row: Row) -> None:
    if not desk.is_lead:
        raise NotAllowed
    if not row.reason.strip():
        raise leading.ReasonMissing


def _upload(event: Event, gesture: Gesture) -> Taken:
    row, guest = gesture.row, gesture.guest
    told = Told(row.decided, row.code, guest, row.document, row.undoes)
    if guest and row.gesture == "undo" and row.decided == "undone":
        return undoing.take_back(event, guest, told, gesture.passage)
    if guest and row.gesture in uploading.REMARKS and row.decided == row.gesture:
        return remarking.note(event, guest, told, gesture.passage)
    return uploading.take(event, told, gesture.passage)


def _now(desk: Standing, gesture: Gesture) -> Verdict:
    """The server decides."""
    row, guest, passage = gesture.row, gesture.guest, gesture.passage
    if guest and row.gesture == "undo":
        return service.verdict_of(leading.undo(desk.event, guest, passage, is_lead=desk.is_lead))
    if guest and row.gesture == "anyway":
        return leading.admit_anyway(desk.event, guest, passage, document=row.document)
    if guest and row.gesture != "scan":
        return leading.explain(desk.event, guest, passage, row.gesture)
    if row.identity == "does_not_match":
        return _differs(desk.event, gesture)
    try:
        return _admit(desk.event, gesture)
    except service.DocumentMissing:
        if row.document:
            raise
        return _look(desk.event, gesture)


def _admit(event: Event, gesture: Gesture) -> Verdict:
    row, guest, passage = gesture.row, gesture.guest, gesture.passage
    if guest:
        return service.admit(event, guest, passage, document=row.document)
    return service.admit_code(event, row.code, passage, document=row.document, secret=gesture.secret)


def _look(event: Event, gesture: Gesture) -> Verdict:
    """Who it is, while the document is still to be looked at: nothing is written."""
    passage, guest = gesture.passage, gesture.guest
    at, device = passage.at, passage.device
    if guest:
        return service.examine(event, guest, at, device=device, direction=passage.direction)
    return service.examine_code(event, gesture.row.code, at, device=device, secret=gesture.secret)


def _differs(event: Event, gesture: Gesture) -> Verdict:
    """The document is somebody else's, or the answer that stands before that question."""
    seen = _look(event, gesture)
    result = "identity_refused" if seen.result == "admitted" else seen.result
    return service.refuse(event, replace(seen, result=result), gesture.passage, document=gesture.row.document)


def _told(taken: Taken, answer: Answer) -> dict[str, Any]:
    verdict = taken.verdict
    first = verdict.first
    return {
        "result": answer.result,
        "state": answer.state,
        "headline": answer.headline,
        "detail": answer.detail,
        "next_step": answer.next_step,
        "guest": guest_facts(answer.guest) if answer.guest else None,
        "first": {"at": milliseconds_of(first.at), "gate": first.gate} if first else None,
        "is_echo": verdict.is_echo,
        "asks_identity": verdict.asks_identity,
        "conflict": taken.conflict or None,
    }


def device_facts(device: Device) -> dict[str, Any]:
    """What a device is told of itself."""
    gate = device.gate_row
    return {
        "id": device.public_id,
        "name": device.name or device.gate,
        "role": device.role,
        "gate": gate.public_id if gate else None,
        "days": list(device.days),
        "expires_at": milliseconds_of(device.expires_at) if device.expires_at else None,
    }
