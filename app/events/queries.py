"""Reading events. Fetching one for someone is the permission to work on it."""

from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.database import db
from app.errors import NotFound
from app.events.models import Category, Event, Series


class RoleHolder(Protocol):
    """Someone who may hold a role on an event (an account)."""

    def has_role(self, role: str, event_id: int | None = None) -> bool:
        """Whether `role` is held on the event."""


_LOADED = (
    joinedload(Event.venue),
    joinedload(Event.deadline),
    joinedload(Event.series),
    selectinload(Event.categories),
)
# What anyone may read.
PUBLIC = (Event.is_public, Event.status != "draft")


def get_event(slug: str) -> Event:
    """The event at this address, whoever asks. Raises NotFound."""
    event = db.session.scalar(select(Event).where(Event.slug == slug).options(*_LOADED))
    if event is None:
        raise NotFound
    return event


def get_event_for(user: RoleHolder, slug: str, role: str) -> Event:
    """The event, for someone who holds `role` on it. Raises NotFound otherwise: no hint."""
    event = get_event(slug)
    if not user.has_role(role, event.id):
        raise NotFound
    return event


def get_public_event(slug: str) -> Event:
    """The event, if anyone may read it (one query). Raises NotFound."""
    wanted = select(Event).where(Event.slug == slug, *PUBLIC)
    event = db.session.scalar(wanted.options(joinedload(Event.venue), joinedload(Event.deadline)))
    if event is None:
        raise NotFound
    return event


def find_event_by_public_id(public_id: str) -> Event | None:
    """The event a letter's topic names."""
    wanted = select(Event).where(Event.public_id == public_id).options(*_LOADED)
    return db.session.scalar(wanted)


def list_events() -> list[Event]:
    """Every event, the latest first."""
    return list(db.session.scalars(select(Event).options(*_LOADED).order_by(Event.starts_at.desc())))


def list_events_for(user: RoleHolder, role: str) -> list[Event]:
    """Events on which someone holds `role`, the latest first."""
    return [event for event in list_events() if user.has_role(role, event.id)]


def list_public_events() -> list[Event]:
    """Events anyone may read about, the latest first (one query)."""
    wanted = select(Event).where(*PUBLIC).options(joinedload(Event.venue))
    return list(db.session.scalars(wanted.order_by(Event.starts_at.desc())))


def find_series(slug: str) -> Series | None:
    """The series of that name."""
    return db.session.scalar(select(Series).where(Series.slug == slug))


def find_category(event: Event, key: str) -> Category | None:
    """The event's category of that key."""
    return next((c for c in event.categories if c.key == key), None)


def get_category(event: Event, key: str) -> Category:
    """The event's category of that key. Raises NotFound."""
    category = find_category(event, key)
    if category is None:
        raise NotFound
    return category
