"""What the live edition asks of its guests, what some of them told, one request after the deadline."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.audit.service import Actor
from app.columns import Bilingual
from app.demonstration.archive import evening
from app.demonstration.posting import post_answers
from app.events.asking import set_asked, set_freezes
from app.events.models import Event
from app.invitations.queries import list_invitations
from app.invitations.terms import set_terms, terms_of
from app.outbox.service import posting_oneself
from app.outbox.transport import FileTransport
from app.registration import late_requests, particulars
from app.registration.models import Registration
from app.registration.particulars import Told
from app.registration.printing import Printed
from app.registration.queries import list_registrations
from app.registration.questions import QuestionFacts, add_question

ASKED = ("title", "access", "diet", "photo", "sharing")
FROZEN = "parlementaires"
ROAD = QuestionFacts(
    "choice",
    Bilingual("Comment viendrez-vous ?", "How will you come?"),
    Bilingual("Pour prévoir les navettes depuis les gares.", "So that shuttles meet the trains."),
    choices=(("En train", "By train"), ("En voiture", "By car"), ("À pied ou à vélo", "On foot or by bicycle")),
)
HEADSET = QuestionFacts(
    "yes_no",
    Bilingual("Casque d’interprétation remis", "Interpretation headset handed over"),
    asked_at="desk",
    categories=("delegations",),
)
DIETS = ("Végétarien", "Sans gluten", "Allergie aux arachides")
ACCESS = ("Fauteuil roulant", "Boucle magnétique", "Une place près de la sortie")
LATER = "Vice-présidente de la commission des affaires étrangères"
MESSAGE = "Mon agenda s’est libéré : me serait-il encore possible de venir ?"


def tell(event: Event, transport: FileTransport, *, actor: Actor, at: datetime) -> None:
    """Ask, let every fourth of those who come tell something, freeze one category, and have somebody ask too late."""
    asked = at - timedelta(days=12)
    set_asked(event, ASKED, actor=actor, at=asked)
    road = add_question(event, ROAD, actor=actor, at=asked)
    add_question(event, HEADSET, actor=actor, at=asked)
    coming = [one for one in list_registrations(event, state="confirmed") if one.invitation_id]
    for number, who in enumerate(coming[::4]):
        answers = {road: ("en-train", "en-train", "en-voiture", "a-pied-ou-a-velo")[number % 4]}
        particulars.tell(
            who, Told(None, _wishes(number), has_agreed=True, given=answers), actor=_guest(who), at=_when(at)
        )
    frozen = at.astimezone(ZoneInfo(event.timezone)).date() - timedelta(days=1)
    _freeze(event, frozen, [one for one in coming if one.category.key == FROZEN], actor, at)
    with posting_oneself():
        _ask_late(event, actor, at)
        post_answers(event, transport)


def _wishes(number: int) -> dict[str, str | None]:
    wishes: dict[str, str | None] = {"sharing": ""}
    if number % 3 == 0:
        wishes["diet"] = DIETS[number // 3 % len(DIETS)]
    if number % 7 == 0:
        wishes["access"] = ACCESS[number // 7 % len(ACCESS)]
    if number % 5 == 0:
        wishes["photo"] = ""
    return wishes


def _freeze(event: Event, day: date, guests: list[Registration], actor: Actor, at: datetime) -> None:
    """Badges of one category are being printed, and one of its guests has another function since."""
    set_freezes(event, {FROZEN: day}, actor=actor, at=at - timedelta(days=12))
    for who in guests[:1]:
        printed = Printed((LATER,), who.organisation)
        particulars.tell(who, Told(printed), actor=_guest(who), at=at - timedelta(hours=3))


def _ask_late(event: Event, actor: Actor, at: datetime) -> None:
    silent = next((one for one in reversed(list_invitations(event, state="sent")) if one.email), None)
    if silent is None:
        return
    terms = terms_of(silent)
    closed = at.astimezone(ZoneInfo(event.timezone)).date() - timedelta(days=2)
    set_terms(silent, type(terms)(**{**vars(terms), "deadline_day": closed}), actor=actor, at=at - timedelta(days=8))
    late_requests.ask(silent, "attend", message=MESSAGE, at=at - timedelta(hours=4))


def _guest(who: Registration) -> Actor:
    return Actor("invitee", who.public_id, who.person.full_name)


def _when(at: datetime) -> datetime:
    return evening(at - timedelta(days=3), 10)
