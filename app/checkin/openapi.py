"""The interface of the door in OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.0): values, no Flask."""

from app.checkin import openapi_conflicts
from app.checkin.models import DOCUMENTS, IDENTITIES, RESULTS
from app.checkin.openapi_words import MILLISECONDS, TEXT, Json, enum, object_of, operation, ref
from app.checkin.packing import FORM
from app.checkin.rows import GESTURES, LONGEST_REASON, MOST_ROWS, NONCE, ROADS


def described() -> Json:
    """The document of /api/v1/openapi.json."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Parvis: the door",
            "version": "1",
            "description": "Scans, the list of who may come, and the devices of a reception.",
        },
        "servers": [{"url": "/api/v1"}],
        "security": [{"device": []}],
        "paths": {
            "/enrol": {"post": _enrol()},
            "/events/{slug}/scans": {"post": _scans()},
            "/events/{slug}/manifest": {"get": _manifest()},
            "/events/{slug}/heartbeat": {"post": _heartbeat()},
            "/events/{slug}/forget": {"post": _forget()},
            "/openapi.json": {"get": _self()},
            **openapi_conflicts.paths(),
        },
        "components": {"securitySchemes": {"device": _token()}, "schemas": _schemas()},
    }


def _token() -> Json:
    return {"type": "http", "scheme": "bearer", "description": "The token that POST /enrol answered once."}


def _schemas() -> Json:
    own = {"Row": _row(), "Answer": _answer(), "Guest": _guest(), "Error": _error(), "Manifest": _list()}
    rehearsed = {f"Rehearsed{name}": _rehearsed(name) for name in ("Answer", "Guest")}
    return own | rehearsed | openapi_conflicts.schemas()


def _enrol() -> Json:
    answer = object_of(dict.fromkeys(("token", "device", "event", "role"), TEXT), "token", "device", "event", "role")
    body = object_of({"code": TEXT}, "code")
    return {**operation("enrol", "A code, used once, for a token", answer, body=body, errors="400 422"), "security": []}


def _scans() -> Json:
    batch = object_of(
        {"scans": {"type": "array", "maxItems": MOST_ROWS, "items": ref("Row")}, "device": object_of(_of_the_device())},
        "scans",
    )
    answers = object_of(
        {
            "answers": {"type": "array", "items": {"anyOf": [ref("Answer"), ref("RehearsedAnswer"), ref("Error")]}},
            "server_time": MILLISECONDS,
        },
        "answers",
        "server_time",
    )
    summary = (
        "Passages, one or a list: each is answered, one that cannot be used stops no other, a replay writes nothing"
    )
    answer = {"anyOf": [ref("Answer"), ref("RehearsedAnswer"), answers]}
    return operation("scans", summary, answer, body={"anyOf": [ref("Row"), batch]}, errors="401 403 404 409 422 503")


def _of_the_device() -> Json:
    return {
        "sent_at": MILLISECONDS,
        "queue": {"type": "integer"},
        "version": TEXT,
        "synced_at": MILLISECONDS,
        "wiped": {"type": "boolean"},
    }


def _manifest() -> Json:
    told = operation("manifest", "Who may come, or what changed since a version", ref("Manifest"))
    since = {"name": "since", "in": "query", "required": False, "schema": TEXT}
    form = {"name": "form", "in": "query", "required": False, "schema": enum("plain", FORM)}
    told["parameters"] = [*told["parameters"], since, form]
    told["responses"]["304"] = {"description": "Nothing changed since that version"}
    return told


def _heartbeat() -> Json:
    answer = object_of(
        {
            "server_time": MILLISECONDS,
            "offset": {"type": ["integer", "null"]},
            "device": {"type": "object"},
            "counts": object_of(
                {"present": {"type": "integer"}, "expected": {"type": "integer"}}, "present", "expected"
            ),
        },
        "server_time",
        "device",
        "counts",
    )
    body = object_of({**_of_the_device(), "gate": TEXT})
    return operation("heartbeat", "The device is there: its clock, its queue, its version", answer, body=body)


def _forget() -> Json:
    answer = object_of({"forgotten": {"type": "boolean"}}, "forgotten")
    return operation("forget", "The device erased its list; its token ends", answer, body=object_of({}))


def _self() -> Json:
    return {**operation("openapi", "This document", {"type": "object"}, errors=""), "security": []}


def _row() -> Json:
    properties = {
        "nonce": {"type": "string", "pattern": f"^{NONCE.pattern}$"},
        "code": TEXT,
        "registration": TEXT,
        "document": enum("", *DOCUMENTS),
        "identity": enum("", *IDENTITIES),
        "direction": enum("in", "out"),
        "road": enum(*ROADS),
        "gate": TEXT,
        "gesture": enum(*GESTURES),
        "decided": enum("", *RESULTS),
        "at": MILLISECONDS,
        "offset": {"type": "integer", "description": "the device's clock less ours, in milliseconds"},
        "reason": {"type": "string", "maxLength": LONGEST_REASON},
        "overrides": enum("", *RESULTS),
        "undoes": {"type": "string", "description": "with undo and decided: the device whose admission it takes back"},
        "listed_at": {**MILLISECONDS, "description": "when the list it decided with was last refreshed, by our clock"},
    }
    return object_of(properties, "nonce")


def _rehearsed(name: str) -> Json:
    """The same of an invented guest (docs/door.md): told apart by one more field."""
    mark: Json = {"type": "boolean", "description": "true in a rehearsal of the door: nothing counts"}
    return {"allOf": [ref(name), object_of({"is_rehearsal": mark}, "is_rehearsal")]}


def _answer() -> Json:
    properties = {
        "nonce": TEXT,
        "result": enum(*RESULTS),
        **dict.fromkeys(("state", "headline", "detail", "next_step"), TEXT),
        "guest": {"anyOf": [ref("Guest"), ref("RehearsedGuest"), {"type": "null"}]},
        "first": {"anyOf": [object_of({"at": MILLISECONDS, "gate": TEXT}, "at", "gate"), {"type": "null"}]},
        "is_echo": {"type": "boolean"},
        "asks_identity": {"type": "boolean"},
        "conflict": {"type": ["string", "null"]},
    }
    return object_of(properties, *properties)


def _guest() -> Json:
    texts = dict.fromkeys(("id", "name", "native_name", "organisation", "category", "shape", "colour"), TEXT)
    lists: Json = {"lines": {"type": "array", "items": TEXT}, "notes": {"type": "array", "items": {"type": "array"}}}
    return object_of({**texts, **lists}, *texts, *lists)


def _error() -> Json:
    return object_of({"nonce": {"type": ["string", "null"]}, "error": TEXT, "message": TEXT}, "error", "message")


def _list() -> Json:
    rows: Json = {"type": "array", "items": {"type": "array"}}
    properties: Json = {
        "form": enum("plain", FORM),
        "version": TEXT,
        "full": {"type": "boolean"},
        "server_time": MILLISECONDS,
        "expires_at": MILLISECONDS,
        "count": {"type": "integer"},
        "event": {"type": "object"},
        "device": {"type": ["object", "null"]},
        "gates": {"type": "array", "items": {"type": "object"}},
        "categories": {"type": "array", "items": {"type": "object"}},
        "buckets": {"type": "object", "additionalProperties": rows},
        "places": {**rows, "description": "what passages share; empty in the plain form"},
        "passages": rows,
    }
    return object_of(properties, *properties)
