"""Conflicts of the door for programs, the lead's device among them: docs/door.md."""

from typing import Any

from flask import Blueprint, Response, g, jsonify, request
from flask_login import current_user

from app import access
from app.accounts.actor import current_actor
from app.audit.service import Actor
from app.checkin.api_refusals import tell_refusals
from app.checkin.conflict_facts import conflict_facts
from app.checkin.conflict_queries import count_conflicts, get_conflict, list_conflicts
from app.checkin.door_models import Conflict
from app.checkin.leading import Decided
from app.checkin.rows import Unreadable, milliseconds_of
from app.checkin.settling import SEEN_ONLY, reopen, settle
from app.checkin.views_credentials import is_enrolled
from app.clock import now
from app.database import db
from app.events.models import Event
from app.events.queries import get_event_for
from app.i18n import _

bp = Blueprint("checkin_conflicts", __name__, url_prefix="/api/v1/events/<slug>/conflicts")
tell_refusals(bp)
LONGEST = 300
STATES = ("waiting", "settled")


@bp.get("")
@access.desk("lead", role="organiser")
def conflicts(slug: str) -> Response:
    """Those that wait, the oldest first; with ?state=settled those decided, the latest first."""
    event, state = _event(slug), request.args.get("state", "waiting")
    if state not in STATES:
        raise Unreadable(field="state")
    found = list_conflicts(event, is_waiting=state == "waiting")
    told = [conflict_facts(one) for one in found]
    return jsonify(conflicts=told, waiting=count_conflicts(event), server_time=milliseconds_of(now()))


@bp.get("/<conflict>")
@access.desk("lead", role="organiser")
def conflict(slug: str, conflict: str) -> Response:
    """One conflict with everything about it."""
    return jsonify(conflict_facts(get_conflict(_event(slug), conflict)))


@bp.post("/<conflict>/decision")
@access.desk("lead", role="organiser")
def decision(slug: str, conflict: str) -> Response:
    """Decide: {decision, reason}. 409 DecidedAlready tells what another lead decided a moment ago."""
    event, body = _event(slug), _body()
    found = get_conflict(event, conflict)
    reason = _text(body, "reason") or (str(_("Seen")) if found.kind in SEEN_ONLY else "")
    settle(event, found, _text(body, "decision"), Decided(_actor(), now(), reason))
    return _kept(found)


@bp.post("/<conflict>/reopening")
@access.desk("lead", role="organiser")
def reopening(slug: str, conflict: str) -> Response:
    """Take the decision up again: {reason}."""
    event, body = _event(slug), _body()
    found = get_conflict(event, conflict)
    reopen(event, found, Decided(_actor(), now(), _text(body, "reason")))
    return _kept(found)


def _kept(found: Conflict) -> Response:
    told = conflict_facts(found)
    db.session.commit()
    return jsonify(told)


def _event(slug: str) -> Event:
    return g.desk[0] if is_enrolled() else get_event_for(current_user, slug, "organiser")


def _actor() -> Actor:
    if not is_enrolled():
        return current_actor()
    device = g.desk[1]
    return Actor("device", device.public_id, device.name)


def _body() -> dict[str, Any]:
    body: Any = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise Unreadable(field="body")
    return body


def _text(body: dict[str, Any], field: str) -> str:
    value = body.get(field, "")
    if not isinstance(value, str) or len(value) > LONGEST:
        raise Unreadable(field=field)
    return value
