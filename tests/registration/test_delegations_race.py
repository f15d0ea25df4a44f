"""Delegations that ask for the last places all at once, together or not at all, on both databases.

All threads meet where confirmed places are counted, as in test_seats_race.py; the negative control
takes the lock away and must oversell.
"""

import pytest

from app.clock import now
from app.database import db
from app.directory.service import Names
from app.events.models import Event
from app.invitations import delegations
from app.invitations.delegation import Delegation
from app.invitations.delegations import DelegationFacts, MemberFacts
from app.registration import delegating, seats
from app.registration.seats import NotTogether
from tests.databases import KEY
from tests.factories import INVITEE, ORGANISER
from tests.meeting import Meeting
from tests.registration.test_seats_race import at_once, count_state

ASKING, MEMBERS, SEATS = 8, 4, 10


@pytest.fixture
def house(factory) -> list[int]:
    """The ids of ASKING delegations of MEMBERS each, at an event with SEATS places."""
    event = factory.event(capacity=SEATS)
    made = [_delegation(event, number) for number in range(ASKING)]
    db.session.commit()
    return [one.id for one in made]


def _delegation(event: Event, number: int) -> Delegation:
    facts = DelegationFacts(name=f"Délégation {number}", quota=MEMBERS)
    made = delegations.add_delegation(event, event.categories[0], facts, secret=KEY, actor=ORGANISER, at=now())
    for given in ("Ana", "Bohdan", "Clara", "Dmytro"):
        member = MemberFacts(Names(given, f"Koval-{number}"))
        delegations.add_member(made, member, actor=INVITEE, at=now())
    return made


@pytest.fixture
def meeting(monkeypatch) -> Meeting:
    """Everyone waits for the others after counting."""
    met = Meeting(ASKING)
    monkeypatch.setattr(seats, "count_taken", met.after(seats.count_taken))
    return met


def asking(number: int):
    def ask() -> object:
        found = db.session.get_one(Delegation, number)
        return delegating.ask_for_places(found, is_all_or_nothing=True, actor=INVITEE, at=now())

    return ask


@pytest.mark.usefixtures("meeting")
def test_whole_delegations_are_seated_as_long_as_they_fit(app, house):
    errors = at_once(app, [asking(number) for number in house])
    seated = SEATS // MEMBERS
    assert count_state("confirmed") == seated * MEMBERS
    assert count_state("waiting") == 0
    assert [type(error) for error in errors] == [NotTogether] * (ASKING - seated)
    states = [delegating.count_standings(one.event, [one])[one.id] for one in db.session.query(Delegation)]
    assert {tuple(sorted(one)) for one in states} == {("confirmed",), ("named",)}  # nobody came in half


def test_negative_control_without_the_lock_it_oversells(app, house, meeting, monkeypatch):
    meeting.without_lock(monkeypatch, seats, "lock_scarce")
    at_once(app, [asking(number) for number in house])
    assert count_state("confirmed") > SEATS


def test_one_request_sent_twice_at_once_registers_everyone_once(app, house):
    at_once(app, [asking(house[0])] * 4)
    assert count_state("confirmed") == MEMBERS
