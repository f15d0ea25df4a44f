"""Who is telephoned when an event is cancelled, and the page on which letters about a change are watched."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine

from app.clock import now
from app.columns import Bilingual
from app.database import db
from app.directory.contacts import add_contact_point
from app.events.announcing import announce, facts_of
from app.events.beginnings import Beginning
from app.exports.call_list import call_list_file
from app.invitations.models import Invitation
from app.outbox.models import Message
from app.registration.announcement_models import Announcement
from app.registration.announcement_queries import list_calls
from app.registration.announcements import PAUSE, write_letters
from app.registration.substitutes import Meeting, NobodyToInvite, begin_substitute
from tests.databases import KEY
from tests.factories import ORGANISER

NOON = datetime(2026, 11, 17, 12, tzinfo=UTC)


@pytest.fixture
def event(factory):
    with time_machine.travel(NOON, tick=False):
        yield factory.event(starts_at=NOON + timedelta(days=3), capacity=2, deadline=None, categories=("elus",))


def move(event):
    before = facts_of(event)
    event.starts_at += timedelta(days=7)
    announce(event, before, actor=ORGANISER, at=now())
    db.session.commit()
    return db.session.query(Announcement).filter_by(state="waiting").one()


def test_those_from_abroad_are_on_the_list_to_call(factory, event):
    factory.registration(event, factory.person("Anne", "Petit"))
    kharkiv = factory.registration(event, factory.person("Oleksandr", "Shcherbak", country="UA", phone="+380 57 000"))

    add_contact_point(kharkiv.person, "phone", "+380 57 111", actor=ORGANISER, at=now())
    db.session.commit()

    (call,) = list_calls(event)
    assert (call.registration, call.country, call.phones) == (kharkiv, "UA", ["+380 57 000", "+380 57 111"])
    rows = call_list_file(event, "csv", "fr", "Claire", now()).decode("utf-8-sig").splitlines()
    assert "Oleksandr Shcherbak;Ukraine;" in rows[1]
    assert "+380 57 000 ; +380 57 111" in rows[1]


def test_those_who_are_here_already_get_a_meeting_of_their_own(factory, event):
    factory.registration(event, factory.person("Anne", "Petit"))
    kharkiv = factory.registration(event, factory.person("Oleksandr", "Shcherbak", country="UA"))
    wanted = Meeting(Beginning(Bilingual("Rencontre"), NOON.date()), time(15))
    made = begin_substitute(event, wanted, secret=KEY, actor=ORGANISER, at=now())
    db.session.commit()

    (guest,) = db.session.query(Invitation).filter_by(event_id=made.id)
    assert (guest.person_id, guest.email, guest.state) == (kharkiv.person_id, kharkiv.email, "draft")
    assert (made.status, made.mailbox, made.venue.address) == ("draft", event.mailbox, event.venue.address)
    assert made.starts_at == NOON.replace(hour=14)  # three in the afternoon in Paris
    with pytest.raises(NobodyToInvite):
        begin_substitute(made, wanted, secret=KEY, actor=ORGANISER, at=now())


def test_the_page_tells_how_far_the_letters_are_and_stops_them(client, factory, event):
    client.sign_in(factory.user("organiser"))
    factory.registration(event)
    first = move(event)
    page = f"/organise/{event.slug}/announcements"
    assert f"{page}/{first.public_id}/stop" in client.get(page).text
    assert f"{page}" in client.get(f"/organise/{event.slug}/settings").text
    client.post(f"{page}/{first.public_id}/stop")
    db.session.refresh(first)
    assert first.state == "stopped"

    second = move(event)
    assert client.post(f"{page}/{second.public_id}/leave").status_code == 303
    progress = f"{page}/{second.public_id}/progress?seen=waiting"
    assert "X-Poll-Reload" not in client.get(progress).headers
    with time_machine.travel(NOON + PAUSE, tick=False):
        for _piece in write_letters():
            db.session.commit()
    assert client.get(progress).headers["X-Poll-Reload"] == "1"
    assert db.session.query(Message).filter_by(kind="event_moved").count() == 1
    assert client.post(f"{page}/{second.public_id}/stop").status_code == 409


def test_the_meeting_is_prepared_on_the_page(client, factory, event):
    client.sign_in(factory.user("organiser"))
    factory.registration(event, factory.person("Oleksandr", "Shcherbak", country="UA"))
    page = f"/organise/{event.slug}/announcements/calls"
    wanted = {"title_fr": "Rencontre", "starts_on": "2026-11-17", "starts_at": "15:00"}
    assert client.post(page, data={**wanted, "title_fr": ""}).status_code == 422
    answer = client.post(page, data=wanted)
    assert answer.location == "/organise/rencontre-2026/settings"
    exported = client.get(f"/organise/{event.slug}/exports/calls?format=xlsx")
    assert exported.data.startswith(b"PK")
    assert client.get(f"/organise/{event.slug}/exports/calls?format=pdf").status_code == 404
