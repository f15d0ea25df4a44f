"""Who comes along: each named, each with a place of their own (domain 2.9)."""

import pytest

from app.badging.queries import find_active_badge
from app.clock import now
from app.database import db
from app.directory.service import Names
from app.invitations.service import link_token
from app.registration import companions, service
from app.registration.cancelling import cancel
from app.registration.companions import NotComing, TooManyCompanions
from app.registration.models import Companion, Registration
from app.registration.queries import list_companions
from app.registration.representatives import AlreadyComing, Representative
from tests.databases import KEY
from tests.factories import INVITEE, ORGANISER
from tests.registration.proving import prove


@pytest.fixture
def invitation(factory):
    made = factory.invitation(factory.event(capacity=3), email="pia@example.org")
    made.companions_allowed = 2
    db.session.commit()
    return made


def attend(invitation):
    return service.accept(invitation, by="link", actor=INVITEE, at=now())


def bring(invitation, *given):
    names = [Names(one, "Roux") for one in given]
    return companions.name_companions(invitation, names, actor=INVITEE, at=now())


def standing(invitation):
    return [(c.registration.person.given_name, c.registration.state) for c in list_companions(invitation.id)]


def test_each_has_a_place_a_code_and_a_letter_to_the_mailbox_of_the_invitation(invitation, letters):
    attend(invitation)
    bring(invitation, "Ana", "Bruno")
    db.session.commit()
    assert standing(invitation) == [("Ana", "confirmed"), ("Bruno", "confirmed")]
    assert all(find_active_badge(one.registration_id) for one in list_companions(invitation.id))
    assert [letter.recipient for letter in letters(kind="confirmation")] == ["pia@example.org"] * 3
    assert [letter.recipient_name for letter in letters(kind="confirmation")][1:] == ["Ana Roux", "Bruno Roux"]


def test_they_take_places_like_everyone_and_wait_like_everyone(invitation, factory):
    factory.registration(invitation.event)
    attend(invitation)
    bring(invitation, "Ana", "Bruno")
    assert standing(invitation) == [("Ana", "confirmed"), ("Bruno", "waiting")]


def test_no_more_than_allowed_and_only_with_somebody_who_comes(invitation):
    with pytest.raises(NotComing):
        bring(invitation, "Ana")
    attend(invitation)
    with pytest.raises(TooManyCompanions):
        bring(invitation, "Ana", "Bruno", "Clara")


def test_somebody_expected_already_does_not_come_twice(invitation, factory):
    factory.registration(invitation.event, factory.person("Ana", "Roux"))
    attend(invitation)
    with pytest.raises(AlreadyComing):
        bring(invitation, "Ana")


def test_another_name_takes_the_place_over_and_the_same_name_keeps_it(invitation, factory):
    attend(invitation)
    bring(invitation, "Ana", "Bruno")
    kept = list_companions(invitation.id)[1].registration_id
    waiting = factory.registration(invitation.event)
    bring(invitation, "bruno", "Clara")
    assert standing(invitation) == [("Bruno", "confirmed"), ("Clara", "confirmed")]
    assert list_companions(invitation.id)[0].registration_id == kept
    assert waiting.state == "waiting"
    bring(invitation, "Clara")
    assert waiting.state == "confirmed"


@pytest.mark.parametrize("how", ["declines", "is represented", "is cancelled"])
def test_they_leave_with_the_person_invited(invitation, factory, how):
    own = attend(invitation)
    bring(invitation, "Ana", "Bruno")
    waiting = [factory.registration(invitation.event) for _ in range(3)]
    if how == "declines":
        service.decline(invitation, by="link", actor=INVITEE, at=now())
    elif how == "is represented":
        who = Representative(Names("Zoé", "Yvon"), "Adjointe", "zoe@example.org")
        service.be_represented_by(invitation, who, by="link", actor=INVITEE, at=now())
    else:
        cancel(own, actor=ORGANISER, at=now())
    assert db.session.query(Companion).count() == 0
    seated = 2 if how == "is represented" else 3
    assert [one.state for one in waiting].count("confirmed") == seated
    assert db.session.query(Registration).filter_by(state="confirmed").count() == 3  # never one more


def test_the_organiser_sees_with_whom_somebody_comes(organiser_client, invitation):
    attend(invitation)
    bring(invitation, "Ana")
    (one,) = list_companions(invitation.id)
    page = organiser_client.get(f"/organise/{invitation.event.slug}/registrations/{one.registration.public_id}").text
    assert f"/guests/{invitation.public_id}" in page


def test_a_companion_cancelled_leaves_alone(invitation):
    own = attend(invitation)
    bring(invitation, "Ana", "Bruno")
    cancel(list_companions(invitation.id)[0].registration, actor=ORGANISER, at=now())
    assert standing(invitation) == [("Bruno", "confirmed")]
    assert (own.state, invitation.state) == ("confirmed", "accepted")


def rows(*names):
    found = {"answer": "attend"}
    for number, (given, family) in enumerate(names):
        found[f"people-{number}-given_name"], found[f"people-{number}-family_name"] = given, family
    return found


def test_they_are_named_with_the_answer_and_changed_with_a_code(client, invitation):
    client.get(f"/i/{link_token(invitation, KEY)}")
    there = f"/invitation/{invitation.public_id}/"
    step = client.post(there, data={"answer": "attend"})
    assert step.location == f"{there}?answer=attend"
    page = client.get(step.location).text
    assert 'name="people-1-family_name"' in page
    assert 'name="people-2-family_name"' not in page
    assert client.post(there, data=rows(("Ana", "Roux"), ("", ""))).status_code == 303
    assert standing(invitation) == [("Ana", "confirmed")]
    assert client.post(there, data=rows(("Zorro", "Vega"), ("", ""))).status_code == 303  # a second person: no change
    assert standing(invitation) == [("Ana", "confirmed")]
    assert "Roux".upper() not in client.get(f"{there}answered").text
    along = f"{there}companions"
    assert client.post(along, data=rows(("Bruno", "Roux"), ("", ""))).location.endswith("/code")
    prove(client, invitation)
    assert "ROUX" in client.get(f"{there}answered").text
    assert 'value="Ana"' in client.get(along).text
    assert client.post(along, data=rows(("Ana", "Roux"), ("Bruno", "Roux"))).status_code == 303
    assert standing(invitation) == [("Ana", "confirmed"), ("Bruno", "confirmed")]


def test_a_refusal_keeps_every_name(client, invitation, factory):
    factory.registration(invitation.event, factory.person("Ana", "Roux"))
    client.get(f"/i/{link_token(invitation, KEY)}")
    found = client.post(f"/invitation/{invitation.public_id}/", data=rows(("Bruno", "Roux"), ("Ana", "Roux")))
    assert found.status_code == 422
    assert 'value="Bruno"' in found.text
    db.session.refresh(invitation)
    assert (invitation.state, standing(invitation)) == ("sent", [])
