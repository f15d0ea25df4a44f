"""What the bench works on: an event with confirmed attendees, invitees who will answer, accounts."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Flask
from werkzeug.security import generate_password_hash

import badges
from app.accounts.models import Membership, User
from app.audit.service import SYSTEM
from app.badging.service import issue
from app.checkin.enrolling import Wanted, code_of, invite_device
from app.checkin.service import open_desk
from app.clock import now
from app.columns import Bilingual
from app.database import db, set_writing
from app.directory.models import Person
from app.events.models import Category, Event, Venue
from app.invitations.service import Quality, invite, link_token
from app.registration.models import Registration
from app.text import fold, search_key

PASSWORD = "bench-bench-bench"
GIVEN = (
    "Pia",
    "Michaël",
    "Nadia",
    "Jean-François",
    "Emma",
    "Thibaut",
    "Oleksandr",
    "Mohammad",
    "Marta",
    "Tony",
    "Frédéric",
    "Anne",
    "Philippe",
    "Léa",
    "Zoé",
    "Yannick",
)
FAMILY = (
    "IMBS",
    "QUERNEZ",
    "PELLEFIGUE",
    "RAPIN",
    "VERAN",
    "GUIGNARD",
    "SHCHERBAK",
    "ABD AL-RAHMAN",
    "de CIDRAC",
    "BEN LAHOUCINE",
    "CHOLÉ",
    "LAURENT",
    "DELAFOSSE",
    "RAMOND",
)
# 1, 8 and 32 at once.
QUALITY = "Premier Vice-président de la région Bretagne"
BODY = "Établissement public de coopération intercommunale du Val"


@dataclass(frozen=True)
class Seed:
    """Addresses and codes the bench needs."""

    slug: str
    codes: tuple[str, ...]
    device: str
    tokens: tuple[str, ...]
    burst_slug: str
    burst_tokens: tuple[str, ...]


def _event(slug: str, capacity: int) -> Event:
    event = Event(
        slug=slug,
        title=Bilingual("Assises de mesure", "Bench meeting"),
        capacity=capacity,
        starts_at=now() + timedelta(days=20),
        status="open",
        id_check=True,
        description=Bilingual("Une soirée de travail.\n\nDeux tables rondes.", "An evening of work."),
        venue=Venue(name="Quai d’Orsay", street="1 rue Robert-Esnault-Pelterie", city="Paris"),
        mailbox="assises@example.org",
        organiser="Délégation",
        categories=[
            Category(key=f"c{n}", name=Bilingual(f"Collège {n}", f"Group {n}"), palette=n, position=n)
            for n in range(1, 5)
        ],
    )
    db.session.add(event)
    db.session.flush()
    return event


def _person(n: int) -> Person:
    given, family = GIVEN[n % len(GIVEN)], f"{FAMILY[n % len(FAMILY)]} {n}"
    return Person(
        given_name=given,
        family_name=family,
        email=f"p{n}@example.org",
        mandates=[],
        folded_given=fold(given),
        folded_family=fold(family),
        search_key=search_key(given, family),
    )


def _attendees(event: Event, number: int, secret: str) -> tuple[str, ...]:
    """Guests with a badge each, signed and drawn as the program does it."""
    codes = []
    for n in range(number):
        registration = Registration(
            event_id=event.id,
            person=_person(n),
            category=event.categories[n % 4],
            qualities=(QUALITY,),
            organisation=BODY,
            email=f"p{n}@example.org",
            state="confirmed",
        )
        db.session.add(registration)
        db.session.flush()
        badge = issue(registration, at=now(), secret=secret)
        badge.matrix = badges.qr_matrix(badge.code)
        codes.append(badge.code)
    return tuple(codes)


def _invitees(event: Event, number: int, secret: str, first: int) -> tuple[str, ...]:
    tokens = []
    for n in range(number):
        invitation = invite(
            event,
            _person(first + n),
            event.categories[n % 4],
            quality=Quality((QUALITY,), BODY),
            secret=secret,
            at=now(),
        )
        invitation.state, invitation.sent_at = "sent", now()
        tokens.append(link_token_of(invitation, secret))
    db.session.flush()
    return tuple(tokens)


def link_token_of(invitation: object, secret: str) -> str:
    """The token of a link before its version has been read back from the database."""
    invitation.token_version = 1  # type: ignore[attr-defined] # the default, made explicit
    return link_token(invitation, secret)  # type: ignore[arg-type] # an Invitation


def fill(app: Flask, attendees: int, invitees: int, burst: tuple[int, int]) -> Seed:
    """Fill an empty database; `burst` is (clients, places)."""
    secret = app.config["SECRET_KEY"]
    set_writing(True)  # a request of the database measured before may have left it off
    with app.app_context():
        db.session.add(
            User(
                email="bench@example.org",
                name="Bench",
                memberships=[Membership(role="admin")],
                password_hash=generate_password_hash(PASSWORD),
            )
        )
        event = _event("bench", attendees + invitees + 1000)
        codes = _attendees(event, attendees, secret)
        tokens = _invitees(event, invitees, secret, 100_000)
        _attendees(_event("small", attendees), attendees // 10, secret)
        rush = _event("burst", burst[1])
        rush_tokens = _invitees(rush, burst[0], secret, 200_000)
        device = open_desk(event, "Porte 1", SYSTEM, now())
        db.session.commit()
        seed = Seed("bench", codes, device.public_id, tokens, "burst", rush_tokens)
        db.session.remove()
        db.engine.dispose()
    return seed


@dataclass(frozen=True)
class Door:
    """An event at whose door a browser is measured: signed codes of everyone, codes that enrol a phone each."""

    slug: str
    codes: tuple[str, ...]
    enrolments: tuple[str, ...]


def fill_door(app: Flask, attendees: int, phones: int, slug: str = "door") -> Door:
    """An event of its own that checks identities, beside whatever the database holds."""
    secret = app.config["SECRET_KEY"]
    set_writing(True)
    with app.app_context():
        event = _event(slug, attendees)
        codes = _attendees(event, attendees, secret)
        wanted = [Wanted(f"Téléphone {n}") for n in range(phones)]
        made = [invite_device(event, one, secret=secret, actor=SYSTEM, at=now()) for one in wanted]
        db.session.commit()
        door = Door(slug, codes, tuple(code_of(one, secret) for one in made))
        db.session.remove()
        db.engine.dispose()
    return door
