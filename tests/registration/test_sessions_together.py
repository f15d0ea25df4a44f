"""Several sessions at once leave one letter; sessions pass to who comes instead; speakers are told (scenario 5.13)."""

import re
from datetime import timedelta

import pytest
import vobject
from icalendar import Calendar

from app.clock import now
from app.columns import Bilingual
from app.database import db
from app.directory.service import Names
from app.invitations import delegations
from app.invitations.delegations import DelegationFacts, MemberFacts
from app.outbox.composing import compose
from app.outbox.models import Message
from app.programme.changing import cancel_session
from app.programme.service import add_role
from app.registration import delegating, service, session_several
from app.registration.representatives import Representative
from app.registration.session_models import SessionPlace
from app.registration.session_refusals import NoExchange, SameHours
from tests.databases import KEY
from tests.factories import INVITEE, ORGANISER
from tests.registration.workshops import HOUR, change, workshop

ZOE = Representative(Names("Zoé", "Martin", civility="Mme"), "Adjointe au maire", "zoe@example.org")


@pytest.fixture
def event(factory):
    return factory.event()


@pytest.fixture
def guest(factory, event):
    invitation = factory.invitation(event)
    service.accept(invitation, by="link", actor=INVITEE, at=now())
    db.session.commit()
    return invitation


def own(guest):
    return service.find_registration_of(guest.event_id, guest.person_id)


def choose_these(registration, *sessions):
    session_several.choose_these(registration, sessions, actor=INVITEE, at=now())
    db.session.commit()


def represent(guest, who=ZOE):
    made = service.be_represented_by(guest, who, by="link", actor=INVITEE, at=now())
    db.session.commit()
    return made


def places(registration):
    """Title number of the session → state and rank."""
    found = db.session.query(SessionPlace).filter_by(registration_id=registration.id)
    return {one.session.number: (one.state, one.waiting_rank) for one in found}


def session_letters(registration):
    kinds = ("session_place", "session_left", "session_places", "session_changed")
    wanted = db.session.query(Message).filter(Message.kind.in_(kinds), Message.subject_id == registration.public_id)
    return list(wanted.order_by(Message.id))


def test_several_choices_are_one_letter_with_every_session_as_one_calendar(app, event, guest):
    first, second, third = (workshop(event, number, after=number) for number in (1, 2, 3))
    registration = own(guest)
    choose_these(registration, first, second)
    (message,) = session_letters(registration)
    assert message.kind == "session_places"
    with app.test_request_context():
        letter = compose(message)
    (file,) = letter.attachments
    entries = Calendar.from_ical(file.data).walk("VEVENT")
    again = vobject.readOne(file.data.decode()).vevent_list
    assert len(entries) == len(again) == 2
    assert len({str(one["uid"]) for one in entries}) == 2
    assert b"METHOD:PUBLISH" in file.data
    assert letter.calendar is None
    assert all(here in letter.text for here in ("Atelier d’essai 1", "Atelier d’essai 2"))

    choose_these(registration, second, third)
    last = session_letters(registration)[-1]
    with app.test_request_context():
        letter = compose(last)
    states = {
        str(one["summary"]): str(one["status"]) for one in Calendar.from_ical(letter.attachments[0].data).walk("VEVENT")
    }
    assert states == {"Atelier d’essai 1": "CANCELLED", "Atelier d’essai 3": "CONFIRMED"}
    assert [one.kind for one in session_letters(registration)] == ["session_places"] * 2


def test_one_choice_stays_a_letter_that_mail_programs_follow_by_themselves(event, guest):
    choose_these(own(guest), workshop(event))
    assert [one.kind for one in session_letters(own(guest))] == ["session_place"]


def test_overlapping_choices_are_refused_whole_and_nothing_is_written(event, guest):
    first, same, other = workshop(event, 1), workshop(event, 2), workshop(event, 3, after=2)
    with pytest.raises(SameHours):
        choose_these(own(guest), other, first, same)
    db.session.rollback()
    assert (places(own(guest)), session_letters(own(guest))) == ({}, [])


def test_an_exchange_for_a_full_session_keeps_the_place(event, factory, guest):
    first, full = workshop(event, 1), workshop(event, 2, capacity=1)
    choose_these(factory.registration(event), full)
    choose_these(own(guest), first)
    with pytest.raises(NoExchange):
        choose_these(own(guest), full)
    db.session.rollback()
    assert places(own(guest)) == {1: ("confirmed", None)}


def test_who_gives_up_the_event_gets_one_letter_about_the_sessions(event, guest):
    choose_these(own(guest), workshop(event, 1), workshop(event, 2, after=2))
    service.decline(guest, by="link", actor=INVITEE, at=now())
    db.session.commit()
    assert [one.kind for one in session_letters(own(guest))] == ["session_places"] * 2


def test_sessions_pass_to_who_comes_instead_place_for_place_and_rank_for_rank(app, event, factory, guest):
    free, full = workshop(event, 1, capacity=1), workshop(event, 2, capacity=1, after=2)
    choose_these(factory.registration(event), full)
    choose_these(own(guest), free, full)
    behind = factory.registration(event)
    choose_these(behind, free, full)  # waits for both, after the guest

    zoe = represent(guest)
    assert places(zoe) == {1: ("confirmed", None), 2: ("waiting", 1)}
    assert places(behind) == {1: ("waiting", 1), 2: ("waiting", 2)}
    assert {state for state, _rank in places(own(guest)).values()} == {"cancelled"}
    with app.test_request_context():
        told = [compose(one).text for one in session_letters(zoe)]
    assert [one.kind for one in session_letters(zoe)] == ["session_place"]
    assert "Atelier d’essai 1" in told[0]

    service.accept(guest, by="link", actor=ORGANISER, at=now())  # the guest comes after all
    db.session.commit()
    assert places(own(guest)) == {1: ("confirmed", None), 2: ("waiting", 1)}
    assert {state for state, _rank in places(zoe).values()} == {"cancelled"}


def test_a_session_at_hours_when_the_representative_speaks_goes_to_who_waits(event, factory, guest):
    taken, other = workshop(event, 1, capacity=1), workshop(event, 2, after=3)
    choose_these(own(guest), taken, other)
    behind = factory.registration(event)
    choose_these(behind, taken)
    speaks = workshop(event, 9)
    zoe = factory.person("Zoé", "Martin", email="zoe@example.org")
    add_role(speaks, zoe, "speaker", event=event, actor=ORGANISER, at=now())
    made = represent(guest)
    assert made.person_id == zoe.id
    assert places(made) == {2: ("confirmed", None)}
    assert places(behind) == {1: ("confirmed", None)}


def speaker_of(session, event, factory, **values):
    person = factory.person("Ada", **values)
    add_role(session, person, "speaker", event=event, actor=ORGANISER, at=now())
    db.session.commit()
    return person


@pytest.mark.parametrize("enrolment", ["none", "open"])
def test_a_speaker_is_told_when_the_session_moves_and_when_it_is_cancelled(app, event, factory, letters, enrolment):
    session = workshop(event, enrolment=enrolment)
    ada = speaker_of(session, event, factory, email="ada@example.org")
    change(session, event, title=Bilingual("Autre titre", "Other title"))
    assert letters(kind="session_part") == []
    change(session, event, starts_at=session.starts_at + HOUR, ends_at=session.ends_at + HOUR, room="Salle 7")
    cancel_session(session, event=event, actor=ORGANISER, at=now())
    db.session.commit()
    moved, cancelled = letters(kind="session_part")
    assert {moved.recipient, cancelled.recipient} == {"ada@example.org"}
    moved.sent_at = now()
    with app.test_request_context():
        letter = compose(cancelled)
    (entry,) = Calendar.from_ical(letter.calendar).walk("VEVENT")
    assert letter.calendar_method == "CANCEL"
    assert str(entry["uid"]).startswith(f"{session.public_id}@")
    assert str(entry["attendee"]) == "mailto:ada@example.org"
    assert int(entry["sequence"]) == session.sequence
    assert ada.full_name


def test_a_moved_session_is_requested_of_its_speaker_with_the_hour_it_was(app, event, factory, letters):
    session = workshop(event, enrolment="none")
    speaker_of(session, event, factory, email="ada@example.org")
    change(session, event, starts_at=session.starts_at + HOUR, ends_at=session.ends_at + HOUR, room="Salle 7")
    (moved,) = letters(kind="session_part")
    with app.test_request_context():
        letter = compose(moved)
    (entry,) = Calendar.from_ical(letter.calendar).walk("VEVENT")
    assert (letter.calendar_method, entry.decoded("dtstart")) == ("REQUEST", session.starts_at)
    assert vobject.readOne(letter.calendar.decode()).vevent.status.value == "CONFIRMED"
    assert "Salle 1" in letter.text
    assert "Salle 7" in letter.text


def test_no_speaker_is_written_to_while_the_event_is_a_draft_or_over(event, factory, letters, frozen):
    session = workshop(event, enrolment="none")
    speaker_of(session, event, factory)
    event.status = "draft"
    change(session, event, room="Salle 7")
    event.status = "closed"
    frozen(event.starts_at + timedelta(days=1))
    change(session, event, room="Salle 8")
    assert letters(kind="session_part") == []


@pytest.fixture
def contact(client, event):
    """The contact of a delegation of one, whose member comes."""
    facts = DelegationFacts(name="Kharkiv", quota=2, contact_email="contact@example.org")
    made = delegations.add_delegation(event, event.categories[0], facts, secret=KEY, actor=ORGANISER, at=now())
    named = MemberFacts(Names("Iryna", "Koval"), email="iryna@example.org")
    delegations.add_member(made, named, actor=ORGANISER, at=now())
    delegating.ask_for_places(made, is_all_or_nothing=True, actor=ORGANISER, at=now())
    db.session.commit()
    client.get(f"/d/{delegations.link_token(made, KEY)}")
    return client, made, f"/delegation/{made.public_id}/members/{made.members[0].public_id}/sessions"


def test_a_contact_chooses_the_sessions_of_a_member_in_one_submit(contact, event):
    client, made, there = contact
    assert client.get(there).status_code == 404  # nothing to choose
    first, second = workshop(event, 1), workshop(event, 2, after=2)
    assert there in client.get(f"/delegation/{made.public_id}/").text
    page = client.get(there).text
    key = re.search(r'name="form_key" value="([^"]+)"', page)[1]
    form = {"chosen": [first.public_id, second.public_id], "form_key": key}
    assert [client.post(there, data=form).status_code for _ in range(2)] == [303, 303]
    iryna = delegating.list_standings(made)[0].registration
    assert places(iryna) == {1: ("confirmed", None), 2: ("confirmed", None)}
    assert [one.kind for one in session_letters(iryna)] == ["session_places"]
    assert client.get(there).text.count(" checked") == 2
    assert client.post(there, data={"chosen": [second.public_id], "form_key": "another"}).status_code == 303
    assert places(iryna)[1] == ("cancelled", None)


def test_a_refused_choice_of_a_contact_keeps_every_tick(contact, event):
    client, made, there = contact
    first, same = workshop(event, 1), workshop(event, 2)
    refused = client.post(there, data={"chosen": [first.public_id, same.public_id]})
    assert (refused.status_code, refused.text.count(" checked")) == (422, 2)
    assert "Atelier d’essai 2" in refused.text
    assert places(delegating.list_standings(made)[0].registration) == {}
    assert client.post(there, data={"chosen": ["nowhere"]}).status_code == 404
