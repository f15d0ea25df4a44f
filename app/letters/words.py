"""What pages call kinds of letters, their states and how they left."""

from app.i18n import LazyText, lazy

KIND_WORDS: dict[str, LazyText] = {
    "invitation": lazy("Invitation"),
    "save_the_date": lazy("Save the date"),
    "open_letter": lazy("Open letter"),
    "confirmation": lazy("Confirmation"),
    "waiting": lazy("Waiting list"),
    "cancellation": lazy("Place given up"),
    "event_moved": lazy("New date or place"),
    "event_cancelled": lazy("Event cancelled"),
    "offer": lazy("Place offered"),
    "offer_lapsed": lazy("Offer that lapsed"),
    "pending": lazy("Wish for a place received"),
    "place_refused": lazy("No place given"),
    "invitation_digest": lazy("Invitations to a shared mailbox"),
    "reminder": lazy("Reminder"),
    "reminder_digest": lazy("Reminder to a shared mailbox"),
    "session_place": lazy("Place in a session"),
    "session_changed": lazy("Session changed"),
    "session_left": lazy("Place in a session given up"),
    "session_places": lazy("Several sessions at once"),
    "session_part": lazy("Session of a speaker changed"),
    "code": lazy("Code by mail"),
    "representation_asked": lazy("Request to come instead"),
    "representation_refused": lazy("Request refused"),
    "late_decided": lazy("Late request decided"),
    "delegation": lazy("Delegation"),
    "delegation_places": lazy("Places of a delegation"),
}
# State -> (chip of the face, word).
MESSAGE_STATES: dict[str, tuple[str, LazyText]] = {
    "queued": ("waiting", lazy("Waiting to leave")),
    "sending": ("info", lazy("Leaving")),
    "sent": ("good", lazy("Sent")),
    "bounced": ("refused", lazy("Came back")),
    "failed": ("refused", lazy("Not delivered")),
    "cancelled": ("neutral", lazy("Stopped")),
}
OUTCOMES: dict[str, LazyText] = {
    "sent": lazy("Sent"),
    "refused": lazy("refused by the mail server"),
    "unreachable": lazy("mail server not reached"),
    "delayed": lazy("late: the addressee’s server has not taken it yet"),
    "bounced": lazy("came back: could not be delivered"),
}


def message_words(state: str) -> tuple[str, LazyText]:
    """Chip and word of a letter's state."""
    return MESSAGE_STATES[state]


def shown_states() -> dict[str, LazyText]:
    """Word of each state, in the order pages offer them."""
    return {state: word for state, (_chip, word) in MESSAGE_STATES.items()}


def kind_words(kind: str) -> str:
    """The kind of a letter as a reader calls it."""
    return str(KIND_WORDS.get(kind, kind))
