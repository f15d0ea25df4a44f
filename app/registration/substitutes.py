"""A meeting for those who had come from abroad when an event was cancelled (scenario 5.12 step 2)."""

from dataclasses import dataclass, replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from app.audit.service import Actor
from app.errors import Refusal
from app.events.beginnings import Beginning, begin_event
from app.events.models import Event
from app.events.settings import change_settings, settings_of
from app.i18n import lazy
from app.invitations.service import Quality, invite
from app.registration.announcement_queries import list_calls


class NobodyToInvite(Refusal):
    """The meeting is for people."""

    message = lazy("Nobody on this event’s list comes from abroad: there is nobody to invite.")


@dataclass(frozen=True)
class Meeting:
    """How the meeting is called, its day, and its hour where the cancelled event was to be held."""

    beginning: Beginning
    hour: time


def begin_substitute(event: Event, wanted: Meeting, *, secret: str, actor: Actor, at: datetime) -> Event:
    """A draft of a meeting at the same place, by the same organiser, with everyone to call on its list of guests.

    Nothing is sent: its letters leave as any invitation does. Raises NobodyToInvite, TitleMissing,
    DateInThePast, AddressInUse.
    """
    calls = list_calls(event)
    if not calls:
        raise NobodyToInvite
    made = begin_event(wanted.beginning, actor=actor, at=at)
    before = settings_of(event)
    start = datetime.combine(wanted.beginning.starts_on, wanted.hour, ZoneInfo(made.timezone))
    settings = replace(
        settings_of(made), starts_at=start, date_precision="minute", place=before.place, organiser=before.organiser,
        organiser_parent=before.organiser_parent, mailbox=before.mailbox, legal_footer=before.legal_footer,
        accent=before.accent, is_public=False,
    )  # fmt: skip
    change_settings(made, settings, actor=actor, at=at)
    for call in calls:
        one = call.registration
        invite(
            made, one.person, made.categories[0], quality=Quality(one.qualities, one.organisation), secret=secret,
            at=at, email=one.email, language=one.language,
        )  # fmt: skip
    return made
