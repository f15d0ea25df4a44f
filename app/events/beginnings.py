"""A first event: a title, a day, an address, and one category to invite into."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.audit.service import Actor, record
from app.columns import Bilingual
from app.database import db
from app.events.models import Category, Event
from app.events.service import AddressInUse, DateInThePast
from app.events.settings import TitleMissing
from app.i18n import language
from app.text import slug as to_slug
from app.when import date_words

ZONE = "Europe/Paris"
_FIRST_CATEGORY = Bilingual("Invités", "Guests")


@dataclass(frozen=True)
class Beginning:
    """What must be known of an event to begin it; an empty `slug` is made from the title and the year."""

    title: Bilingual
    starts_on: date
    slug: str = ""


def begin_event(wanted: Beginning, *, actor: Actor, at: datetime) -> Event:
    """A draft of an event that follows no other; its hours are not decided, nobody is invited.

    Raises TitleMissing, DateInThePast, AddressInUse.
    """
    zone, day = ZoneInfo(ZONE), wanted.starts_on
    if not wanted.title:
        raise TitleMissing
    if day < at.astimezone(zone).date():
        raise DateInThePast(day=date_words(day, language()))
    event = Event(
        slug=_free_address(wanted),
        title=wanted.title,
        starts_at=datetime.combine(day, time(0), zone),
        date_precision="day",
        timezone=ZONE,
        categories=[Category(key="guests", name=_FIRST_CATEGORY)],
    )
    db.session.add(event)
    db.session.flush()
    record(
        actor, "event.created", kind="event", id=event.public_id, name=event.title.get("fr"),
        topic=event.public_id, at=at, after={"slug": event.slug},
    )  # fmt: skip
    return event


def _free_address(wanted: Beginning) -> str:
    name = wanted.title.fr or wanted.title.en
    address = to_slug(wanted.slug) or f"{to_slug(name)[:60].strip('-')}-{wanted.starts_on.year}"
    if db.session.scalar(select(Event.id).where(Event.slug == address)):
        raise AddressInUse(slug=address)
    return address
