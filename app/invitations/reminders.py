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
from app.invitations.campaign_queries import list_behind, list_reminders, rules_of
from app.invitations.deadlines import closing_of
from app.invitations.models import REMINDABLE, Invitation, Reminder
from app.invitations.reminding import Due, by_letter, write_letter
from app.invitations.service import EventNotOpen, leave_reminders
from app.outbox.models import Message

HOUR = time(9)
# Nobody is written to twice within a day, whatever the rules say.
PAUSE = timedelta(days=1)
STOP_PURPOSE = "stop-reminders"
STOP_MAILBOX_PURPOSE = "stop-reminders-of-mailbox"


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
    """Write the reminders that are due, to about `limit` invitees; how many. The caller commits and calls until 0.

    Only an open event reminds. Where its rules say so, those behind one mailbox share a letter. The event is
    locked: two workers never remind twice.
    """
    if event.status != "open":
        return 0
    lock_rows(Event, [event.id])
    due: dict[int, Due] = {}
    for planned in list_planned(event, at):
        if planned.due_at <= at and _is_rested(planned.invitation, at):
            due.setdefault(planned.invitation.id, _due(planned))
    return _write(event, list(due.values()), at, limit)


def list_remindable_now(event: Event, at: datetime) -> list[Invitation]:
    """Who would be reminded at once, by name: no answer, answers still open, no letter within a day, not stopped."""
    if event.status != "open":
        return []
    return [one for one in _silent(event) if _is_open_for(one, at) and _is_rested(one, at)]


def remind_now(event: Event, note: Bilingual, *, actor: Actor, at: datetime, limit: int = 200) -> int:
    """Remind about `limit` of those who have not answered; how many. The caller commits and calls until 0.

    Asked twice on a day it writes once. Raises EventNotOpen.
    """
    if event.status != "open":
        raise EventNotOpen
    lock_rows(Event, [event.id])
    day = at.astimezone(ZoneInfo(event.timezone)).date()
    due = [Due(one, f"reminder:now:{one.public_id}:{day:%Y%m%d}", note) for one in list_remindable_now(event, at)]
    return _write(event, due, at, limit, actor)


def stop_token(invitation: Invitation, secret: str) -> str:
    """The secret part of the link that ends reminders; it gives no access to the answer."""
    return derived_token(secret, STOP_PURPOSE, invitation.public_id)


def mailbox_stop_token(message: Message, secret: str) -> str:
    """The secret part of the link in a shared reminder: it ends the reminders of everybody behind that mailbox."""
    return derived_token(secret, STOP_MAILBOX_PURPOSE, message.public_id)


def list_stoppable(message: Message) -> list[Invitation]:
    """Whose reminders the link of a shared reminder ends: everybody invited behind its mailbox."""
    return list_behind(message.topic, message.recipient)


def stop_reminders(invitation: Invitation, at: datetime) -> None:
    """No more reminders for this invitee; the personal link still works. Twice is once."""
    if invitation.reminders_stopped_at is None:
        invitation.reminders_stopped_at = at
        leave_reminders(invitation)
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
    last = invitation.last_contact_at
    return _is_open_for(invitation, at) and (last is None or last < due)


def _is_open_for(invitation: Invitation, at: datetime) -> bool:
    closing = closing_of(invitation)
    return closing is None or at < closing


def _is_rested(invitation: Invitation, at: datetime) -> bool:
    return invitation.last_contact_at is None or invitation.last_contact_at <= at - PAUSE


def _due(planned: Planned) -> Due:
    reminder, invitation = planned.reminder, planned.invitation
    return Due(
        invitation, f"reminder:{reminder.public_id}:{invitation.public_id}:{planned.due_at:%Y%m%d}", reminder.note
    )


def _write(event: Event, due: Sequence[Due], at: datetime, limit: int, actor: Actor = SYSTEM) -> int:
    """Letters to whole mailboxes until `limit` invitees are reminded; how many were."""
    written = 0
    for together in by_letter(due, is_shared=rules_of(event).shared_mailbox == "digest"):
        if written >= limit:
            break
        write_letter(together, at=at, actor=actor)
        written += len(together)
    return written


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
