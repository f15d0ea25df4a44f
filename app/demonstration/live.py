"""The live edition: made from the previous one, its guests invented, their answers told day by day."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from app.audit.service import Actor
from app.checkin.service import open_desk
from app.demonstration import words
from app.demonstration.archive import evening
from app.demonstration.facts import SessionFact
from app.demonstration.guests import SEED, Guest, list_guests, list_latecomers, list_stand_ins
from app.demonstration.live_texts import ABSTRACT, DESCRIPTION, HOURS, LETTER, MAILBOX, ORGANISER, SUBTITLE
from app.demonstration.posting import post_answers, post_invitations
from app.directory.service import Contact, Names, add_person
from app.events.limits import Limit
from app.events.models import Event
from app.events.service import Group, add_categories, change_status, new_edition
from app.events.settings import EventSettings, change_settings, settings_of
from app.invitations.models import Invitation
from app.invitations.service import Quality, invite, send, withdraw
from app.letters.service import word
from app.outbox.service import posting_oneself
from app.outbox.transport import FileTransport
from app.programme.service import Details, add_session
from app.registration.cancelling import cancel
from app.registration.representatives import Representative
from app.registration.service import accept, be_represented_by, decline

Report = Callable[[int, int, str], None]
Hours = tuple[tuple[int, int], tuple[int, int]]
CREATED, ENTERED, SENT = timedelta(days=45), timedelta(days=20), timedelta(days=12)
DEADLINE_IN, EVENT_IN = timedelta(days=10), timedelta(days=19)


def make_edition(previous: Event, sessions: Sequence[SessionFact], *, actor: Actor, at: datetime) -> Event:
    """An open edition on the Tuesday about three weeks after `at`, answers closing in ten days."""
    zone = ZoneInfo(previous.timezone)
    day = at.astimezone(zone).date() + EVENT_IN
    day += timedelta(days=(1 - day.weekday()) % 7)
    slug = "" if day.year != previous.starts_at.year else f"{previous.slug}-3"
    begun = at - CREATED
    event = new_edition(previous, starts_on=day, actor=actor, at=begun, slug=slug)
    groups = [Group(key, name, None, colour, shape) for key, name, colour, shape in words.NEW_GROUPS]
    add_categories(event, groups)
    change_settings(event, _settings(event, at), actor=actor, at=begun + timedelta(hours=1))
    change_status(event, "open", actor=actor, at=begun + timedelta(days=2))
    word(event, "invitation", None, LETTER, actor=actor, at=begun + timedelta(days=3))
    for number, fact in enumerate(sessions):
        _plan(event, fact, HOURS[number], actor=actor, at=begun + timedelta(days=4))
    return event


def _settings(event: Event, at: datetime) -> EventSettings:
    closing = at.astimezone(ZoneInfo(event.timezone)).date() + DEADLINE_IN
    return replace(
        settings_of(event),
        subtitle=SUBTITLE,
        description=DESCRIPTION,
        doors_open_at=evening(event.starts_at, 16, 30),
        ends_at=evening(event.starts_at, 20),
        organiser=ORGANISER,
        organiser_parent="",
        mailbox=MAILBOX,
        quotas=dict(words.QUOTAS),
        deadline=Limit(closing),
    )


def _plan(event: Event, fact: SessionFact, hours: Hours, *, actor: Actor, at: datetime) -> None:
    begins, ends = (evening(event.starts_at, *hour) for hour in hours)
    details = Details(kind=fact.kind, title=fact.title, abstract=ABSTRACT, number=fact.number,
                      starts_at=begins, ends_at=ends)  # fmt: skip
    add_session(event, details, actor=actor, at=at)


def fill(event: Event, transport: FileTransport, *, secret: str, actor: Actor, at: datetime, report: Report) -> None:
    """Invite everyone, post every letter, tell every answer up to `at`."""
    entered = at - ENTERED
    invited = [(guest, _invite(event, guest, secret, entered)) for guest in list_guests()]
    with posting_oneself():
        _send_all(invited, actor, at)
        for done in post_invitations(event, transport):
            report(done, 2 * len(invited), "invitations")
        for done, answer in enumerate(_answers(invited, at), start=1):
            answer(actor)
            post_answers(event, transport)
            report(len(invited) + done, 2 * len(invited), "answers")
    for guest in list_latecomers():
        _invite(event, guest, secret, at - timedelta(days=1))
    raised = settings_of(event)
    quotas = {**raised.quotas, "presse": words.QUOTAS["presse"] + 1}
    change_settings(event, replace(raised, quotas=quotas), actor=actor, at=at - timedelta(hours=2))
    open_desk(event, "Porte 1", actor, at - timedelta(hours=1))
    report(2 * len(invited), 2 * len(invited), "")


def _invite(event: Event, guest: Guest, secret: str, at: datetime) -> Invitation:
    person = add_person(
        Names(guest.given, guest.family, guest.native, guest.civility),
        Contact(guest.email, language=guest.language, country=guest.country),
        qualities=guest.qualities,
        organisation=guest.organisation,
        at=at,
    )
    category = next(c for c in event.categories if c.key == guest.category)
    return invite(event, person, category, quality=Quality(guest.qualities, guest.organisation),
                  secret=secret, at=at)  # fmt: skip


def _send_all(invited: Sequence[tuple[Guest, Invitation]], actor: Actor, at: datetime) -> None:
    """Letters leave in one morning, delegations' three days later."""
    morning = evening(at - SENT, 9)
    later = evening(at - SENT + timedelta(days=3), 10)
    for number, (guest, invitation) in enumerate(invited):
        begin = later if guest.category == "delegations" else morning
        send(invitation, actor=actor, at=begin + timedelta(seconds=number))


# Said once the organiser is known, who keys in what comes by phone.
Answer = Callable[[Actor], None]


def _answers(invited: Sequence[tuple[Guest, Invitation]], at: datetime) -> Iterator[Answer]:
    """What people answered, in the order in which they did."""
    chance = Random(SEED + 2)
    stand_ins = iter(list_stand_ins())
    told: list[tuple[datetime, Answer]] = []
    for guest, invitation in invited:
        when = _hour(invitation.sent_at or at, at, chance)
        if guest.fate == "accepts":
            told.append((when, _accepts(invitation, when)))
        elif guest.fate == "declines":
            told.append((when, _declines(invitation, when, chance.choice(words.REASONS))))
        elif guest.fate == "represented":
            told.append((when, _is_represented(invitation, when, next(stand_ins))))
        elif guest.fate == "cancels":
            told.append((when, _cancels(invitation, when, at)))
        elif guest.fate == "withdrawn":
            told.append((when, _withdraws(invitation, when)))
    for _when, answer in sorted(told, key=lambda pair: pair[0]):
        yield answer


def _hour(sent_at: datetime, at: datetime, chance: Random) -> datetime:
    """Most answer in the first days, in working hours, all before `at`."""
    days = timedelta(days=min(chance.expovariate(1 / 3), 11))
    when = evening(sent_at + days, chance.randint(8, 18), chance.randint(0, 59))
    earliest = sent_at + timedelta(minutes=chance.randint(20, 300))
    return min(max(when, earliest), at - timedelta(minutes=chance.randint(10, 240)))


def _self(invitation: Invitation) -> Actor:
    return Actor("invitee", invitation.public_id, invitation.person.full_name)


def _accepts(invitation: Invitation, when: datetime) -> Answer:
    def answer(_actor: Actor) -> None:
        accept(invitation, by="link", actor=_self(invitation), at=when)

    return answer


def _declines(invitation: Invitation, when: datetime, reason: str) -> Answer:
    def answer(_actor: Actor) -> None:
        decline(invitation, by="link", actor=_self(invitation), at=when, reason=reason)

    return answer


def _is_represented(invitation: Invitation, when: datetime, who: Representative) -> Answer:
    def answer(_actor: Actor) -> None:
        be_represented_by(invitation, who, by="link", actor=_self(invitation), at=when)

    return answer


def _cancels(invitation: Invitation, when: datetime, at: datetime) -> Answer:
    """Accepted, then the secretariat rang up."""

    def answer(actor: Actor) -> None:
        registration = accept(invitation, by="phone", actor=actor, at=when)
        later = min(when + timedelta(hours=30), at - timedelta(minutes=5))
        cancel(registration, actor=actor, at=later)

    return answer


def _withdraws(invitation: Invitation, when: datetime) -> Answer:
    def answer(actor: Actor) -> None:
        withdraw(invitation, actor=actor, at=when)

    return answer
