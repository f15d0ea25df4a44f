"""What a guest's mail program and browser tell us: no more reminders, and that a person looks at the page."""

import hmac

from flask import Blueprint, redirect, render_template, request, session
from werkzeug.wrappers import Response

from app import access
from app.clock import now
from app.codes import token_hash
from app.database import db
from app.extensions import csrf, settings
from app.i18n import in_language
from app.invitations.models import Invitation
from app.invitations.queries import find_invitation, get_invitation_in_session
from app.invitations.reminders import resume_reminders, stop_reminders, stop_token
from app.invitations.tracing import note_opened
from app.registration import guessing

bp = Blueprint("invited", __name__)
Page = str | Response | tuple[str, int]


@bp.get("/reminders/<public_id>/<token>")
@access.public()
def reminders(public_id: str, token: str) -> Page:
    """Ask whether to stop the reminders of one invitation, or to let them come again."""
    invitation = _find(public_id, token)
    if invitation is None:
        return _opens_nothing()
    with in_language(session.get("language") or invitation.language):
        return render_template("answers/reminders.html", invitation=invitation, event=invitation.event)


@bp.post("/reminders/<public_id>/<token>")
@access.public()
@csrf.exempt  # a mail program's one click comes without a page; anything else is checked below
def stop(public_id: str, token: str) -> Page:
    """Stop the reminders, or let them come again; the address holds the secret (RFC 8058)."""
    is_one_click = request.form.get("List-Unsubscribe") == "One-Click"
    if not is_one_click:
        csrf.protect()
    invitation = _find(public_id, token)
    if invitation is None:
        return _opens_nothing()
    (resume_reminders if "again" in request.form else stop_reminders)(invitation, now())
    db.session.commit()
    return Response(status=200) if is_one_click else redirect(request.path, 303)


@bp.post("/invitation/<public_id>/seen")
@access.invitee()
def seen(public_id: str) -> Response:
    """A person moved on the answer page (js/seen.js): no mail scanner does."""
    if note_opened(get_invitation_in_session(public_id, session.get("invitations", {})), now()):
        db.session.commit()
    return Response(status=204)


def _find(public_id: str, token: str) -> Invitation | None:
    """The invitation the address speaks of; None too for whoever tries many."""
    if guessing.is_slowed(request.remote_addr or "", now()):
        return None
    invitation = find_invitation(public_id)
    if invitation and invitation.state != "withdrawn":
        expected = stop_token(invitation, settings().secret_key)
        if hmac.compare_digest(token_hash(token), token_hash(expected)):
            return invitation
    guessing.note_miss(request.remote_addr or "", now())
    return None


def _opens_nothing() -> tuple[str, int]:
    """The one neutral page of links that open nothing."""
    is_slowed = guessing.is_slowed(request.remote_addr or "", now())
    return render_template("answers/unknown_link.html", is_slowed=is_slowed), 429 if is_slowed else 404
