"""Registrations in words: states with the shape that goes with them, what happened."""

from app.audit.models import AuditEntry
from app.i18n import LazyText, _, lazy

# State → (state of the chip, word).
STATE_WORDS: dict[str, tuple[str, LazyText]] = {
    "confirmed": ("good", lazy("Confirmed")),
    "waiting": ("waiting", lazy("Waiting")),
    "cancelled": ("neutral", lazy("Registration cancelled")),
}
_ACTIONS: dict[str, LazyText] = {
    "registration.confirmed": lazy("Place confirmed"),
    "registration.waiting": lazy("Put on the waiting list"),
    "registration.cancelled": lazy("Place given up"),
    "registration.corrected": lazy("Function or address corrected"),
    "registration.letter_sent_again": lazy("Letter sent again"),
    "answer.keyed_in": lazy("Answer keyed in"),
}


def action_words(entry: AuditEntry) -> str:
    """What an entry of the journal says happened to a registration."""
    known = _ACTIONS.get(entry.action)
    words = str(known) if known else entry.action
    rank = entry.after.get("rank")
    return _("%(what)s (number %(rank)s)", what=words, rank=rank) if rank else words
