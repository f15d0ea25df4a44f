"""Calendars to publish or to subscribe to: an event, a room, a speaker, one attendee."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from app.calendars import Entry, calendar_bytes
from app.clock import now
from app.events.appointments import entry_of
from app.events.models import Event
from app.exports.calendar_queries import list_sessions_at_hours, list_sessions_in, list_sessions_with
from app.exports.models import CalendarSubscription
from app.i18n import _, here, in_language
from app.programme.appointments import session_entry
from app.programme.models import Session
from app.registration.calendar_entry import entry_for
from app.registration.models import Registration
from app.registration.session_letters import entry_of as place_entry
from app.registration.session_queries import list_places_of

# How often a program may ask again without looking foolish (RFC 7986, 5.7).
REFRESH = timedelta(hours=1)


@dataclass(frozen=True)
class Feed:
    """A calendar before it is written: `name` as programs list it, entries in order, the zone of its hours."""

    name: str
    entries: tuple[Entry, ...]
    zone: str

    def etag(self) -> str:
        """The same as long as the calendar tells the same, whenever it is written: a weak validator (RFC 9110, 8.8)."""
        return sha256(repr((self.name, self.entries, self.zone)).encode()).hexdigest()[:32]

    def written(self, *, source: str = "", refresh: timedelta | None = None, stamp: datetime | None = None) -> bytes:
        """The .ics file (METHOD PUBLISH); `source` is where it is asked for again, no more often than `refresh`."""
        zone = ZoneInfo(self.zone)
        return calendar_bytes(
            self.entries, name=self.name, zone=zone, stamp=stamp or now(), source=source, refresh=refresh
        )


def event_feed(event: Event, base_url: str) -> Feed:
    """The event and every session with an hour, for anybody who may read the programme."""
    entries = [entry_of(event, base_url)]
    entries += [session_entry(one, event, base_url) for one in list_sessions_at_hours(event)]
    return Feed(here(event.title), tuple(entries), event.timezone)


def event_calendar(event: Event, base_url: str, language: str, stamp: datetime | None = None) -> bytes:
    """The calendar of an event as a file, in one language, told in its own zone.

    `base_url` is where people reach the program: its host makes the identifiers unique, so that a
    calendar fetched again replaces what it held. SEQUENCE grows with each change.
    """
    with in_language(language):
        return event_feed(event, base_url).written(stamp=stamp)


def subscribed_feed(subscription: CalendarSubscription, base_url: str, sender: str) -> Feed:
    """What a secret address answers, in the language of the page around it."""
    event = subscription.event
    if subscription.registration is not None:
        return _attendee_feed(subscription.registration, base_url, sender)
    if subscription.person is not None:
        sessions = list_sessions_with(event, subscription.person_id or 0)
        return _sessions_feed(subscription.person.full_name, sessions, event, base_url)
    return _sessions_feed(subscription.room, list_sessions_in(event, subscription.room), event, base_url)


def _sessions_feed(whose: str, sessions: Sequence[Session], event: Event, base_url: str) -> Feed:
    entries = tuple(session_entry(one, event, base_url) for one in sessions)
    return Feed(_("%(whose)s – %(title)s", whose=whose, title=here(event.title)), entries, event.timezone)


def _attendee_feed(registration: Registration, base_url: str, sender: str) -> Feed:
    """The event, and the sessions chosen or spoken in; nothing while there is no place, CANCELLED once it was given up.

    A waiting list is no appointment: nothing is kept in a calendar for it.
    """
    event, entries = registration.event, []
    if registration.state in {"confirmed", "cancelled"}:
        entries = [entry_for(registration, base_url=base_url, sender=sender)]
    if registration.state == "confirmed":
        entries += _own_sessions(registration, base_url, sender)
    name = _("%(whose)s – %(title)s", whose=registration.person.full_name, title=here(event.title))
    return Feed(name, tuple(entries), event.timezone)


def _own_sessions(registration: Registration, base_url: str, sender: str) -> list[Entry]:
    event, entries, seen = registration.event, [], set()
    for place in list_places_of(registration.id):
        seen.add(place.session_id)
        if place.state == "confirmed" and place.session.starts_at:
            entries.append(place_entry(place, base_url=base_url, sender=sender))
    spoken = [one for one in list_sessions_with(event, registration.person_id) if one.id not in seen]
    return entries + [session_entry(one, event, base_url) for one in spoken]
