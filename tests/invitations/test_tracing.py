"""Between the letter and the answer: seen by a person, bounced, silent; shared mailboxes; offices."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pypdfium2
import pytest

from app.clock import now
from app.database import db
from app.directory.mandates import Term, add_mandate, hand_over
from app.directory.models import Office
from app.directory.service import get_or_add_organisation
from app.events.models import Event
from app.invitations import campaigns, mailing, offices, service, tracing
from app.invitations.composing import compose_invitation
from app.invitations.letters import compose_digest
from app.invitations.queries import find_invitation_by_token
from tests.factories import KEY, ORGANISER

Make = Callable[..., Any]
DONE = {"actor": ORGANISER, "at": now()}
BASE = "https://parvis.example"


@pytest.fixture
def event(make_event: Make) -> Event:
    return make_event()


def test_seen_once_and_an_answer_is_not_unsaid(event: Event, make_invitation: Make) -> None:
    invitation = make_invitation(event)
    assert tracing.note_opened(invitation, DONE["at"])
    assert not tracing.note_opened(invitation, DONE["at"] + timedelta(hours=1))
    assert (invitation.state, invitation.opened_at) == ("opened", DONE["at"])
    accepted = make_invitation(event, state="accepted")
    tracing.note_opened(accepted, DONE["at"])
    assert accepted.state == "accepted"


def test_a_letter_that_came_back_is_sent_to_the_corrected_address(
    event: Event, make_invitation: Make, letters: Make
) -> None:
    invitation = make_invitation(event, state="draft")
    service.send(invitation, **DONE)
    message = letters(kind="invitation")[0]
    tracing.note_bounced(message, at=DONE["at"], reason="550 no such user")
    assert (invitation.state, invitation.bounce_reason) == ("bounced", "550 no such user")

    invitation.email = "right@example.org"
    service.send_new_link(invitation, secret=KEY, **DONE)
    assert (invitation.state, invitation.bounce_reason) == ("sent", "")
    tracing.note_bounced(message, at=DONE["at"], reason="550 again")
    assert invitation.state == "sent"


def test_a_letter_that_came_back_after_the_answer_changes_no_answer(
    event: Event, make_invitation: Make, letters: Make
) -> None:
    invitation = make_invitation(event, state="draft")
    service.send(invitation, **DONE)
    service.record_answer(invitation, "accepted", by="phone", **DONE)
    tracing.note_bounced(letters()[0], at=DONE["at"], reason="full")
    assert (invitation.state, invitation.bounced_at) == ("accepted", DONE["at"])


def test_silence_is_noted_and_undone_when_the_deadline_moves(event: Event, make_invitation: Make) -> None:
    seen, unseen = make_invitation(event), make_invitation(event)
    answered = make_invitation(event, state="declined")
    tracing.note_opened(seen, DONE["at"])
    over = event.starts_at - timedelta(days=1)
    assert tracing.settle_silence(event, DONE["at"]) == 0
    assert tracing.settle_silence(event, over) == 2
    assert [one.state for one in (seen, unseen, answered)] == ["no_answer", "no_answer", "declined"]
    unseen.deadline_day = event.starts_at.date() - timedelta(days=1)
    seen.deadline_day = event.starts_at.date() - timedelta(days=1)
    assert tracing.settle_silence(event, over - timedelta(days=1)) == 2
    assert [one.state for one in (seen, unseen)] == ["opened", "sent"]


@pytest.fixture
def cabinet(event: Event, make_person: Make, make_invitation: Make) -> list[service.Invitation]:
    """Three elected people behind one mailbox, and one with a mailbox of their own."""
    names = ["Un", "Deux", "Trois"]
    people = [make_person("Élu", name, email="cabinet@ville.example") for name in names]
    return [make_invitation(event, one, state="draft") for one in (*people, make_person("Seul", "Autre"))]


def test_a_shared_mailbox_gets_a_mail_for_each_unless_told_otherwise(
    event: Event, cabinet: list[service.Invitation], letters: Make
) -> None:
    assert mailing.send_drafts(event, **DONE) == mailing.Sending(4, (), 4)
    assert [one.recipient for one in letters()].count("cabinet@ville.example") == 3


def test_a_shared_mailbox_gets_one_mail_with_a_link_for_each(
    event: Event, cabinet: list[service.Invitation], letters: Make, app: Any
) -> None:
    campaigns.set_rules(event, requires_approval=False, shared_mailbox="digest", **DONE)
    sent = mailing.send_drafts(event, limit=1, **DONE)
    db.session.commit()
    assert (sent.queued, sent.letters) == (3, 1), "a mailbox is not split between two batches"
    assert mailing.send_drafts(event, **DONE).letters == 1
    message = letters(kind="invitation_digest")[0]
    with app.test_request_context(base_url=BASE):
        letter = compose_digest(message)
    links = {service.link_token(one, KEY) for one in cabinet[:3]}
    assert len(links) == 3
    assert all(f"{BASE}/i/{token}" in letter.text and f"{BASE}/i/{token}" in letter.html for token in links)
    assert len([one for one in letter.attachments if one.mime == "application/pdf"]) == 3
    assert {one.state for one in cabinet} == {"sent"}
    assert [one.public_id for one in cabinet if one.digest_id == message.public_id] == [
        one.public_id for one in cabinet[:3]
    ]

    tracing.note_bounced(message, at=DONE["at"], reason="full")
    assert [one.state for one in cabinet] == ["bounced", "bounced", "bounced", "sent"]


def test_who_is_withdrawn_is_left_out_of_the_shared_mail(
    event: Event, cabinet: list[service.Invitation], letters: Make, app: Any
) -> None:
    campaigns.set_rules(event, requires_approval=False, shared_mailbox="digest", **DONE)
    mailing.send_drafts(event, **DONE)
    service.withdraw(cabinet[0], **DONE)
    db.session.commit()
    message = letters(kind="invitation_digest")[0]
    with app.test_request_context(base_url=BASE):
        letter = compose_digest(message)
    assert service.link_token(cabinet[0], KEY) not in letter.text
    assert service.link_token(cabinet[1], KEY) in letter.text
    for one in cabinet[1:3]:
        service.withdraw(one, **DONE)
    assert message.state == "cancelled"


JANUARY, MAY = datetime(2026, 1, 25, 9, tzinfo=UTC), datetime(2026, 5, 4, 9, tzinfo=UTC)


@pytest.fixture
def town_hall() -> Office:
    office = Office(
        organisation=get_or_add_organisation("Ville de X"), title_masculine="Maire de X", title_feminine="Maire de X",
        key="maire de x",
    )  # fmt: skip
    db.session.add(office)
    db.session.flush()
    return office


def test_an_office_is_invited_and_the_letter_follows_it(
    make_event: Make, make_person: Make, town_hall: Office, letters: Make, frozen: Make, app: Any
) -> None:
    frozen(JANUARY)
    event = make_event(starts_at=datetime(2026, 7, 8, 7, tzinfo=UTC))
    with pytest.raises(offices.OfficeVacant):
        offices.invite_office(event, town_hall, event.categories[0], secret=KEY, actor=ORGANISER, at=JANUARY)
    old, new = make_person("Anne", "Ancienne", qualities=()), make_person("Noé", "Nouveau", qualities=())
    add_mandate(old, Term("", office=town_hall, valid_from=date(2020, 7, 4)), actor=ORGANISER, at=JANUARY)
    invitation = offices.invite_office(event, town_hall, event.categories[0], secret=KEY, actor=ORGANISER, at=JANUARY)
    service.send(invitation, actor=ORGANISER, at=JANUARY)
    first = letters(kind="invitation")[0]
    first.sent_at, first.state = JANUARY, "sent"
    old_link = service.link_token(invitation, KEY)

    frozen(MAY)
    assert not offices.has_passed_on(invitation, MAY)
    hand_over(town_hall, new, date(2026, 3, 30), actor=ORGANISER, at=MAY)
    assert offices.has_passed_on(invitation, MAY)
    assert offices.follow_office(invitation, secret=KEY, actor=ORGANISER, at=MAY)
    db.session.commit()

    assert (invitation.person, invitation.former_person) == (new, old)
    assert invitation.qualities == ("Maire de X",)
    assert find_invitation_by_token(old_link) is None
    with app.test_request_context(base_url=BASE):
        archived = compose_invitation(first)
    pages = pypdfium2.PdfDocument(archived.attachments[0].data)
    assert "Anne ANCIENNE" in pages[0].get_textpage().get_text_bounded(), "the archived letter is unchanged"
    assert not offices.follow_office(invitation, secret=KEY, actor=ORGANISER, at=MAY)


def test_an_answer_given_by_the_former_holder_stays_theirs(
    make_event: Make, make_person: Make, town_hall: Office
) -> None:
    event, old, new = make_event(), make_person("Anne"), make_person("Noé")
    add_mandate(old, Term("", office=town_hall), **DONE)
    invitation = offices.invite_office(event, town_hall, event.categories[0], secret=KEY, **DONE)
    service.record_answer(invitation, "accepted", by="phone", **DONE)
    hand_over(town_hall, new, DONE["at"].date(), **DONE)
    assert not offices.follow_office(invitation, secret=KEY, **DONE)
    assert invitation.person == old
