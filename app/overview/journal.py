"""The journal in words: who did what, to whom."""

from zoneinfo import ZoneInfo

from babel.dates import format_date

from app import when
from app.audit.models import AuditEntry
from app.directory.words import entry_words
from app.events.models import Event
from app.i18n import _, language, lazy

# Characters shown of a long text that changed.
LONGEST = 60
# A verb for each action; %(name)s is what the reader calls the object, %(person)s whom it concerns.
_SENTENCES = {
    "event.created": lazy("created the event"),
    "event.changed": lazy("changed the settings"),
    "event.draft": lazy("made the event a draft again"),
    "event.open": lazy("opened the event"),
    "event.closed": lazy("closed the answers"),
    "event.archived": lazy("archived the event"),
    "event.cancelled": lazy("cancelled the event"),
    "event.taken_back": lazy("took the cancellation of the event back"),
    "event.postponed": lazy("postponed the event"),
    "session.postponed": lazy("moved %(name)s along with the event"),
    "category.deadline_changed": lazy("gave the category %(name)s another deadline"),
    "announcement.stopped": lazy("stopped the letters about a change of the event"),
    "announcement.hastened": lazy("let the letters about a change of the event leave at once"),
    "calendar.opened": lazy("opened a calendar address for %(name)s"),
    "calendar.renewed": lazy("gave %(name)s another calendar address"),
    "calendar.ended": lazy("ended the calendar address of %(name)s"),
    "event.logo_set": lazy("gave the event a logo"),
    "event.logo_removed": lazy("removed the event’s logo"),
    "category.added": lazy("added the category %(name)s"),
    "category.changed": lazy("changed the category %(name)s"),
    "category.removed": lazy("removed the category %(name)s"),
    "user.added": lazy("opened an account for %(name)s"),
    "user.language": lazy("chose another language"),
    "guest_list.read": lazy("read the list %(name)s, to be looked at"),
    "guest_list.dropped": lazy("dropped the list %(name)s"),
    "guest_list.undone": lazy("undid the list %(name)s"),
    "guest_list.applied": lazy("took in the list %(name)s"),
    "invitation.added": lazy("put %(name)s on the list"),
    "invitation.drafted": lazy("put %(name)s on the list"),
    "invitation.changed": lazy("corrected the invitation of %(name)s"),
    "invitation.sent": lazy("sent the invitation of %(name)s"),
    "invitation.accepted": lazy("accepted: %(name)s will attend"),
    "invitation.declined": lazy("declined: %(name)s will not attend"),
    "invitation.represented": lazy("noted that %(name)s is represented"),
    "invitation.withdrawn": lazy("withdrew the invitation of %(name)s"),
    "invitation.link_renewed": lazy("gave %(name)s a new personal link"),
    "invitation.approved": lazy("approved the invitation of %(name)s"),
    "invitation.opened": lazy("looked at the invitation of %(name)s"),
    "invitation.bounced": lazy("noted that the mail to %(name)s came back"),
    "invitation.reminded": lazy("reminded %(name)s"),
    "invitation.no_answer": lazy("noted that %(name)s never answered"),
    "invitation.reminders_stopped": lazy("wants no more reminders"),
    "invitation.reminders_resumed": lazy("wants reminders again"),
    "invitation.terms_changed": lazy("changed the terms of the invitation of %(name)s"),
    "invitation.office_passed": lazy("passed an invitation on to %(name)s, who now holds the office"),
    "invitation.taken_out": lazy("took %(name)s out of the wave"),
    "invitations.settled": lazy("noted who stayed silent"),
    "campaign.opened": lazy("began the wave %(name)s"),
    "campaign.changed": lazy("changed the wave %(name)s"),
    "campaign.filled": lazy("put guests into the wave %(name)s"),
    "campaign.submitted": lazy("submitted the wave %(name)s for approval"),
    "campaign.taken_back": lazy("took back the request to approve the wave %(name)s"),
    "campaign.approved": lazy("approved the wave %(name)s"),
    "campaign.sent_back": lazy("sent the wave %(name)s back"),
    "campaign.dropped": lazy("removed the wave %(name)s"),
    "mailing.rules_changed": lazy("changed how letters leave"),
    "reminder.planned": lazy("planned a reminder %(name)s days before the deadline"),
    "reminder.dropped": lazy("dropped the reminder %(name)s days before the deadline"),
    "registration.confirmed": lazy("confirmed a place for %(name)s"),
    "registration.waiting": lazy("put %(name)s in the queue"),
    "registration.offered": lazy("offered a place to %(name)s"),
    "registration.offer_lapsed": lazy("ended the offer of %(name)s, not taken in time"),
    "registration.pending": lazy("put %(name)s among those to be decided about"),
    "registration.refused": lazy("gave no place to %(name)s"),
    "registration.moved": lazy("moved %(name)s to another category"),
    "places.held": lazy("held places: %(name)s"),
    "places.released": lazy("released places held: %(name)s"),
    "event.seat_rules": lazy("changed how places are given"),
    "category.seat_rules": lazy("changed how places of %(name)s are given"),
    "retention.erased": lazy("erased what is kept no longer"),
    "registration.cancelled": lazy("cancelled the place of %(name)s"),
    "registration.corrected": lazy("corrected the registration of %(name)s"),
    "registration.changed": lazy("corrected the registration of %(name)s"),
    "registration.letter_sent_again": lazy("sent the letter of %(name)s again"),
    "representation.asked": lazy("asked to come instead of %(name)s"),
    "representation.granted": lazy("let somebody come instead of %(name)s"),
    "registration.wishes": lazy("told or took back needs or wishes of %(name)s"),
    "registration.answered_questions": lazy("answered questions for %(name)s"),
    "registration.printed_changed": lazy("had %(name)s printed otherwise"),
    "registration.printed_kept_aside": lazy("told another function of %(name)s after prints were frozen"),
    "registration.printed_set_aside": lazy("left %(name)s printed as before"),
    "registration.table_given": lazy("gave %(name)s another table or zone"),
    "security_list.locked": lazy("locked version %(name)s of the list for security"),
    "late.asked": lazy("asked for something after the deadline for %(name)s"),
    "late.granted": lazy("granted the late request of %(name)s"),
    "late.refused": lazy("refused the late request of %(name)s"),
    "question.added": lazy("asked guests one more question"),
    "question.changed": lazy("corrected a question to guests"),
    "question.moved": lazy("put a question to guests in another place"),
    "question.removed": lazy("took a question to guests away"),
    "question.put_back": lazy("put a question to guests back"),
    "representation.refused": lazy("refused that somebody comes instead of %(name)s"),
    "delegation.added": lazy("added the delegation %(name)s"),
    "delegation.changed": lazy("corrected the delegation %(name)s"),
    "delegation.sent": lazy("sent the link of the delegation %(name)s"),
    "delegation.link_renewed": lazy("gave the delegation %(name)s another link"),
    "delegation.member_named": lazy("named somebody in the delegation %(name)s"),
    "delegation.member_replaced": lazy("replaced somebody in the delegation %(name)s"),
    "delegation.member_removed": lazy("took somebody off the delegation %(name)s"),
    "delegation.registered": lazy("asked for the places of the delegation %(name)s"),
    "delegation.declined": lazy("noted that the delegation %(name)s does not come"),
    "delegation.withdrawn": lazy("withdrew the delegation %(name)s"),
    "answer.keyed_in": lazy("keyed in the answer of %(name)s"),
    "signature.scanned": lazy("added the scanned signature of %(name)s"),
    "signature.dropped": lazy("erased the scanned signature of %(name)s"),
    "letters.merged": lazy("had letters written into one file for the printer"),
    "letters.merge_removed": lazy("erased a file for the printer"),
    "document.added": lazy("added the document %(name)s"),
    "document.changed": lazy("changed the document %(name)s"),
    "document.attached": lazy("attached the document %(name)s elsewhere"),
    "document.version_added": lazy("added a version of the document %(name)s"),
    "document.published": lazy("published the document %(name)s"),
    "document.withdrawn": lazy("withdrew the document %(name)s"),
    "document.removed": lazy("erased the document %(name)s"),
    "wording.dropped": lazy("dropped a wording of the letter"),
    "wording.changed": lazy("changed the wording of the letter"),
    "letter.changed": lazy("changed the wording of the letter"),
    "message.sent_again": lazy("tried the letter to %(name)s again"),
    "message.cancelled": lazy("stopped the letter to %(name)s"),
    "desk.opened": lazy("opened the desk %(name)s"),
    "device.invited": lazy("made a code for the device %(name)s"),
    "device.enrolled": lazy("made the device %(name)s a desk"),
    "device.revoked": lazy("revoked the device %(name)s"),
    "door.gate_saved": lazy("saved the gate %(name)s"),
    "door.gate_removed": lazy("removed the gate %(name)s"),
    "door.settings_changed": lazy("changed the rules of the door"),
    "door.conflict_settled": lazy("decided on a conflict of the door about %(name)s"),
    "door.conflict_reopened": lazy("opened a conflict of the door about %(name)s again"),
    "door.rehearsal_opened": lazy("opened a rehearsal of the door"),
    "door.rehearsal_closed": lazy("closed the rehearsal of the door"),
    "door.noted": lazy("noted something for the desk about %(name)s"),
    "registration.on_the_spot": lazy("registered %(name)s on the spot"),
    "badge.revoked": lazy("revoked the badge of %(name)s"),
    "badges.printed": lazy("drew the badges"),
    "badges.file_erased": lazy("erased a printed file"),
    "badges.key_changed": lazy("changed the key badges are signed with"),
    "badge.replaced": lazy("printed the badge again: the one before is worth nothing"),
    "paper.printed": lazy("printed something else"),
    "ceremony.held": lazy("said how the ceremony is held, and who invites"),
    "protocol.decided": lazy("decided otherwise than the rule of protocol for %(name)s"),
    "protocol.rule_again": lazy("followed the rule of protocol again for %(name)s"),
    "session.added": lazy("added “%(name)s” to the programme"),
    "session.changed": lazy("changed “%(name)s” in the programme"),
    "session.removed": lazy("removed “%(name)s” from the programme"),
    "session.moved": lazy("moved “%(name)s” in the programme"),
    "session.room_exchanged": lazy("exchanged the room of “%(name)s”"),
    "session.cancelled": lazy("cancelled the session “%(name)s”"),
    "session.put_back": lazy("put the session “%(name)s” back into the programme"),
    "session_place.confirmed": lazy("gave %(person)s a place in “%(name)s”"),
    "session_place.waiting": lazy("put %(person)s in the queue of “%(name)s”"),
    "session_place.cancelled": lazy("took %(person)s off the list of “%(name)s”"),
    "role.added": lazy("put %(person)s on “%(name)s”"),
    "role.changed": lazy("corrected the functions of %(person)s on “%(name)s”"),
    "role.moved": lazy("moved %(person)s on “%(name)s”"),
    "role.removed": lazy("took %(person)s off “%(name)s”"),
    "minutes.begun": lazy("began the minutes"),
    "minutes.changed": lazy("changed the minutes"),
    "minutes.published": lazy("published the minutes"),
    "minutes.correction": lazy("began a correction of the minutes"),
    "decision.added": lazy("added an orientation to the minutes"),
    "decision.changed": lazy("changed an orientation of the minutes"),
}


def sentence(entry: AuditEntry) -> str:
    """What the entry's actor did, as a sentence without its subject; the bare action when new."""
    known = _SENTENCES.get(entry.action)
    if known is None:
        told = entry_words(entry)  # the directory says its own changes
        return told if told != entry.action else f"{entry.action}: {entry.object_name}"
    person = entry.after.get("person") or entry.before.get("person") or ""
    return known.with_places(name=entry.object_name, person=person)


def actor_words(entry: AuditEntry) -> str:
    """Who acted: a name, "the guest", the program itself, or the command line."""
    if entry.actor_kind == "invitee":
        return _("%(name)s (by invitation)", name=entry.actor_name) if entry.actor_name else _("The guest")
    if entry.actor_kind == "command line":
        return _("Command line")
    return entry.actor_name or "Parvis"


def detail(entry: AuditEntry) -> str:
    """What changed, for entries that say it field by field: "capacity: 300 → 280"."""
    if entry.action != "event.changed":
        return ""
    return " · ".join(
        _(
            "%(field)s: %(before)s → %(after)s",
            field=_field(name),
            before=_short(entry.before.get(name)),
            after=_short(value),
        )
        for name, value in entry.after.items()
    )


# Names under which app.events.settings tells what changed.
_FIELDS = {
    "title": lazy("title"), "subtitle": lazy("subtitle"), "description": lazy("description"),
    "practical": lazy("practical information"), "starts_at": lazy("beginning"),
    "ends_at": lazy("end"), "doors_open_at": lazy("doors"), "capacity": lazy("places"),
    "id_check": lazy("identity check"), "is_public": lazy("public page"), "accent": lazy("colour"),
    "organiser": lazy("organiser"), "organiser_parent": lazy("parent body"),
    "mailbox": lazy("mailbox"), "legal_footer": lazy("footer"), "deadline": lazy("deadline"),
    "grace_minutes": lazy("minutes of grace"),
    "quota": lazy("quota"), "venue": lazy("venue"),
}  # fmt: skip


def _field(name: str) -> str:
    """ "quota presse" and "title fr" keep their second word: a category's key, a language."""
    first, _space, rest = name.partition(" ")
    known = _FIELDS.get(first)
    return f"{known} {rest}".strip() if known else name


def _short(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    text = "–" if value in (None, "") else str(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def moment(entry: AuditEntry, event: Event) -> str:
    """When, told in the event's zone: "6 nov. 2025 17:30"."""
    local = entry.at.astimezone(ZoneInfo(event.timezone))
    day = format_date(local.date(), "d MMM y", locale=language())
    return f"{day} {when.hour_words(local.time(), language())}"
