"""The letters that say what became of an answer."""

import re
from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from app.audit.service import SYSTEM
from app.badging.queries import find_active_badge
from app.badging.ticket import ticket_for
from app.clock import now
from app.database import db
from app.directory.service import Names
from app.outbox.composing import compose
from app.registration import service
from app.registration.representatives import Representative
from tests.factories import INVITEE


@pytest.fixture
def event(factory):
    return factory.event(id_check=True, capacity=1, offer_hours=0, starts_at=datetime(2025, 11, 18, 16, 30, tzinfo=UTC))


def letter(app, message):
    with app.test_request_context():
        return compose(message)


def only(calendar):
    return Calendar.from_ical(calendar).walk("VEVENT")[0]


def test_the_confirmation_carries_code_reminder_and_calendar(app, factory, event, letters):
    registration = factory.registration(event, factory.person("Pia", "Imbs", civility="Mme"))
    found = letter(app, letters(kind="confirmation")[0])
    badge = find_active_badge(registration.id)
    code = f"{badge.short_code[:4]} {badge.short_code[4:]}"
    assert code in found.text
    assert code in found.html
    assert "Madame Pia IMBS" in found.html
    assert "/i/" in found.text  # whoever can no longer come says so by the personal link
    picture = found.attachments[0]
    assert f"cid:{picture.inline_id}" in found.html
    assert picture.data.startswith(b"\x89PNG")
    assert not re.search(r"style=|<script|src=\"http", found.html)
    entry = only(found.calendar)
    assert found.calendar_method == "REQUEST"
    assert str(entry["uid"]) == f"{registration.public_id}@127.0.0.1"
    assert entry["sequence"] == 0
    assert entry["dtstart"].dt.astimezone(UTC) == datetime(2025, 11, 18, 16, 30, tzinfo=UTC)
    assert str(entry["attendee"]).lower() == f"mailto:{registration.email}"
    assert entry.walk("VALARM")
    assert "identi" in str(entry["description"]).lower()


def test_without_an_identity_check_nobody_is_asked_for_a_document(app, factory, event, letters):
    event.id_check = False
    factory.registration(event)
    found = letter(app, letters(kind="confirmation")[0])
    assert "identi" not in str(only(found.calendar)["description"]).lower()


def test_the_queue_s_letter_says_the_rank_and_carries_nothing(app, factory, event, letters):
    factory.registration(event)
    factory.registration(event)
    found = letter(app, letters(kind="waiting")[0])
    assert "1" in found.subject
    assert (found.calendar, found.attachments) == (None, ())


def test_a_letter_says_what_holds_when_it_leaves(app, factory, event, letters):
    first, second = factory.registration(event), factory.registration(event)
    service.cancel_registration(first, actor=SYSTEM, at=now())
    db.session.commit()
    waiting, lost = letters(kind="waiting")[0], letters(kind="confirmation")[0]
    assert waiting.subject_id == second.public_id
    assert letter(app, waiting).calendar is not None
    assert letter(app, lost).calendar is None


def test_the_representative_s_letter_is_theirs(app, factory, event, letters):
    invitation = factory.invitation(event, factory.person("Philippe", "Laurent"))
    who = Representative(Names("Zoé", "Yvon", civility="Mme"), "Adjointe", "zoe@example.org")
    service.be_represented_by(invitation, who, by="link", actor=INVITEE, at=now())
    db.session.commit()
    message = letters(kind="confirmation")[0]
    found = letter(app, message)
    assert message.recipient == "zoe@example.org"
    assert "Zoé YVON" in found.html
    assert "Philippe LAURENT" in found.html
    assert "/i/" not in found.html
    assert len(re.findall(rb"\r\nATTENDEE", found.calendar)) == 1


def test_a_change_raises_the_sequence_under_the_same_uid(app, factory, event, letters):
    invitation = factory.invitation(event)
    registration = service.accept(invitation, by="link", actor=INVITEE, at=now())
    service.decline(invitation, by="link", actor=INVITEE, at=now())
    service.accept(invitation, by="link", actor=INVITEE, at=now())
    db.session.commit()
    entry = only(letter(app, letters(kind="confirmation")[-1]).calendar)
    assert str(entry["uid"]).startswith(registration.public_id)
    assert entry["sequence"] == 2


def test_both_languages(app, factory, event, letters):
    factory.registration(event, language="en")
    found = letter(app, letters(kind="confirmation")[0])
    assert '<html lang="en"' in found.html
    assert "Your place is confirmed" in found.subject


def test_no_ticket_without_a_place(app, factory, event):
    seated, waiting = factory.registration(event), factory.registration(event)
    assert ticket_for(seated)["svg"].startswith("<svg")
    assert ticket_for(waiting) is None
