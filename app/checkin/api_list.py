"""What a desk reads: its list, and how the interface is spoken."""

import json

from flask import Blueprint, Response, g, jsonify, request

from app import access
from app.checkin.api_refusals import tell_refusals
from app.checkin.manifest import content_mark, manifest_of
from app.checkin.openapi import described
from app.checkin.packing import FORM, pack
from app.checkin.views_credentials import event_here, is_enrolled
from app.clock import now
from app.extensions import settings

bp = Blueprint("checkin_list", __name__, url_prefix="/api/v1")
tell_refusals(bp)


@bp.get("/events/<slug>/manifest")
@access.desk("agent", "lead")
def manifest(slug: str) -> Response:
    """Who may come, or what changed since a version; 304 when nothing did. See docs/door.md."""
    event, device = event_here(slug), g.desk[1] if is_enrolled() else None
    since = request.args.get("since", "")
    told = manifest_of(event, device, since, secret=settings().secret_key, at=now())
    if request.args.get("form") == FORM:
        told = pack(told)
    # Accents as they are: a third less than escaped ones.
    response = Response(json.dumps(told, ensure_ascii=False, separators=(",", ":")), mimetype="application/json")
    response.set_etag(content_mark(told))
    response.make_conditional(request)
    return response


@bp.get("/openapi.json")
@access.public()
def openapi() -> Response:
    """The interface in OpenAPI 3.1, for programs that speak it."""
    return jsonify(described())
