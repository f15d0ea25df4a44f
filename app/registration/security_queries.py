"""Reading the lists handed to security."""

from sqlalchemy import select

from app.database import db
from app.errors import NotFound
from app.events.models import Event
from app.registration.security_models import SecurityList


def list_versions(event: Event) -> list[SecurityList]:
    """Every version of the event, the latest first."""
    wanted = select(SecurityList).where(SecurityList.event_id == event.id)
    return list(db.session.scalars(wanted.order_by(SecurityList.version.desc())))


def get_version(event: Event, version: int) -> SecurityList:
    """One version. Raises NotFound."""
    wanted = select(SecurityList).where(SecurityList.event_id == event.id, SecurityList.version == version)
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound
    return found
