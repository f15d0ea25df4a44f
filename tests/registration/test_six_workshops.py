"""Scenario 5.13, part 1: six parallel workshops of 60 to 80 places in a two-day meeting."""

import csv
import io

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


def test_six_parallel_workshops(app, factory, client, organiser_client, letters):
    event = factory.event(capacity=None)
    workshops = [workshop(event, number, capacity=places) for number, places in enumerate(PLACES, start=1)]
    first, second = workshops[:2]
    comers = [factory.registration(event) for _ in range(PLACES[0] + 3)]
    for one in comers[:-1]:
        session_places.choose(one, first, actor=INVITEE, at=now())
    db.session.commit()
    last = comers[-1]

    # The last one comes by the link: the first workshop is full, so they wait for it.
    client.get(f"/i/{link_token(last.invitation, KEY)}")
    mine = f"/invitation/{last.invitation.public_id}/programme"
    client.post(f"{mine}/{first.public_id}/choose")
    assert count_places(workshops)[first.id].waiting == 3
    assert find_place(first.id, last.id).waiting_rank == 3

    # Another workshop of that hour is refused, and the page says why.
    refused = client.post(f"{mine}/{second.public_id}/choose", follow_redirects=True).get_data(as_text=True)
    assert "une même personne" in refused or "one person can" in refused
    assert second.title.fr in refused
    assert find_place(second.id, last.id) is None

    # Somebody leaves: the first who waits is seated, the others move up.
    session_places.give_up(find_place(first.id, comers[0].id), actor=INVITEE, at=now())
    db.session.commit()
    assert find_place(first.id, comers[-3].id).state == "confirmed"
    assert count_places(workshops)[first.id].confirmed == PLACES[0]

    # The rooms of two workshops are exchanged: every holder's calendar, the door list and the signs follow.
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
    assert all(one.person.formal_name in door for one in comers[1:])
    signs = organiser_client.get(f"{at}/signage.csv").data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(signs), delimiter=";" if ";" in signs.splitlines()[0] else ","))
    assert {row[0]: row[4] for row in rows}[first.public_id] == "Salle 2"
    assert [row[9] for row in rows[1:]] == [str(places) for places in PLACES]
