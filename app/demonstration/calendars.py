"""Calendar addresses of the demonstration: whoever looks after each room, and each speaker, follows the programme."""

from datetime import datetime, timedelta
from typing import Any

from app.audit.service import Actor
from app.events.models import Event
from app.exports import subscribing
from app.exports.calendar_queries import list_rooms, list_speakers

# Days before the day it is loaded.
SINCE = timedelta(days=3)
MOST_SPEAKERS = 3


def open_addresses(event: Event, *, secret: str, actor: Actor, at: datetime) -> None:
    """An address for each room of the programme and for the first speakers, opened three days ago."""
    said: dict[str, Any] = {"language": "fr", "secret": secret, "actor": actor, "at": at - SINCE}
    for room in list_rooms(event):
        subscribing.open_for_room(event, room, **said)
    for person in list_speakers(event)[:MOST_SPEAKERS]:
        subscribing.open_for_speaker(event, person, **said)
