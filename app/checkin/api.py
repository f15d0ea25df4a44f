"""The door for programs: the bench now, desks without a network later. The same `service.admit`."""

from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask_login import current_user

from app import access
from app.checkin import queries, service
from app.checkin.answers import machine_answer
from app.checkin.forms import ROADS, is_nonce
from app.checkin.service import Passage
from app.clock import now
from app.database import db
from app.errors import Refusal
from app.i18n import lazy

bp = Blueprint("checkin_api", __name__, url_prefix="/api/v1")
LONGEST_CODE = 200


class Unreadable(Refusal):
    """A field is missing, of the wrong kind or too long."""

    message = lazy("The field “%(field)s” is missing or not usable.")
    status = 422


@bp.errorhandler(Refusal)
def refused(refusal: Refusal) -> tuple[Response, int]:
    """A refusal for programs: `{"error": "DocumentMissing", "message": "…"}`."""
    db.session.rollback()
    return jsonify(error=refusal.code, message=refusal.sentence), refusal.status


@bp.post("/events/<slug>/scans")
@access.staff("reception")
def scans(slug: str) -> Response:
    """Admit by a code, or say why not: {device, code, nonce, document, road} → machine_answer.

    `document` may be left out where identities are not checked, `road` means "scanner" then.
    """
    asked = _asked()
    event, device = queries.get_desk_for(current_user, slug, asked["device"])
    passage = Passage(device, asked["nonce"], asked["road"], current_user.name, now())
    verdict = service.admit_code(event, asked["code"], passage, document=asked["document"])
    answer = machine_answer(verdict)
    db.session.commit()
    return jsonify(answer)


def _asked() -> dict[str, str]:
    body: Any = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise Unreadable(field="body")
    asked = {"document": "", "road": "scanner", **body}
    for field in ("device", "code", "nonce", "document", "road"):
        if not isinstance(asked.get(field), str) or len(asked[field]) > LONGEST_CODE:
            raise Unreadable(field=field)
    if asked["road"] not in ROADS:
        raise Unreadable(field="road")
    if not is_nonce(asked["nonce"]):
        raise Unreadable(field="nonce")
    return asked
