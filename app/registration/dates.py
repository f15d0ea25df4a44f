"""Dates of registrations: until when places that were offered are held."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import func, select

from app.database import db
from app.events.models import Event
from app.events.timeline import Dated, Page
from app.i18n import _, ngettext
from app.registration.models import Registration
from app.registration.seat_models import Offer


def dates_of_offers(event: Event, _at: datetime) -> Iterator[Dated]:
    """When places offered to who waited pass to the next person, those that fall together on one line."""
    wanted = (
        select(Offer.expires_at, func.count())
        .join(Registration, Registration.id == Offer.registration_id)
        .where(Registration.event_id == event.id, Offer.state == "open", Offer.expires_at.is_not(None))
        .group_by(Offer.expires_at)
        .order_by(Offer.expires_at)
    )
    for expires, number in db.session.execute(wanted):
        yield Dated(
            ngettext("%(num)s place offered lapses", "%(num)s places offered lapse", number), at=expires,
            detail=_("Whoever was offered it and says nothing gives way to the next in the queue."),
            page=Page("registrations.registrations", {"slug": event.slug}),
        )  # fmt: skip
