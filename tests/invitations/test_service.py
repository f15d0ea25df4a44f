"""Sending, renewing, withdrawing (promises 3 and 4)."""

from collections.abc import Callable
from typing import Any

import pytest

from app.audit.service import COMMAND_LINE
from app.clock import now
from app.codes import token_hash
from app.database import db
from app.events.models import Event
from app.invitations import mailing, service
from app.invitations.composing import compose_invitation
from app.invitations.drafts import change
from app.invitations.models import Invitation
from app.invitations.queries import find_invitation_by_token
from app.outbox.models import Message
from app.outbox.service import start_sending
from tests.factories import KEY

Make = Callable[..., Any]
DONE = {"actor": COMMAND_LINE, "at": now()}


@pytest.fixture
def event(make_event: Make) -> Event:
    return make_event()


@pytest.fixture
def draft(event: Event, make_invitation: Make) -> Invitation:
    return make_invitation(event, state="draft")


def test_sending_queues_one_letter_however_often(draft: Invitation, letters: Make) -> None:
    service.send(draft, **DONE)
    service.send(draft, **DONE)
    db.session.commit()

    assert [one.recipient for one in letters(kind="invitation")] == [draft.email]
    assert (draft.state, draft.sent_at) == ("sent", DONE["at"])


def test_nothing_leaves_before_the_event_is_open(draft: Invitation, letters: Make) -> None:
    draft.event.status = "draft"

    with pytest.raises(service.EventNotOpen):
        service.send(draft, **DONE)
    with pytest.raises(service.EventNotOpen):
        mailing.send_drafts(draft.event, **DONE)
    assert letters() == []


def test_a_letter_needs_a_mailbox(draft: Invitation) -> None:
    draft.email = ""

    with pytest.raises(service.NoMailbox, match=draft.person.full_name):
        service.send(draft, **DONE)
    assert draft.state == "draft"


def test_a_mailing_names_who_was_not_reached(
    event: Event, make_person: Make, make_invitation: Make, letters: Make
) -> None:
    reached = make_invitation(event, state="draft")
    make_invitation(event, make_person("Luc", "Roux", email=""), state="draft")
    make_invitation(event, state="declined")

    done = mailing.send_drafts(event, **DONE)
    db.session.commit()

    assert done == mailing.Sending(1, ("Luc Roux",), 1)
    assert [one.subject_id for one in letters()] == [reached.public_id]
    assert mailing.send_drafts(event, **DONE).queued == 0


def test_a_mailing_goes_by_pieces(event: Event, make_invitation: Make) -> None:
    for _ in range(3):
        make_invitation(event, state="draft")

    assert [mailing.send_drafts(event, limit=2, **DONE).queued for _ in range(3)] == [2, 1, 0]


def test_a_new_link_ends_the_old_one_and_stops_its_letter(draft: Invitation, letters: Make) -> None:
    service.send(draft, **DONE)
    old = service.link_token(draft, KEY)

    service.send_new_link(draft, secret=KEY, **DONE)
    db.session.commit()

    new = service.link_token(draft, KEY)
    assert find_invitation_by_token(old) is None
    found = find_invitation_by_token(new)
    assert found is not None
    assert found.token_hash == token_hash(new)
    assert [one.state for one in letters(kind="invitation")] == ["cancelled", "queued"]


def test_a_withdrawn_invitation_opens_nothing_and_sends_nothing(draft: Invitation, letters: Make) -> None:
    service.send(draft, **DONE)
    service.withdraw(draft, **DONE)
    db.session.commit()

    assert find_invitation_by_token(service.link_token(draft, KEY)) is None
    assert [one.state for one in letters()] == ["cancelled"]
    with pytest.raises(service.Withdrawn):
        service.send(draft, **DONE)


@pytest.mark.parametrize("state", ["accepted", "represented"])
def test_who_comes_is_not_withdrawn(event: Event, make_invitation: Make, state: str) -> None:
    invitation = make_invitation(event, state=state)

    with pytest.raises(service.AlreadyAnswered):
        service.withdraw(invitation, **DONE)
    assert invitation.state == state


def test_a_correction_that_changes_nothing_leaves_no_trace(draft: Invitation) -> None:
    same = {
        "quality": service.Quality(draft.qualities, draft.organisation), "category": draft.category,
        "email": draft.email, "language": draft.language,
    }  # fmt: skip

    assert not change(draft, **same, **DONE)
    assert change(draft, **{**same, "email": "other@example.org"}, **DONE)
    assert draft.email == "other@example.org"


def test_only_the_hash_of_a_link_is_stored(draft: Invitation) -> None:
    service.send(draft, **DONE)
    db.session.commit()

    token = service.link_token(draft, KEY)
    assert draft.token_hash == token_hash(token)
    assert token not in repr(vars(draft))
    assert token not in repr(vars(db.session.query(Message).one()))


def test_a_letter_that_left_keeps_no_link_that_opens(draft: Invitation, app: Any) -> None:
    service.send(draft, **DONE)
    db.session.flush()
    message = db.session.query(Message).one()
    with app.test_request_context(base_url="https://parvis.example"):
        letter = compose_invitation(message)
    start_sending(message, letter, DONE["at"])
    db.session.commit()

    assert service.link_token(draft, KEY) in letter.text
    assert service.link_token(draft, KEY) not in message.body_text
    assert "https://parvis.example/i/…" in message.body_text
