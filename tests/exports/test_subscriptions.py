"""Calendar addresses: of an attendee, a speaker, a room; asked again and again, ended, read by two parsers."""

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
import vobject

from app.clock import now
from app.codes import token_hash
from app.columns import Bilingual
from app.database import db
from app.directory.merging import merge_people, undo_merge
from app.events.settings import change_settings, settings_of
from app.exports import subscribing
from app.exports.models import CalendarSubscription
from app.exports.subscribing import NoPlace
from app.invitations.service import link_token
from app.programme.models import Session, SessionRole
from app.registration.service import cancel_registration
from app.registration.session_models import SessionPlace
from tests.databases import KEY
from tests.factories import INVITEE, ORGANISER

START = datetime(2026, 11, 20, 8, tzinfo=UTC)
SAID = {"language": "en", "secret": KEY, "actor": ORGANISER}


@pytest.fixture
def event(factory):
    return factory.event(starts_at=START, capacity=1, deadline=None)


def session_of(event, title, room="Salon", hour=1, **values):
    session = Session(
        event_id=event.id, kind="workshop", title=Bilingual(title), room=room, starts_at=START + timedelta(hours=hour),
        **values,
    )  # fmt: skip
    db.session.add(session)
    db.session.commit()
    return session


def address(subscription):
    return f"/calendars/{subscribing.token_of(subscription, KEY)}.ics"


def open_for(registration):
    made = subscribing.open_for_attendee(registration, at=now(), **SAID)
    db.session.commit()
    return made


def read(answer):
    """The entries, once both parsers agree on them."""
    events = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    others = vobject.readOne(answer.text).contents.get("vevent", [])
    told = [(str(one["UID"]), one["DTSTART"].dt.astimezone(UTC), str(one["SUMMARY"])) for one in events]
    assert [(o.uid.value, o.dtstart.value.astimezone(UTC), o.summary.value) for o in others] == told
    return events


def test_an_attendee_s_calendar_holds_the_event_the_sessions_chosen_and_those_spoken_in(client, factory, event):
    guest = factory.registration(event)
    chosen, full = session_of(event, "Eau"), session_of(event, "Jeunesse", hour=3)
    spoken = session_of(event, "Santé", hour=5)
    session_of(event, "Climat", hour=7)
    spoken.roles = [SessionRole(person_id=guest.person_id, role="speaker")]
    place = SessionPlace(session=chosen, registration=guest, state="confirmed", sequence=2)
    waiting = SessionPlace(session=full, registration=guest, state="waiting", waiting_rank=1)
    db.session.add_all([place, waiting])
    db.session.commit()

    answer = client.get(address(open_for(guest)))

    entries = read(answer)
    assert [str(one["SUMMARY"]) for one in entries][1:] == ["Eau", "Santé"]
    assert str(entries[0]["UID"]).startswith(guest.public_id)
    assert str(entries[1]["UID"]).startswith(place.public_id)
    assert entries[1]["SEQUENCE"] == 2
    assert "ATTENDEE" not in entries[0]
    assert answer.mimetype == "text/calendar"
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in answer.text


def test_what_has_not_changed_is_not_sent_again(client, factory, event):
    made = open_for(factory.registration(event))
    first = client.get(address(made))
    again = client.get(address(made), headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]

    settings = settings_of(event)
    wanted = type(settings)(**{**vars(settings), "starts_at": START + timedelta(hours=1)})
    change_settings(event, wanted, actor=ORGANISER, at=now())
    db.session.commit()
    changed = client.get(address(made), headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert read(changed)[0]["SEQUENCE"] == read(first)[0]["SEQUENCE"] + 1


def test_the_public_calendar_is_asked_again_in_the_same_way(client, event):
    first = client.get(f"/e/{event.slug}/calendar.ics")
    assert f"SOURCE;VALUE=URI:http://127.0.0.1:8000/e/{event.slug}/calendar.ics" in first.text.replace("\r\n ", "")
    again = client.get(f"/e/{event.slug}/calendar.ics", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    other = client.get(f"/e/{event.slug}/calendar.ics", headers={"If-None-Match": 'W/"other"'})
    assert other.status_code == 200


def test_a_place_given_up_is_cancelled_in_the_calendar_and_a_rank_is_nothing(client, factory, event):
    guest, queued = factory.registration(event), factory.registration(event)
    with pytest.raises(NoPlace):
        open_for(queued)
    made = open_for(guest)
    cancel_registration(guest, actor=ORGANISER, at=now())
    db.session.commit()

    (entry,) = read(client.get(address(made)))
    assert (entry["STATUS"], entry["SEQUENCE"]) == ("CANCELLED", 1)


def test_a_room_and_a_speaker_have_calendars_of_their_own(client, factory, event):
    session_of(event, "Eau", room="Salon")
    held = session_of(event, "Santé", room="Amphithéâtre", hour=3)
    speaker = factory.person("Emma", "Veran")
    held.roles = [SessionRole(person_id=speaker.id, role="speaker")]
    room = subscribing.open_for_room(event, "Salon", at=now(), **SAID)
    own = subscribing.open_for_speaker(event, speaker, at=now(), **SAID)
    db.session.commit()

    assert [str(one["SUMMARY"]) for one in read(client.get(address(room)))] == ["Eau"]
    assert [str(one["SUMMARY"]) for one in read(client.get(address(own)))] == ["Santé"]
    held.room = "Salon"
    db.session.commit()
    assert [str(one["SUMMARY"]) for one in read(client.get(address(room)))] == ["Eau", "Santé"]
    assert subscribing.open_for_room(event, "Salon", at=now(), **SAID).id == room.id


def test_an_address_ended_or_replaced_answers_as_one_that_never_was(client, factory, event):
    made = open_for(factory.registration(event))
    first = address(made)
    subscribing.renew(made, secret=KEY, actor=ORGANISER, at=now())
    db.session.commit()
    assert [client.get(first).status_code, client.get(address(made)).status_code] == [404, 200]
    subscribing.end(made, actor=ORGANISER, at=now())
    db.session.commit()
    never = f"/calendars/{'a' * 26}.ics"
    assert client.get(address(made)).status_code == client.get(never).status_code == 404


def test_only_the_hash_of_an_address_is_kept_and_no_site_is_told_of_it(client, factory, event):
    made = open_for(factory.registration(event))
    secret = subscribing.token_of(made, KEY)
    stored = [str(getattr(made, column.name)) for column in CalendarSubscription.__table__.columns]
    assert token_hash(secret) in stored
    assert not any(secret in value for value in stored)
    assert client.get(address(made)).headers["Referrer-Policy"] == "no-referrer"


def test_a_guest_opens_renews_and_ends_an_address_once_the_mailbox_is_proven(app, client, factory, event):
    guest = factory.registration(event)
    page = f"/invitation/{guest.invitation.public_id}/subscription"
    client.get(f"/i/{link_token(guest.invitation, KEY)}")
    assert "code" in client.get(page).text
    client.post(page, data={"act": "open"})
    assert db.session.query(CalendarSubscription).count() == 0

    with client.session_transaction() as session:
        session["proven"] = {guest.invitation.public_id: int(now().timestamp())}
    client.post(page, data={"act": "open"})
    made = db.session.query(CalendarSubscription).one()
    assert f"webcal://127.0.0.1:8000{address(made)}" in client.get(page).text
    first = address(made)
    client.post(page, data={"act": "renew"})
    db.session.refresh(made)
    assert [client.get(first).status_code, client.get(address(made)).status_code] == [404, 200]
    client.post(page, data={"act": "end"})
    assert client.get(address(made)).status_code == 404


def test_the_organiser_opens_and_ends_addresses(organiser_client, client, factory, event):
    held = session_of(event, "Santé", room="Salon d’honneur")
    held.roles = [SessionRole(person_id=factory.person("Emma", "Veran").id, role="speaker")]
    db.session.commit()
    page = f"/organise/{event.slug}/calendars"
    organiser_client.post(page, data={"kind": "room", "who": "Salon d’honneur"})
    organiser_client.post(page, data={"kind": "speaker", "who": held.roles[0].person.public_id})
    assert organiser_client.post(page, data={"kind": "room", "who": "Nowhere"}).status_code == 404
    room, speaker = db.session.query(CalendarSubscription).order_by(CalendarSubscription.id)
    shown = organiser_client.get(page).text
    assert address(room) in shown
    assert address(speaker) in shown
    organiser_client.post(f"{page}/{room.public_id}/end")
    assert client.get(address(room)).status_code == 404
    assert client.get(address(speaker)).status_code == 200


def test_a_speaker_s_address_follows_when_two_entries_are_one_person(client, factory, event):
    kept, double = factory.person("Zoé", "Martin"), factory.person("Zoe", "Martin")
    held = session_of(event, "Santé")
    held.roles = [SessionRole(person_id=double.id, role="speaker")]
    made = subscribing.open_for_speaker(event, double, at=now(), **SAID)
    db.session.commit()
    merge = merge_people(kept, double, reason="", actor=ORGANISER, at=now())
    db.session.commit()
    assert made.person_id == kept.id
    assert len(read(client.get(address(made)))) == 1
    undo_merge(merge, actor=ORGANISER, at=now())
    db.session.commit()
    db.session.refresh(made)
    assert made.person_id == double.id


def test_who_ended_it_is_in_the_journal(factory, event):
    from app.audit.models import AuditEntry

    made = open_for(factory.registration(event))
    subscribing.end(made, actor=INVITEE, at=now())
    subscribing.end(made, actor=INVITEE, at=now())
    db.session.commit()
    told = db.session.query(AuditEntry.action).filter_by(object_id=made.public_id).order_by(AuditEntry.id)
    assert [one for (one,) in told] == ["calendar.opened", "calendar.ended"]
