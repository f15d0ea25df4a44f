"""The number of the key an event signs its badges with; the room of badges says when it changes."""

from app.events.models import Event


def set_badge_key(event: Event, number: int) -> None:
    """Sign the badges issued from now on with key `number`, 1 to 31."""
    event.badge_key = number
