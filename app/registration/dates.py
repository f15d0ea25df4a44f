"""Dates of registrations: until when places that were offered are held, when prints are frozen."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import func, select

from app.database import db
from app.events.models import Event
from app.events.timeline import Dated, Page
from app.i18n import _, here, ngettext
from app.registration.announcement_models import Announcement
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


def dates_of_announcements(event: Event, _at: datetime) -> Iterator[Dated]:
    """When everyone concerned by a change is written to, and when that was; what was stopped is nobody's date."""
    wanted = select(Announcement).where(Announcement.event_id == event.id, Announcement.state != "stopped")
    for one in db.session.scalars(wanted.order_by(Announcement.leaves_at)):
        title = _("Letters: the event is cancelled") if one.kind == "cancelled" else _("Letters: the event has moved")
        if one.state == "waiting":
            detail = _("Until then the change can be taken back, and nobody hears of it.")
        else:
            detail = ngettext("%(num)s letter written", "%(num)s letters written", one.written)
        page = Page("announcements.announcements", {"slug": event.slug})
        yield Dated(title, at=one.leaves_at, detail=detail, page=page, needs_offices=False)


def dates_of_freezes(event: Event, _at: datetime) -> Iterator[Dated]:
    """From which day what is printed of a category stands, those that fall together on one line."""
    days = sorted({one.frozen_on for one in event.categories if one.frozen_on})
    for day in days:
        names = ", ".join(here(one.name) for one in event.categories if one.frozen_on == day)
        yield Dated(
            _("Prints are frozen: %(names)s", names=names), day=day,
            detail=_("A new function no longer changes what is printed: the reception is told."),
            page=Page("asking.asking", {"slug": event.slug}),
        )  # fmt: skip
