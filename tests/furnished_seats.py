"""Places held, for the pages of seats and of decisions."""

from app.clock import now
from app.database import db
from app.events.models import Event
from app.registration import held_places
from app.registration.held_places import Wish
from app.registration.models import Registration
from tests.factories import ORGANISER


def furnish_seats(event: Event, guest: Registration) -> dict[str, str]:
    """Values of the addresses of those pages."""
    held = held_places.hold(event, Wish(2, "Ministres"), actor=ORGANISER, at=now())
    db.session.commit()
    assert guest.invitation
    return {
        "seats.key": event.categories[0].key,
        "seats.public_id": held.public_id,
        "seats.choose.public_id": guest.public_id,
        "offers.public_id": guest.invitation.public_id,
    }
