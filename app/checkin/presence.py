"""What the ledger tells the room of badges: on which days each person was let in."""

from collections.abc import Mapping, Sequence
from datetime import date

from app.checkin.queries import list_entries
from app.events.models import Event


def days_present(event: Event) -> Mapping[int, Sequence[date]]:
    """By registration id, the days on which any door let them in, in order; see `app.badging.presence`."""
    days: dict[int, set[date]] = {}
    for entry in list_entries(event, scope=None):
        days.setdefault(entry.registration_id, set()).add(entry.day)
    return {registration: sorted(seen) for registration, seen in days.items()}
