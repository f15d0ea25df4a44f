"""What happened to a registration, in the journal."""

from datetime import datetime

from app.audit.service import Actor, record
from app.registration.models import Registration


def record_change(
    actor: Actor, registration: Registration, at: datetime, action: str = "", *, reason: str = ""
) -> None:
    """Note the state a registration is in now, or the `action` done to it, and why somebody decided so."""
    said = {"reason": reason} if reason else {}
    record(
        actor,
        action or f"registration.{registration.state}",
        kind="registration",
        id=registration.public_id,
        name=registration.person.full_name,
        topic=registration.event.public_id,
        at=at,
        after={"state": registration.state, "rank": registration.waiting_rank, **said},
    )
