"""What if this badge came to that gate at that hour? The rule of the door is asked, nothing is written."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm.attributes import set_committed_value

from app.checkin.ledger import Verdict
from app.checkin.manifest_queries import find_settings
from app.checkin.models import Device, Gate
from app.checkin.service import examine, examine_code, search
from app.errors import Refusal
from app.events.models import Event
from app.i18n import lazy
from app.registration.models import Registration
from app.text import fold


class SeveralGuests(Refusal):
    """The question is about one person."""

    message = lazy("%(number)s guests have this name. Please type the whole name of one.")
    status = 422


@dataclass(frozen=True)
class Question:
    """`presented`: a code or a name; `local`: in the event's zone; `gate` None: the main entrance."""

    presented: str
    local: datetime
    gate: Gate | None = None
    direction: str = "in"

    def at(self, event: Event) -> datetime:
        """The instant meant, aware."""
        return self.local.replace(tzinfo=ZoneInfo(event.timezone))


def simulate(event: Event, question: Question, *, secret: str) -> Verdict:
    """What the door would answer then, the ledger of that day being as it is now. Raises SeveralGuests."""
    device, at = _stand_in(event, question.gate), question.at(event)
    guest = _named(event, question.presented)
    if guest is not None:
        return examine(event, guest, at, device=device, direction=question.direction)
    return examine_code(event, question.presented, at, device=device, direction=question.direction, secret=secret)


def _named(event: Event, words: str) -> Registration | None:
    """The one guest of this name; None when it is no name of the list, and may be a code."""
    if len(fold(words).replace(" ", "")) < 3:
        return None
    found = search(event, words)
    if len(found) > 1:
        raise SeveralGuests(number=len(found))
    return found[0] if found else None


def _stand_in(event: Event, gate: Gate | None) -> Device:
    """A desk at that gate that no table knows."""
    device = Device(event_id=event.id, public_id="", gate=gate.name if gate else "", opened_by="")
    set_committed_value(device, "gate_row", gate)
    set_committed_value(device, "settings", find_settings(event))
    return device
