"""The own link of somebody without an invitation: who comes along, instead, or in a delegation (decision 0024)."""

from hmac import compare_digest

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.codes import derived_token
from app.database import db
from app.errors import NotFound
from app.events.models import Event
from app.registration import consents
from app.registration.models import ENDED, Registration

PURPOSE = "own needs"


def has_own_link(registration: Registration) -> bool:
    """Whether somebody is told of a link of their own: the event asks for needs, and no invitation leads to them."""
    return registration.invitation_id is None and consents.is_offered(registration.event)


def own_path(registration: Registration, secret: str) -> str:
    """The path of the link, made anew from the key: nothing of it is stored."""
    return f"/n/{registration.public_id}/{own_token(registration, secret)}"


def own_token(registration: Registration, secret: str) -> str:
    """The secret part of the link."""
    return derived_token(secret, PURPOSE, registration.public_id)


def find_by_link(public_id: str, token: str, secret: str) -> Registration | None:
    """Whose link this is; None for any other address, and for who no longer comes."""
    found = _find(public_id)
    if found is None or not compare_digest(own_token(found, secret).encode(), token.encode()):
        return None
    return found


def get_held(public_id: str, held: dict[str, str]) -> Registration:
    """The registration whose link this browser opened, while its person comes. Raises NotFound."""
    found = _find(public_id) if public_id in held else None
    if found is None:
        raise NotFound
    return found


def _find(public_id: str) -> Registration | None:
    wanted = select(Registration).where(Registration.public_id == public_id)
    loaded = joinedload(Registration.event).joinedload(Event.venue), joinedload(Registration.person)
    found = db.session.scalar(wanted.options(*loaded))
    is_theirs = found is not None and found.state not in ENDED and has_own_link(found)
    return found if is_theirs else None
