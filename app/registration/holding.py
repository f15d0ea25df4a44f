"""What a browser holds: the personal links it opened, and the mailboxes it proved to read."""

from datetime import datetime, timedelta

from flask import request, session

from app.columns import LANGUAGES
from app.directory.models import Person
from app.invitations.models import Invitation
from app.invitations.queries import get_invitation_in_session

MOST_HELD = 20
# How long a code typed opens what is personal, in one browser.
PROVEN_FOR = timedelta(minutes=30)


def hold(invitation: Invitation) -> None:
    """Remember in the session that this browser opened the link."""
    keep_in_session("invitations", invitation.public_id, invitation.token_hash)


def get_held(public_id: str) -> Invitation:
    """The invitation whose link this browser opened. Raises NotFound."""
    is_deciding = request.method == "POST"
    return get_invitation_in_session(public_id, session.get("invitations", {}), is_deciding=is_deciding)


def prove(invitation: Invitation, at: datetime) -> None:
    """Remember that this browser's user reads the mailbox of the invitation."""
    keep_in_session("proven", invitation.public_id, int(at.timestamp()))


def is_proven(invitation: Invitation, at: datetime) -> bool:
    """Whether a code of this invitation was typed here within PROVEN_FOR."""
    proven = session.get("proven", {}).get(invitation.public_id)
    return isinstance(proven, int) and 0 <= at.timestamp() - proven < PROVEN_FOR.total_seconds()


def spoken(invitation: Invitation) -> str:
    """The language of the page: the one chosen here, else the invitation's."""
    chosen = session.get("language")
    return chosen if chosen in LANGUAGES else invitation.language


def masked_name(person: Person) -> str:
    """The name as a forwarded link may show it: the surname by its first letter (scenario 5.11 step 1)."""
    surname = person.formal_name[len(person.given_name) :].strip() or person.family_name
    return f"{person.given_name} {surname[:1]}…".strip()


def masked_address(email: str) -> str:
    """An address its owner recognises and nobody else learns: "z…@example.org"."""
    name, _, domain = email.partition("@")
    return f"{name[:1]}…@{domain}" if domain else ""


def keep_in_session(what: str, public_id: str, value: str | int) -> None:
    """Remember `value` for one object in the session, with the others held there, at most MOST_HELD."""
    held = dict(session.get(what, {}))
    held.pop(public_id, None)
    others = list(held.items())[: MOST_HELD - 1]  # cookies keep no order: which ones go is chance
    session[what] = {public_id: value, **dict(others)}
