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
from app.invitations.campaign_queries import find_letter
from app.invitations.models import Invitation
from app.invitations.queries import find_invitation, get_invitation_in_session
from app.invitations.reminders import list_stoppable, mailbox_stop_token, resume_reminders, stop_reminders, stop_token
from app.invitations.tracing import note_opened
from app.registration import guessing

bp = Blueprint("invited", __name__)
Page = str | Response | tuple[str, int]


@bp.get("/reminders/<public_id>/<token>")
@access.public()
def reminders(public_id: str, token: str) -> Page:
    """Ask whether to stop the reminders of an invitation or of a mailbox, or to let them come again."""
    found = _find(public_id, token)
    if not found:
        return _opens_nothing()
    with in_language(session.get("language") or found[0].language):
        return render_template("answers/reminders.html", invitations=found, event=found[0].event)


@bp.post("/reminders/<public_id>/<token>")
@access.public()
@csrf.exempt  # a mail program's one click comes without a page; anything else is checked below
def stop(public_id: str, token: str) -> Page:
    """Stop the reminders, or let them come again; the address holds the secret (RFC 8058)."""
    is_one_click = request.form.get("List-Unsubscribe") == "One-Click"
    if not is_one_click:
        csrf.protect()
    found = _find(public_id, token)
    if not found:
        return _opens_nothing()
    for invitation in found:
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


def _find(public_id: str, token: str) -> list[Invitation]:
    """The invitations the address speaks of: one, or those of a shared mailbox. None of them for whoever tries many."""
    if guessing.is_slowed(request.remote_addr or "", now()):
        return []
    found = _find_own(public_id, token) or _find_of_mailbox(public_id, token)
    if not found:
        guessing.note_miss(request.remote_addr or "", now())
    return found


def _find_own(public_id: str, token: str) -> list[Invitation]:
    invitation = find_invitation(public_id)
    if invitation is None or invitation.state == "withdrawn":
        return []
    return [invitation] if _is_same(token, stop_token(invitation, settings().secret_key)) else []


def _find_of_mailbox(public_id: str, token: str) -> list[Invitation]:
    message = find_letter(public_id)
    if message is None or not _is_same(token, mailbox_stop_token(message, settings().secret_key)):
        return []
    return list_stoppable(message)


def _is_same(token: str, expected: str) -> bool:
    return hmac.compare_digest(token_hash(token), token_hash(expected))


def _opens_nothing() -> tuple[str, int]:
    """The one neutral page of links that open nothing."""
    is_slowed = guessing.is_slowed(request.remote_addr or "", now())
    return render_template("answers/unknown_link.html", is_slowed=is_slowed), 429 if is_slowed else 404
