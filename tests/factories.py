"""Rows for tests, made by the rooms' own services wherever there is one.

Every `make_…` fixture returns a committed object with believable defaults; give what matters to the
test by name. Instants are aware and count from `app.clock.now`, so that they follow a frozen clock.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from werkzeug.security import generate_password_hash

from app.accounts.models import Membership, User
from app.audit.service import Actor
from app.checkin.models import Device
from app.checkin.service import open_desk
from app.clock import now
from app.columns import Bilingual
from app.database import db
from app.directory.models import Person
from app.directory.service import Contact, Names, add_person
from app.events.models import Category, Deadline, Event, Series, Venue
from app.invitations.models import Invitation
from app.invitations.service import Quality, invite, record_answer
from app.registration.models import Registration
from app.registration.service import accept
from tests.databases import KEY

PASSWORD = "correct horse battery staple"
PARIS = ZoneInfo("Europe/Paris")
ORGANISER = Actor("user", "organiser-of-tests", "Organiser of the tests")
RECEPTION = Actor("user", "reception-of-tests", "Reception of the tests")
INVITEE = Actor("invitee", "invitee-of-tests", "Invitee of the tests")


@lru_cache(maxsize=1)
def _password_hash() -> str:
    """Hashed once: scrypt is slow on purpose."""
    return generate_password_hash(PASSWORD)


def evening(days: int = 30, hour: int = 17, minute: int = 30) -> datetime:
    """17:30 in Paris, so many days from now, as an instant in UTC."""
    day = now().astimezone(PARIS).date() + timedelta(days=days)
    return datetime.combine(day, time(hour, minute), PARIS).astimezone(UTC)


class Factory:
    """Makes rows; the fixtures of tests/conftest.py are its methods."""

    def __init__(self) -> None:
        self._last = 0

    def _next(self) -> int:
        self._last += 1
        return self._last

    def user(self, role: str = "organiser", *, event: Event | None = None, **values: Any) -> User:
        """An account with `role` on `event` (every event when None), password `PASSWORD`."""
        n = self._next()
        defaults = {"email": f"{role}{n}@example.org", "name": f"{role.capitalize()} {n}"}
        membership = Membership(role=role, event_id=event.id if event else None)
        return _kept(User(**{**defaults, **values}, password_hash=_password_hash(), memberships=[membership]))

    def series(self, **values: Any) -> Series:
        """A series of events."""
        n = self._next()
        return _kept(Series(**{"slug": f"series-{n}", "title": Bilingual(f"Série {n}"), **values}))

    def event(
        self,
        *,
        categories: Sequence[str] = ("elus", "associations"),
        deadline: date | str | None = "ten days before",
        **values: Any,
    ) -> Event:
        """An open event in thirty days at 17:30 in Paris, 100 places, two categories without quota.

        `deadline`: last day before which answers are taken; None for no deadline.
        """
        n = self._next()
        defaults: dict[str, Any] = {
            "slug": f"event-{n}",
            "title": Bilingual(f"Assises d’essai {n}", f"Trial assembly {n}"),
            "subtitle": Bilingual("Une soirée de travail", "An evening of work"),
            "starts_at": evening(),
            "capacity": 100,
            "offer_hours": 0,  # a place that comes free is given without asking
            "status": "open",
            "organiser": "Délégation d’essai",
            "mailbox": "organisation@example.org",
        }
        event = Event(**{**defaults, **values})
        if "venue" not in values and "venue_id" not in values:
            event.venue = Venue(name="Hôtel d’essai", street="1 rue de l’Essai", city="Paris")
        event.categories = [_category(key, n) for n, key in enumerate(categories, start=1)]
        if deadline is not None:
            last = event.starts_at.astimezone(PARIS).date() - timedelta(days=10)
            day = deadline if isinstance(deadline, date) else last
            event.deadline = Deadline(day=day, is_inclusive=False)
        return _kept(event)

    def category(self, event: Event, key: str = "presse", **values: Any) -> Category:
        """One more category of `event`."""
        category = _category(key, len(event.categories) + 1)
        for name, value in values.items():
            setattr(category, name, value)
        event.categories.append(category)
        return _kept(category)

    def person(
        self,
        given: str = "Camille",
        family: str = "",
        *,
        native: str = "",
        civility: str = "",
        email: str | None = None,
        language: str = "fr",
        country: str = "FR",
        phone: str = "",
        qualities: Sequence[str] = ("Maire",),
        organisation: str = "Ville d’essai",
    ) -> Person:
        """Somebody of the directory; a surname of their own when none is given."""
        n = self._next()
        names = Names(given, family or f"Durand-{n}", native, civility)
        address = f"guest{n}@example.org" if email is None else email
        contact = Contact(address, phone, language, country)
        return _kept(add_person(names, contact, qualities=qualities, organisation=organisation, at=now()))

    def invitation(
        self,
        event: Event | None = None,
        person: Person | None = None,
        *,
        category: str | Category = "",
        state: str = "sent",
        **values: Any,
    ) -> Invitation:
        """An invitation; `values` are email, language, qualities (tuple) and organisation."""
        event, person = event or self.event(), person or self.person()
        titles = values.pop("qualities", ("Maire",))
        body = values.pop("organisation", "Ville d’essai")
        invitation = invite(
            event, person, _choose(event, category), quality=Quality(tuple(titles), body),
            secret=KEY, at=now(), **values,
        )  # fmt: skip
        if state in {"accepted", "declined", "represented"}:
            record_answer(invitation, state, by="link", actor=INVITEE, at=now())
        elif state != "draft":
            invitation.state = state
            invitation.sent_at = now()
        return _kept(invitation)

    def registration(
        self, event: Event | None = None, person: Person | None = None, *, category: str | Category = "", **values: Any
    ) -> Registration:
        """Someone who accepted: confirmed, with a badge, or waiting when the event is full."""
        invitation = self.invitation(event, person, category=category, **values)
        return _kept(accept(invitation, by="link", actor=INVITEE, at=now()))

    def device(self, event: Event, gate: str = "Porte 1 · Guichet 3") -> Device:
        """A desk at the door."""
        return _kept(open_desk(event, gate, RECEPTION, now()))


def _category(key: str, position: int) -> Category:
    return Category(key=key, name=Bilingual(key.capitalize(), key.capitalize()), position=position, palette=position)


def _choose(event: Event, category: str | Category) -> Category:
    if isinstance(category, Category):
        return category
    return next(c for c in event.categories if category in ("", c.key))


def _kept(row: Any) -> Any:
    db.session.add(row)
    db.session.commit()
    return row
