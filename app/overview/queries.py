"""The state of events in figures: a fixed number of queries, whatever the number of guests."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, case, func, select

from app.checkin.conflict_queries import count_conflicts
from app.checkin.models import Scan
from app.database import db
from app.events.models import Category, Event
from app.invitations.endings import list_endings
from app.invitations.models import AWAITED, NOT_SENT, Campaign, Invitation, Reminder
from app.minutes.models import Minutes
from app.outbox.composing import list_mailings
from app.outbox.models import Message
from app.outbox.queries import count_come_back
from app.programme.models import Session
from app.registration.after_lock import count_held_back
from app.registration.life_queries import count_late_requests
from app.registration.models import ENDED, Registration
from app.registration.offers import count_fitting
from app.registration.queries import count_requests
from app.registration.reasons import seat_state
from app.registration.seat_queries import Taken, count_taken, count_to_decide
from app.registration.security_list import count_changes

_SUBMITTED = select(func.count()).where(Campaign.event_id == bindparam("event_id"), Campaign.state == "submitted")
_REMINDERS = (
    select(Reminder.days_before).where(Reminder.event_id == bindparam("event_id")).order_by(Reminder.days_before.desc())
)
COUNTS = ("invited", "confirmed", "waiting", "declined", "present")


@dataclass(frozen=True)
class CategorySeats:
    """One category's share: people seated, people waiting, places (None: no quota)."""

    category: Category
    confirmed: int
    waiting: int

    @property
    def quota(self) -> int | None:
        """Places of the category inside the event's."""
        return self.category.quota


@dataclass(frozen=True)
class CategoryAnswers:
    """What the guests of one category said: invitations by state."""

    category: Category
    states: dict[str, int]

    @property
    def accepted(self) -> int:
        """Those who come."""
        return self.states.get("accepted", 0)

    @property
    def represented(self) -> int:
        """Those in whose name somebody comes."""
        return self.states.get("represented", 0)

    @property
    def declined(self) -> int:
        """Those who do not come."""
        return self.states.get("declined", 0)

    @property
    def silent(self) -> int:
        """Those who have a letter and said nothing."""
        return count_silent(self.states)

    @property
    def invited(self) -> int:
        """Everyone on the list whose invitation stands."""
        return sum(n for state, n in self.states.items() if state != "withdrawn")


def count_silent(states: dict[str, int]) -> int:
    """Invitations that left and were not answered."""
    return sum(n for state, n in states.items() if state in AWAITED or state == "no_answer")


@dataclass(frozen=True)
class EventState:
    """Everything the event's home says, in numbers."""

    # Invitations by state, of the whole event and of each category that has some.
    invitations: dict[str, int]
    answers: tuple[CategoryAnswers, ...]
    without_address: int
    first_sent_at: datetime | None
    seats: tuple[CategorySeats, ...]
    letters: dict[str, int]
    present: int
    sessions: int
    minutes_published_at: datetime | None
    has_minutes: bool
    free: int | None
    promotable: int = field(default=0)
    # People who ask to come in somebody's name; waves that wait for a second person.
    requests: int = 0
    submitted: int = 0
    # People who accepted and wait for the organiser's decision.
    pending: int = 0
    # What invitees ask for after the deadline.
    late: int = 0
    # People added since security has the list, who wait for the organiser.
    added: int = 0
    # Lines by which those who come differ from the list security has.
    unlocked: int = 0
    # What does not agree at the door, and waits for a lead.
    conflicts: int = 0
    # Guests invited by name in a quality that ends before the event.
    ending: int = 0
    # Days before the deadline at which reminders leave, the farthest first.
    reminders: tuple[int, ...] = ()

    @property
    def silent(self) -> int:
        """Invitations that left and were not answered."""
        return count_silent(self.invitations)

    @property
    def drafts(self) -> int:
        """Invitations that have not left."""
        return sum(n for state, n in self.invitations.items() if state in NOT_SENT)

    @property
    def confirmed(self) -> int:
        """People with a place."""
        return sum(each.confirmed for each in self.seats)

    @property
    def waiting(self) -> int:
        """People in the queue."""
        return sum(each.waiting for each in self.seats)


def event_counts(event: Event) -> dict[str, int]:
    """{"invited", "confirmed", "waiting", "declined", "present"} of one event.

    Invited: everyone on the list, letters not yet sent included, those withdrawn left out. Present:
    people the door let in, on any day.
    """
    return counts_of([event])[event.id]


def counts_of(events: Sequence[Event]) -> dict[int, dict[str, int]]:
    """`event_counts` of several events, by event id, in three queries."""
    ids = [event.id for event in events]
    counts = {event_id: dict.fromkeys(COUNTS, 0) for event_id in ids}
    asked = select(Invitation.event_id, Invitation.state, func.count()).where(Invitation.event_id.in_(ids))
    for event_id, state, n in db.session.execute(asked.group_by(Invitation.event_id, Invitation.state)):
        counts[event_id]["invited"] += n if state != "withdrawn" else 0
        counts[event_id]["declined"] += n if state == "declined" else 0
    coming = select(Registration.event_id, Registration.state, func.count()).where(
        Registration.event_id.in_(ids), Registration.state.not_in(ENDED)
    )
    for event_id, state, n in db.session.execute(coming.group_by(Registration.event_id, Registration.state)):
        counts[event_id][state] = n
    for event_id, people in _present(ids).items():
        counts[event_id]["present"] = people
    return counts


def _present(ids: Sequence[int]) -> Counter[int]:
    """People with at least one day on which admissions outnumber admissions taken back."""
    balance = func.sum(case((Scan.result == "admitted", 1), else_=-1))
    wanted = (
        select(Scan.event_id, Scan.registration_id)
        .where(Scan.event_id.in_(ids), Scan.result.in_(("admitted", "undone")))
        .group_by(Scan.event_id, Scan.registration_id, Scan.day)
        .having(balance > 0)
    )
    people = {(row.event_id, row.registration_id) for row in db.session.execute(wanted)}
    return Counter(event_id for event_id, _person in people)


def event_state(event: Event) -> EventState:
    """The state of one event, in a fixed number of queries."""
    asked = _asked(event)
    taken, added = count_taken(event.id), count_held_back(event)
    seats = _seats(event, taken)
    record = db.session.execute(
        select(func.count(), func.max(Minutes.published_at)).where(Minutes.event_id == event.id)
    ).one()
    sessions = select(func.count()).where(Session.event_id == event.id)
    return EventState(
        invitations=asked.states,
        answers=asked.answers,
        without_address=asked.without_address,
        first_sent_at=asked.first_sent_at,
        seats=seats,
        letters=_letters(event),
        present=_present([event.id])[event.id],
        sessions=db.session.scalar(sessions) or 0,
        minutes_published_at=record[1],
        has_minutes=record[0] > 0,
        free=_free(event, taken),
        promotable=count_fitting(event, taken),
        pending=max(0, _pending(event) - added),
        requests=count_requests(event),
        late=count_late_requests(event),
        added=added,
        unlocked=count_changes(event),
        conflicts=count_conflicts(event),
        submitted=db.session.scalar(_SUBMITTED, {"event_id": event.id}) or 0,
        ending=len(list_endings(event)),
        reminders=tuple(db.session.scalars(_REMINDERS, {"event_id": event.id})),
    )


@dataclass(frozen=True)
class _Asked:
    states: dict[str, int]
    answers: tuple[CategoryAnswers, ...]
    without_address: int
    first_sent_at: datetime | None


def _asked(event: Event) -> _Asked:
    """Invitations by category and state, those not sent that lack an address, when the first letter left."""
    no_address = func.sum(case(((Invitation.email == "") & (Invitation.channel == "mail"), 1), else_=0))
    wanted = (
        select(Invitation.category_id, Invitation.state, func.count(), no_address, func.min(Invitation.sent_at))
        .where(Invitation.event_id == event.id)
        .group_by(Invitation.category_id, Invitation.state)
    )
    total: Counter[str] = Counter()
    groups: dict[int, dict[str, int]] = {}
    without_address, sent = 0, []
    for category_id, state, n, missing, first in db.session.execute(wanted):
        total[state] += n
        groups.setdefault(category_id, {})[state] = n
        without_address += missing if state in NOT_SENT else 0
        sent += [first] if first else []
    answers = tuple(CategoryAnswers(c, groups[c.id]) for c in event.categories if c.id in groups)
    return _Asked(dict(total), answers, without_address, min(sent, default=None))


def _seats(event: Event, taken: Taken) -> tuple[CategorySeats, ...]:
    """People seated (places offered count) and people waiting, by category."""
    return tuple(CategorySeats(c, taken.seated.get(c.id, 0), taken.waiting.get(c.id, 0)) for c in event.categories)


def _pending(event: Event) -> int:
    """People about whom the organiser decides; nothing is asked of the database where no category is decided about."""
    if not any(category.needs_approval for category in event.categories):
        return 0
    return sum(number for (state, _category), number in count_to_decide(event).items() if state == "pending")


def _free(event: Event, taken: Taken) -> int | None:
    """Places left, held ones aside; below zero: so many people too many."""
    whole = seat_state(event, None, taken)
    return -whole.too_many if whole.too_many else whole.free and max(whole.free, 0)


def _letters(event: Event) -> dict[str, int]:
    """Letters by state; "to mend": those that came back and are told by no invitation."""
    wanted = select(Message.state, func.count()).where(Message.topic == event.public_id)
    found = dict(db.session.execute(wanted.group_by(Message.state)).all())
    if found.get("bounced"):
        found["to mend"] = count_come_back(event.public_id, beside=list_mailings())
    return found
