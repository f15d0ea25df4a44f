"""What an event assumes of its queue: how long a guest takes, when guests come, who stays away."""

from dataclasses import dataclass
from datetime import datetime

from app.audit.service import Actor, record
from app.checkin.manifest_queries import find_settings
from app.checkin.models import DoorSettings
from app.database import db
from app.events.models import Event


@dataclass(frozen=True)
class Pace:
    """Seconds at a desk, minutes of arrivals, how many of a hundred come, whether exceptions have their own desk."""

    desk_seconds: int = 25
    arrival_minutes: int = 30
    show_up: int = 85
    has_exception_desk: bool = True

    @classmethod
    def of(cls, chosen: DoorSettings | None) -> "Pace":
        """What was chosen, else as domain 6.2 and 6.3 have it."""
        if chosen is None:
            return cls()
        return cls(chosen.desk_seconds, chosen.arrival_minutes, chosen.show_up, chosen.has_exception_desk)


def choose_pace(event: Event, pace: Pace, *, actor: Actor, at: datetime) -> DoorSettings:
    """Assume this from now on."""
    chosen = find_settings(event)
    if chosen is None:
        chosen = DoorSettings(event_id=event.id)
        db.session.add(chosen)
    chosen.desk_seconds, chosen.arrival_minutes = pace.desk_seconds, pace.arrival_minutes
    chosen.show_up, chosen.has_exception_desk = pace.show_up, pace.has_exception_desk
    db.session.flush()
    record(
        actor, "door.settings_changed", kind="gate", id=event.public_id, name=event.title.fr, topic=event.public_id,
        at=at,
    )  # fmt: skip
    return chosen
