"""Until when one invitee may answer: the event's deadline, or a day of their own."""

from datetime import datetime
from zoneinfo import ZoneInfo

from app import when
from app.events.service import closing_instant
from app.events.words import deadline_sentence
from app.i18n import language
from app.invitations.models import Invitation


def closing_of(invitation: Invitation) -> datetime | None:
    """First instant (UTC) at which this invitee's answer is late; None when nothing closes.

    A personal day is included ("jusqu'au 14 novembre"); with an hour, answers close at that hour.
    It replaces the event's deadline, later or earlier (scenario 5.2 step 4).
    """
    if invitation.deadline_day is None:
        return closing_instant(invitation.event)
    hour = invitation.deadline_time
    zone = ZoneInfo(invitation.event.timezone)
    return when.deadline_instant(invitation.deadline_day, hour is None, zone, hour)


def is_answering_open_for(invitation: Invitation, at: datetime) -> bool:
    """Whether this invitee may answer alone at `at`."""
    closing = closing_of(invitation)
    return invitation.event.status == "open" and (closing is None or at < closing)


def deadline_sentence_for(invitation: Invitation) -> str:
    """The deadline of one invitee in words with weekday, day, hour and zone; empty when there is none."""
    if invitation.deadline_day is None:
        return deadline_sentence(invitation.event)
    hour = invitation.deadline_time
    zone = ZoneInfo(invitation.event.timezone)
    return when.deadline_words(invitation.deadline_day, hour is None, hour, zone, language())
