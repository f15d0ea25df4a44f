"""The event's home: figures, decisions, dates; the list of events; the journal."""

from datetime import UTC, datetime, timedelta

from flask import current_app

from app.checkin.service import Passage, admit
from app.clock import now
from app.database import db
from app.events.queries import get_event
from app.i18n import in_language
from app.overview.queries import counts_of, event_counts, event_state
from app.overview.today import decisions, timeline
from app.registration.service import decline
from tests.factories import INVITEE, evening


def _titles(event):
    state = event_state(event)
    with current_app.test_request_context(), in_language("en"):
        return [d.title for d in decisions(event, state, now())]


def _labels(event, at=None):
    with in_language("en"):
        return [(p.label, p.state) for p in timeline(event, event_state(event), at or now())]


def test_counts_say_who_is_where(make_event, make_invitation, make_registration, make_device):
    event = make_event(capacity=2)
    came = make_registration(event)
    make_registration(event)
    make_registration(event)
    declined = make_invitation(event)
    decline(declined, by="link", actor=INVITEE, at=now())
    make_invitation(event, state="withdrawn")
    make_invitation(event, state="draft")
    desk = make_device(event)
    admit(event, came, Passage(desk, "n1", "typed", "Accueil", now()))
    admit(event, came, Passage(desk, "n2", "typed", "Accueil", now()))
    db.session.commit()

    counts = {"invited": 5, "confirmed": 2, "waiting": 1, "declined": 1, "present": 1}
    assert event_counts(event) == counts


def test_events_are_counted_apart_in_a_fixed_number_of_queries(make_event, make_registration, statement_count):
    events = [make_event() for _ in range(3)]
    make_registration(events[1])
    events = [get_event(event.slug) for event in events]
    with statement_count() as seen:
        counts = counts_of(events)

    assert [counts[event.id]["confirmed"] for event in events] == [0, 1, 0]
    assert seen.count <= 3


def test_no_event_no_count(app):
    assert counts_of([]) == {}


def test_those_who_wait_are_first_and_promotable_when_there_is_room(make_event, make_registration):
    event = make_event(capacity=1)
    make_registration(event)
    make_registration(event)
    assert event_state(event).promotable == 0
    assert _titles(event)[0] == "1 person waits for a place"

    event.capacity = 5
    db.session.commit()
    assert event_state(event).promotable == 1


def test_a_full_category_keeps_its_people_waiting(make_event, make_registration):
    event = make_event(capacity=10)
    event.categories[0].quota = 1
    db.session.commit()
    make_registration(event, category="elus")
    make_registration(event, category="elus")

    state = event_state(event)
    assert (state.confirmed, state.waiting, state.free, state.promotable) == (1, 1, 9, 0)


def test_lowering_the_places_is_said_and_ejects_nobody(make_event, make_registration):
    event = make_event()
    for _ in range(3):
        make_registration(event)
    event.capacity = 1
    db.session.commit()

    assert _titles(event)[0] == "2 people too many"
    assert event_state(event).confirmed == 3


def test_drafts_and_missing_addresses_are_told_apart(make_event, make_invitation, make_person):
    event = make_event()
    make_invitation(event, state="draft", email="a@example.org")
    make_invitation(event, make_person(email=""), state="draft")
    make_invitation(event)

    titles = _titles(event)
    assert "1 invitation has not left" in titles
    assert "1 guest without an e-mail address" in titles
    assert "1 guest has not answered" in titles


def test_a_new_event_says_how_to_begin(make_event):
    event = make_event(status="draft", deadline=None)

    assert _titles(event) == [
        "The event is a draft",
        "No deadline yet",
        "Nobody is on the list yet",
        "The programme is empty",
    ]


def test_after_the_event_the_minutes_are_asked_for(make_event):
    event = make_event(status="archived", starts_at=now() - timedelta(days=9), deadline=None)

    assert _titles(event) == ["Minutes not written"]


def test_the_line_of_dates_is_in_order_with_today_in_it(make_event, make_invitation):
    event = make_event(starts_at=evening(30), doors_open_at=evening(30, 16))
    make_invitation(event)

    assert _labels(event, now() + timedelta(days=1)) == [
        ("Letters", "done"),
        ("today", "today"),
        ("Answers close", "next"),
        ("Doors open", "next"),
        ("Event", "next"),
        ("Minutes", "next"),
    ]


def test_midnight_belongs_to_the_evening_before(make_event):
    event = make_event(starts_at=datetime(2025, 11, 18, 16, 30, tzinfo=UTC))
    with in_language("en"):
        points = timeline(event, event_state(event), datetime(2025, 11, 5, tzinfo=UTC))

    assert [p.date for p in points if p.label == "Answers close"] == ["7 Nov midnight"]


def test_the_home_costs_the_same_for_one_guest_and_for_many(
    organiser_client, make_event, make_registration, statement_count
):
    event = make_event()
    make_registration(event)
    address = f"/organise/{event.slug}/"
    organiser_client.get(address)
    with statement_count() as few:
        organiser_client.get(address)
    for _ in range(6):
        make_registration(event)
    with statement_count() as many:
        assert organiser_client.get(address).status_code == 200

    assert many.count == few.count <= 16


def test_pages_speak_both_languages(organiser_client, make_event, make_registration):
    event = make_event()
    make_registration(event)
    for language, word in (("fr", "Assises d’essai"), ("en", "Trial assembly")):
        organiser_client.post("/language", data={"language": language})
        for page in ("/organise/", f"/organise/{event.slug}/", f"/organise/{event.slug}/journal"):
            answer = organiser_client.get(page)
            assert answer.status_code == 200
            assert word in answer.get_data(as_text=True)


def test_the_journal_has_pages_of_fifty(organiser_client, make_event, make_registration):
    event = make_event()
    for _ in range(26):
        make_registration(event)
    address = f"/organise/{event.slug}/journal"

    assert organiser_client.get(address).get_data(as_text=True).count("<tr>") == 51
    assert organiser_client.get(f"{address}?page=2").status_code == 200
    assert organiser_client.get(f"{address}?page=9").status_code == 404


def test_reception_and_strangers_see_no_home(client, reception_client, make_event, make_user):
    event, other = make_event(), make_event()

    closed = reception_client.get(f"/organise/{event.slug}/")
    assert closed.status_code == 403
    assert 'href="/desk/"' in closed.get_data(as_text=True)
    client.sign_in(make_user("organiser", event=other))
    assert client.get(f"/organise/{event.slug}/").status_code == 404
    page = client.get("/organise/").get_data(as_text=True)
    assert other.slug in page
    assert event.slug not in page
