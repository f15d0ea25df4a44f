"""A meeting that began a moment ago, whose door is at work: who is in, two phones, one of them without a network.

All of it is invented. The published editions have no ledger of their door, and are given none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.audit.service import Actor
from app.checkin.enrolling import Heard, Wanted, enrol_at_once, hear
from app.checkin.gates import GateWanted, note, save_gate
from app.checkin.models import Device
from app.checkin.receiving import receive
from app.checkin.rows import Row, milliseconds_of
from app.checkin.standing import Standing
from app.columns import Bilingual
from app.demonstration import words
from app.demonstration.live_texts import MAILBOX, ORGANISER
from app.directory.service import Contact, Names, add_person
from app.events.models import Event
from app.events.service import Group, add_event
from app.invitations.service import Quality, invite
from app.registration.models import Registration
from app.registration.service import accept

SERIES = ("reunions", Bilingual("Réunions de préparation", "Preparatory meetings"))
TITLE = Bilingual("Réunion de préparation des Assises", "Preparatory meeting of the Assises")
GROUPS = (
    Group("collectivites", Bilingual("Collectivités", "Local authorities"), None, 2, "square"),
    Group("services-etat", Bilingual("Services de l’État", "State services"), None, 8, "diamond"),
    Group("associations", Bilingual("Associations et réseaux", "Associations and networks"), None, 6, "bar"),
)
# Surnames of nobody in the other lists, so that a search among them finds one person.
SURNAMES = """
Ambrosières|Barbezon|Cazemajou|Dargilan|Escoublard|Fombelle|Grisolles-Tave|Hautecombe|Istrac|Jonquerolles
Kermorvan|Lavergnole|Marsillargue|Nohanent|Oradeil|Puymirat|Quinsonnas|Rochetaillée|Sauveplane|Tournemire
Urbanya|Valcivières|Wissembach|Xaintraille|Ygrande|Zonza-Lévie|Auberoche|Bellecassagne|Coursegoules|Drevant
""".strip().replace("\n", "|").split("|")  # fmt: skip
GATES = ("Hall d’entrée", "Entrée de la cour")
OPENED, BEGAN = timedelta(minutes=50), timedelta(minutes=20)
# Minutes after the opening at which each of the guests came, at the one gate and at the other.
AT_HALL = (2, 6, 11, 14, 16, 19, 21, 22, 24, 25, 27, 28, 30, 33, 41)
AT_COURT = (9, 15, 20, 23, 26, 29, 32)
# The phone at the other gate: an hour fast, without a network until a moment ago.
FAST = timedelta(minutes=58)
RECONNECTED = timedelta(minutes=2)


@dataclass(frozen=True)
class _Door:
    """The phone of one gate, and who holds it."""

    event: Event
    device: Device
    secret: str

    def receive(self, row: Row, at: datetime) -> None:
        """What this phone sends, as it reaches us."""
        here = Actor("device", self.device.public_id, self.device.name)
        receive(Standing(self.event, self.device, self.device.name, False, True, here), row, at, secret=self.secret)


def welcome(*, secret: str, actor: Actor, at: datetime) -> Event:
    """Hold the meeting as it is at `at`: one guest let in at both gates, one clock far off, both to be decided on."""
    event = _plan(actor, at)
    guests = _list_guests(event, secret, actor, at - timedelta(days=6))
    note(
        guests[-1], "Ouvre la séance : à accompagner à la tribune", is_vip=True, actor=actor, at=at - timedelta(days=1)
    )
    opened = at - OPENED
    hall, court = _doors(event, secret, actor, opened - timedelta(minutes=30))
    split = len(AT_HALL)
    for minutes, guest in zip(AT_HALL, guests, strict=False):
        here = opened + timedelta(minutes=minutes)
        hall.receive(
            Row(f"hall-{minutes}", registration=guest.public_id, document="identity_card", road="camera"), here
        )
    # One guest came in by the hall, and the badge again by the court, whose phone could not know.
    offline = [*guests[split : split + len(AT_COURT) - 1], guests[7]]
    for minutes, guest in zip(AT_COURT, offline, strict=True):
        court.receive(_alone(guest, opened + timedelta(minutes=minutes)), at - RECONNECTED)
    hear(hall.device, Heard(offset=400, queue=0, version="1", synced_at=at), at)
    hear(court.device, Heard(offset=_milliseconds(FAST), queue=0, version="1", synced_at=at - RECONNECTED), at)
    return event


def _plan(actor: Actor, at: datetime) -> Event:
    began, opened = _quarter(at - BEGAN), _quarter(at - OPENED)
    entered = at - timedelta(days=8)
    return add_event(
        SERIES, groups=GROUPS, actor=actor, at=entered, slug="preparation", title=TITLE, starts_at=began,
        ends_at=began + timedelta(hours=3), doors_open_at=opened, created_at=entered, status="open", capacity=60,
        organiser=ORGANISER, mailbox=MAILBOX, timezone="Europe/Paris", id_check=True,
    )  # fmt: skip


def _list_guests(event: Event, secret: str, actor: Actor, at: datetime) -> Sequence[Registration]:
    """Everyone said yes on the phone: no letter is written, nobody has an address."""
    bodies = ((words.TOWNS, "Ville de {}"), (words.SERVICES, "{}"), (words.ASSOCIATIONS, "{}"))
    coming = []
    for number, family in enumerate(SURNAMES):
        names, form = bodies[number % len(bodies)]
        quality = Quality((), form.format(names[number % len(names)]))
        given = (words.WOMEN, words.MEN)[number % 2][number]
        person = add_person(
            Names(given, family), Contact(), qualities=(), organisation=quality.organisation, at=at
        )  # fmt: skip
        category = event.categories[number % len(event.categories)]
        invitation = invite(event, person, category, quality=quality, secret=secret, at=at)
        coming.append(accept(invitation, by="phone", actor=actor, at=at + timedelta(minutes=number)))
    return coming


def _doors(event: Event, secret: str, actor: Actor, at: datetime) -> Sequence[_Door]:
    found = []
    for name in GATES:
        gate = save_gate(event, GateWanted(name), actor=actor, at=at)
        wanted = Wanted(f"Téléphone · {name}", gates=(gate.public_id,))
        device, _token = enrol_at_once(event, wanted, secret=secret, actor=actor, at=at)
        found.append(_Door(event, device, secret))
    return found


def _alone(guest: Registration, at: datetime) -> Row:
    """An admission that the phone decided without us, dated by its own clock."""
    told = milliseconds_of(at + FAST)
    return Row(
        f"court-{guest.public_id}", registration=guest.public_id, document="identity_card", road="camera",
        decided="admitted", at=told, offset=_milliseconds(FAST), listed_at=milliseconds_of(at - timedelta(minutes=20)),
    )  # fmt: skip


def _quarter(at: datetime) -> datetime:
    """The quarter of an hour before, as invitations have it."""
    return at.replace(minute=at.minute - at.minute % 15, second=0, microsecond=0)


def _milliseconds(span: timedelta) -> int:
    return span // timedelta(milliseconds=1)
