"""The mail that invites, in both languages, with its PDF and its one link."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import icalendar
import pypdfium2
import pytest
from flask import Flask

from app.audit.service import COMMAND_LINE
from app.clock import now
from app.columns import Bilingual
from app.database import db
from app.errors import NotFound
from app.extensions import settings
from app.invitations import service
from app.invitations.batches import compose_invitations
from app.invitations.composing import compose_invitation
from app.invitations.models import Invitation
from app.outbox.composing import Letter
from app.outbox.models import Message
from app.outbox.transport import Sender, as_email
from app.registration.calendar_entry import calendar_of as appointment
from app.registration.service import accept

Make = Callable[..., Any]
BASE = "https://parvis.example.org"


@pytest.fixture
def invitation(make_event: Make, make_person: Make, make_invitation: Make) -> Invitation:
    event = make_event(
        title=Bilingual("Assises de la coopération", "Conference on co-operation"),
        starts_at=datetime(2026, 12, 8, 16, 30, tzinfo=UTC),
        edition_number=3,
        id_check=True,
        deadline=datetime(2026, 12, 1, tzinfo=UTC).date(),
    )
    person = make_person("Pia", "Imbs", civility="Mme")
    return make_invitation(event, person, state="draft", qualities=("Présidente",), email="pia@example.org")


def compose(app: Flask, invitation: Invitation, language: str = "fr") -> tuple[Message, Letter]:
    invitation.language = language
    service.send(invitation, actor=COMMAND_LINE, at=now())
    db.session.commit()
    message = db.session.query(Message).one()
    with app.test_request_context(base_url=BASE):
        return message, compose_invitation(message)


def words(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(text.split())


def test_in_french(app: Flask, invitation: Invitation) -> None:
    _message, letter = compose(app, invitation)

    link = f"{BASE}/i/{service.link_token(invitation, app.config['SECRET_KEY'])}"
    assert letter.subject == "Invitation : Assises de la coopération"
    assert letter.reply_to == invitation.event.mailbox
    for carried in (letter.text, letter.html):
        assert link in carried
        assert "Madame la Présidente," in carried
        assert "mardi 8 décembre 2026" in carried
        assert "mardi 1er décembre 2026" in carried
        assert "je vous prie d’agréer, madame la présidente, l’expression" in carried.lower()
    assert '<html lang="fr"' in letter.html


def test_in_english(app: Flask, invitation: Invitation) -> None:
    _message, letter = compose(app, invitation, "en")

    assert letter.subject == "Invitation: Conference on co-operation"
    for carried in (letter.text, letter.html):
        assert "Dear Madam," in carried
        assert "Tuesday 8 December 2026" in carried
        assert "Answer expected before Tuesday 1 December 2026" in carried
        assert "identity document" in carried
    assert '<html lang="en"' in letter.html


def test_the_letter_goes_with_it_as_pdf(app: Flask, invitation: Invitation) -> None:
    _message, letter = compose(app, invitation)

    part, _calendar = letter.attachments
    assert (part.mime, part.name.endswith(".pdf")) == ("application/pdf", True)
    text = words(part.data)
    assert "Madame Pia IMBS" in text
    assert "Madame la Présidente," in text
    assert "Hôtel d’essai, 1 rue de l’Essai, Paris" in text


def test_the_date_goes_with_it_for_the_invitees_calendar(app: Flask, invitation: Invitation) -> None:
    _message, letter = compose(app, invitation, "en")

    (part,) = [part for part in letter.attachments if part.mime == "text/calendar"]
    calendar = icalendar.Calendar.from_ical(part.data)
    (entry,) = calendar.walk("VEVENT")
    # Nothing is asked back: the answer is given by the personal link.
    assert (calendar["METHOD"], entry["STATUS"], "ATTENDEE" in entry) == ("PUBLISH", "TENTATIVE", False)
    assert entry["SUMMARY"] == "Conference on co-operation"
    assert entry["DTSTART"].dt == datetime(2026, 12, 8, 16, 30, tzinfo=UTC)
    # The place confirmed will replace the date kept: one identifier a person and event, a SEQUENCE that never falls.
    registration = accept(invitation, by="link", actor=COMMAND_LINE, at=now())
    base = settings().base_url
    data = appointment(registration, base_url=base, sender="x@example.org", stamp=now(), method="REQUEST")
    confirmed = icalendar.Calendar.from_ical(data).walk("VEVENT")[0]
    assert entry["UID"] == confirmed["UID"]
    assert entry["SEQUENCE"] <= confirmed["SEQUENCE"]


def test_many_are_written_together_as_each_would_be_alone(
    app: Flask, invitation: Invitation, make_person: Make, make_invitation: Make
) -> None:
    event = invitation.event
    others = [make_invitation(event, make_person(), state="draft", language=code) for code in ("en", "fr")]
    for one in (invitation, *others):
        service.send(one, actor=COMMAND_LINE, at=now())
    db.session.commit()
    messages = db.session.query(Message).all()
    lost = Message(public_id="lost", kind="invitation", subject_id="nobody", recipient="x@example.org")
    with app.test_request_context(base_url=BASE):
        together = compose_invitations([*messages, lost])
        alone = {message.public_id: compose_invitation(message) for message in messages}
    db.session.expunge_all()
    assert together.keys() == alone.keys()
    for name, letter in together.items():
        assert replace(letter, attachments=()) == replace(alone[name], attachments=())
        assert [part.name for part in letter.attachments] == [part.name for part in alone[name].attachments]
        assert words(letter.attachments[0].data) == words(alone[name].attachments[0].data)


def test_it_is_dated_the_day_it_leaves(app: Flask, invitation: Invitation) -> None:
    message, _letter = compose(app, invitation)
    # 23:30 UTC in winter is the next day in Paris.
    message.sent_at = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)

    with app.test_request_context(base_url=BASE):
        letter = compose_invitation(message)

    assert "Paris, le 1er décembre 2026" in words(letter.attachments[0].data)


def test_nothing_is_inline_but_one_constant_style(app: Flask, invitation: Invitation) -> None:
    _message, letter = compose(app, invitation)

    assert letter.html.count("<style>") == 1
    assert " style=" not in letter.html
    assert "<script" not in letter.html
    assert "<table" not in letter.html


def test_what_people_typed_stays_text(app: Flask, invitation: Invitation) -> None:
    invitation.qualities = ("<b>Maire</b> de {name} *et* {salutation}",)
    invitation.person.family_name = "<script>alert(1)</script> {link}"

    _message, letter = compose(app, invitation)

    assert "<script>" not in letter.html
    assert "<b>Maire" not in letter.html
    assert "{name} *et* {salutation}" in words(letter.attachments[0].data)


def test_no_header_can_be_slipped_in(app: Flask, invitation: Invitation) -> None:
    invitation.person.family_name = "Imbs\r\nBcc: all@example.org"
    invitation.event.title = Bilingual("Assises\r\nBcc: all@example.org")

    message, letter = compose(app, invitation)
    mail = as_email(message, letter, Sender("parvis@example.org"))

    assert mail["Bcc"] is None
    assert "\n" not in mail["Subject"]


def test_a_vanished_invitation_has_no_letter(app: Flask, invitation: Invitation) -> None:
    message, _letter = compose(app, invitation)
    message.subject_id = "nobody"

    with app.test_request_context(base_url=BASE), pytest.raises(NotFound):
        compose_invitation(message)


def test_composing_changes_nothing(app: Flask, invitation: Invitation) -> None:
    message, _letter = compose(app, invitation)

    assert not db.session.dirty
    assert message.state == "queued"
