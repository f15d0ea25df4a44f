"""What calendars tell of an event, and saying that it has changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.audit.service import Actor
from app.columns import Bilingual
from app.database import db
from app.events.models import Event
from app.events.signals import event_changed


@dataclass(frozen=True)
class Facts:
    """What a calendar entry of an event tells. Instants are aware."""

    title: Bilingual
    starts_at: datetime
    ends_at: datetime | None
    date_precision: str
    timezone: str
    address: str
    id_check: bool
    mailbox: str
    status: str

    def is_cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.status == "cancelled"

    def when_and_where(self) -> dict[str, Any]:
        """What makes people come at another time or to another place, in plain values for a row."""
        return {
            "starts_at": self.starts_at.isoformat(),
            "ends_at": self.ends_at.isoformat() if self.ends_at else "",
            "date_precision": self.date_precision,
            "address": self.address,
        }


def facts_of(event: Event) -> Facts:
    """What calendars tell of the event as it stands."""
    status = "cancelled" if event.status == "cancelled" else ""  # other steps change nothing in a calendar
    return Facts(
        event.title, event.starts_at, event.ends_at, event.date_precision, event.timezone,
        event.venue.address if event.venue else "", event.id_check, event.mailbox, status,
    )  # fmt: skip


def announce(event: Event, before: Facts, *, actor: Actor, at: datetime, reason: str = "") -> bool:
    """Say that an event is no longer as it was; whether calendars tell something else now.

    Raises SEQUENCE by one, so that calendars that hold the event replace it (RFC 5546, 2.1.4), and
    announces `event_changed`. Called by whatever changes an event, in the same transaction. A draft was told to
    nobody: it begins with 0.
    """
    if event.status == "draft" or facts_of(event) == before:
        return False
    event.calendar_sequence += 1
    db.session.flush()
    event_changed.send(event, before=before, actor=actor, at=at, reason=reason)
    return True
