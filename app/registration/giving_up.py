"""Whoever had a place and gave it up is told, so that calendars forget it."""

from datetime import datetime

from app.events.phases import is_over
from app.outbox import service as outbox
from app.registration.models import Registration


def tell_given_up(registration: Registration, *, at: datetime) -> None:
    """Queue the letter with the calendar's cancellation (signal `place_given_up`).

    Nothing for a rank or a place only offered, of which no calendar was told; nothing once the event is over or
    cancelled itself.
    """
    event = registration.event
    if not registration.email or event.status == "cancelled" or is_over(event, at):
        return
    outbox.write(
        cause=f"cancellation:{registration.public_id}:{registration.sequence}",
        kind="cancellation",
        topic=event.public_id,
        subject_id=registration.public_id,
        recipient=registration.email,
        recipient_name=registration.person.full_name,
        language=registration.language,
        at=at,
        is_known_new=True,
    )
