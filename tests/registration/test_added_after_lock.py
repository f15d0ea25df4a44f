"""Whoever a guest or a contact adds once security has the list waits for the organiser (domain 2.7, scenario 5.4.3)."""

import pytest

from app.audit.queries import list_entries_of
from app.clock import now
from app.database import db
from app.directory.service import Names
from app.invitations import delegations
from app.invitations.delegations import DelegationFacts, MemberFacts
from app.outbox.composing import compose
from app.outbox.models import Message
from app.overview.queries import event_state
from app.overview.today import decisions
from app.registration import after_lock, companions, delegating, security_list, service, triage
from app.registration.representation_requests import AlreadyDecided
from app.registration.seat_models import HeldPlaces
from app.registration.seat_queries import count_taken
from tests.databases import KEY
from tests.factories import INVITEE, ORGANISER

ANNE, PAUL = Names("Anne", "Martin"), Names("Paul", "Petit")


@pytest.fixture
def event(factory):
    return factory.event(capacity=4)


@pytest.fixture
def guest(factory, event):
    """Comes, with one person allowed to come along."""
    invitation = factory.invitation(event)
    invitation.companions_allowed = 2
    service.accept(invitation, by="link", actor=INVITEE, at=now())
    db.session.commit()
    return invitation


@pytest.fixture
def delegation(event):
    facts = DelegationFacts(name="Kharkiv", quota=3, contact_email="contact@example.org")
    made = delegations.add_delegation(event, event.categories[0], facts, secret=KEY, actor=ORGANISER, at=now())
    db.session.commit()
    return made


def lock(event):
    made = security_list.lock(event, recipient="Préfecture", seen=0, language="fr", actor=ORGANISER, at=now())
    db.session.commit()
    return made


def along(guest, *names, actor=INVITEE):
    named = companions.name_companions(guest, names, actor=actor, at=now())
    db.session.commit()
    return [one.registration for one in named]


def name(delegation, given, email=""):
    facts = MemberFacts(Names(given, "Koval"), email=email)
    return delegations.add_member(delegation, facts, actor=INVITEE, at=now())


def ask(delegation, actor=INVITEE):
    found = delegating.ask_for_places(delegation, is_all_or_nothing=False, actor=actor, at=now())
    db.session.commit()
    return [one.registration for one in found]


def kinds(registration):
    return [one.kind for one in db.session.query(Message).filter_by(subject_id=registration.public_id)]


def held(event):
    return sum(count_taken(event.id).held.values())


def test_before_the_lock_nobody_waits(event, guest, delegation):
    name(delegation, "Iryna")
    assert [one.state for one in (*along(guest, ANNE), *ask(delegation))] == ["confirmed"] * 2
    assert after_lock.list_held_back(event) == []


def test_a_companion_added_after_the_lock_waits_and_is_let_in_with_one_letter_each(event, guest):
    first = lock(event)
    (anne,) = along(guest, ANNE)
    assert anne.state == "pending"
    assert kinds(anne) == ["pending"]
    assert "sûreté" in compose(db.session.query(Message).filter_by(kind="pending").one()).text
    assert [(one.registration, one.invitation) for one in after_lock.list_held_back(event)] == [(anne, guest)]
    assert security_list.changes_since_last(event) == []

    after_lock.let_come(anne, actor=ORGANISER, at=now())
    db.session.commit()
    assert anne.state == "confirmed"
    assert kinds(anne) == ["pending", "confirmation"]
    assert [one.kind for one in security_list.changes_since_last(event)] == ["added"]
    assert first.people.keys() == {guest_place(guest).public_id}
    assert next(entry.action for entry in list_entries_of(anne.public_id)) == "registration.confirmed"
    with pytest.raises(AlreadyDecided):
        after_lock.send_away(anne, actor=ORGANISER, at=now())


def guest_place(guest):
    return security_list.list_registrations(guest.event, state="confirmed")[0]


def test_who_the_organiser_adds_does_not_wait(event, guest, delegation):
    lock(event)
    name(delegation, "Iryna")
    added = (*along(guest, ANNE, actor=ORGANISER), *ask(delegation, actor=ORGANISER))
    assert [one.state for one in added] == ["confirmed"] * 2


def test_the_seat_of_a_replaced_companion_is_kept_until_the_decision(event, factory, guest):
    along(guest, ANNE)
    lock(event)
    rivals = [factory.invitation(event) for _ in range(3)]
    (paul,) = along(guest, PAUL)
    assert (paul.state, held(event)) == ("pending", 1)
    seated = [service.accept(one, by="link", actor=INVITEE, at=now()).state for one in rivals]
    assert seated == ["confirmed", "confirmed", "waiting"]  # four places: guest, the one kept, two more

    after_lock.let_come(paul, actor=ORGANISER, at=now())
    db.session.commit()
    assert (paul.state, held(event)) == ("confirmed", 0)
    assert db.session.query(HeldPlaces).count() == 0


@pytest.mark.parametrize("how", ["refused", "taken back", "by triage", "given up with the guest"])
def test_a_seat_kept_in_vain_goes_to_who_waits(event, factory, guest, how):
    along(guest, ANNE)
    event.capacity = 2
    lock(event)
    (paul,) = along(guest, PAUL)
    rival = service.accept(factory.invitation(event), by="link", actor=INVITEE, at=now())
    assert (rival.state, held(event)) == ("waiting", 1)
    if how == "refused":
        after_lock.send_away(paul, actor=ORGANISER, at=now())
        assert kinds(paul) == ["pending", "place_refused"]
    elif how == "taken back":
        along(guest)
    elif how == "by triage":
        triage.decide(event, [paul], triage.Wish("refuse"), actor=ORGANISER, at=now())
    else:
        service.decline(guest, by="link", actor=INVITEE, at=now())
    db.session.commit()
    assert (rival.state, held(event)) == ("confirmed", 0)


def test_a_pending_companion_replaced_again_passes_the_seat_kept(event, guest):
    along(guest, ANNE)
    event.capacity = 2
    lock(event)
    along(guest, PAUL)
    (third,) = along(guest, Names("Zoé", "Roux"))
    assert (third.state, held(event)) == ("pending", 1)
    (fourth,) = along(guest, Names("Luc", "Noir"), actor=ORGANISER)
    assert (fourth.state, held(event)) == ("confirmed", 0)


def test_members_asked_for_or_replaced_after_the_lock_wait_and_the_contact_reads_so(event, guest, delegation):
    member = name(delegation, "Iryna", "iryna@example.org")
    ask(delegation)
    lock(event)
    delegating.replace_member(member, MemberFacts(Names("Olha", "Koval")), actor=INVITEE, at=now())
    name(delegation, "Petro")
    states = {one.person.given_name: one.state for one in ask(delegation)}
    assert (states, held(event)) == ({"Olha": "pending", "Petro": "pending"}, 1)
    assert [one.delegation for one in after_lock.list_held_back(event)] == [delegation] * 2
    last = db.session.query(Message).filter_by(kind="delegation_places").order_by(Message.id.desc()).first()
    assert compose(last).text.count("À décider par l’organisateur") == 2

    olha, petro = (one.registration for one in after_lock.list_held_back(event))
    before = db.session.query(Message).filter_by(kind="delegation_places").count()
    after_lock.let_come(olha, actor=ORGANISER, at=now())
    after_lock.send_away(petro, actor=ORGANISER, at=now())
    db.session.commit()
    assert (olha.state, petro.state, held(event)) == ("confirmed", "refused", 0)
    assert db.session.query(Message).filter_by(kind="delegation_places").count() > before


def test_the_page_of_requests_lists_them_and_today_counts_them(organiser_client, event, guest):
    lock(event)
    (anne,) = along(guest, ANNE)
    assert event_state(event).added == 1
    with organiser_client.application.test_request_context():
        assert any("sûreté" in one.title for one in decisions(event, event_state(event), now()))
    page = organiser_client.get(f"/organise/{event.slug}/registrations/requests").text
    assert "MARTIN" in page
    there = f"/organise/{event.slug}/registrations/requests/people/{anne.public_id}/grant"
    assert organiser_client.post(there).status_code == 303
    db.session.expire_all()
    assert (anne.state, event_state(event).added) == ("confirmed", 0)
    assert organiser_client.post(there).status_code == 409
    mine = guest_place(guest)
    other = f"/organise/{event.slug}/registrations/requests/people/{mine.public_id}/refuse"
    assert organiser_client.post(other).status_code in (404, 409)
    assert mine.state == "confirmed"


def test_today_says_that_security_does_not_know_of_a_change_until_the_event_begins(app, factory, event, guest):
    with app.test_request_context():
        lock(event)
        assert event_state(event).unlocked == 0
        factory.registration(event)
        state = event_state(event)
        assert state.unlocked == 1
        assert any("verrouill" in one.title for one in decisions(event, state, now()))
        assert not any("verrouill" in one.title for one in decisions(event, state, event.starts_at))


def test_today_counts_nobody_twice_where_acceptances_are_decided_one_by_one(app, event, guest):
    event.categories[0].needs_approval = True
    lock(event)
    along(guest, ANNE)
    with app.test_request_context():
        state = event_state(event)
    assert (state.added, state.pending) == (1, 0)
