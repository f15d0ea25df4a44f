"""The live edition's workshops before the evening: three at once, one of them full, and what guests chose."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.audit.service import Actor
from app.columns import Bilingual
from app.demonstration.archive import evening
from app.demonstration.posting import post_answers
from app.events.models import Event
from app.outbox.service import posting_oneself
from app.outbox.transport import FileTransport
from app.programme.models import Session
from app.programme.service import Details, add_session
from app.registration.models import Registration
from app.registration.queries import list_registrations
from app.registration.session_places import choose

# Room, places, how many choose it, title. Fewer places than people: a waiting list to look at.
WORKSHOPS = (
    ("Salon des Cartes", 30, 14, Bilingual(
        "Monter un projet à plusieurs collectivités", "Setting up a project with several local authorities")),
    ("Salon vert", 24, 11, Bilingual(
        "Financer la coopération dans la durée", "Paying for cooperation over the years")),
    ("Petit salon", 8, 11, Bilingual(
        "Travailler avec une collectivité en guerre", "Working with a local authority at war")),
)  # fmt: skip
ABSTRACT = Bilingual(
    "En petit groupe : deux expériences racontées par celles et ceux qui les ont menées, puis vos questions.",
    "In a small group: two experiences told by those who led them, then your questions.",
)


def hold_workshops(event: Event, transport: FileTransport, *, actor: Actor, at: datetime) -> None:
    """Put the workshops in the programme, and let some of those who come choose one."""
    sessions = [_plan(event, number, actor, at - timedelta(days=9)) for number in range(len(WORKSHOPS))]
    coming = list_registrations(event, state="confirmed")
    with posting_oneself():
        for number, (who, session) in enumerate(_wishes(coming, sessions)):
            when = evening(at - timedelta(days=2), 9) + timedelta(minutes=11 * number)
            choose(who, session, actor=Actor("invitee", who.public_id, who.person.full_name), at=when)
        post_answers(event, transport)


def _plan(event: Event, number: int, actor: Actor, at: datetime) -> Session:
    room, places, _chosen, title = WORKSHOPS[number]
    details = Details(
        "workshop", title, abstract=ABSTRACT, number=number + 1, room=room, enrolment="open", capacity=places,
        starts_at=evening(event.starts_at, 15, 45), ends_at=evening(event.starts_at, 17),
    )  # fmt: skip
    return add_session(event, details, actor=actor, at=at)


def _wishes(coming: Sequence[Registration], sessions: Sequence[Session]) -> list[tuple[Registration, Session]]:
    """Who chooses what, one after the other through the list of names."""
    wanted = [session for session, (_r, _p, chosen, _t) in zip(sessions, WORKSHOPS, strict=True) for _ in range(chosen)]
    return list(zip(coming[::3], wanted, strict=False))
