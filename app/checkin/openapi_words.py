"""Words in which the interface of the door is described (OpenAPI 3.1)."""

from typing import Any

Json = dict[str, Any]
TEXT: Json = {"type": "string"}
MILLISECONDS: Json = {"type": "integer", "description": "milliseconds since 1970, UTC"}


def ref(name: str) -> Json:
    """A schema of the document."""
    return {"$ref": f"#/components/schemas/{name}"}


def enum(*words: str) -> Json:
    """One of these words."""
    return {"type": "string", "enum": list(words)}


def object_of(properties: Json, *required: str) -> Json:
    """An object with these fields."""
    return {"type": "object", "properties": properties, "required": list(required)}


def operation(
    name: str, summary: str, answer: Json, *, body: Json | None = None, errors: str = "401 403 404 422"
) -> Json:
    """What is asked, what is answered, how it is refused."""
    told: Json = {"operationId": name, "summary": summary, "responses": {"200": content("Done", answer)}}
    told["responses"] |= {status: content("Refused, in words", ref("Error")) for status in errors.split()}
    if body:
        told["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    if name not in {"enrol", "openapi"}:
        told["parameters"] = [{"name": "slug", "in": "path", "required": True, "schema": TEXT}]
    return told


def content(description: str, schema: Json) -> Json:
    """An answer in JSON."""
    return {"description": description, "content": {"application/json": {"schema": schema}}}
