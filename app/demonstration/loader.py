"""Loads the demonstration: three editions and a meeting, their people and letters, accounts to sign in with."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from flask import Flask

from app.accounts.queries import find_user_by_email
from app.accounts.service import add_user
from app.audit.service import COMMAND_LINE, Actor
from app.demonstration import assises_2, assises_2_minutes, live, offices, parties, rencontres_17, waves
from app.demonstration.archive import (
    enter_event,
    enter_letter,
    enter_people,
    enter_programme,
    enter_record,
    register_speakers,
)
from app.demonstration.bounced import let_come_back
from app.demonstration.calendars import open_addresses
from app.demonstration.dates import set_dates
from app.demonstration.door import arrange_door
from app.demonstration.lists import send_list
from app.demonstration.mark import wear_mark
from app.demonstration.papers import enter_papers
from app.demonstration.people import PEOPLE
from app.demonstration.printed import print_first
from app.demonstration.rehearsed import rehearse
from app.demonstration.seating import settle_seats
from app.demonstration.signins import SIGNINS
from app.demonstration.tables import set_tables
from app.demonstration.telling import tell as let_guests_tell
from app.demonstration.welcome import welcome
from app.demonstration.workshops import hold_workshops
from app.directory.models import Person
from app.errors import Refusal
from app.events.models import Event
from app.events.queries import list_events
from app.i18n import _, lazy
from app.outbox.transport import FileTransport, Sender
from config import Config

Signins = Sequence[tuple[str, str, str]]
NAMES = {"organiser": "Claire Fontaine", "reception": "Accueil", "admin": "Administration"}
# The public documents name two people of whom they do not say that they came.
ABSENT = ("laurent", "hidalgo")


class NotEmpty(Refusal):
    """The demonstration never mixes with real events."""

    message = lazy(
        "There are events in this database already: the demonstration is loaded into an empty one"
        " only. Choose another PARVIS_INSTANCE or PARVIS_DATABASE_URL."
    )


def load(app: Flask, *, at: datetime, report: Callable[[int, int, str], None]) -> Signins:
    """Load everything, dated relative to `at`; who may sign in: (role, address, password) each.

    Runs in a request context whose base is the program's public address; the caller commits, so
    that a failure leaves the database as it was. Letters become files in the instance folder, never
    mail. About 800 steps are told to `report` as (done, total, text). Raises NotEmpty.
    """
    if list_events():
        raise NotEmpty
    actor = _open_accounts(at)
    people = enter_people(datetime(2025, 9, 1, 8, tzinfo=UTC))
    offices.furnish(people, actor=actor, at=datetime(2025, 9, 1, 9, tzinfo=UTC))
    previous = _load_assises(app, people, actor)
    _load_rencontres(actor)
    event = live.make_edition(previous, assises_2.SESSIONS, actor=actor, at=at)
    wear_mark(event, actor=actor, at=at)

    def tell(done: int, total: int, part: str) -> None:
        text = _("Letters and answers of the demonstration") if part else _("Demonstration loaded")
        report(done, total, text)

    config: Config = app.extensions["parvis"]
    transport = FileTransport(config.instance / "mail", Sender(config.mail_from))
    live.fill(event, transport, secret=config.secret_key, actor=actor, at=at, report=tell)
    let_come_back(event, at)
    waves.follow_up(event, actor=actor, at=at)
    lately = at - timedelta(minutes=20)
    set_tables(event, actor=actor, at=lately)
    print_first(event, actor=actor, at=lately)
    parties.enter_parties(event, transport, secret=config.secret_key, actor=actor, at=at)
    hold_workshops(event, transport, actor=actor, at=lately)
    set_dates(event, actor=actor, at=lately)
    let_guests_tell(event, transport, actor=actor, at=at)
    send_list(event, actor=actor, at=lately)
    settle_seats(event, transport, actor=actor, at=lately)
    open_addresses(event, secret=config.secret_key, actor=actor, at=lately)
    arrange_door(event, secret=config.secret_key, actor=actor, at=lately)
    rehearse(event, secret=config.secret_key, actor=actor, at=lately)
    welcome(secret=config.secret_key, actor=actor, at=at)
    return SIGNINS


def _open_accounts(at: datetime) -> Actor:
    """The accounts of the demonstration; the organiser is who did everything that follows."""
    users = {
        role: find_user_by_email(email) or add_user(email, NAMES[role], password, role, actor=COMMAND_LINE, at=at)
        for role, email, password in SIGNINS
    }
    organiser = users["organiser"]
    return Actor("user", organiser.public_id, organiser.name)


def _load_assises(app: Flask, people: dict[str, Person], actor: Actor) -> Event:
    """The archived edition, each step on the day it really was taken."""
    written = datetime(2025, 10, 1, 8, tzinfo=UTC)
    event = enter_event(assises_2.EVENT, actor=actor, at=written)
    letter = datetime(2025, 10, 23, 7, tzinfo=UTC)
    enter_letter(event, assises_2.LETTER, actor=actor, at=letter)
    sessions = enter_programme(event, assises_2.SESSIONS, people, actor=actor, at=letter)
    came = [fact for fact in PEOPLE if fact.key not in ABSENT]
    answered = datetime(2025, 11, 3, 9, tzinfo=UTC)
    secret = app.config["SECRET_KEY"]
    register_speakers(event, people, came, secret=secret, actor=actor, at=answered)
    published = datetime(2025, 11, 25, 9, tzinfo=UTC)
    enter_record(event, assises_2_minutes.MINUTES, sessions, people, actor=actor, at=published)
    return event


def _load_rencontres(actor: Actor) -> None:
    at = datetime(2026, 1, 25, 9, tzinfo=UTC)
    event = enter_event(rencontres_17.EVENT, actor=actor, at=at)
    enter_letter(event, rencontres_17.LETTER, actor=actor, at=at)
    enter_programme(event, rencontres_17.SESSIONS, {}, actor=actor, at=at)
    enter_papers(event, actor=actor)
