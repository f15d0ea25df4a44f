"""Secret addresses of calendars: opened, given anew, ended. Only their hash is kept."""

from datetime import datetime

from app.audit.service import Actor, record
from app.codes import derived_token, new_public_id, token_hash
from app.database import db, lock_row
from app.directory.models import Person
from app.errors import Refusal
from app.events.models import Event
from app.exports.calendar_queries import list_subscriptions
from app.exports.models import CalendarSubscription
from app.i18n import lazy
from app.registration.models import Registration

PURPOSE = "calendar"


class NoPlace(Refusal):
    """A calendar is for whoever comes: nothing is kept free for a rank in a queue."""

    message = lazy("There is no confirmed place: there is nothing to put into a calendar.")


def token_of(subscription: CalendarSubscription, secret: str) -> str:
    """The secret part of the address, made anew from the key."""
    return derived_token(secret, PURPOSE, subscription.public_id, subscription.token_version)


def open_for_attendee(
    registration: Registration, *, language: str, secret: str, actor: Actor, at: datetime
) -> CalendarSubscription:
    """The address of one attendee; the same when there is one. Raises NoPlace."""
    lock_row(registration)
    if registration.state != "confirmed":
        raise NoPlace
    wanted = CalendarSubscription(
        event_id=registration.event_id, kind="attendee", registration_id=registration.id, language=language
    )
    return _open(registration.event, wanted, registration.person.full_name, secret, actor, at)


def open_for_speaker(
    event: Event, person: Person, *, language: str, secret: str, actor: Actor, at: datetime
) -> CalendarSubscription:
    """The address of somebody with a role in the programme; the same when there is one."""
    wanted = CalendarSubscription(event_id=event.id, kind="speaker", person_id=person.id, language=language)
    return _open(event, wanted, person.full_name, secret, actor, at)


def open_for_room(
    event: Event, room: str, *, language: str, secret: str, actor: Actor, at: datetime
) -> CalendarSubscription:
    """The address of a room, as the programme writes it; the same when there is one."""
    wanted = CalendarSubscription(event_id=event.id, kind="room", room=room, language=language)
    return _open(event, wanted, room, secret, actor, at)


def renew(subscription: CalendarSubscription, *, secret: str, actor: Actor, at: datetime) -> None:
    """Another address; the one before answers no more."""
    lock_row(subscription)
    subscription.token_version += 1
    subscription.token_hash = token_hash(token_of(subscription, secret))
    _note("calendar.renewed", subscription, actor, at)


def end(subscription: CalendarSubscription, *, actor: Actor, at: datetime) -> None:
    """The address answers no more. Ended twice is ended once."""
    lock_row(subscription)
    if subscription.revoked_at is None:
        subscription.revoked_at = at
        _note("calendar.ended", subscription, actor, at)


def whose(subscription: CalendarSubscription) -> str:
    """The name of the attendee, the speaker or the room."""
    if subscription.registration is not None:
        return subscription.registration.person.full_name
    return subscription.person.full_name if subscription.person is not None else subscription.room


def _open(
    event: Event, wanted: CalendarSubscription, name: str, secret: str, actor: Actor, at: datetime
) -> CalendarSubscription:
    lock_row(event)  # two clicks at once find the same
    sought = (wanted.registration_id, wanted.person_id, wanted.room or "")
    for one in list_subscriptions(event):
        if (one.registration_id, one.person_id, one.room) == sought:
            return one
    wanted.public_id, wanted.token_version, wanted.created_at = new_public_id(), 1, at
    wanted.token_hash = token_hash(token_of(wanted, secret))
    db.session.add(wanted)
    db.session.flush()
    _note("calendar.opened", wanted, actor, at, name=name)
    return wanted


def _note(action: str, subscription: CalendarSubscription, actor: Actor, at: datetime, name: str = "") -> None:
    event = subscription.event
    record(
        actor, action, kind="calendar", id=subscription.public_id, name=name or whose(subscription),
        topic=event.public_id, at=at, after={"kind": subscription.kind},
    )  # fmt: skip
