"""Until when one invitee may answer: a day of their own, their category's deadline, or the event's."""

from datetime import datetime, timedelta

from app.events.limits import Limit, limit_of, own_limit
from app.events.service import closing_instant
from app.events.words import deadline_sentence, instant
from app.i18n import _, language
from app.invitations.delegation import Delegation
from app.invitations.models import Invitation


def limit_for(invitation: Invitation) -> Limit | None:
    """The deadline that holds for this invitee; None when nothing closes.

    A personal day is included ("jusqu'au 14 novembre"); with an hour, answers close at that hour.
    It replaces the category's and the event's deadline, later or earlier (scenario 5.2 step 4).
    """
    if invitation.deadline_day is None:
        return limit_of(invitation.event, invitation.category)
    hour = invitation.deadline_time
    return Limit(invitation.deadline_day, hour is None, hour)


def closing_of(invitation: Invitation) -> datetime | None:
    """First instant (UTC) at which this invitee's answer is late; None when nothing closes."""
    limit, event = limit_for(invitation), invitation.event
    return limit.closing(event.starts_at, event.timezone) if limit else None


def is_answering_open_for(invitation: Invitation, at: datetime, opened_at: datetime | None = None) -> bool:
    """Whether this invitee may answer alone at `at`.

    `opened_at`: when the form was opened. An event may grant some minutes of grace to whoever was typing already.
    """
    closing = closing_of(invitation)
    if invitation.event.status != "open":
        return False
    return closing is None or at < closing or _is_graced(closing, at, opened_at, invitation.event.grace_minutes)


def deadline_sentence_for(invitation: Invitation) -> str:
    """The deadline of one invitee in words with weekday, day, hour and zone; empty when there is none."""
    limit = limit_for(invitation)
    return limit.words(invitation.event, language()) if limit else ""


def has_own_deadline(invitation: Invitation) -> bool:
    """Whether another deadline than the event's holds for this invitee."""
    return invitation.deadline_day is not None or own_limit(invitation.category) is not None


def closing_of_delegation(delegation: Delegation) -> datetime | None:
    """First instant at which this delegation's contact is late: its own, its category's, the event's; None: never."""
    return delegation.answer_until or closing_instant(delegation.event, delegation.category)


def is_closed_for_delegation(delegation: Delegation, at: datetime, opened_at: datetime | None = None) -> bool:
    """Whether this delegation's contact is late at `at`; `opened_at` counts as in `is_answering_open_for`."""
    closing = closing_of_delegation(delegation)
    if closing is None or at < closing:
        return False
    return not _is_graced(closing, at, opened_at, delegation.event.grace_minutes)


def deadline_sentence_of_delegation(delegation: Delegation) -> str:
    """The deadline of one delegation in words with weekday, day, hour and zone; empty when nothing closes."""
    if delegation.answer_until is None:
        return deadline_sentence(delegation.event, delegation.category)
    return _("until %(instant)s", instant=instant(delegation.answer_until, delegation.event))


def _is_graced(closing: datetime, at: datetime, opened_at: datetime | None, minutes: int) -> bool:
    return opened_at is not None and opened_at < closing and at < closing + timedelta(minutes=minutes)
