"""Letters about places in sessions and what they put into calendars (RFC 5546), read by a second parser."""

from datetime import timedelta

import pytest
import vobject
from icalendar import Calendar

from app.clock import now
from app.columns import Bilingual
from app.database import db
from app.events.endings import NewDates, cancel_event, postpone_event
from app.outbox.composing import compose
from app.programme.changing import cancel_session, exchange_rooms
from app.registration import session_places
from app.registration.queries import list_companions
from app.registration.session_letters import entry_of
from app.registration.session_notices import CHANGED, LEFT, PLACE
from tests.factories import INVITEE, ORGANISER
from tests.registration.workshops import change, workshop


@pytest.fixture
def held(factory):
    """An event, a workshop with one place, and who has it."""
    event = factory.event()
    session, guest = workshop(event, capacity=1), factory.registration(event)
    place = session_places.choose(guest, session, actor=INVITEE, at=now())
    db.session.commit()
    return event, session, place


def entry_in(letter):
    """The one entry of the calendar of a letter, as two parsers see it."""
    (first,) = Calendar.from_ical(letter.calendar).walk("VEVENT")
    second = vobject.readOne(letter.calendar.decode()).vevent
    assert str(first["uid"]) == second.uid.value
    assert int(first["sequence"]) == int(second.sequence.value)
    return first


def latest(letters, kind):
    return compose(letters(kind=kind)[-1])


def in_context(app, letters, kind):
    with app.test_request_context():
        return latest(letters, kind)


def test_a_place_is_requested_with_one_attendee_and_the_identifier_of_the_place(app, held, letters):
    _event, session, place = held
    letter = in_context(app, letters, PLACE)
    entry = entry_in(letter)
    assert letter.calendar_method == "REQUEST"
    assert str(entry["uid"]).startswith(f"{place.public_id}@")
    assert (entry["sequence"], entry.decoded("dtstart")) == (0, session.starts_at)
    assert str(entry["attendee"]) == f"mailto:{place.registration.email}"
    assert session.room in str(entry["location"])


def test_an_exchange_of_rooms_updates_the_same_entry(app, held, letters):
    event, session, place = held
    exchange_rooms(session, workshop(event, 2), event=event, actor=ORGANISER, at=now())
    db.session.commit()
    letter = in_context(app, letters, CHANGED)
    entry = entry_in(letter)
    assert (letter.calendar_method, entry["sequence"]) == ("REQUEST", 1)
    assert str(entry["uid"]).startswith(f"{place.public_id}@")
    assert str(entry["location"]).startswith("Salle 2")
    assert "Salle 1" in letter.text


def test_another_hour_is_told_with_the_hour_it_was(app, held, letters):
    event, session, _place = held
    change(
        session, event, starts_at=session.starts_at + timedelta(hours=1), ends_at=session.ends_at + timedelta(hours=1)
    )
    letter = in_context(app, letters, CHANGED)
    assert entry_in(letter).decoded("dtstart") == session.starts_at
    assert "17" in letter.text
    assert "18" in letter.text


@pytest.mark.parametrize("way", ["given up", "cancelled"])
def test_who_has_no_place_any_more_has_the_entry_cancelled(app, held, letters, way):
    event, session, place = held
    if way == "cancelled":
        cancel_session(session, event=event, actor=ORGANISER, at=now())
    else:
        session_places.give_up(place, actor=INVITEE, at=now())
    db.session.commit()
    letter = in_context(app, letters, LEFT)
    entry = entry_in(letter)
    assert (letter.calendar_method, str(entry["status"]), entry["sequence"]) == ("CANCEL", "CANCELLED", 1)
    assert str(entry["uid"]).startswith(f"{place.public_id}@")


def test_who_waits_gets_no_letter_and_no_calendar_until_seated(app, held, letters, factory):
    event, session, place = held
    waits = session_places.choose(factory.registration(event), session, actor=INVITEE, at=now())
    db.session.commit()
    assert len(letters(kind=PLACE)) == 1
    session_places.give_up(place, actor=INVITEE, at=now())
    db.session.commit()
    entry = entry_in(in_context(app, letters, PLACE))
    assert (entry["sequence"], str(entry["attendee"])) == (1, f"mailto:{waits.registration.email}")


def test_a_letter_says_what_holds_when_it_leaves(app, held, letters):
    _event, _session, place = held
    session_places.give_up(place, actor=INVITEE, at=now())
    db.session.commit()
    with app.test_request_context():
        assert compose(letters(kind=PLACE)[0]).calendar_method == "CANCEL"


def test_nobody_without_an_address_is_written_to(held, letters, factory):
    event, session, place = held
    change(session, event, capacity=5)
    silent = factory.registration(event)
    silent.email = ""
    db.session.commit()
    before = len(letters())
    session_places.choose(silent, session, actor=INVITEE, at=now())
    db.session.commit()
    assert len(letters()) == before
    assert list_companions(place.registration.invitation_id) == []


def test_an_event_held_on_other_days_after_all_brings_its_sessions_back_into_calendars(app, held, letters):
    event, session, place = held
    cancel_event(event, Bilingual("Salle fermée"), actor=ORGANISER, at=now())
    db.session.commit()
    with app.test_request_context():
        gone = entry_of(place, base_url="https://parvis.example", sender="parvis@example.org")
    assert gone.status == "CANCELLED"
    dates = NewDates(event.starts_at + timedelta(days=7))
    postpone_event(event, dates, Bilingual("Autre salle"), moves_deadlines=False, actor=ORGANISER, at=now())
    db.session.commit()
    again = in_context(app, letters, CHANGED)
    entry = entry_in(again)
    assert again.calendar_method == "REQUEST"
    assert entry["sequence"] > gone.sequence
    assert entry.decoded("dtstart") == session.starts_at
    assert place.state == "confirmed"
