"""The live edition's rehearsal of the door, open since yesterday: badges to try on any phone."""

from datetime import datetime, timedelta

from app.audit.service import Actor
from app.checkin.pacing import Pace, choose_pace
from app.checkin.rehearsing import open_rehearsal
from app.events.models import Event


def rehearse(event: Event, *, secret: str, actor: Actor, at: datetime) -> None:
    """Say how long a guest takes, and invent the guests of a rehearsal."""
    yesterday = at - timedelta(days=1)
    choose_pace(event, Pace(25, 50), actor=actor, at=yesterday)
    open_rehearsal(event, secret=secret, actor=actor, at=yesterday)
