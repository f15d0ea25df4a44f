"""Calendar addresses of the furnished event, and what was told of it."""

from app.clock import now
from app.database import db
from app.events.models import Event
from app.exports import subscribing
from app.registration.announcement_models import Announcement
from app.registration.models import Registration
from tests.databases import KEY
from tests.factories import ORGANISER


def furnish_calendars(event: Event, guest: Registration) -> dict[str, str]:
    """Values of the addresses of their pages: an attendee's calendar, letters about another hour that have left."""
    said = {"language": "fr", "secret": KEY, "actor": ORGANISER, "at": now()}
    own = subscribing.open_for_attendee(guest, **said)
    subscribing.open_for_room(event, "Salon", **said)
    before = {"starts_at": event.starts_at.isoformat(), "ends_at": "", "date_precision": "minute", "address": "Paris"}
    told = Announcement(event=event, kind="moved", reason="Grève", before=before, state="left", leaves_at=now())
    db.session.add(told)
    db.session.commit()
    return {
        "calendars.token": subscribing.token_of(own, KEY),
        "calendars.public_id": guest.invitation.public_id if guest.invitation else "",
        "subscriptions.public_id": own.public_id,
        "subscriptions.act": "renew",
        "announcements.public_id": told.public_id,
    }
