"""Who was there, and on which days: the room of the door, above, says it; certificates only ask."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from app.events.models import Event

# Event -> by registration id, the days on which the door's ledger saw the person, in order.
Reader = Callable[[Event], Mapping[int, Sequence[date]]]
_readers: list[Reader] = []


def register_presence(reader: Reader) -> None:
    """Say who knows the ledger. Done once, in `create_app`; the last one counts."""
    _readers[:] = [reader]


def list_days_present(event: Event) -> Mapping[int, Sequence[date]]:
    """By registration id, the days on which someone came in; nobody when no ledger is known."""
    return _readers[0](event) if _readers else {}
