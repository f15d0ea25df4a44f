"""Every form of a guest or of a contact bears its key and the instant it was opened (scenarios 5.2.2, 5.3.2)."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from app.clock import now
from app.database import db
from app.directory.service import Names
from app.invitations import delegations
from app.invitations.delegations import DelegationFacts, MemberFacts
from app.invitations.service import link_token
from app.registration import companions, delegating, mailbox_proof, representation_requests, service
from app.registration.life import LateRequest
from app.registration.models import Registration, RepresentationRequest
from app.registration.queries import list_companions
from app.registration.representatives import Representative
from app.registration.session_models import SessionPlace
from tests.databases import KEY
from tests.factories import INVITEE, ORGANISER
from tests.registration.workshops import workshop

OPENED, CLOSED = datetime(2025, 11, 6, 22, 58, tzinfo=UTC), datetime(2025, 11, 6, 23, 0, tzinfo=UTC)
JUST_LATE = CLOSED + timedelta(seconds=5)
FORM = re.compile(r'<form[^>]*method="post"[^>]*action="([^"]*)"[^>]*>(.*?)</form>', re.DOTALL)
FIELD = re.compile(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"')
# Nothing is answered, chosen or asked there: a code that is mailed, the language, signing out.
BESIDE = re.compile(r"/code|/language|/sign-out")


@pytest.fixture
def clock(frozen):
    """Two minutes before answers close."""
    return frozen(OPENED)


@pytest.fixture
def event(factory, clock):
    starts_at = datetime(2025, 11, 18, 16, 30, tzinfo=UTC)
    return factory.event(starts_at=starts_at, deadline=date(2025, 11, 7), grace_minutes=5)


@pytest.fixture
def delegation(event):
    facts = DelegationFacts(name="Kharkiv", quota=3, contact_email="contact@example.org")
    made = delegations.add_delegation(event, event.categories[0], facts, secret=KEY, actor=ORGANISER, at=now())
    delegations.add_member(made, MemberFacts(Names("A", "Un")), actor=ORGANISER, at=now())
    db.session.commit()
    return made


@pytest.fixture
def contact(client, delegation):
    client.get(f"/d/{delegations.link_token(delegation, KEY)}")
    return client


def with_companion(factory, event):
    invitation = factory.invitation(event)
    invitation.companions_allowed = 1
    db.session.commit()
    return invitation


def prove(client, invitation):
    """The guest types the digits that came by mail."""
    client.get(f"/i/{link_token(invitation, KEY)}")
    code = mailbox_proof.ask(invitation, secret=KEY, at=now())
    db.session.commit()
    digits = mailbox_proof.digits(invitation.public_id, code.number, secret=KEY)
    assert client.post(f"/invitation/{invitation.public_id}/code/check", data={"digits": digits}).status_code == 303


def forms_in(page):
    """Address → hidden fields, of each form that posts."""
    found = [(action, dict(FIELD.findall(inside))) for action, inside in FORM.findall(page.text)]
    return {action: fields for action, fields in found if not BESIDE.search(action)}


def sent(client, page, ending, **typed):
    """What the form whose address ends so sends, typed fields added; CSRF left to the test client."""
    action, fields = next((a, f) for a, f in forms_in(page).items() if a.endswith(ending))
    return action, {**{name: value for name, value in fields.items() if name != "csrf_token"}, **typed}


def test_every_form_of_a_guest_bears_its_key_and_when_it_was_opened(client, event, factory):
    invitation = with_companion(factory, event)
    workshop(event)
    there = f"/invitation/{invitation.public_id}"
    client.get(f"/i/{link_token(invitation, KEY)}")
    pages = [client.get(f"{there}/{step}") for step in ("", "?answer=decline", "?answer=represented", "?answer=attend")]
    pages.append(client.get(f"{there}/someone-else"))
    service.accept(invitation, by="link", actor=INVITEE, at=now())
    asker = Representative(Names("Paul", "Autre"), "Adjoint", "paul@example.org")
    representation_requests.ask(invitation, asker, message="", at=now())
    prove(client, invitation)
    pages += [client.get(f"{there}/{where}") for where in ("companions", "programme", "", "answered")]
    forms = [(action, fields) for page in pages for action, fields in forms_in(page).items()]
    assert len(forms) >= 8
    assert [action for action, fields in forms if not {"form_key", "opened"} <= fields.keys()] == []
    keys = [fields["form_key"] for _action, fields in forms]
    assert len(set(keys)) == len(keys)


def test_every_form_of_a_contact_bears_its_key_and_when_it_was_opened(contact, delegation):
    there = f"/delegation/{delegation.public_id}/"
    member = delegation.members[0].public_id
    pages = [contact.get(there), contact.get(f"{there}members/{member}/replace")]
    forms = [(action, fields) for page in pages for action, fields in forms_in(page).items()]
    assert len(forms) == 5  # name, ask, remove, decline; replace
    assert [action for action, fields in forms if not {"form_key", "opened"} <= fields.keys()] == []


@pytest.mark.parametrize(("second", "is_taken"), [(299, True), (300, False)])
@pytest.mark.parametrize("ending", ["/members", "/places", "/remove", "/decline"])
def test_a_contact_who_was_typing_has_the_grace_to_the_second(contact, delegation, clock, ending, second, is_taken):
    page = contact.get(f"/delegation/{delegation.public_id}/")
    action, fields = sent(contact, page, ending, role="member", family_name="Deux", given_name="B", together="some")
    clock.move_to(CLOSED + timedelta(seconds=second))
    before = len(delegation.members), delegation.state
    told = contact.post(action, data=fields, follow_redirects=True)
    db.session.expire_all()
    is_done = (len(delegation.members), delegation.state) != before
    assert is_done is is_taken, told.text


def test_a_contact_who_opened_the_form_late_has_no_grace(contact, delegation, clock, factory, event):
    page = contact.get(f"/delegation/{delegation.public_id}/")
    _action, fields = sent(contact, page, "/members")
    other = factory.invitation(event)
    contact.get(f"/i/{link_token(other, KEY)}")
    of_another = dict(FIELD.findall(contact.get(f"/invitation/{other.public_id}/").text))["opened"]
    clock.move_to(JUST_LATE)
    for mark in ("", of_another, f"{int(OPENED.timestamp())}"):
        typed = {**fields, "opened": mark, "role": "member", "family_name": "Deux"}
        late = contact.post(f"/delegation/{delegation.public_id}/members", data=typed)
        assert late.status_code == 422
        assert "form_key" not in forms_in(late)
    assert len(delegation.members) == 1


def test_a_request_to_come_instead_has_the_grace(client, event, factory, clock):
    invitation = factory.invitation(event)
    client.get(f"/i/{link_token(invitation, KEY)}")
    page = client.get(f"/invitation/{invitation.public_id}/someone-else")
    typed = {"given_name": "Paul", "family_name": "Autre", "quality": "Adjoint", "email": "paul@example.org"}
    action, fields = sent(client, page, "/someone-else", **typed)
    clock.move_to(JUST_LATE)
    assert client.post(action, data=fields).status_code == 303
    assert db.session.query(RepresentationRequest).count() == 1
    representation_requests.refuse(db.session.query(RepresentationRequest).one(), actor=ORGANISER, at=now())
    db.session.commit()
    assert client.post(action, data=fields).status_code == 303  # a replay asks nothing anew
    assert [one.state for one in db.session.query(RepresentationRequest)] == ["refused"]


@pytest.mark.parametrize("ending", ["/members", "/replace", "/remove", "/decline"])
def test_a_contact_s_form_sent_twice_is_done_once_and_answers_the_same(contact, delegation, ending):
    there = f"/delegation/{delegation.public_id}/"
    if ending == "/replace":
        page = contact.get(f"{there}members/{delegation.members[0].public_id}/replace")
    else:
        page = contact.get(there)
    action, fields = sent(contact, page, ending, role="member", family_name="Deux", given_name="B")
    first = contact.post(action, data=fields)
    after = [one.full_name for one in delegation.members], delegation.state
    # The organiser goes on meanwhile: the replay takes nothing of it back.
    delegating.ask_for_places(delegation, is_all_or_nothing=False, actor=ORGANISER, at=now()) if after[0] else None
    db.session.commit()
    state, seated = delegation.state, db.session.query(Registration).count()
    again = contact.post(action, data=fields)
    assert (again.status_code, again.location) == (first.status_code, first.location) == (303, there)
    db.session.expire_all()
    assert [one.full_name for one in delegation.members] == after[0]
    assert (delegation.state, db.session.query(Registration).count()) == (state, seated)


def test_the_names_of_companions_sent_again_take_back_nothing(client, event, factory):
    invitation = with_companion(factory, event)
    service.accept(invitation, by="link", actor=INVITEE, at=now())
    prove(client, invitation)
    page = client.get(f"/invitation/{invitation.public_id}/companions")
    typed = {"people-0-given_name": "Paul", "people-0-family_name": "Un"}
    action, fields = sent(client, page, "/companions", **typed)
    assert client.post(action, data=fields).status_code == 303
    companions.name_companions(invitation, [Names("Anne", "Deux")], actor=ORGANISER, at=now())
    db.session.commit()
    assert client.post(action, data=fields).status_code == 303
    db.session.expire_all()
    assert [one.registration.person.full_name for one in list_companions(invitation.id)] == ["Anne Deux"]


def test_a_session_chosen_again_by_an_old_form_is_not_chosen(client, event, factory):
    invitation, session = factory.invitation(event), workshop(event)
    service.accept(invitation, by="link", actor=INVITEE, at=now())
    prove(client, invitation)
    there = f"/invitation/{invitation.public_id}/programme"
    choose = sent(client, client.get(there), "/choose")
    client.post(choose[0], data=choose[1])
    leave = sent(client, client.get(there), "/leave")
    client.post(leave[0], data=leave[1])
    client.post(choose[0], data=choose[1])
    place = db.session.query(SessionPlace).filter_by(session_id=session.id).one()
    assert place.state == "cancelled"
    again = sent(client, client.get(there), "/choose")
    client.post(again[0], data=again[1])
    db.session.expire_all()
    assert place.state == "confirmed"


def test_a_late_request_sent_again_after_the_decision_is_not_asked_anew(client, event, factory, clock):
    invitation = factory.invitation(event)
    clock.move_to(CLOSED + timedelta(hours=1))
    client.get(f"/i/{link_token(invitation, KEY)}")
    page = client.get(f"/invitation/{invitation.public_id}/late")
    action, fields = sent(client, page, "/late", answer="attend", step="asked")
    assert client.post(action, data=fields).status_code == 303
    request = db.session.query(LateRequest).one()
    request.state = "refused"
    db.session.commit()
    assert client.post(action, data=fields).status_code == 303
    assert db.session.query(LateRequest).count() == 1
