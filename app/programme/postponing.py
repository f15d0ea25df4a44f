"""The programme moves along with an event that is postponed (signal `event_postponed`)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.audit.service import Actor
from app.events.models import Event
from app.programme.changing import lock_sessions, note
from app.programme.queries import list_headlines
from app.programme.signals import session_changed


def follow_postponement(event: Event, *, shift: timedelta, actor: Actor, at: datetime) -> int:
    """Give every session with an hour the same hour on its new day, in the event's zone; how many moved."""
    found = [one for one in list_headlines(event) if one.starts_at is not None] if shift else []
    if not found:
        return 0
    zone = ZoneInfo(event.timezone)
    lock_sessions(event, *found)
    for one in found:
        before = {"starts_at": one.starts_at, "ends_at": one.ends_at}
        one.starts_at, one.ends_at = _moved(one.starts_at, shift, zone), _moved(one.ends_at, shift, zone)
        note("session.postponed", one, event, actor, at, after={"days": shift.days})
        session_changed.send(one, event=event, before=before, at=at)
    return len(found)


def _moved(instant: datetime | None, shift: timedelta, zone: ZoneInfo) -> datetime | None:
    """The same hour on the wall: a change of clock in between is not carried over."""
    if instant is None:
        return None
    return (instant.astimezone(zone).replace(tzinfo=None) + shift).replace(tzinfo=zone)
