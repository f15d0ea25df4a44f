"""Everyone concerned is told when an event moves or does not take place (scenario 5.12)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from icalendar import Calendar

from app.clock import now
from app.columns import Bilingual
from app.database import db
from app.events.announcing import announce, facts_of
from app.events.endings import NewDates, cancel_event, postpone_event
from app.events.settings import Place, change_settings, settings_of
from app.events.signals import undo_asked
from app.outbox.composing import compose
from app.outbox.models import Message
from app.registration import announcements, service
from app.registration.announcement_models import Announcement
from app.registration.announcements import PAUSE, AlreadyLeft, TooLateToUndo, leave_now, stop_letters, write_letters
from tests.factories import INVITEE, ORGANISER

NOON = datetime(2026, 11, 17, 12, tzinfo=UTC)
START = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)


@pytest.fixture
def event(factory):
    with time_machine.travel(NOON, tick=False):
        yield factory.event(starts_at=START, capacity=2, deadline=None, categories=("elus",))


def later():
    return time_machine.travel(now() + PAUSE, tick=False)


def write_all():
    """What the worker does once the pause is over."""
    for _piece in write_letters():
        db.session.commit()
    db.session.commit()


def move(event, **changes):
    wanted = replace(settings_of(event), **changes)
    change_settings(event, wanted, actor=ORGANISER, at=now())
    db.session.commit()


def cancel(event, reason=""):
    """As the room of events cancels."""
    before = facts_of(event)
    event.status = "cancelled"
    announce(event, before, actor=ORGANISER, at=now(), reason=reason)
    db.session.commit()


def letters(kind):
    return db.session.query(Message).filter_by(kind=kind).order_by(Message.id).all()


def entry_of(app, message):
    with app.test_request_context():
        letter = compose(message)
    calendar = Calendar.from_ical(letter.calendar)
    return letter, str(calendar["METHOD"]), calendar.walk("VEVENT")[0]


def test_another_hour_is_told_with_the_same_uid_and_the_next_sequence(app, factory, event):
    guest = factory.registration(event)
    _letter, _method, first = entry_of(app, letters("confirmation")[0])

    move(event, starts_at=START + timedelta(hours=2))
    with later():
        write_all()
    (message,) = letters("event_moved")
    letter, method, entry = entry_of(app, message)

    assert (method, entry["UID"], entry["SEQUENCE"]) == ("REQUEST", first["UID"], first["SEQUENCE"] + 1)
    assert entry["DTSTART"].dt.astimezone(UTC) == START + timedelta(hours=2)
    assert str(entry["ATTENDEE"]) == f"mailto:{guest.email}"
    words = letter.text.replace("\xa0", " ")
    assert "19 h 30" in words
    assert "17 h 30" in words


def test_another_place_is_told_and_another_text_is_not(app, factory, event):
    factory.registration(event, language="en")
    move(event, title=Bilingual("Assises de la coopération"))
    assert db.session.query(Announcement).count() == 0
    assert event.calendar_sequence == 1

    move(event, place=Place("Maison des élus", city="Lyon"))
    with later():
        write_all()
    letter, _method, entry = entry_of(app, letters("event_moved")[0])

    assert entry["LOCATION"] == "Maison des élus, Lyon"
    assert letter.subject.startswith("New place")
    assert "Hôtel d’essai" in letter.text


def test_what_nobody_was_told_is_not_announced(factory, event):
    move(event, starts_at=START + timedelta(hours=2))
    assert event.calendar_sequence == 1
    event.status = "draft"
    factory.registration(event)
    move(event, starts_at=START)

    assert db.session.query(Announcement).count() == 0
    assert event.calendar_sequence == 1


def test_several_changes_within_the_pause_make_one_letter_and_a_change_back_none(app, factory, event):
    factory.registration(event)
    move(event, starts_at=START + timedelta(hours=1))
    move(event, starts_at=START + timedelta(days=7))
    with later():
        write_all()
        (message,) = letters("event_moved")
        assert "20 novembre" in entry_of(app, message)[0].text
        move(event, starts_at=START)
        move(event, starts_at=START + timedelta(days=7))
    with time_machine.travel(NOON + timedelta(hours=1)):
        write_all()

    assert len(letters("event_moved")) == 1
    assert event.calendar_sequence == 4


def test_each_reader_gets_what_concerns_them(app, factory, event):
    seated, second = factory.registration(event), factory.registration(event)
    waiting = factory.registration(event)
    asked = factory.invitation(event, state="sent", language="en")
    asked.sent_at = now()
    refused = factory.invitation(event, state="declined")
    never_sent = factory.invitation(event, state="draft")
    cancel(event, reason="Préavis de grève")
    with later():
        write_all()

    told = {message.subject_id: message for message in letters("event_cancelled")}
    assert set(told) == {seated.public_id, second.public_id, waiting.public_id, asked.public_id}
    assert not {refused.public_id, never_sent.public_id} & set(told)
    letter, method, entry = entry_of(app, told[seated.public_id])
    assert (method, entry["STATUS"], entry["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
    assert "Préavis de grève" in letter.text
    with app.test_request_context():
        in_queue, unanswered = compose(told[waiting.public_id]), compose(told[asked.public_id])
    assert (in_queue.calendar, in_queue.attachments) == (None, ())
    (kept,) = unanswered.attachments
    published = Calendar.from_ical(kept.data).walk("VEVENT")[0]
    assert (published["STATUS"], published["SEQUENCE"], "ATTENDEE" in published) == ("CANCELLED", 1, False)
    assert unanswered.subject.startswith("Cancelled")


def test_nothing_else_leaves_once_an_event_is_cancelled(factory, event):
    factory.registration(event)
    (confirmation,) = letters("confirmation")
    cancel(event)
    assert confirmation.due_at > now()
    with later():
        write_all()

    db.session.refresh(confirmation)
    assert (confirmation.state, letters("event_cancelled")[0].state) == ("cancelled", "queued")


def test_a_cancellation_is_undone_until_its_letters_leave(factory, event):
    factory.registration(event)
    (confirmation,) = letters("confirmation")
    due = confirmation.due_at
    cancel(event)
    undo_asked.send(event, at=now())
    before = facts_of(event)
    event.status = "open"
    announce(event, before, actor=ORGANISER, at=now())
    db.session.commit()
    with later():
        write_all()
    assert letters("event_cancelled") == []
    assert (confirmation.state, confirmation.due_at) == ("queued", due)
    assert event.calendar_sequence == 2  # calendars that were told forget it again

    cancel(event)
    with later(), pytest.raises(TooLateToUndo):
        undo_asked.send(event, at=now())


def test_what_was_cancelled_and_told_may_be_held_on_other_days(app, factory, event):
    guest = factory.registration(event)
    cancel_event(event, Bilingual("Grève", "Strike"), actor=ORGANISER, at=now())
    db.session.commit()
    with later():
        write_all()
        dates = NewDates(START + timedelta(days=28))
        notice = Bilingual("Reporté d’un mois", "A month later")
        postpone_event(event, dates, notice, moves_deadlines=True, actor=ORGANISER, at=now())
        db.session.commit()
        with later():
            write_all()
        (off,), (moved,) = letters("event_cancelled"), letters("event_moved")
        letter, method, entry = entry_of(app, moved)

    assert (off.subject_id, moved.subject_id) == (guest.public_id, guest.public_id)
    assert (method, entry["STATUS"], entry["SEQUENCE"]) == ("REQUEST", "CONFIRMED", 2)
    assert entry["DTSTART"].dt.astimezone(UTC) == START + timedelta(days=28)
    assert "Reporté d’un mois" in letter.text


def test_a_cancellation_not_told_yet_gives_way_to_new_dates(factory, event):
    factory.registration(event)
    (confirmation,) = letters("confirmation")
    cancel_event(event, Bilingual("Grève"), actor=ORGANISER, at=now())
    dates = NewDates(START + timedelta(days=28))
    postpone_event(event, dates, Bilingual("Reporté"), moves_deadlines=True, actor=ORGANISER, at=now())
    db.session.commit()
    with later():
        write_all()

    assert (len(letters("event_cancelled")), len(letters("event_moved")), confirmation.state) == (0, 1, "queued")


def test_a_better_title_within_the_pause_keeps_the_letters(factory, event):
    factory.registration(event)
    cancel(event, reason="Grève")
    move(event, title=Bilingual("Assises de la coopération"))
    with later():
        write_all()

    assert len(letters("event_cancelled")) == 1
    assert db.session.query(Announcement).one().reason == "Grève"


def test_letters_about_new_dates_may_be_stopped_or_hastened(factory, event):
    factory.registration(event)
    move(event, starts_at=START + timedelta(hours=1))
    stop_letters(db.session.query(Announcement).one(), actor=ORGANISER, at=now())
    db.session.commit()
    with later():
        write_all()
    assert letters("event_moved") == []

    move(event, starts_at=START + timedelta(hours=2))
    hastened = db.session.query(Announcement).filter_by(state="waiting").one()
    leave_now(hastened, actor=ORGANISER, at=now())
    db.session.commit()
    write_all()
    assert (len(letters("event_moved")), hastened.state, hastened.written) == (1, "left", 1)
    with pytest.raises(AlreadyLeft):
        stop_letters(hastened, actor=ORGANISER, at=now())


def test_letters_broken_off_go_on_and_nobody_is_told_twice(factory, event, monkeypatch):
    monkeypatch.setattr(announcements, "BATCH", 2)
    event.capacity = 10
    for _number in range(5):
        factory.registration(event)
    cancel(event)
    with later():
        work = write_letters()
        for _piece in range(2):  # taken up, and two letters written
            next(work)
            db.session.commit()
        work.close()
        assert len(letters("event_cancelled")) == 2
        write_all()
        write_all()

    assert len(letters("event_cancelled")) == 5
    assert db.session.query(Announcement).one().written == 5


def test_whoever_gives_up_a_place_is_told_and_a_rank_is_not(app, factory, event):
    first, second = factory.invitation(event), factory.invitation(event)
    for invitation in (first, second):
        service.accept(invitation, by="link", actor=INVITEE, at=now())
    third = factory.invitation(event)
    service.accept(third, by="link", actor=INVITEE, at=now())
    service.decline(third, by="link", actor=INVITEE, at=now())
    service.decline(first, by="link", actor=INVITEE, at=now())
    db.session.commit()

    (message,) = letters("cancellation")
    _letter, method, entry = entry_of(app, message)
    assert (message.recipient, method, entry["STATUS"], entry["SEQUENCE"]) == (first.email, "CANCEL", "CANCELLED", 1)
    assert str(entry["ATTENDEE"]) == f"mailto:{first.email}"

    service.accept(first, by="link", actor=INVITEE, at=now())
    db.session.commit()
    _letter, method, entry = entry_of(app, message)  # it leaves late: what holds is what it says
    assert (method, entry["SEQUENCE"]) == ("REQUEST", 2)
