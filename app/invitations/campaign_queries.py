"""Reading waves, the rules of a mailing, and what may leave."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from app.database import db
from app.directory.models import Person
from app.errors import NotFound
from app.events.models import Event
from app.invitations.models import AWAITED, Campaign, Invitation, MailingRules, Reminder
from app.outbox.models import Message


@dataclass(frozen=True)
class Rules:
    """How an event's letters leave; see MailingRules for the meaning of each."""

    requires_approval: bool = False
    shared_mailbox: str = "each"


@dataclass
class Standing:
    """Where the invitations of one wave, or of one category, stand."""

    counts: dict[str, int]
    last_contact_at: datetime | None = None

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())

    def count(self, states: Collection[str]) -> int:
        """How many are in one of the states."""
        return sum(self.counts.get(state, 0) for state in states)


def find_rules(event: Event) -> MailingRules | None:
    """What was set for the event, if anything was."""
    return db.session.scalar(select(MailingRules).where(MailingRules.event_id == event.id))


def rules_of(event: Event) -> Rules:
    """The rules that hold for the event: those set, else the defaults."""
    found = find_rules(event)
    return Rules(found.requires_approval, found.shared_mailbox) if found else Rules()


def list_campaigns(event: Event) -> list[Campaign]:
    """The waves of the event in their order."""
    wanted = select(Campaign).where(Campaign.event_id == event.id).order_by(Campaign.position, Campaign.id)
    return list(db.session.scalars(wanted))


def get_campaign(event: Event, public_id: str) -> Campaign:
    """One wave of the event. Raises NotFound."""
    wanted = select(Campaign).where(Campaign.event_id == event.id, Campaign.public_id == public_id)
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound
    return found


def count_in_campaign(campaign: Campaign, states: Collection[str]) -> int:
    """How many invitations of the wave are in one of the states."""
    wanted = select(func.count()).where(Invitation.campaign_id == campaign.id, Invitation.state.in_(states))
    return db.session.scalar(wanted) or 0


def page_of_campaign(campaign: Campaign, page: int, size: int) -> tuple[list[Invitation], int]:
    """One page of the wave's invitations by name, and how many there are."""
    wanted = (
        select(Invitation)
        .join(Invitation.person)
        .where(Invitation.campaign_id == campaign.id)
        .options(contains_eager(Invitation.person), joinedload(Invitation.category))
        .order_by(Person.folded_family, Person.folded_given, Invitation.id)
    )
    total = db.session.scalar(select(func.count()).where(Invitation.campaign_id == campaign.id)) or 0
    return list(db.session.scalars(wanted.limit(size).offset((max(page, 1) - 1) * size))), total


def count_addable(event: Event) -> dict[int, int]:
    """How many guests of each category (by id) are drafts in no wave."""
    wanted = select(Invitation.category_id, func.count()).where(
        Invitation.event_id == event.id, Invitation.campaign_id.is_(None), Invitation.state == "draft"
    )
    return dict(db.session.execute(wanted.group_by(Invitation.category_id)).all())


def may_leave(event: Event) -> ColumnElement[bool]:
    """The condition on an invitation that its letter may leave: approved, or in no wave where none is asked."""
    free = and_(Invitation.state == "draft", Invitation.campaign_id.is_(None))
    approved = Invitation.state == "approved"
    return approved if rules_of(event).requires_approval else or_(approved, free)


def select_sendable(event: Event, campaign: Campaign | None = None, *, by_mail: bool = True) -> Select[Invitation]:
    """Invitations whose letter may leave now, by mail or by another road, of one wave or of all."""
    road = Invitation.channel == "mail" if by_mail else Invitation.channel != "mail"
    wanted = select(Invitation).where(Invitation.event_id == event.id, road, may_leave(event))
    if campaign is not None:
        wanted = wanted.where(Invitation.campaign_id == campaign.id)
    return wanted


def count_sendable(event: Event, *, has_mailbox: bool, campaign: Campaign | None = None) -> int:
    """How many invitations may leave by mail, with or without an address to write to."""
    wanted = select_sendable(event, campaign).where(Invitation.email != "" if has_mailbox else Invitation.email == "")
    return _count(wanted)


def count_to_print(event: Event, campaign: Campaign | None = None) -> int:
    """How many invitations may leave on paper or by hand."""
    return _count(select_sendable(event, campaign, by_mail=False))


def list_unreachable(event: Event, limit: int = 20) -> list[Invitation]:
    """The first, by name, whose mail may leave and who have no address."""
    wanted = select_sendable(event).join(Invitation.person).where(Invitation.email == "")
    by_name = wanted.options(contains_eager(Invitation.person)).order_by(Person.folded_family, Person.folded_given)
    return list(db.session.scalars(by_name.limit(limit)))


def count_announceable(event: Event, campaign: Campaign) -> int:
    """How many invitees of the wave may be told to keep the date free."""
    wanted = select_sendable(event, campaign).where(Invitation.email != "", Invitation.announced_at.is_(None))
    return _count(wanted)


def _count(wanted: Select[Invitation]) -> int:
    ids = wanted.with_only_columns(Invitation.id).order_by(None)
    return db.session.scalar(select(func.count()).select_from(ids.subquery())) or 0


def list_board(event: Event) -> list[tuple[int | None, int, str, int, datetime | None]]:
    """Wave id, category id, state, how many, latest letter: what the board is added up from."""
    wanted = (
        select(
            Invitation.campaign_id,
            Invitation.category_id,
            Invitation.state,
            func.count(),
            func.max(Invitation.last_contact_at),
        )
        .where(Invitation.event_id == event.id)
        .group_by(Invitation.campaign_id, Invitation.category_id, Invitation.state)
    )
    return [tuple(row) for row in db.session.execute(wanted)]  # type: ignore[misc] # five columns, five values


def standings(event: Event) -> tuple[dict[int | None, Standing], dict[int, Standing]]:
    """Where each wave (by id; None: in no wave) and each category (by id) stands."""
    waves: dict[int | None, Standing] = {}
    categories: dict[int, Standing] = {}
    for wave, category, state, number, last in list_board(event):
        for standing in (waves.setdefault(wave, Standing({})), categories.setdefault(category, Standing({}))):
            standing.counts[state] = standing.counts.get(state, 0) + number
            standing.last_contact_at = max(filter(None, (standing.last_contact_at, last)), default=None)
    return waves, categories


def list_reminders(event: Event) -> list[Reminder]:
    """The reminders of the event, the earliest first."""
    wanted = select(Reminder).where(Reminder.event_id == event.id).order_by(Reminder.days_before.desc())
    return list(db.session.scalars(wanted))


def get_reminder(event: Event, public_id: str) -> Reminder:
    """One reminder of the event. Raises NotFound."""
    found = db.session.scalar(select(Reminder).where(Reminder.event_id == event.id, Reminder.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def find_reminder(public_id: str) -> Reminder | None:
    """The reminder of this public id, whatever its event."""
    return db.session.scalar(select(Reminder).where(Reminder.public_id == public_id))


def find_letter(message_id: str) -> Message | None:
    """The letter of this public id, while it is kept."""
    return db.session.scalar(select(Message).where(Message.public_id == message_id))


def list_in_digest(message_id: str) -> list[Invitation]:
    """The invitations whose links one shared letter carries, by name; withdrawn ones are left out."""
    wanted = _by_name().where(Invitation.digest_id == message_id, Invitation.state != "withdrawn")
    return list(db.session.scalars(wanted))


def list_in_reminder(message: Message) -> list[Invitation]:
    """Whom a shared reminder speaks of, by name: while it is to leave, only those who still have to answer."""
    wanted = _by_name().where(
        Invitation.public_id.in_(message.context.get("invitations", ())), Invitation.state != "withdrawn"
    )
    if message.state not in {"sent", "bounced"}:
        wanted = wanted.where(Invitation.state.in_(AWAITED), Invitation.reminders_stopped_at.is_(None))
    return list(db.session.scalars(wanted))


def list_waiting_reminders(invitation: Invitation) -> list[Message]:
    """Shared reminders to the invitee's mailbox that have not left."""
    wanted = select(Message).where(
        Message.topic == invitation.event.public_id,
        Message.kind == "reminder_digest",
        Message.state.in_(("queued", "failed")),
        func.lower(Message.recipient) == invitation.email.lower(),
    )
    return list(db.session.scalars(wanted))


def list_reminders_of(invitation: Invitation) -> list[Message]:
    """Shared reminders that speak of the invitee, the newest first."""
    if not invitation.reminders_sent:
        return []
    wanted = select(Message).where(Message.topic == invitation.event.public_id, Message.kind == "reminder_digest")
    found = db.session.scalars(wanted.order_by(Message.id.desc()))
    return [one for one in found if invitation.public_id in one.context.get("invitations", ())]


def list_behind(topic: str, mailbox: str) -> list[Invitation]:
    """The invitations to the event of public id `topic` whose mail arrives at `mailbox`, by name; not the withdrawn."""
    wanted = (
        _by_name()
        .join(Invitation.event)
        .where(
            Event.public_id == topic, func.lower(Invitation.email) == mailbox.lower(), Invitation.state != "withdrawn"
        )
    )
    return list(db.session.scalars(wanted))


def _by_name() -> Select[Invitation]:
    return (
        select(Invitation)
        .join(Invitation.person)
        .options(contains_eager(Invitation.person), joinedload(Invitation.category), joinedload(Invitation.event))
        .order_by(Person.folded_family, Person.folded_given, Invitation.id)
    )
