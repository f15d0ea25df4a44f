"""Scenario 5.13, part 1: six parallel workshops of 60 to 80 places in a two-day meeting."""

import csv
import io

import pytest
from icalendar import Calendar

from app.clock import now
from app.database import db
from app.invitations.service import link_token
from app.outbox.composing import compose
from app.registration import session_places
from app.registration.session_queries import count_places, find_place
from tests.databases import KEY
from tests.factories import INVITEE
from tests.pdf_reading import text_of
from tests.registration.workshops import workshop

PLACES = (60, 64, 68, 72, 76, 80)


@pytest.fixture
def six(factory):
    """Six workshops at one hour, the first of them full, two people waiting for it, and one more who comes."""
    event = factory.event(capacity=None)
    workshops = [workshop(event, number, capacity=places) for number, places in enumerate(PLACES, start=1)]
    comers = [factory.registration(event) for _ in range(PLACES[0] + 3)]
    for one in comers[:-1]:
        session_places.choose(one, workshops[0], actor=INVITEE, at=now())
    db.session.commit()
    return event, workshops, comers


def test_a_full_workshop_queues_the_others_are_refused_and_a_place_passes_on(six, client):
    _event, workshops, comers = six
    (first, second, *_), last = workshops, comers[-1]
    client.get(f"/i/{link_token(last.invitation, KEY)}")
    mine = f"/invitation/{last.invitation.public_id}/programme"
    client.post(f"{mine}/{first.public_id}/choose")
    assert count_places(workshops)[first.id].waiting == 3
    assert find_place(first.id, last.id).waiting_rank == 3

    refused = client.post(f"{mine}/{second.public_id}/choose", follow_redirects=True).get_data(as_text=True)
    assert "une même personne" in refused or "one person can" in refused
    assert second.title.fr in refused
    assert find_place(second.id, last.id) is None

    session_places.give_up(find_place(first.id, comers[0].id), actor=INVITEE, at=now())
    db.session.commit()
    assert find_place(first.id, comers[-3].id).state == "confirmed"
    assert count_places(workshops)[first.id].confirmed == PLACES[0]


def test_an_exchange_of_rooms_reaches_calendars_the_door_and_the_signs(six, app, organiser_client, letters):
    event, (first, second, *_), comers = six
    at = f"/organise/{event.slug}/sessions"
    organiser_client.post(f"{at}/{first.public_id}/exchange", data={"other": second.public_id})
    db.session.expire_all()
    told = letters(kind="session_changed")
    assert len(told) == PLACES[0]
    with app.test_request_context():
        (entry,) = Calendar.from_ical(compose(told[-1]).calendar).walk("VEVENT")
    assert str(entry["location"]).startswith("Salle 2")
    assert entry["sequence"] >= 1

    door = text_of(organiser_client.get(f"{at}/{first.public_id}/door-list.pdf").data)
    assert "Salle 2" in door
    assert all(one.person.formal_name in door for one in comers[:-1])

    signs = organiser_client.get(f"{at}/signage.csv").data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(signs), delimiter=";" if ";" in signs.splitlines()[0] else ","))
    assert {row[0]: row[4] for row in rows}[first.public_id] == "Salle 2"
    assert [row[9] for row in rows[1:]] == [str(places) for places in PLACES]
