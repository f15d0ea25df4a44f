"""What pages call the states of an invitation and the entries of its history."""

from app.audit.models import AuditEntry
from app.i18n import LazyText, lazy

# State -> (chip of the face, word).
STATE_WORDS: dict[str, tuple[str, LazyText]] = {
    "draft": ("neutral", lazy("To be sent")),
    "approved": ("neutral", lazy("Approved, to be sent")),
    "sent": ("info", lazy("No answer yet")),
    "bounced": ("attention", lazy("Address refused")),
    "opened": ("info", lazy("Seen, no answer yet")),
    "accepted": ("good", lazy("Will attend")),
    "represented": ("good", lazy("Is represented")),
    "declined": ("refused", lazy("Will not attend")),
    "no_answer": ("neutral", lazy("Never answered")),
    "withdrawn": ("neutral", lazy("Withdrawn")),
}
# Columns of the status board: what the guest list is narrowed to -> its states, word.
BOARD_COLUMNS: dict[str, tuple[tuple[str, ...], LazyText]] = {
    "to_send": (("draft", "approved"), lazy("To be sent")),
    "silent": (("sent", "opened"), lazy("Answer awaited")),
    "bounced": (("bounced",), lazy("Address refused")),
    "coming": (("accepted", "represented"), lazy("Will come or send someone")),
    "declined": (("declined",), lazy("Will not attend")),
    "no_answer": (("no_answer",), lazy("Never answered")),
    "withdrawn": (("withdrawn",), lazy("Withdrawn")),
}
# State of a wave -> (chip of the face, word).
CAMPAIGN_WORDS: dict[str, tuple[str, LazyText]] = {
    "open": ("neutral", lazy("Being put together")),
    "submitted": ("waiting", lazy("Waits for approval")),
    "approved": ("good", lazy("Approved")),
}
CHANNELS: dict[str, LazyText] = {"mail": lazy("by mail"), "paper": lazy("on paper, by post"), "hand": lazy("by hand")}
ROADS: dict[str, LazyText] = {
    "link": lazy("by the personal link"),
    "mail": lazy("by mail"),
    "phone": lazy("by telephone"),
    "paper": lazy("on paper"),
    "staff": lazy("by the organiser"),
}
_ACTIONS: dict[str, LazyText] = {
    "invitation.added": lazy("Added to the guest list"),
    "invitation.changed": lazy("Details corrected"),
    "invitation.sent": lazy("Invitation sent"),
    "invitation.link_renewed": lazy("New personal link: the old one opens nothing any more"),
    "invitation.accepted": lazy("Will attend"),
    "invitation.declined": lazy("Will not attend"),
    "invitation.represented": lazy("Is represented"),
    "invitation.withdrawn": lazy("Invitation withdrawn"),
    "invitation.opened": lazy("Looked at by a person"),
    "invitation.bounced": lazy("The mail came back: address refused"),
    "invitation.reminded": lazy("Reminder sent"),
    "invitation.reminders_stopped": lazy("Wants no more reminders"),
    "invitation.reminders_resumed": lazy("Wants reminders again"),
    "invitation.terms_changed": lazy("Terms of the invitation changed"),
    "invitation.office_passed": lazy("The office passed to somebody else: the invitation follows it"),
    "invitation.taken_out": lazy("Taken out of the wave"),
    "answer.keyed_in": lazy("Answer keyed in"),
}


def action_words(entry: AuditEntry) -> str:
    """What an entry of an invitation's history says happened."""
    return str(_ACTIONS.get(entry.action, entry.action))


COLUMN_WORDS: dict[str, LazyText] = {
    "civility": lazy("Civility"),
    "given_name": lazy("Given name"),
    "family_name": lazy("Surname"),
    "native_name": lazy("Name in its own script"),
    "qualities": lazy("Functions"),
    "organisation": lazy("Organisation"),
    "email": lazy("E-mail address"),
    "phone": lazy("Telephone"),
    "language": lazy("Language of letters"),
    "country": lazy("Country"),
    "category": lazy("Category"),
    "spoken": lazy("Languages spoken"),
    "zone": lazy("Table or zone"),
}
