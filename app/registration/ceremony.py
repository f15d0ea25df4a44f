"""Who invites to the ceremony of an event and who ordered it: kept, for the order of precedence depends on it."""

from datetime import datetime

from sqlalchemy import select

from app.audit.service import Actor, record
from app.database import db, lock_rows
from app.events.models import Event
from app.i18n import here
from app.registration.models import Ceremony, Registration


def find_ceremony(event: Event) -> Ceremony | None:
    """What was said of how the ceremony is held; None: nothing yet."""
    return db.session.scalar(select(Ceremony).where(Ceremony.event_id == event.id))


def hold_ceremony(
    event: Event, host: Registration | None, *, is_by_government: bool, actor: Actor, at: datetime
) -> Ceremony:
    """Say whose place is that of the inviting authority, if any, and whether the Government ordered the ceremony.

    Décret 89-655, article 9: the inviting authority takes the second rank, unless the Government ordered it.
    """
    lock_rows(Event, [event.id])
    one = find_ceremony(event)
    before = _said(one) if one else {}
    if one is None:
        one = Ceremony(event_id=event.id)
        db.session.add(one)
    one.host, one.is_by_government = host, is_by_government
    db.session.flush()
    if before != _said(one):
        record(
            actor, "ceremony.held", kind="event", id=event.public_id, name=here(event.title), topic=event.public_id,
            before=before, after=_said(one), at=at,
        )  # fmt: skip
    return one


def _said(one: Ceremony) -> dict[str, object]:
    host = one.host.person.full_name if one.host else ""
    return {"host": host, "by_government": one.is_by_government}
