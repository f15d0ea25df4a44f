"""Who stands at a desk: a device by its token, or an account."""

from dataclasses import dataclass

from app.audit.service import Actor
from app.checkin.models import Device
from app.events.models import Event


@dataclass(frozen=True)
class Standing:
    """A desk at work: where, who is there, whether they lead."""

    event: Event
    device: Device
    agent: str
    is_lead: bool
    # Whether the device has a token of its own, and no account.
    is_enrolled: bool
    actor: Actor
