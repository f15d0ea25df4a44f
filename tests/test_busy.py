"""The database stays taken longer than one waits: "please try again", with the form as it was sent."""

import re
import threading

import pytest

from app import database
from app.database import db, lock_rows
from app.events.models import Event
from app.invitations.service import link_token
from app.registration.models import Registration
from tests.databases import KEY


@pytest.fixture
def taken(app, monkeypatch):
    """`taken(event)`: somebody else holds the event until the function it returns is called."""
    released: list[threading.Event] = []

    def hold(event):
        number, holds, let_go = event.id, threading.Event(), threading.Event()

        def work():
            with app.app_context():
                lock_rows(Event, [number])
                db.session.get(Event, number)
                holds.set()
                let_go.wait()
                db.session.remove()

        db.session.commit()
        thread = threading.Thread(target=work)
        thread.start()
        holds.wait()
        monkeypatch.setattr(database, "LOCK_SECONDS", 0.1)
        released.append(let_go)
        return lambda: (let_go.set(), thread.join())

    yield hold
    for one in released:
        one.set()


def fields_of(page):
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))


def test_an_answer_is_asked_for_again_and_nothing_is_lost(client, factory, taken):
    invitation = factory.invitation()
    address = f"/invitation/{invitation.public_id}/"
    client.get(f"/i/{link_token(invitation, KEY)}")
    let_go = taken(invitation.event)
    waited = client.post(address, data={"answer": "attend", "form_key": "k"})
    assert waited.status_code in {409, 422}  # before the form was looked at, or at the lock
    if waited.status_code == 409:
        assert waited.headers["Retry-After"] == "2"
        fields = fields_of(waited.text)
        assert (fields["answer"], fields["form_key"]) == ("attend", "k")
    let_go()
    assert client.post(address, data={"answer": "attend", "form_key": "k"}).status_code == 303
    assert db.session.query(Registration).one().state == "confirmed"


def test_who_is_signed_in_gets_the_page_too(organiser_client, factory, taken):
    event = factory.event()
    address = f"/organise/{event.slug}/registrations/promote"
    let_go = taken(event)
    waited = organiser_client.post(address)
    assert waited.status_code == 409
    assert waited.headers["Retry-After"] == "2"
    let_go()
    assert organiser_client.post(address).status_code == 303


def test_a_password_is_not_written_into_the_page(client, factory, taken):
    let_go = taken(factory.event())
    page = client.post("/sign-in", data={"email": "somebody@example.org", "password": "a secret of mine"})
    assert "a secret of mine" not in page.text
    let_go()
