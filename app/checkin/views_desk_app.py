"""What makes a desk's page an application of the phone: its service worker and its card for the home screen."""

from pathlib import Path

from flask import Blueprint, Response, jsonify, request

from app import access
from app.checkin.views_credentials import standing_at
from app.i18n import _
from app.pages import STATIC, static_url

bp = Blueprint("desk_app", __name__, url_prefix="/desk")
WORKER: Path = STATIC / "js" / "desk-worker.js"


@bp.get("/worker.js")
@access.public()
def worker() -> Response:
    """The service worker of every desk: below /desk/, so that it sees nothing of the rest of the site."""
    response = Response(WORKER.read_bytes(), mimetype="text/javascript")
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@bp.get("/<slug>/at/<device>/app.webmanifest")
@access.desk("agent", "lead")
def card(slug: str, device: str) -> Response:
    """How the phone shows the desk among its applications (W3C Web App Manifest)."""
    desk = standing_at(slug, device)
    page = request.path.removesuffix("/app.webmanifest")
    name = _("Reception: %(gate)s", gate=desk.device.gate)
    icon = {"src": static_url("img/favicon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}
    told = {"id": page, "start_url": page, "scope": page, "name": name, "short_name": desk.device.gate}
    response = jsonify({**told, "display": "standalone", "icons": [icon]})
    response.mimetype = "application/manifest+json"
    return response
