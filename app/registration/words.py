"""Registrations in words: states with the shape that goes with them, what happened."""

from app.audit.models import AuditEntry
from app.i18n import LazyText, _, lazy

# State → (state of the chip, word).
STATE_WORDS: dict[str, tuple[str, LazyText]] = {
    "confirmed": ("good", lazy("Confirmed")),
    "waiting": ("waiting", lazy("Waiting")),
    "cancelled": ("neutral", lazy("Registration cancelled")),
}
# Role of a member of a delegation → word.
MEMBER_ROLES: dict[str, LazyText] = {
    "head": lazy("Head of the delegation"),
    "member": lazy("Member"),
    "interpreter": lazy("Interpreter"),
    "driver": lazy("Driver"),
    "security": lazy("Security officer"),
}
# State of a member → (state of the chip, word).
MEMBER_WORDS: dict[str, tuple[str, LazyText]] = {
    "named": ("neutral", lazy("No place asked for")),
    "confirmed": ("good", lazy("Place confirmed")),
    "waiting": ("waiting", lazy("Waiting")),
}
# State of a delegation → (state of the chip, word).
DELEGATION_WORDS: dict[str, tuple[str, LazyText]] = {
    "draft": ("neutral", lazy("Not written to yet")),
    "sent": ("waiting", lazy("Answer expected")),
    "registered": ("good", lazy("Places asked for")),
    "declined": ("neutral", lazy("Does not come")),
    "withdrawn": ("refused", lazy("Withdrawn")),
}
_ACTIONS: dict[str, LazyText] = {
    "registration.confirmed": lazy("Place confirmed"),
    "registration.waiting": lazy("Put on the waiting list"),
    "registration.cancelled": lazy("Place given up"),
    "registration.corrected": lazy("Function or address corrected"),
    "registration.letter_sent_again": lazy("Letter sent again"),
    "answer.keyed_in": lazy("Answer keyed in"),
    "representation.asked": lazy("Somebody asked to come instead"),
    "representation.granted": lazy("Request to come instead granted"),
    "representation.refused": lazy("Request to come instead refused"),
    "delegation.added": lazy("Delegation added"),
    "delegation.changed": lazy("Delegation corrected"),
    "delegation.sent": lazy("Link sent to the contact"),
    "delegation.link_renewed": lazy("Another link made"),
    "delegation.member_named": lazy("Member named"),
    "delegation.member_replaced": lazy("Member replaced"),
    "delegation.member_removed": lazy("Member removed"),
    "delegation.registered": lazy("Places asked for"),
    "delegation.declined": lazy("Delegation does not come"),
    "delegation.withdrawn": lazy("Delegation withdrawn"),
}


def action_words(entry: AuditEntry) -> str:
    """What an entry of the journal says happened to a registration."""
    known = _ACTIONS.get(entry.action)
    words = str(known) if known else entry.action
    rank = entry.after.get("rank")
    return _("%(what)s (number %(rank)s)", what=words, rank=rank) if rank else words
