"""The door for programs, the page of a desk among them: docs/door.md. The same `service.admit` as everywhere."""

from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask_login import current_user

from app import access
from app.checkin import door_queries, enrolling, queries, receiving, rehearsing, service
from app.checkin.answers import machine_answer
from app.checkin.api_refusals import tell_refusals
from app.checkin.enrolling import Heard
from app.checkin.rehearsal_answers import receive_rehearsed
from app.checkin.rows import MOST_ROWS, Row, Unreadable, instant_of, milliseconds_of, read_row
from app.checkin.service import Passage
from app.checkin.standing import Standing
from app.checkin.views_credentials import event_here, is_enrolled, standing_at
from app.clock import now
from app.database import db
from app.errors import Refusal
from app.extensions import csrf, settings

bp = Blueprint("checkin_api", __name__, url_prefix="/api/v1")
tell_refusals(bp)
# What a request of an account answers for one row: since the first release.
FIELDS = ("device", "code", "nonce", "document", "road")
LONGEST_CLOCK = 2**53


@bp.post("/enrol")
@access.public()
@csrf.exempt  # the code is the right; nothing is kept in the browser that sends it
def enrol() -> Any:
    """Make a device of a program that shows a code: {code} → {token, device, event, role}."""
    body: Any = request.get_json(silent=True)
    if not isinstance(body, dict) or not isinstance(body.get("code"), str):
        return jsonify(error="Unreadable", message=Unreadable(field="code").sentence), 400
    device, token = enrolling.enrol(body["code"], secret=settings().secret_key, at=now())
    told = {"token": token, "device": device.public_id, "role": device.role}
    told["event"] = door_queries.get_event_of(device).slug
    db.session.commit()
    return jsonify(told)


@bp.post("/events/<slug>/scans")
@access.desk("agent", "lead")
def scans(slug: str) -> Response:
    """Passages, one or a list of them, each answered; one that cannot be used stops no other."""
    body = _body()
    if "scans" not in body and isinstance(body.get("device"), str):
        return _one_of_an_account(slug, body)
    place = _standing(slug, body)
    rows = _rows(body)
    # The desk and its event stay as this request found them; what a row asks is read, and locked, for that row.
    db.session().expire_on_commit = False
    answers = [_answer(place, told) for told in rows]
    if isinstance(body.get("device"), dict):
        _hear(place, body["device"])
        db.session.commit()
    if "scans" not in body:
        return jsonify(answers[0])
    return jsonify(answers=answers, server_time=milliseconds_of(now()))


@bp.post("/events/<slug>/heartbeat")
@access.desk("agent", "lead", "observer")
def heartbeat(slug: str) -> Response:
    """A device says that it is there; it learns our clock, where it stands, and the figures."""
    event_here(slug)
    body = _body()
    place = _standing(slug, body)
    if isinstance(body.get("gate"), str):
        enrolling.move_to(place.device, place.event, body["gate"])
    _hear(place, body)
    told = receiving.device_facts(place.device)
    day = service.day_of(place.event, now())
    counts = {"present": queries.count_present(place.event, day), "expected": queries.count_expected(place.event)}
    offset = place.device.clock_offset
    db.session.commit()
    return jsonify(server_time=milliseconds_of(now()), offset=offset, device=told, counts=counts)


@bp.post("/events/<slug>/forget")
@access.desk("agent", "lead", "observer")
def forget(slug: str) -> Response:
    """The device erased its list; its token ends."""
    event_here(slug)
    place = _standing(slug, _body())
    enrolling.forget(place.device, place.event, at=now())
    db.session.commit()
    return jsonify(forgotten=True)


def _body() -> dict[str, Any]:
    body: Any = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise Unreadable(field="body")
    return body


def _standing(slug: str, body: dict[str, Any]) -> Standing:
    """The device of the token; an account names its desk in `desk`."""
    desk = body.get("desk")
    if not is_enrolled() and not isinstance(desk, str):
        raise Unreadable(field="desk")
    return standing_at(slug, desk or "")


def _rows(body: dict[str, Any]) -> list[Any]:
    rows = body.get("scans", [body])
    if not isinstance(rows, list) or len(rows) > MOST_ROWS:
        raise Unreadable(field="scans")
    return rows


def _answer(place: Standing, told: Any) -> dict[str, Any]:
    """One row, one commit: what was acknowledged stays, and nothing waits for the rest of a batch."""
    nonce = told.get("nonce") if isinstance(told, dict) else None
    try:
        answer = _received(place, read_row(told))
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        return {"nonce": nonce, "error": refusal.code, "message": refusal.sentence}
    return {"nonce": nonce, **answer}


def _received(place: Standing, row: Row) -> dict[str, Any]:
    """The answer to one row: of the ledger, or of a rehearsal beside it."""
    is_rehearsed = rehearsing.is_rehearsed(row.code, row.registration, row.decided)
    receive = receive_rehearsed if is_rehearsed else receiving.receive
    return receive(place, row, now(), secret=settings().secret_key)


def _hear(place: Standing, told: Any) -> None:
    """Keep what the device says of itself, when it says something usable."""
    if not isinstance(told, dict):
        return
    at = now()
    sent, synced, queue = (_number(told.get(name)) for name in ("sent_at", "synced_at", "queue"))
    heard = Heard(
        offset=None if sent is None else _within(sent - milliseconds_of(at)),
        queue=None if queue is None else _within(queue),
        version=told["version"] if isinstance(told.get("version"), str) else "",
        synced_at=instant_of(synced) if synced is not None and 0 <= synced <= milliseconds_of(at) else None,
        wiped=told.get("wiped") is True,
    )
    enrolling.hear(place.device, heard, at)


def _number(value: Any) -> int | None:
    is_number = isinstance(value, int) and not isinstance(value, bool) and abs(value) < LONGEST_CLOCK
    return value if is_number else None


def _within(value: int) -> int:
    """What a column of 32 bits holds: a clock some weeks off is as wrong as one of another century."""
    return max(-(2**31) + 1, min(value, 2**31 - 1))


def _one_of_an_account(slug: str, body: dict[str, Any]) -> Response:
    """Admit by a code, or say why not: {device, code, nonce, document, road} → machine_answer."""
    row = read_row({**{name: body.get(name) for name in FIELDS if name != "device"}, "road": body.get("road")})
    if rehearsing.is_rehearsal_code(row.code):
        told = receive_rehearsed(standing_at(slug, body["device"]), row, now(), secret=settings().secret_key)
        db.session.commit()
        return jsonify(told)
    event, device = queries.get_desk_for(current_user, slug, body["device"])
    passage = Passage(device, row.nonce, row.road, current_user.name, now())
    verdict = service.admit_code(event, row.code, passage, document=row.document, secret=settings().secret_key)
    answer = machine_answer(verdict)
    db.session.commit()
    return jsonify(answer)
