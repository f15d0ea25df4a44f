"""What a guest's mail program and browser tell us: no more reminders, and that a person looks at the page."""

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


@bp.route("/reminders/<public_id>/<token>", methods=["GET", "POST"])
@access.public()
@csrf.exempt  # RFC 8058: mail programs post here without a page; the address itself holds the secret
def reminders(public_id: str, token: str) -> Page:
    """Ask whether to stop the reminders of one invitation; a POST stops them, or lets them come again."""
    if guessing.is_slowed(request.remote_addr or "", now()):
        return render_template("answers/unknown_link.html", is_slowed=True), 429
    invitation = _find(public_id, token)
    if invitation is None:
        guessing.note_miss(request.remote_addr or "", now())
        return render_template("answers/unknown_link.html", is_slowed=False), 404
    if request.method == "POST":
        (resume_reminders if "again" in request.form else stop_reminders)(invitation, now())
        db.session.commit()
        return redirect(request.path, 303)
    with in_language(session.get("language") or invitation.language):
        return render_template("answers/reminders.html", invitation=invitation, event=invitation.event)


@bp.post("/invitation/<public_id>/seen")
@access.invitee()
def seen(public_id: str) -> Response:
    """A person moved on the answer page (js/seen.js): no mail scanner does."""
    if note_opened(get_invitation_in_session(public_id, session.get("invitations", {})), now()):
        db.session.commit()
    return Response(status=204)


def _find(public_id: str, token: str) -> Invitation | None:
    invitation = find_invitation(public_id)
    if invitation is None or invitation.state == "withdrawn":
        return None
    expected = stop_token(invitation, settings().secret_key)
    return invitation if token_hash(token) == token_hash(expected) else None
