"""Registrations in words: states with the shape that goes with them, what happened."""

from app.audit.models import AuditEntry
from app.i18n import LazyText, _, lazy

# State → (state of the chip, word).
STATE_WORDS: dict[str, tuple[str, LazyText]] = {
    "confirmed": ("good", lazy("Confirmed")),
    "offered": ("attention", lazy("Place offered")),
    "waiting": ("waiting", lazy("Waiting")),
    "pending": ("attention", lazy("To be decided")),
    "refused": ("refused", lazy("No place given")),
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
    "offered": ("attention", lazy("Place offered")),
    "pending": ("attention", lazy("To be decided")),
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
# Kind of a question of the organiser's own → word.
KIND_OF_QUESTION: dict[str, LazyText] = {
    "text": lazy("Text"),
    "choice": lazy("A choice"),
    "yes_no": lazy("Yes or no"),
    "date": lazy("A date"),
    "country": lazy("A country"),
    "phone": lazy("A telephone number"),
    "file": lazy("A file"),
}
# Kind of consent → word.
WISH_WORDS: dict[str, LazyText] = {
    "access": lazy("Access need"),
    "diet": lazy("Diet"),
    "photo": lazy("No photograph"),
    "sharing": lazy("On the list shared with participants"),
}
# What is asked for after the deadline → words.
LATE_WORDS: dict[str, LazyText] = {
    "attend": lazy("To attend"),
    "decline": lazy("Not to attend any more"),
    "represented": lazy("To be represented"),
    "change": lazy("To be printed otherwise"),
}
_ACTIONS: dict[str, LazyText] = {
    "registration.printed_changed": lazy("Printed otherwise"),
    "registration.printed_kept_aside": lazy("Another function told after the freeze: the reception knows"),
    "registration.table_given": lazy("Another table or zone"),
    "registration.printed_set_aside": lazy("Later function set aside"),
    "registration.wishes": lazy("Needs or wishes told"),
    "registration.answered_questions": lazy("Questions answered"),
    "late.asked": lazy("Asked for after the deadline"),
    "late.granted": lazy("Late request granted"),
    "late.refused": lazy("Late request refused"),
    "registration.confirmed": lazy("Place confirmed"),
    "registration.offered": lazy("Place offered"),
    "registration.offer_lapsed": lazy("Offer not taken in time"),
    "registration.waiting": lazy("Put on the waiting list"),
    "registration.pending": lazy("Waits for a decision"),
    "registration.refused": lazy("No place given"),
    "registration.moved": lazy("Category changed"),
    "registration.cancelled": lazy("Place given up"),
    "registration.corrected": lazy("Function or address corrected"),
    "registration.letter_sent_again": lazy("Letter sent again"),
    "badge.replaced": lazy("Badge printed again, the one before worth nothing"),
    "session_place.confirmed": lazy("Place in “%(name)s”"),
    "session_place.waiting": lazy("Waits for a place in “%(name)s”"),
    "session_place.cancelled": lazy("No longer on the list of “%(name)s”"),
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
    words = known.with_places(name=entry.object_name) if known else entry.action
    rank = entry.after.get("rank")
    return _("%(what)s (number %(rank)s)", what=words, rank=rank) if rank else words


def late_words(kind: str) -> str:
    """What somebody asks for after the deadline, as readers call it."""
    return str(LATE_WORDS[kind])


def wish_words(kind: str) -> str:
    """A need or a wish, as readers call it."""
    return str(WISH_WORDS[kind])
