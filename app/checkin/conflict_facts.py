"""A conflict of the door for programs: everything a lead weighs, as plain values (docs/door.md)."""

from typing import Any

from app.checkin.answers import DOCUMENT_WORDS, WORDS, guest_facts, guest_of
from app.checkin.conflict_words import DECISION_WORDS, KINDS
from app.checkin.door_models import Conflict, DoorDecision
from app.checkin.models import Scan
from app.checkin.rows import milliseconds_of
from app.checkin.settling import CHOICES, SEEN_ONLY

Json = dict[str, Any]


def conflict_facts(conflict: Conflict) -> Json:
    """What happened, what may be decided, what was decided; instants in milliseconds."""
    headline, explanation = KINDS[conflict.kind]
    guest = conflict.scan.registration
    passages = sorted((one for one in (conflict.other, conflict.scan) if one), key=lambda one: one.at)
    return {
        "id": conflict.public_id,
        "kind": conflict.kind,
        "headline": str(headline),
        "explanation": str(explanation),
        "raised_at": milliseconds_of(conflict.raised_at),
        "guest": guest_facts(guest_of(guest)) if guest else None,
        "passages": [_passage(one) for one in passages],
        "choices": [{"decision": one, "words": str(DECISION_WORDS[one])} for one in CHOICES[conflict.kind]],
        "needs_reason": conflict.kind not in SEEN_ONLY,
        "decision": _decision(conflict.decisions[-1]) if conflict.decision and conflict.decisions else None,
        "history": [_decision(one) for one in conflict.decisions],
    }


def _passage(scan: Scan) -> Json:
    identity = scan.identity
    document = DOCUMENT_WORDS.get(identity.document) if identity else None
    return {
        "at": milliseconds_of(scan.at),
        "gate": scan.gate,
        "device": scan.device.name or scan.device.gate,
        "agent": scan.agent,
        "direction": scan.direction,
        "result": scan.result,
        "headline": str(WORDS[scan.result].headline),
        "overrides": scan.overrides,
        "reason": scan.reason,
        "is_offline": scan.is_offline,
        "device_at": milliseconds_of(scan.device_at) if scan.device_at else None,
        "clock_offset": scan.clock_offset,
        "received_at": milliseconds_of(scan.received_at) if scan.received_at else None,
        "identity": identity.result if identity else None,
        "document": str(document) if document else None,
    }


def _decision(told: DoorDecision) -> Json:
    """A decision; "" with no words: it was opened again."""
    return {
        "decision": told.decision,
        "words": str(DECISION_WORDS[told.decision]) if told.decision else "",
        "reason": told.reason,
        "by": told.decided_by,
        "at": milliseconds_of(told.decided_at),
    }
