"""Whatever people do, in whatever order: the rules of seats as a machine that hypothesis drives.

Accept, decline, be represented, cancel, take an offer, promote, lower, raise, let time pass. After each
step: nobody was seated beyond what there is, nobody is in two states, each letter has its cause.
"""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from app.clock import now
from app.database import db
from app.directory.service import Names
from app.errors import Refusal
from app.events.models import Event
from app.invitations.models import Invitation
from app.outbox.models import Message
from app.registration import offers, service
from app.registration.models import Queue, Registration, Representation
from app.registration.representatives import Representative
from app.registration.seat_models import Offer
from tests.factories import INVITEE, ORGANISER, Factory

KINDS = {"confirmed": "confirmation", "offered": "offer", "waiting": "waiting"}
SEATED = {"confirmed", "offered"}
KEYS = ("elus", "associations")


class House(RuleBasedStateMachine):
    """One event, two categories, some guests, and a clock that only moves when told to."""

    invitations = Bundle("invitations")
    factory: Factory

    @initialize(capacity=st.integers(0, 4), quotas=st.tuples(*[st.none() | st.integers(0, 3)] * 2),
                hours=st.sampled_from([0, 24]))  # fmt: skip
    def open_house(self, capacity: int, quotas: tuple[int | None, int | None], hours: int) -> None:
        """An event in thirty days, with or without offers."""
        self.at: datetime = now()
        event = self.factory.event(capacity=capacity, categories=KEYS, deadline=None, offer_hours=hours)
        for category, quota in zip(event.categories, quotas, strict=True):
            category.quota = quota
        db.session.commit()
        self.event_id, self.names = event.id, 0
        self.states: dict[int, str] = {}
        self.seated: dict[int | None, int] = {}
        self.letters = self._letters()
        self.last_ranks: dict[int, int] = {}

    @property
    def event(self) -> Event:
        """The event as it stands."""
        return db.session.get_one(Event, self.event_id)

    @rule(target=invitations, key=st.sampled_from(KEYS))
    def invite(self, key: str) -> int:
        """One more person is asked."""
        return self.factory.invitation(self.event, category=key).id

    def _do(self, act: object) -> None:
        """A step, wholly or not at all; a refusal is an answer too."""
        self.at += timedelta(seconds=1)
        try:
            act()  # type: ignore[operator] # a closure of the rules below
            db.session.commit()
        except Refusal:
            db.session.rollback()

    def _invitation(self, number: int) -> Invitation:
        return db.session.get_one(Invitation, number)

    @rule(number=invitations)
    def accept(self, number: int) -> None:
        """They come."""
        self._do(lambda: service.accept(self._invitation(number), by="link", actor=INVITEE, at=self.at))

    @rule(number=invitations)
    def decline(self, number: int) -> None:
        """They do not come."""
        self._do(lambda: service.decline(self._invitation(number), by="link", actor=INVITEE, at=self.at))

    @rule(number=invitations, has_mailbox=st.booleans())
    def be_represented(self, number: int, has_mailbox: bool) -> None:
        """Somebody else comes."""
        self.names += 1
        address = f"representative{self.names}@example.org" if has_mailbox else ""
        names = Names("Alix", f"Représentant-{self.event_id}-{self.names}")
        who = Representative(names, "Adjointe au maire", address)
        self._do(lambda: service.be_represented_by(self._invitation(number), who, by="link", actor=INVITEE, at=self.at))

    def _registrations(self, *states: str) -> list[Registration]:
        wanted = select(Registration).where(Registration.event_id == self.event_id).order_by(Registration.id)
        return [one for one in db.session.scalars(wanted) if not states or one.state in states]

    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        """The organiser takes a place back."""
        if found := self._registrations("confirmed", "offered", "waiting"):
            one = data.draw(st.sampled_from(found))
            self._do(lambda: service.cancel_registration(one, actor=ORGANISER, at=self.at))

    @rule(data=st.data())
    def take(self, data: st.DataObject) -> None:
        """Somebody takes the place they were offered."""
        if found := self._registrations("offered"):
            one = data.draw(st.sampled_from(found))
            self._do(lambda: offers.take(one, actor=INVITEE, at=self.at))

    @rule(data=st.data())
    def choose(self, data: st.DataObject) -> None:
        """The organiser seats one who waits, out of turn."""
        if found := self._registrations("waiting"):
            one = data.draw(st.sampled_from(found))
            self._do(lambda: offers.choose(one, reason="a minister", actor=ORGANISER, at=self.at))

    @rule()
    def promote(self) -> None:
        """Places that are free go to those who wait."""
        self._do(lambda: offers.promote(self.event, self.at))

    @rule(hours=st.integers(1, 30))
    def let_time_pass(self, hours: int) -> None:
        """Offers end."""
        self.at += timedelta(hours=hours)
        self._do(lambda: offers.end_expired(self.event, self.at))

    @rule(capacity=st.integers(0, 6))
    def lower_or_raise(self, capacity: int) -> None:
        """The house grows or shrinks: nobody is ejected by it."""
        before = {one.id: one.state for one in self._registrations()}
        self.event.capacity = capacity
        db.session.commit()
        assert {one.id: one.state for one in self._registrations()} == before

    @rule(place=st.integers(0, 1), quota=st.none() | st.integers(0, 4))
    def change_quota(self, place: int, quota: int | None) -> None:
        """So does the part of a category."""
        self.event.categories[place].quota = quota
        db.session.commit()

    def _letters(self) -> Counter[tuple[str, str]]:
        return Counter(
            (kind, subject) for kind, subject in db.session.execute(select(Message.kind, Message.subject_id))
        )

    @invariant()
    def seats_given_never_exceed_what_there_is(self) -> None:
        """More people than before are seated only as long as they fit."""
        event, seated = self.event, Counter[int | None]()
        for one in self._registrations(*SEATED):
            seated.update((None, one.category_id))
        limits = {None: event.capacity, **{one.id: one.quota for one in event.categories}}
        for key, most in limits.items():
            assert most is None or seated[key] <= max(most, self.seated.get(key, 0)), (key, most, seated)
        self.seated = dict(seated)

    @invariant()
    def nobody_is_in_two_states(self) -> None:
        """One registration a person, and what stands beside it says the same."""
        found = self._registrations()
        assert len({one.person_id for one in found}) == len(found)
        open_offers = Counter(db.session.scalars(select(Offer.registration_id).where(Offer.state == "open")))
        for one in found:
            assert (open_offers[one.id] == 1) == (one.state == "offered")
            assert (one.waiting_rank is not None) == (one.queue_id is not None) == (one.state == "waiting")
        standing = {one.id for one in found if one.state != "cancelled"}
        represented = {one.invitation_id: one.registration_id for one in db.session.scalars(select(Representation))}
        for invitation in db.session.scalars(select(Invitation).where(Invitation.event_id == self.event_id)):
            own = {one.id for one in found if one.invitation_id == invitation.id} & standing
            in_their_name = {represented.get(invitation.id)} & standing
            assert not (own and in_their_name)
            assert not own or invitation.state == "accepted"
            assert not in_their_name or invitation.state == "represented"

    @invariant()
    def ranks_only_grow(self) -> None:
        """No rank twice in a queue, none beyond the last, and the last never falls."""
        waiting = self._registrations("waiting")
        assert len({(one.queue_id, one.waiting_rank) for one in waiting}) == len(waiting)
        last = {one.id: one.last_rank for one in db.session.scalars(select(Queue).filter_by(event_id=self.event_id))}
        assert all(one.waiting_rank <= last[one.queue_id] for one in waiting)
        assert all(last[number] >= rank for number, rank in self.last_ranks.items())
        self.last_ranks = last

    @invariant()
    def every_letter_has_its_cause(self) -> None:
        """Who came to a new state was written to once, if there is where to; nobody else was."""
        letters = self._letters()
        new, states = letters - self.letters, {one.id: one.state for one in self._registrations()}
        changed = [one for one in self._registrations() if self.states.get(one.id) != one.state]
        expected = Counter((KINDS[one.state], one.public_id) for one in changed if one.state in KINDS and one.email)
        told = Counter({key: n for key, n in new.items() if key[0] in KINDS.values()})
        assert told == expected
        assert {subject for _kind, subject in new} <= {one.public_id for one in changed}
        self.letters, self.states = letters, states


def drive(factory: Factory, examples: int, steps: int) -> None:
    """Let hypothesis look for an order of steps that breaks a rule."""
    machine = type("HouseOfThisDatabase", (House,), {"factory": factory})
    # Shrinking would drive the database for minutes: the steps are printed as they were found.
    told = settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, phases=(Phase.reuse, Phase.generate)
    )
    run_state_machine_as_test(machine, settings=told)


@pytest.mark.usefixtures("app")
def test_no_order_of_answers_breaks_the_rules_of_seats(factory):
    drive(factory, 12, 25)


@pytest.mark.proof
@pytest.mark.usefixtures("app")
def test_no_order_of_many_breaks_the_rules_of_seats(factory):
    drive(factory, 250, 60)
