"""Enters what the public documents say: an edition, its letter, its programme, its record."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from app.audit.service import Actor
from app.demonstration.facts import EventFact, InterventionFact, LetterFact, MinutesFact, PersonFact, SessionFact
from app.demonstration.people import ORGANISATIONS, PEOPLE
from app.directory.models import Person
from app.directory.service import Contact, Names, add_person, get_or_add_organisation
from app.events.models import Event
from app.events.service import Group, add_event, set_deadline
from app.events.settings import Place, set_place
from app.invitations.service import Quality, invite
from app.letters.service import Text, word
from app.letters.wording import Signature
from app.minutes.models import Minutes, Section
from app.minutes.service import (
    add_decision,
    add_intervention,
    draft_from_programme,
    edit_section,
    edit_text,
    publish,
    remove,
)
from app.programme.models import Session
from app.programme.service import Details, add_role, add_session
from app.registration.service import accept

PLAIN = (
    "slug",
    "edition_number",
    "title",
    "subtitle",
    "description",
    "practical",
    "date_precision",
    "timezone",
    "status",
    "organiser",
    "organiser_parent",
    "mailbox",
    "accent",
    "legal_footer",
    "capacity",
    "id_check",
    "priorities",
    "expected",
    "has_guest_country",
    "guest_country",
)
People = Mapping[str, Person]


def instant(local: datetime | None, zone: str) -> datetime | None:
    """A naive local hour as an instant in UTC."""
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) if local else None


def enter_people(at: datetime) -> dict[str, Person]:
    """The public people of the documents and the bodies they speak for, by key."""
    names = {body.key: body.name for body in ORGANISATIONS}
    for body in ORGANISATIONS:
        get_or_add_organisation(body.name, kind=body.kind, country=body.country)
    return {
        fact.key: add_person(
            Names(fact.given, fact.family, civility=fact.civility),
            Contact(),
            qualities=fact.qualities,
            organisation=names[fact.organisation],
            at=at,
        )
        for fact in PEOPLE
    }


def enter_event(fact: EventFact, *, actor: Actor, at: datetime) -> Event:
    """The edition, its categories, its place and its deadline."""
    event = add_event(
        (fact.series_slug, fact.series_title),
        groups=[Group(**vars(category)) for category in fact.categories],
        actor=actor,
        at=at,
        starts_at=instant(fact.starts_at, fact.timezone),
        ends_at=instant(fact.ends_at, fact.timezone),
        created_at=at,
        **{name: getattr(fact, name) for name in PLAIN},
    )
    set_place(event, Place(**vars(fact.venue)))
    if fact.deadline:
        limit = fact.deadline
        set_deadline(event, limit.day, is_inclusive=limit.is_inclusive, at=limit.at)
    return event


def enter_letter(event: Event, fact: LetterFact, *, actor: Actor, at: datetime) -> None:
    """The wording of the edition's letter."""
    names = ("subject", "body", "closing", "salutation", "motto", "letterhead", "heading", "announcement", "place",
             "date_style", "prints_object", "has_addressee")  # fmt: skip
    text = Text(
        **{name: getattr(fact, name) for name in names},
        dated_on=fact.issued_on if fact.dates_itself else None,
        signatories=tuple(Signature(one.name, one.qualities) for one in fact.signatories),
    )
    word(event, fact.kind, None, text, actor=actor, at=at)


def enter_programme(
    event: Event, facts: Sequence[SessionFact], people: People, *, actor: Actor, at: datetime
) -> dict[str, Session]:
    """The sessions with their roles in the printed order, by key."""
    entered = {}
    for fact in facts:
        zone = event.timezone
        details = Details(
            kind=fact.kind, title=fact.title, abstract=fact.abstract, number=fact.number,
            starts_at=instant(fact.starts_at, zone), ends_at=instant(fact.ends_at, zone),
            room=fact.room,
        )  # fmt: skip
        session = entered[fact.key] = add_session(event, details, actor=actor, at=at)
        for role in fact.roles:
            add_role(session, people[role.person], role.role, qualities=role.qualities,
                     event=event, actor=actor, at=at)  # fmt: skip
    return entered


def enter_record(
    event: Event, fact: MinutesFact, sessions: Mapping[str, Session], people: People, *, actor: Actor, at: datetime
) -> Minutes:
    """The minutes, published on the day printed on them."""
    record = draft_from_programme(event, issued_on=fact.issued_on, actor=actor, at=at)
    edit_text(record, title=fact.title, introduction=fact.introduction, issued_on=fact.issued_on,
              event=event, actor=actor, at=at)  # fmt: skip
    for decision in fact.decisions:
        add_decision(record, decision.text, is_numbered=decision.number is not None, event=event,
                     actor=actor, at=at)  # fmt: skip
    by_session = {section.session_id: section for section in record.sections}
    for told in fact.sections:
        section = by_session[sessions[told.session].id]
        edit_section(section, label=section.label, title=section.title, narrative=told.narrative,
                     event=event, actor=actor, at=at)  # fmt: skip
        _enter_passages(section, told.interventions, people, event=event, actor=actor, at=at)
    publish(record, event=event, actor=actor, at=at)
    return record


def _enter_passages(
    section: Section, told: Sequence[InterventionFact], people: People, *, event: Event, actor: Actor, at: datetime
) -> None:
    for drafted in list(section.interventions):
        remove(drafted, event=event, actor=actor, at=at)
    for one in told:
        add_intervention(
            section, name=one.name, qualities=one.qualities, text=one.text,
            is_from_room=one.is_from_room, is_joint=one.is_joint, person_id=people[one.person].id,
            event=event, actor=actor, at=at,
        )  # fmt: skip


def register_speakers(
    event: Event, people: People, facts: Sequence[PersonFact], *, secret: str, actor: Actor, at: datetime
) -> None:
    """Those whom the minutes name as present were registered; by mail, without a letter of ours."""
    groups = {category.key: category for category in event.categories}
    bodies = {body.key: body.name for body in ORGANISATIONS}
    for fact in facts:
        invitation = invite(
            event, people[fact.key], groups[fact.category],
            quality=Quality(fact.qualities, bodies[fact.organisation]),
            secret=secret, at=at,
        )  # fmt: skip
        accept(invitation, by="mail", actor=actor, at=at)


def evening(day: datetime, hour: int, minute: int = 0) -> datetime:
    """That hour in Paris on the day of `day`, in UTC."""
    zone = ZoneInfo("Europe/Paris")
    return datetime.combine(day.astimezone(zone).date(), time(hour, minute), zone).astimezone(UTC)
