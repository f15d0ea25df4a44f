"""What makes a desk's page an application of the phone: its service worker and its card for the home screen."""

from pathlib import Path

from flask import Blueprint, Response, jsonify, request

from app import access
from app.checkin.views_credentials import standing_at
from app.i18n import _
from app.pages import STATIC, static_url

bp = Blueprint("desk_app", __name__, url_prefix="/desk")
# The ground of the icon and of a page, for the frame around an installed desk.
COLOURS = {"theme_color": "#24456f", "background_color": "#f5f2ec"}
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
    told = {"id": page, "start_url": page, "scope": page, "name": name, "short_name": desk.device.gate}
    response = jsonify({**told, "display": "standalone", "icons": _icons(), **COLOURS})
    response.mimetype = "application/manifest+json"
    return response


def _icons() -> list[dict[str, str]]:
    """Browsers that install take a PNG; phones that cut their own shape take the one drawn to the edge."""
    told = [{"src": static_url("img/favicon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}]
    drawn = (("icon-192", "192x192", "any"), ("icon-512", "512x512", "any"), ("icon-maskable", "512x512", "maskable"))
    for name, sizes, purpose in drawn:
        told.append({"src": static_url(f"img/{name}.png"), "sizes": sizes, "type": "image/png", "purpose": purpose})
    return told
