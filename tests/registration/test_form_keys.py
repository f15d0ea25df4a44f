"""A form sent twice is answered once: a double click, Back, a browser that sends again (scenario 5.3 step 2)."""

import re

import pytest

from app.clock import now
from app.directory.service import Names
from app.invitations import delegations
from app.invitations.delegations import DelegationFacts, MemberFacts
from app.invitations.service import link_token
from app.outbox.models import Message
from app.registration import service
from app.registration.models import Registration
from app.registration.queries import find_registration_of
from app.registration.service import SentBefore
from tests.databases import KEY
from tests.factories import INVITEE, ORGANISER


def test_the_same_form_gives_one_place_and_a_replay_changes_nothing(factory):
    invitation = factory.invitation()
    first = service.accept(invitation, by="link", actor=INVITEE, at=now(), form_key="a" * 26)
    with pytest.raises(SentBefore):
        service.accept(invitation, by="link", actor=INVITEE, at=now(), form_key="a" * 26)
    service.cancel_registration(first, actor=ORGANISER, at=now())
    with pytest.raises(SentBefore):
        service.decline(invitation, by="link", actor=INVITEE, at=now(), form_key="a" * 26)
    assert first.state == "cancelled"  # an old form does not bring it back
    assert service.accept(invitation, by="link", actor=INVITEE, at=now(), form_key="b" * 26).state == "confirmed"


def test_the_page_sends_its_key_and_a_replay_gets_the_same_page(client, factory, db_session):
    invitation = factory.invitation()
    client.get(f"/i/{link_token(invitation, KEY)}")
    page = client.get(f"/invitation/{invitation.public_id}/").text
    key = re.search(r'name="form_key" value="([^"]+)"', page)[1]
    form = {"answer": "attend", "form_key": key}
    answers = [client.post(f"/invitation/{invitation.public_id}/", data=form) for _ in range(2)]
    assert [(one.status_code, one.location) for one in answers] == [(303, answers[0].location)] * 2
    registration = find_registration_of(invitation.event_id, invitation.person_id)
    service.cancel_registration(registration, actor=ORGANISER, at=now())
    again = client.post(f"/invitation/{invitation.public_id}/", data=form)
    assert (again.status_code, again.location) == (303, answers[0].location)
    db_session.expire_all()
    assert registration.state == "cancelled"
    assert db_session.query(Message).filter_by(kind="confirmation").count() == 1


def test_a_delegation_s_form_sent_twice_registers_everyone_once_and_says_the_same(client, factory, db_session):
    event = factory.event(capacity=2)
    facts = DelegationFacts(name="Kharkiv", quota=2)
    made = delegations.add_delegation(event, event.categories[0], facts, secret=KEY, actor=ORGANISER, at=now())
    for family in ("Un", "Deux"):
        delegations.add_member(made, MemberFacts(Names("A", family)), actor=ORGANISER, at=now())
    client.get(f"/d/{delegations.link_token(made, KEY)}")
    page = client.get(f"/delegation/{made.public_id}/").text
    form = {"together": "all", "form_key": re.search(r'name="form_key" value="([^"]+)"', page)[1]}
    answers = [client.post(f"/delegation/{made.public_id}/places", data=form) for _ in range(2)]
    assert [(one.status_code, one.location) for one in answers] == [(303, answers[0].location)] * 2
    assert [one.state for one in db_session.query(Registration)] == ["confirmed"] * 2
    again = client.post(f"/delegation/{made.public_id}/places", data={**form, "form_key": "another"})
    assert again.status_code == 422  # another form, and everyone has a place
