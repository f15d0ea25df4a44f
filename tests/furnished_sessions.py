"""Workshops with a guest in one and another who waits, for the pages of places in sessions."""

from app.clock import now
from app.database import db
from app.invitations.models import Invitation
from app.registration.models import Registration
from app.registration.session_places import choose
from tests.factories import INVITEE
from tests.registration.workshops import workshop


def furnish_sessions(guest: Registration, invitation: Invitation) -> dict[str, str]:
    """A workshop the guest chose, another later; addresses of both pages."""
    event = guest.event
    chosen, later = workshop(event, 1, capacity=1, after=1), workshop(event, 2, after=2)
    place = choose(guest, chosen, actor=INVITEE, at=now())
    db.session.commit()
    return {
        "sessions.session": chosen.public_id,
        "sessions.place": place.public_id,
        "sessions.place.what": "seat",
        "sessions.cancel.what": "put_back",
        "sessions.format": "csv",
        "my_programme.public_id": invitation.public_id,
        "my_programme.session_id": later.public_id,
        "my_programme.act": "choose",
    }
