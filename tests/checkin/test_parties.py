"""People who came together: companions one by one, delegations off a list."""

import pytest
from sqlalchemy import select

from app.checkin.models import Scan
from app.checkin.parties import NobodyTicked, admit_party, party_of
from app.checkin.service import DocumentMissing, Passage
from app.clock import now
from app.database import db
from app.directory.service import Names
from app.registration.companions import name_companions
from tests.checkin.programs import Program
from tests.factories import INVITEE, evening


@pytest.fixture
def event(make_event):
    return make_event(starts_at=evening(0), deadline=None)


@pytest.fixture
def guest(event, make_registration):
    guest = make_registration(event)
    guest.invitation.companions_allowed = 2
    name_companions(guest.invitation, [Names("Anne", "Fixture"), Names("Bruno", "Fixture")], actor=INVITEE, at=now())
    db.session.commit()
    return guest


@pytest.fixture
def passage(event, make_device):
    return Passage(make_device(event, "Porte 1"), "n-1", "search", "Agent", now())


def names(people):
    return [one.person.given_name for one in people]


def test_who_came_along_is_one_party_from_whomever_one_looks(guest):
    people = party_of(guest).people
    assert names(people) == ["Camille", "Anne", "Bruno"]
    assert set(names(party_of(people[2]).people)) == {"Camille", "Anne", "Bruno"}
    assert names(party_of(people[2]).people)[0] == "Bruno"


def test_each_of_those_ticked_has_a_passage_of_their_own(event, guest, passage):
    party = party_of(guest)
    ticked = {one.public_id for one in party.people[:2]}

    first = admit_party(event, party, ticked, passage)
    again = admit_party(event, party, ticked, passage)

    assert [v.result for v in first] == [v.result for v in again] == ["admitted", "admitted"]
    assert len(db.session.scalars(select(Scan)).all()) == 2


def test_nobody_ticked_is_nobody_let_in(event, guest, passage):
    with pytest.raises(NobodyTicked):
        admit_party(event, party_of(guest), set(), passage)


def test_where_identities_are_checked_the_document_is_asked_for(event, guest, passage):
    event.id_check = True
    party = party_of(guest)
    ticked = {one.public_id for one in party.people}
    with pytest.raises(DocumentMissing):
        admit_party(event, party, ticked, passage)
    assert {v.result for v in admit_party(event, party, ticked, passage, document="passport")} == {"admitted"}


def test_somebody_alone_is_a_party_of_one(event, make_registration):
    alone = make_registration(event)
    assert party_of(alone).people == (alone,)


def test_the_list_is_ticked_on_the_page_of_the_desk(app, event, guest):
    phone = Program(app, event)
    browser = app.test_client()
    browser.set_cookie("parvis_desk", phone.token)
    address = f"/desk/{event.slug}/at/{phone.device}/party/{guest.public_id}"
    people = [one.public_id for one in party_of(guest).people]

    assert browser.get(address).text.count('type="checkbox"') == 3
    assert browser.post(address, data={"nonce": "n-1"}).status_code == 422
    done = browser.post(address, data={"nonce": "n-2", "people": people[:2]}, headers={"Accept-Language": "en"})

    assert done.text.count("Admitted") == 2
    assert done.text.count('type="checkbox"') == 1
