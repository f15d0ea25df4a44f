"""Conflicts of the door, as the interface describes them."""

from app.checkin.door_models import CONFLICTS, DECISIONS
from app.checkin.models import IDENTITIES, RESULTS
from app.checkin.openapi_words import MILLISECONDS, TEXT, Json, enum, object_of, operation, ref

_MAYBE_TEXT: Json = {"type": ["string", "null"]}
_MAYBE_NUMBER: Json = {"type": ["integer", "null"]}


def paths() -> Json:
    """What a lead may ask."""
    which = {"name": "conflict", "in": "path", "required": True, "schema": TEXT}
    waiting = {"conflicts": {"type": "array", "items": ref("Conflict")}, "waiting": {"type": "integer"}}
    answer = object_of({**waiting, "server_time": MILLISECONDS}, "conflicts", "waiting", "server_time")
    several = operation("conflicts", "What waits for a lead, or what was decided", answer)
    state = {"name": "state", "in": "query", "required": False, "schema": enum("waiting", "settled")}
    several["parameters"] = [*several["parameters"], state]
    told = {"": several, "/{conflict}": operation("conflict", "One conflict", ref("Conflict"))}
    posted = {
        "decision": ("Decide; 409 tells what another lead decided", {"decision": enum(*DECISIONS[1:]), "reason": TEXT}),
        "reopening": ("Take a decision up again, by one more row", {"reason": TEXT}),
    }
    for name, (summary, fields) in posted.items():
        body = object_of(fields, next(iter(fields)))
        told[f"/{{conflict}}/{name}"] = operation(
            name, summary, ref("Conflict"), body=body, errors="401 403 404 409 422 503"
        )
    for path, one in told.items():
        if path:
            one["parameters"] = [*one["parameters"], which]
    get = {"", "/{conflict}"}
    return {f"/events/{{slug}}/conflicts{path}": {"get" if path in get else "post": one} for path, one in told.items()}


def schemas() -> Json:
    """A conflict, its passages, its decisions."""
    choice = object_of({"decision": enum(*DECISIONS[1:]), "words": TEXT}, "decision", "words")
    conflict = {
        **dict.fromkeys(("id", "headline", "explanation"), TEXT),
        "kind": enum(*CONFLICTS),
        "raised_at": MILLISECONDS,
        "guest": {"anyOf": [ref("Guest"), {"type": "null"}]},
        "passages": {"type": "array", "items": ref("Passage")},
        "choices": {"type": "array", "items": choice},
        "needs_reason": {"type": "boolean"},
        "decision": {"anyOf": [ref("Decision"), {"type": "null"}]},
        "history": {"type": "array", "items": ref("Decision")},
    }
    decision = {"decision": enum(*DECISIONS), **dict.fromkeys(("words", "reason", "by"), TEXT), "at": MILLISECONDS}
    passage = {
        **dict.fromkeys(("gate", "device", "agent", "headline", "overrides", "reason"), TEXT),
        "at": MILLISECONDS,
        "direction": enum("in", "out"),
        "result": enum(*RESULTS),
        "is_offline": {"type": "boolean"},
        **dict.fromkeys(("device_at", "clock_offset", "received_at"), _MAYBE_NUMBER),
        "identity": {"anyOf": [enum(*IDENTITIES), {"type": "null"}]},
        "document": _MAYBE_TEXT,
    }
    return {
        "Conflict": object_of(conflict, *conflict),
        "Passage": object_of(passage, *passage),
        "Decision": object_of(decision, *decision),
    }
