"""The interface of the door in OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.0): values, no Flask."""

from typing import Any

from app.checkin.models import DOCUMENTS, RESULTS
from app.checkin.rows import GESTURES, MOST_ROWS, NONCE, ROADS

Json = dict[str, Any]
_TEXT: Json = {"type": "string"}
_MILLISECONDS: Json = {"type": "integer", "description": "milliseconds since 1970, UTC"}


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
        },
        "components": {"securitySchemes": {"device": _token()}, "schemas": _schemas()},
    }


def _token() -> Json:
    return {"type": "http", "scheme": "bearer", "description": "The token that POST /enrol answered once."}


def _schemas() -> Json:
    return {"Row": _row(), "Answer": _answer(), "Guest": _guest(), "Error": _error(), "Manifest": _list()}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _enum(*words: str) -> Json:
    return {"type": "string", "enum": list(words)}


def _object(properties: Json, *required: str) -> Json:
    return {"type": "object", "properties": properties, "required": list(required)}


def _operation(
    name: str, summary: str, answer: Json, *, body: Json | None = None, errors: str = "401 403 404 422"
) -> Json:
    told: Json = {"operationId": name, "summary": summary, "responses": {"200": _content("Done", answer)}}
    told["responses"] |= {status: _content("Refused, in words", _ref("Error")) for status in errors.split()}
    if body:
        told["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    if name not in {"enrol", "openapi"}:
        told["parameters"] = [{"name": "slug", "in": "path", "required": True, "schema": _TEXT}]
    return told


def _content(description: str, schema: Json) -> Json:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _enrol() -> Json:
    answer = _object(dict.fromkeys(("token", "device", "event", "role"), _TEXT), "token", "device", "event", "role")
    body = _object({"code": _TEXT}, "code")
    return {
        **_operation("enrol", "A code, used once, for a token", answer, body=body, errors="400 422"),
        "security": [],
    }


def _scans() -> Json:
    batch = _object(
        {"scans": {"type": "array", "maxItems": MOST_ROWS, "items": _ref("Row")}, "device": _object(_of_the_device())},
        "scans",
    )
    answers = _object(
        {
            "answers": {"type": "array", "items": {"anyOf": [_ref("Answer"), _ref("Error")]}},
            "server_time": _MILLISECONDS,
        },
        "answers",
        "server_time",
    )
    summary = (
        "Passages, one or a list: each is answered, one that cannot be used stops no other, a replay writes nothing"
    )
    answer = {"anyOf": [_ref("Answer"), answers]}
    return _operation("scans", summary, answer, body={"anyOf": [_ref("Row"), batch]}, errors="401 403 404 409 422 503")


def _of_the_device() -> Json:
    return {
        "sent_at": _MILLISECONDS,
        "queue": {"type": "integer"},
        "version": _TEXT,
        "synced_at": _MILLISECONDS,
        "wiped": {"type": "boolean"},
    }


def _manifest() -> Json:
    told = _operation("manifest", "Who may come, or what changed since a version", _ref("Manifest"))
    since = {"name": "since", "in": "query", "required": False, "schema": _TEXT}
    told["parameters"] = [*told["parameters"], since]
    told["responses"]["304"] = {"description": "Nothing changed since that version"}
    return told


def _heartbeat() -> Json:
    answer = _object(
        {
            "server_time": _MILLISECONDS,
            "offset": {"type": ["integer", "null"]},
            "device": {"type": "object"},
            "counts": _object({"present": {"type": "integer"}, "expected": {"type": "integer"}}, "present", "expected"),
        },
        "server_time",
        "device",
        "counts",
    )
    body = _object({**_of_the_device(), "gate": _TEXT})
    return _operation("heartbeat", "The device is there: its clock, its queue, its version", answer, body=body)


def _forget() -> Json:
    answer = _object({"forgotten": {"type": "boolean"}}, "forgotten")
    return _operation("forget", "The device erased its list; its token ends", answer, body=_object({}))


def _self() -> Json:
    return {**_operation("openapi", "This document", {"type": "object"}, errors=""), "security": []}


def _row() -> Json:
    properties = {
        "nonce": {"type": "string", "pattern": f"^{NONCE.pattern}$"},
        "code": _TEXT,
        "registration": _TEXT,
        "document": _enum("", *DOCUMENTS),
        "identity": _enum("", "matches", "does_not_match"),
        "direction": _enum("in", "out"),
        "road": _enum(*ROADS),
        "gate": _TEXT,
        "gesture": _enum(*GESTURES),
        "decided": _enum("", *RESULTS),
        "at": _MILLISECONDS,
        "offset": {"type": "integer", "description": "the device's clock less ours, in milliseconds"},
    }
    return _object(properties, "nonce")


def _answer() -> Json:
    properties = {
        "nonce": _TEXT,
        "result": _enum(*RESULTS),
        **dict.fromkeys(("state", "headline", "detail", "next_step"), _TEXT),
        "guest": {"anyOf": [_ref("Guest"), {"type": "null"}]},
        "first": {"anyOf": [_object({"at": _MILLISECONDS, "gate": _TEXT}, "at", "gate"), {"type": "null"}]},
        "is_echo": {"type": "boolean"},
        "asks_identity": {"type": "boolean"},
        "conflict": {"type": ["string", "null"]},
    }
    return _object(properties, *properties)


def _guest() -> Json:
    texts = dict.fromkeys(("id", "name", "native_name", "organisation", "category", "shape", "colour"), _TEXT)
    lists: Json = {"lines": {"type": "array", "items": _TEXT}, "notes": {"type": "array", "items": {"type": "array"}}}
    return _object({**texts, **lists}, *texts, *lists)


def _error() -> Json:
    return _object({"nonce": {"type": ["string", "null"]}, "error": _TEXT, "message": _TEXT}, "error", "message")


def _list() -> Json:
    properties: Json = {
        "version": _TEXT,
        "full": {"type": "boolean"},
        "server_time": _MILLISECONDS,
        "expires_at": _MILLISECONDS,
        "count": {"type": "integer"},
        "event": {"type": "object"},
        "device": {"type": ["object", "null"]},
        "gates": {"type": "array", "items": {"type": "object"}},
        "categories": {"type": "array", "items": {"type": "object"}},
        "buckets": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "array"}}},
        "passages": {"type": "array", "items": {"type": "array"}},
    }
    return _object(properties, *properties)
