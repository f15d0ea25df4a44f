"""Who comes along, instead or in a delegation tells needs of their own, with consents of their own (domain 3.18)."""

import re
from datetime import timedelta

import pytest

from app.clock import now
from app.database import db
from app.directory.service import Names
from app.events.asking import set_asked
from app.outbox.composing import compose
from app.outbox.models import Message
from app.registration import companions, consents, own_link, service
from app.registration.life_queries import list_consents
from app.registration.representatives import Representative
from tests.databases import KEY
from tests.factories import INVITEE, ORGANISER

ZOE = Representative(Names("Zoé", "Martin"), "Adjointe", "zoe@example.org")


@pytest.fixture
def event(factory):
    event = factory.event()
    set_asked(event, ("access", "diet", "photo"), actor=ORGANISER, at=now())
    db.session.commit()
    return event


@pytest.fixture
def guest(factory, event):
    invitation = factory.invitation(event)
    invitation.companions_allowed = 1
    service.accept(invitation, by="link", actor=INVITEE, at=now())
    db.session.commit()
    return invitation


@pytest.fixture
def anne(guest):
    (made,) = companions.name_companions(guest, [Names("Anne", "Petit")], actor=INVITEE, at=now())
    db.session.commit()
    return made.registration


@pytest.fixture
def page(client, anne):
    """The page of Anne's link, opened."""
    opened = client.get(own_link.own_path(anne, KEY))
    assert (opened.status_code, opened.location) == (302, f"/needs/{anne.public_id}")
    return opened.location


def link_in(app, registration):
    with app.test_request_context():
        message = db.session.query(Message).filter_by(kind="confirmation", subject_id=registration.public_id).one()
        letter = compose(message)
    found = re.search(r"/n/\S+", letter.text)
    assert bool(found) == ("/n/" in letter.html)
    return found.group() if found else ""


def test_the_confirmation_of_who_comes_along_or_instead_has_their_own_link(app, guest, anne, event, factory):
    assert link_in(app, anne) == own_link.own_path(anne, KEY)
    assert link_in(app, service.find_registration_of(event.id, guest.person_id)) == ""
    zoe = service.be_represented_by(factory.invitation(event), ZOE, by="link", actor=INVITEE, at=now())
    db.session.commit()
    assert link_in(app, zoe) == own_link.own_path(zoe, KEY)
    set_asked(event, (), actor=ORGANISER, at=now())
    assert not own_link.has_own_link(zoe)


def test_needs_are_kept_as_theirs_and_never_shown_again(client, guest, anne, page, event):
    refused = client.post(page, data={"diet": "Sans gluten"})
    assert (refused.status_code, "Sans gluten" in refused.text) == (422, True)
    assert client.post(page, data={"diet": "Sans gluten", "needs_agreed": "y", "photo": "y"}).status_code == 303
    held = list_consents(anne.id)
    assert {kind: one.text for kind, one in held.items()} == {"diet": "Sans gluten", "photo": ""}
    assert held["diet"].version == consents.VERSION
    assert list_consents(service.find_registration_of(event.id, guest.person_id).id) == {}
    again = client.get(page).text
    assert "Sans gluten" not in again
    assert "erase_diet" in again
    assert "checked" in again  # the photograph, which tells of nothing


def test_an_empty_field_keeps_what_was_said_and_it_is_taken_back_by_a_tick(client, anne, page):
    client.post(page, data={"diet": "Sans gluten", "needs_agreed": "y"})
    client.post(page, data={"diet": ""})
    assert set(list_consents(anne.id)) == {"diet"}
    client.post(page, data={"erase_diet": "y"})
    assert list_consents(anne.id) == {}


def test_a_link_opens_for_its_person_alone_and_ends_with_the_place(client, guest, anne, factory, event):
    other = factory.registration(event)
    token = own_link.own_token(anne, KEY)
    for wrong in (f"/n/{anne.public_id}/{'x' * 26}", f"/n/{other.public_id}/{token}", f"/n/nobody/{token}"):
        assert client.get(wrong).status_code == 404
    assert client.get(f"/needs/{anne.public_id}").status_code == 404  # not opened here
    client.get(own_link.own_path(anne, KEY))
    assert client.get(f"/needs/{anne.public_id}").status_code == 200
    companions.name_companions(guest, [], actor=INVITEE, at=now())
    db.session.commit()
    assert client.get(f"/needs/{anne.public_id}").status_code == 404
    assert client.get(own_link.own_path(anne, KEY)).status_code == 404


def test_once_the_event_is_over_nothing_is_asked_any_more(client, anne, page, event, frozen):
    frozen(event.starts_at + timedelta(days=2))
    client.get(own_link.own_path(anne, KEY))
    assert "needs_agreed" not in client.get(page).text
    client.post(page, data={"photo": "y"})
    assert list_consents(anne.id) == {}
