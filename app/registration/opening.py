"""When an answer form was opened: a signed mark in the form itself, for events that grant some minutes of grace.

Only the server's clock counts (scenario 5.2 step 2): a mark nobody signed here, or made for another invitation or
delegation, says nothing. Without grace no mark is made or read.
"""

from datetime import UTC, datetime

from flask import current_app, request
from itsdangerous import BadSignature, Signer

from app.clock import now
from app.registration.sending_once import Holder

FIELD = "opened"


def opening_mark(holder: Holder) -> str:
    """The mark for a form about to be shown: the one it was sent back with, else now; empty without grace."""
    if not holder.event.grace_minutes:
        return ""
    opened = opened_at(holder) or now()
    return _signer(holder).sign(str(int(opened.timestamp()))).decode()


def opened_at(holder: Holder) -> datetime | None:
    """When the form that was sent had been opened; None when it does not say, or the event grants nothing."""
    mark = request.values.get(FIELD, "")
    if not mark or not holder.event.grace_minutes:
        return None
    try:
        return datetime.fromtimestamp(int(_signer(holder).unsign(mark)), UTC)
    except (BadSignature, ValueError):
        return None


def _signer(holder: Holder) -> Signer:
    return Signer(current_app.config["SECRET_KEY"], salt=f"opened:{holder.public_id}")
