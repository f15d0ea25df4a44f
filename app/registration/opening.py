"""When an answer form was opened: a signed mark in the form itself, for events that grant some minutes of grace.

Only the server's clock counts (scenario 5.2 step 2): a mark nobody signed here, or made for another invitation, says
nothing. Without grace no mark is made or read.
"""

from datetime import UTC, datetime

from flask import current_app, request
from itsdangerous import BadSignature, Signer

from app.clock import now
from app.invitations.models import Invitation

FIELD = "opened"


def opening_mark(invitation: Invitation) -> str:
    """The mark for a form about to be shown: the one it was sent back with, else now; empty without grace."""
    if not invitation.event.grace_minutes:
        return ""
    opened = opened_at(invitation) or now()
    return _signer(invitation).sign(str(int(opened.timestamp()))).decode()


def opened_at(invitation: Invitation) -> datetime | None:
    """When the form that was sent had been opened; None when it does not say, or the event grants nothing."""
    mark = request.values.get(FIELD, "")
    if not mark or not invitation.event.grace_minutes:
        return None
    try:
        return datetime.fromtimestamp(int(_signer(invitation).unsign(mark)), UTC)
    except (BadSignature, ValueError):
        return None


def _signer(invitation: Invitation) -> Signer:
    return Signer(current_app.config["SECRET_KEY"], salt=f"opened:{invitation.public_id}")
