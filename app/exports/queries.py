"""Reading the guests of an event for lists: plain values, five queries whatever their number."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select

from app.badging.models import Badge
from app.checkin.models import Scan
from app.database import db
from app.directory.models import Person
from app.events.models import Category, Event
from app.invitations.models import Invitation
from app.registration.models import Queue, Registration, Representation

_NAMES = (
    Person.id,
    Person.civility,
    Person.given_name,
    Person.family_name,
    Person.native_name,
    Person.country,
    Person.spoken,
    Person.folded_family,
    Person.folded_given,
)


@dataclass(slots=True)
class Guest:
    """Someone on an event's list, with or without a place.

    `state` is confirmed, waiting or cancelled for a registration, else what became of the
    invitation: draft, sent (no answer yet), accepted, declined, represented, withdrawn.
    `arrivals` holds the first admission that stands, by day of the event.
    """

    civility: str
    given_name: str
    family_name: str
    native_name: str
    country: str
    qualities: tuple[str, ...]
    organisation: str
    email: str
    category_id: int
    state: str
    rank: int | None = None
    # Of which queue: the key of a category, "" for the event's; None for who does not wait.
    queue: str | None = None
    represents: str = ""
    badge_code: str | None = None
    short_code: str = ""
    arrivals: dict[date, datetime] = field(default_factory=dict)
    registration_id: int | None = None
    spoken: tuple[str, ...] = ()
    zone: str = ""
    order: tuple[str, str, int] = ("", "", 0)

    @property
    def latin_name(self) -> str:
        """Given name, then surname, as typed."""
        return f"{self.given_name} {self.family_name}".strip()


def list_guests(event: Event, *, states: frozenset[str] | None = None) -> list[Guest]:
    """Everyone invited or registered, by name; only those in `states` when given.

    A registration that stands says the state; a cancelled one gives way to what the invitee
    answered (declined, represented, withdrawn).
    """
    guests = {row.id: _guest(row, row.state) for row in _invited(event)}
    badges, arrivals, represented = _badges(event), _arrivals(event), _represented(event)
    for row in _registered(event):
        asked = guests.get(row.id)
        if row.state == "cancelled" and asked and asked.state in {"declined", "represented", "withdrawn"}:
            continue
        guest = guests[row.id] = _guest(row, row.state)
        guest.rank, guest.registration_id = row.waiting_rank, row.registration_id
        guest.queue = None if row.waiting_rank is None else row.queue or ""
        guest.represents = represented.get(row.registration_id, "")
        guest.badge_code, guest.short_code = badges.get(row.registration_id, (None, ""))
        guest.arrivals = arrivals.get(row.registration_id, {})
    kept = (guest for guest in guests.values() if states is None or guest.state in states)
    return sorted(kept, key=lambda guest: guest.order)


def _guest(row: Row[Any], state: str) -> Guest:
    return Guest(
        row.civility,
        row.given_name,
        row.family_name,
        row.native_name,
        row.country,
        row.qualities,
        row.organisation,
        row.email,
        row.category_id,
        state,
        spoken=row.spoken,
        zone=row.zone,
        order=(row.folded_family, row.folded_given, row.id),
    )


def _invited(event: Event) -> list[Row[Any]]:
    columns = (
        Invitation.state,
        Invitation.qualities,
        Invitation.organisation,
        Invitation.email,
        Invitation.category_id,
        Invitation.zone,
    )
    wanted = select(*_NAMES, *columns).join(Invitation.person).where(Invitation.event_id == event.id)
    return list(db.session.execute(wanted))


def _registered(event: Event) -> list[Row[Any]]:
    columns = (
        Registration.id.label("registration_id"),
        Registration.state,
        Registration.qualities,
        Registration.organisation,
        Registration.email,
        Registration.category_id,
        Registration.zone,
        Registration.waiting_rank,
        Category.key.label("queue"),
    )
    wanted = select(*_NAMES, *columns).join(Registration.person).where(Registration.event_id == event.id)
    wanted = wanted.outerjoin(Queue, Queue.id == Registration.queue_id)
    return list(db.session.execute(wanted.outerjoin(Category, Category.id == Queue.category_id)))


def _badges(event: Event) -> dict[int, tuple[str | None, str]]:
    wanted = select(Badge.registration_id, Badge.code, Badge.short_code).where(
        Badge.event_id == event.id, Badge.state == "active"
    )
    return {registration: (code, short) for registration, code, short in db.session.execute(wanted)}


def _represented(event: Event) -> dict[int, str]:
    """Name of the invited person, by the registration of who comes instead."""
    wanted = (
        select(Representation.registration_id, Person.given_name, Person.family_name)
        .join(Representation.invitation)
        .join(Invitation.person)
        .where(Invitation.event_id == event.id)
    )
    return {row[0]: f"{row[1]} {row[2]}".strip() for row in db.session.execute(wanted)}


def _arrivals(event: Event) -> dict[int, dict[date, datetime]]:
    """The admission that stands, by registration and day; one taken back does not count."""
    wanted = (
        select(Scan.registration_id, Scan.day, Scan.result, Scan.at)
        .where(Scan.event_id == event.id, Scan.result.in_(("admitted", "undone")))
        .order_by(Scan.id)
    )
    found: dict[int, dict[date, datetime]] = defaultdict(dict)
    for registration, day, result, at in db.session.execute(wanted):
        if registration is None:
            continue
        if result == "admitted":
            found[registration].setdefault(day, at)
        else:
            found[registration].pop(day, None)
    return found
