"""Someone comes in the invited person's name (scenario 5.4)."""

import pytest

from app.badging.models import Badge
from app.badging.queries import find_active_badge
from app.clock import now
from app.database import db
from app.directory.models import Person
from app.directory.service import NameMissing, Names
from app.registration import service
from app.registration.queries import find_standing, place_in_queue
from app.registration.representatives import AlreadyComing, OneSelf, Representative
from tests.factories import INVITEE


def attend(invitation):
    return service.accept(invitation, by="link", actor=INVITEE, at=now())


def send_instead(invitation, given="Zoé", family="Yvon", email="zoe@example.org", quality="Adjointe"):
    who = Representative(Names(given, family), quality, email)
    return service.be_represented_by(invitation, who, by="link", actor=INVITEE, at=now())


def test_the_representative_takes_the_place_one_for_one(factory, letters):
    event = factory.event(capacity=1)
    invitation, next_one = factory.invitation(event), factory.invitation(event)
    own, waiting = attend(invitation), attend(next_one)
    code = find_active_badge(own.id).code
    other = send_instead(invitation)
    db.session.commit()
    assert (own.state, other.state, waiting.state) == ("cancelled", "confirmed", "waiting")
    assert find_active_badge(other.id).code != code
    assert db.session.query(Badge).filter_by(code=code).one().state == "revoked"
    assert letters(kind="confirmation")[-1].recipient == "zoe@example.org"
    assert invitation.state == "represented"


def test_the_representative_keeps_the_rank_in_the_queue(factory):
    event = factory.event(capacity=0)
    invitations = [factory.invitation(event) for _ in range(3)]
    for invitation in invitations:
        attend(invitation)
    assert place_in_queue(send_instead(invitations[1])) == 2


def test_naming_the_same_person_again_changes_nothing(factory, letters):
    invitation = factory.invitation()
    assert send_instead(invitation).id == send_instead(invitation).id
    db.session.commit()
    assert len(letters(kind="confirmation")) == 1


def test_naming_the_same_person_again_corrects_the_address(factory, letters):
    invitation = factory.invitation()
    send_instead(invitation, email="zeo@example.org")
    corrected = send_instead(invitation, email="zoe@example.org")
    db.session.commit()
    assert (corrected.email, corrected.sequence) == ("zoe@example.org", 1)
    assert letters(kind="confirmation")[-1].recipient == "zoe@example.org"


def test_another_representative_replaces_the_first(factory):
    invitation = factory.invitation(factory.event(capacity=1))
    first, second = send_instead(invitation), send_instead(invitation, "Ana", "Bel", "ana@example.org")
    assert (first.state, second.state) == ("cancelled", "confirmed")
    assert find_standing(invitation).registration.id == second.id


def test_who_comes_after_all_takes_the_place_back(factory):
    invitation = factory.invitation(factory.event(capacity=1))
    other, own = send_instead(invitation), attend(invitation)
    assert (other.state, own.state) == ("cancelled", "confirmed")


def test_the_same_representative_twice_over_is_one_person_in_the_directory(factory):
    invitation = factory.invitation()
    first = send_instead(invitation)
    attend(invitation)
    again = send_instead(invitation)
    assert again.id == first.id
    assert db.session.query(Person).filter_by(family_name="Yvon").count() == 1


def test_a_namesake_with_another_mailbox_is_another_person(factory):
    event = factory.event()
    factory.registration(event, factory.person("Philippe", "Laurent", email="maire@example.org"))
    other = send_instead(factory.invitation(event), "Philippe", "Laurent", "directeur@example.org")
    assert other.state == "confirmed"


@pytest.mark.parametrize("is_registered", [True, False])
def test_who_is_expected_already_represents_nobody(factory, is_registered):
    event = factory.event()
    person = factory.person("Ana", "Bel", email="ana@example.org")
    (factory.registration if is_registered else factory.invitation)(event, person)
    invitation = factory.invitation(event)
    with pytest.raises(AlreadyComing):
        send_instead(invitation, "ana", "BEL", "ANA@example.org")
    assert find_standing(invitation).registration is None


def test_nobody_represents_themselves(factory):
    invitation = factory.invitation(person=factory.person("Pia", "Imbs"))
    with pytest.raises(OneSelf):
        send_instead(invitation, "PIA", "imbs")


def test_a_representative_has_a_name(factory):
    with pytest.raises(NameMissing):
        send_instead(factory.invitation(), " ", "")
