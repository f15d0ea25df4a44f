"""The mark of the live edition: drawn for the demonstration, nobody's own."""

from datetime import datetime, timedelta
from pathlib import Path

from app.audit.service import Actor
from app.events.logo import set_logo
from app.events.models import Event

PICTURE = Path(__file__).parent / "assises.png"


def wear_mark(event: Event, *, actor: Actor, at: datetime) -> None:
    """Give the edition its logo, as an organiser would."""
    set_logo(event, PICTURE.read_bytes(), actor=actor, at=at - timedelta(minutes=30))
