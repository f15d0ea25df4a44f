"""Reminders: dated from each invitee's deadline, only to those who have not answered, and stoppable."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from app.audit.service import SYSTEM, Actor, record
from app.codes import derived_token
from app.columns import Bilingual
from app.database import db, lock_rows
from app.directory.models import Person
from app.errors import Refusal
from app.events.models import Event
from app.i18n import lazy
from app.invitations.campaign_queries import list_reminders
from app.invitations.deadlines import closing_of
from app.invitations.models import Invitation, Reminder
from app.outbox import service as outbox

HOUR = time(9)
# Nobody is written to twice within a day, whatever the rules say.
PAUSE = timedelta(days=1)
REMINDABLE = ("sent", "opened")
STOP_PURPOSE = "stop-reminders"


class SameDay(Refusal):
    """Two reminders on one day would be one too many."""

    message = lazy("There is already a reminder %(days)s days before the deadline.")
    status = 422


class NobodyChosen(Refusal):
    """A reminder goes to somebody."""

    message = lazy("Please choose who is reminded: those who have not opened the invitation, or those who have.")
    status = 422


@dataclass(frozen=True)
class Planned:
    """One letter a reminder will write if nothing changes until then."""

    reminder: Reminder
    invitation: Invitation
    due_at: datetime


def plan_reminder(
    event: Event, days_before: int, *, states: Sequence[str], note: Bilingual, actor: Actor, at: datetime
) -> Reminder:
    """Remind those in `states` so many days before the last day of their deadline. Raises SameDay, NobodyChosen."""
    chosen = tuple(state for state in REMINDABLE if state in states)
    if not chosen:
        raise NobodyChosen
    lock_rows(Event, [event.id])
    if any(one.days_before == days_before for one in list_reminders(event)):
        raise SameDay(days=days_before)
    reminder = Reminder(event=event, days_before=days_before, states=chosen, note=note, created_at=at)
    db.session.add(reminder)
    db.session.flush()
    _record_rule(actor, "reminder.planned", reminder, at)
    return reminder


def drop_reminder(reminder: Reminder, *, actor: Actor, at: datetime) -> None:
    """Plan no more letters by this rule; those that left stay."""
    _record_rule(actor, "reminder.dropped", reminder, at)
    db.session.delete(reminder)


def due_instant(reminder: Reminder, invitation: Invitation) -> datetime | None:
    """When this invitee is reminded: at nine, so many days before the last day answers are taken."""
    closing = closing_of(invitation)
    if closing is None:
        return None
    zone = ZoneInfo(invitation.event.timezone)
    last_day = (closing - timedelta(seconds=1)).astimezone(zone).date()
    return datetime.combine(last_day - timedelta(days=reminder.days_before), HOUR, zone)


def list_planned(event: Event, at: datetime) -> list[Planned]:
    """Who will be written to, when and by which reminder, as things stand at `at`; the earliest first.

    Whoever answers, stops the reminders or is written to meanwhile drops out.
    """
    reminders = list_reminders(event)
    silent = _silent(event) if reminders else []
    planned = []
    for reminder in reminders:
        for invitation in silent:
            due = due_instant(reminder, invitation)
            if invitation.state in reminder.states and due and _is_awaiting(invitation, due, at):
                planned.append(Planned(reminder, invitation, due))
    return sorted(planned, key=lambda one: one.due_at)


def send_due(event: Event, at: datetime, limit: int = 200) -> int:
    """Write the reminders that are due, at most `limit`; how many. The caller commits and calls again until 0.

    Only an open event reminds. The event is locked: two workers never remind twice.
    """
    if event.status != "open":
        return 0
    lock_rows(Event, [event.id])
    written = 0
    for planned in list_planned(event, at):
        if planned.due_at > at or written >= limit:
            break
        last = planned.invitation.last_contact_at
        if last is None or last <= at - PAUSE:
            _write(planned, at)
            written += 1
    return written


def stop_token(invitation: Invitation, secret: str) -> str:
    """The secret part of the link that ends reminders; it gives no access to the answer."""
    return derived_token(secret, STOP_PURPOSE, invitation.public_id)


def stop_reminders(invitation: Invitation, at: datetime) -> None:
    """No more reminders for this invitee; the personal link still works. Twice is once."""
    if invitation.reminders_stopped_at is None:
        invitation.reminders_stopped_at = at
        _record(invitation, "invitation.reminders_stopped", at)


def resume_reminders(invitation: Invitation, at: datetime) -> None:
    """Undo `stop_reminders`."""
    if invitation.reminders_stopped_at is not None:
        invitation.reminders_stopped_at = None
        _record(invitation, "invitation.reminders_resumed", at)


def _silent(event: Event) -> list[Invitation]:
    wanted = (
        select(Invitation)
        .join(Invitation.person)
        .where(
            Invitation.event_id == event.id,
            Invitation.state.in_(REMINDABLE),
            Invitation.email != "",
            Invitation.reminders_stopped_at.is_(None),
        )
        .options(contains_eager(Invitation.person), joinedload(Invitation.category))
        .order_by(Person.folded_family, Person.folded_given, Invitation.id)
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(wanted))


def _is_awaiting(invitation: Invitation, due: datetime, at: datetime) -> bool:
    """Whether the reminder is still to come: answers are open, and the last letter left before it was due."""
    closing = closing_of(invitation)
    is_open = closing is None or at < closing
    return is_open and (invitation.last_contact_at is None or invitation.last_contact_at < due)


def _write(planned: Planned, at: datetime) -> None:
    reminder, invitation = planned.reminder, planned.invitation
    outbox.write(
        cause=f"reminder:{reminder.public_id}:{invitation.public_id}:{planned.due_at:%Y%m%d}",
        kind="reminder",
        topic=invitation.event.public_id,
        subject_id=invitation.public_id,
        recipient=invitation.email,
        recipient_name=invitation.person.full_name,
        language=invitation.language,
        at=at,
        context={"note": {"fr": reminder.note.fr, "en": reminder.note.en}},
    )
    invitation.last_contact_at = at
    invitation.reminders_sent += 1
    record(
        SYSTEM, "invitation.reminded", kind="invitation", id=invitation.public_id,
        name=invitation.person.full_name, topic=invitation.event.public_id, at=at,
        after={"state": invitation.state},
    )  # fmt: skip


def _record(invitation: Invitation, action: str, at: datetime) -> None:
    name = invitation.person.full_name
    record(
        Actor("invitee", invitation.public_id, name), action, kind="invitation", id=invitation.public_id, name=name,
        topic=invitation.event.public_id, at=at, after={"state": invitation.state},
    )  # fmt: skip


def _record_rule(actor: Actor, action: str, reminder: Reminder, at: datetime) -> None:
    record(
        actor, action, kind="reminder", id=reminder.public_id, name=str(reminder.days_before),
        topic=reminder.event.public_id, at=at,
        after={"days_before": reminder.days_before, "states": list(reminder.states)},
    )  # fmt: skip
