"""What happened to a letter, step by step: decided, tried, delivered, come back, stopped, by whom."""

from dataclasses import dataclass
from datetime import datetime

from app.audit.models import AuditEntry
from app.audit.queries import list_entries_of
from app.i18n import _
from app.letters.words import OUTCOMES
from app.outbox.models import Message


@dataclass(frozen=True)
class Step:
    """One line of a letter's history; `detail` is what the other side said, or who acted."""

    at: datetime
    words: str
    detail: str = ""


def history_of(message: Message, at: datetime) -> list[Step]:
    """What happened to `message`, the oldest first, and what is to happen next."""
    entries = list_entries_of(message.public_id)
    begun = min([message.queued_at, *(attempt.at for attempt in message.attempts), *(entry.at for entry in entries)])
    steps = [Step(begun, _("written, waits to leave"))]
    steps += [Step(one.at, str(OUTCOMES.get(one.outcome, one.outcome)), one.detail) for one in message.attempts]
    steps += [Step(entry.at, *_told(entry)) for entry in entries]
    steps.sort(key=lambda step: step.at)
    if message.state == "queued" and message.due_at > at:
        steps.append(Step(message.due_at, _("next try")))
    return steps


def _told(entry: AuditEntry) -> tuple[str, str]:
    address = entry.after.get("address")
    if entry.action == "message.cancelled":
        return _("stopped"), entry.actor_name
    if address:
        return _("sent again, to %(address)s", address=address), entry.actor_name
    return _("sent again"), entry.actor_name
