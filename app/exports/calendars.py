"""The event as a calendar to publish: the event itself, and its sessions when they have hours."""

from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.calendars import Entry, calendar_bytes
from app.clock import now
from app.database import db
from app.events.models import Event
from app.i18n import _, here, in_language
from app.programme.models import Session


def event_calendar(event: Event, base_url: str, language: str, stamp: datetime | None = None) -> bytes:
    """The calendar of an event (METHOD PUBLISH), told in its own zone.

    `base_url` is where people reach the program: its host makes the identifiers unique, so that a
    calendar fetched again replaces what it held. SEQUENCE grows with each change in the journal.
    """
    with in_language(language):
        sessions = list(
            db.session.scalars(
                select(Session)
                .where(Session.event_id == event.id, Session.starts_at.is_not(None))
                .order_by(Session.starts_at, Session.position)
            )
        )
        changes = _changes([event.public_id, *(each.public_id for each in sessions)])
        entries = [_event_entry(event, base_url, changes)]
        entries += [_session_entry(each, event, base_url, changes) for each in sessions]
        return calendar_bytes(entries, name=here(event.title), zone=ZoneInfo(event.timezone), stamp=stamp or now())


def _changes(ids: list[str]) -> dict[str, int]:
    wanted = select(AuditEntry.object_id, func.count()).where(AuditEntry.object_id.in_(ids))
    return dict(db.session.execute(wanted.group_by(AuditEntry.object_id)).all())


def _host(base_url: str) -> str:
    return urlsplit(base_url).hostname or "localhost"


def _event_entry(event: Event, base_url: str, changes: dict[str, int]) -> Entry:
    lines = [here(event.subtitle)]
    if event.id_check:
        lines.append(_("Please bring an identity document: it will be asked for at the entrance."))
    if event.mailbox:
        lines.append(_("Questions: %(mailbox)s", mailbox=event.mailbox))
    return Entry(
        uid=f"{event.public_id}@{_host(base_url)}",
        sequence=changes.get(event.public_id, 0),
        start_utc=event.starts_at,
        end_utc=event.ends_at,
        is_all_day=event.date_precision == "day",
        summary=here(event.title),
        description="\n".join(line for line in lines if line),
        location=event.venue.address if event.venue else "",
        url=f"{base_url.rstrip('/')}/e/{event.slug}/",
        organizer_name=event.organiser,
        organizer_email=event.mailbox,
        status="CANCELLED" if event.status == "cancelled" else "CONFIRMED",
    )


def _session_entry(session: Session, event: Event, base_url: str, changes: dict[str, int]) -> Entry:
    place = (session.room, event.venue.address if event.venue else "")
    return Entry(
        uid=f"{session.public_id}@{_host(base_url)}",
        sequence=changes.get(session.public_id, 0),
        start_utc=session.starts_at or event.starts_at,
        end_utc=session.ends_at,
        summary=here(session.title),
        description=here(session.abstract),
        location=", ".join(part for part in place if part),
        url=f"{base_url.rstrip('/')}/e/{event.slug}/programme",
        status="CANCELLED" if event.status == "cancelled" else "CONFIRMED",
    )
