"""What a desk shows of a rehearsal: the words of the door, under a mark."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app import when
from app.checkin import rehearsal_door
from app.checkin.answers import ECHO, WORDS, Answer, Guest, guest_facts
from app.checkin.enrolling import move_to
from app.checkin.leading import ReasonMissing
from app.checkin.ledger import Passage, Upload
from app.checkin.rehearsal_door import Outcome, Shown
from app.checkin.rehearsal_models import RehearsalGuest
from app.checkin.rows import Row, instant_of, milliseconds_of
from app.checkin.service import DocumentMissing
from app.checkin.standing import Standing
from app.errors import NotAllowed
from app.events.models import Event
from app.i18n import _, here, language


def guest_of(guest: RehearsalGuest, *, with_notes: bool = False) -> Guest:
    """An invented guest as the desk sees one."""
    return Guest(
        public_id=guest.public_id,
        name=guest.name,
        native_name=guest.native_name,
        qualities=(guest.quality,),
        organisation=guest.organisation,
        category=here(guest.category.name),
        shape=guest.category.shape,
        colour_class=f"cat-{guest.category.palette}",
        notes=(("staff", guest.note),) if with_notes and guest.note else (),
        is_rehearsal=True,
    )


def answer_of(outcome: Outcome, event: Event) -> Answer:
    """An answer of the rehearsal in words."""
    words, decision = WORDS[outcome.result], outcome.decision
    return Answer(
        result=outcome.result,
        state=words.state,
        icon=words.icon,
        headline=str(words.headline),
        detail=_detail(outcome, event),
        next_step=str(ECHO.next_step if decision.is_echo else words.next_step),
        guest=guest_of(outcome.guest, with_notes=decision.asks_identity) if outcome.guest else None,
        is_echo=decision.is_echo,
        is_rehearsal=True,
    )


def _detail(outcome: Outcome, event: Event) -> str:
    if outcome.result == "replaced" and outcome.guest and outcome.guest.stand_in:
        return _("%(name)s comes instead.", name=outcome.guest.stand_in)
    if outcome.first is None:
        return here(event.title) if outcome.result == "event_cancelled" else ""
    local = outcome.first.at.astimezone(ZoneInfo(event.timezone))
    gate = outcome.first.gate or _("Rehearsal")
    return _("Came in today at %(hour)s, %(gate)s", hour=when.hour_words(local.time(), language()), gate=gate)


def receive_rehearsed(desk: Standing, row: Row, at: datetime, *, secret: str) -> dict[str, Any]:
    """Do what one row of a program asks, for an invented guest: as `receiving.receive`, with `is_rehearsal`."""
    if row.gate:
        move_to(desk.device, desk.event, "" if row.gate == "main" else row.gate)
    if row.gesture == "anyway":
        _check_may_override(desk, row)
    passage = _passage(desk, row, at)
    if row.code:
        shown = rehearsal_door.shown_code(desk.event, row.code, secret)
    else:
        shown = rehearsal_door.shown_guest(desk.event, row.registration)
    outcome = _outcome(desk.event, row, shown, passage)
    return facts_of(outcome, answer_of(outcome, desk.event))


def facts_of(outcome: Outcome, answer: Answer) -> dict[str, Any]:
    """An answer for programs (docs/door.md)."""
    guest, first = answer.guest, outcome.first
    return {
        "result": answer.result,
        "state": answer.state,
        "headline": answer.headline,
        "detail": answer.detail,
        "next_step": answer.next_step,
        "guest": guest_facts(guest) if guest else None,
        "first": {"at": milliseconds_of(first.at), "gate": first.gate} if first else None,
        "is_echo": answer.is_echo,
        "asks_identity": outcome.decision.asks_identity,
        "conflict": None,
        "is_rehearsal": True,
    }


def _check_may_override(desk: Standing, row: Row) -> None:
    if not desk.is_lead:
        raise NotAllowed
    if not row.reason.strip():
        raise ReasonMissing


def _passage(desk: Standing, row: Row, at: datetime) -> Passage:
    passage = Passage(
        desk.device, row.nonce, row.road, desk.agent, at, direction=row.direction, is_waived=row.identity == "waived"
    )
    if not row.decided:
        return passage
    offset = row.offset if row.offset is not None else desk.device.clock_offset or 0
    upload = Upload(instant_of(row.at), offset, at)
    return replace(passage, at=min(instant_of(row.at - offset), at), upload=upload)


def _outcome(event: Event, row: Row, shown: Shown, passage: Passage) -> Outcome:
    if row.decided:
        return rehearsal_door.take(event, shown, passage, row.decided)
    if row.gesture != "scan":
        return rehearsal_door.gesture(event, shown, passage, row.gesture)
    if row.identity == "does_not_match":
        return rehearsal_door.refuse_identity(event, shown, passage)
    try:
        return rehearsal_door.admit(event, shown, passage, document=row.document)
    except DocumentMissing:
        if row.document:
            raise
        return rehearsal_door.examine(event, shown, passage)
