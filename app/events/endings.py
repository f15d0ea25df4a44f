"""An event that does not take place, or on other days: one act, told to everyone it concerns (scenario 5.12).

The letters, the calendars and the list of whom to telephone follow in the rooms above (app/events/announcing.py).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.audit.service import Actor, record
from app.columns import Bilingual
from app.database import lock_row
from app.errors import Refusal
from app.events.announcing import announce, facts_of
from app.events.models import Category, Deadline, Event
from app.events.phases import is_over
from app.events.service import DateInThePast, DeadlineAfterEvent, closing_instant
from app.events.signals import event_postponed, undo_asked
from app.i18n import language, lazy
from app.when import date_words

ENDABLE = frozenset({"open", "closed"})


class NothingToEnd(Refusal):
    """Nobody was invited to a draft; what has taken place is not cancelled."""

    message = lazy("Only an event that is open, or whose answers are closed, and is not over can be cancelled.")


class ReasonMissing(Refusal):
    """People are told why in the same letter."""

    message = lazy("Please say why in one sentence: everyone concerned reads it.")
    status = 422


class SameDates(Refusal):
    """Postponed means other dates."""

    message = lazy("These are the dates the event has already. Please give the new ones.")
    status = 422


class EndsTooEarly(Refusal):
    """Time runs forward."""

    message = lazy("The event must end after it begins.")
    status = 422


@dataclass(frozen=True)
class NewDates:
    """When it takes place instead. Instants are aware; `date_precision` as in Event."""

    starts_at: datetime
    ends_at: datetime | None = None
    doors_open_at: datetime | None = None
    date_precision: str = "minute"


def check_endable(event: Event, at: datetime) -> None:
    """Raise NothingToEnd unless the event may be cancelled at `at`."""
    if event.status not in ENDABLE or is_over(event, at):
        raise NothingToEnd


def cancel_event(event: Event, notice: Bilingual, *, actor: Actor, at: datetime) -> None:
    """The event does not take place. Places, answers and badges stay as they are; the door lets nobody in.

    Twice is once. Raises NothingToEnd, ReasonMissing.
    """
    lock_row(event)
    if event.status == "cancelled":
        return
    check_endable(event, at)
    if not notice:
        raise ReasonMissing
    before, status = facts_of(event), event.status
    event.status, event.status_before = "cancelled", status
    event.notice, event.cancelled_at = notice, at
    _record("event.cancelled", event, actor, at, before={"status": status}, after={"reason": notice.fr or notice.en})
    announce(event, before, actor=actor, at=at, reason=notice.fr or notice.en)


def take_back(event: Event, *, actor: Actor, at: datetime) -> None:
    """The event takes place after all, as long as no letter has left. Twice is once.

    Raises whatever the rooms that write the letters refuse with (TooLateToUndo).
    """
    lock_row(event)
    if event.status != "cancelled":
        return
    undo_asked.send(event, at=at)
    before = facts_of(event)
    _put_back(event)
    _record("event.taken_back", event, actor, at, before={"status": "cancelled"}, after={"status": event.status})
    announce(event, before, actor=actor, at=at)


def postpone_event(
    event: Event, dates: NewDates, notice: Bilingual, *, moves_deadlines: bool, actor: Actor, at: datetime
) -> None:
    """The same edition on other days: its programme moves along, and its deadlines by as many days when asked.

    What was cancelled may be postponed too. Raises NothingToEnd, ReasonMissing, SameDates, DateInThePast,
    EndsTooEarly, DeadlineAfterEvent.
    """
    lock_row(event)
    if event.status != "cancelled":
        check_endable(event, at)
    _check(event, dates, notice, at)
    before, was = facts_of(event), (event.starts_at, event.ends_at)
    zone = ZoneInfo(event.timezone)
    shift = dates.starts_at.astimezone(zone).date() - event.starts_at.astimezone(zone).date()
    if event.status == "cancelled":
        _put_back(event)
    if event.first_starts_at is None:
        event.first_starts_at, event.first_ends_at = was
    for name, value in vars(dates).items():
        setattr(event, name, value)
    event.notice, event.postponed_at = notice, at
    _move_deadlines(event, shift if moves_deadlines else timedelta())
    _record(
        "event.postponed", event, actor, at,
        before={"starts_at": _told(was[0], zone)}, after={"starts_at": _told(dates.starts_at, zone)},
    )  # fmt: skip
    event_postponed.send(event, shift=shift, actor=actor, at=at)
    announce(event, before, actor=actor, at=at, reason=notice.fr or notice.en)


def _check(event: Event, dates: NewDates, notice: Bilingual, at: datetime) -> None:
    if not notice:
        raise ReasonMissing
    if dates.starts_at <= at:
        raise DateInThePast(day=date_words(dates.starts_at.date(), language()))
    if dates.ends_at and dates.ends_at <= dates.starts_at:
        raise EndsTooEarly
    if (dates.starts_at, dates.ends_at) == (event.starts_at, event.ends_at):
        raise SameDates


def _put_back(event: Event) -> None:
    event.status = event.status_before or "closed"
    event.status_before, event.notice, event.cancelled_at = "", Bilingual(), None


def _move_deadlines(event: Event, shift: timedelta) -> None:
    """Days move along; distances follow by themselves."""
    if event.deadline and event.deadline.day:
        _move(event.deadline, "day", shift)
    for one in event.categories:
        _move(one, "deadline_day", shift)
    closings = [closing_instant(event), *(closing_instant(event, one) for one in event.categories)]
    if any(closing and closing > event.starts_at for closing in closings):
        raise DeadlineAfterEvent


def _move(holder: Deadline | Category, name: str, shift: timedelta) -> None:
    day = getattr(holder, name)
    if day and shift:
        setattr(holder, name, day + shift)


def _told(instant: datetime, zone: ZoneInfo) -> str:
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M}"


def _record(action: str, event: Event, actor: Actor, at: datetime, **states: dict[str, str]) -> None:
    record(
        actor, action, kind="event", id=event.public_id, name=event.title.get("fr"), topic=event.public_id, at=at,
        **states,
    )  # fmt: skip
