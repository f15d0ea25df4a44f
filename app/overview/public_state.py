"""What the public page of an event shows, as plain values: equal values, equal page."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select

from app.database import db
from app.documents.queries import public_state
from app.errors import NotFound
from app.events.models import Deadline, Event, Venue
from app.events.queries import PUBLIC
from app.minutes.models import Minutes
from app.programme.models import Session

# Tables, not entities, and prepared once: this is asked at each opening of a public page.
_event, _venue, _deadline = Event.__table__, Venue.__table__, Deadline.__table__
_minutes, _session = Minutes.__table__, Session.__table__
# A published version never changes, so its number stands for it.
_VERSION = (
    select(func.max(_minutes.c.version))
    .where(_minutes.c.event_id == _event.c.id, _minutes.c.state == "published")
    .scalar_subquery()
)
_EVENT = (
    select(_event.c.id, _event.c.series_id, _event, _venue, _deadline, _VERSION)
    .outerjoin_from(_event, _venue, _venue.c.id == _event.c.venue_id)
    .outerjoin(_deadline, _deadline.c.event_id == _event.c.id)
    .where(_event.c.slug == bindparam("slug"), *PUBLIC)
)
_SESSIONS = select(_session).where(_session.c.event_id == bindparam("event_id")).order_by(_session.c.id)


def state_of(slug: str, at: datetime) -> tuple[Any, ...]:
    """The state of an event's public page in the minute of `at` (three queries). Raises NotFound.

    Minutes count because deadlines and ends fall on whole minutes.
    """
    connection = db.session.connection()
    event = connection.execute(_EVENT, {"slug": slug}).first()
    if event is None:
        raise NotFound
    sessions = connection.execute(_SESSIONS, {"event_id": event[0]}).all()
    documents = public_state(event[0], event[1], at)
    return (tuple(event), tuple(map(tuple, sessions)), documents, int(at.timestamp()) // 60)
