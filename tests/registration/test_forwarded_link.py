"""An invitee forwards the link (scenario 5.11)."""

from datetime import timedelta

import pytest

from app.clock import now
from app.database import db
from app.invitations.service import link_token
from app.outbox.composing import compose
from app.outbox.service import start_sending
from app.registration import mailbox_proof
from app.registration.mailbox_proof import TooManyCodes
from app.registration.models import OneTimeCode, Registration, RepresentationRequest
from tests.browsing import Browser
from tests.databases import KEY
from tests.registration.proving import latest_digits, prove

COLLEAGUE = {
    "answer": "represented",
    "given_name": "Théo",
    "family_name": "Nardin",
    "quality": "Conseiller",
    "email": "theo@example.org",
    "message": "La présidente est absente.",
}


@pytest.fixture
def invitation(factory):
    person = factory.person("Pia", "Imbs", civility="Mme", native="Піа")
    return factory.invitation(factory.event(), person, email="pia.imbs@example.org")


def address(invitation, page=""):
    return f"/invitation/{invitation.public_id}/{page}"


@pytest.fixture
def opened(app, invitation):
    """Two browsers that opened the same link."""
    browsers = [app.test_client(), app.test_client()]
    for one in browsers:
        assert isinstance(one, Browser)
        one.get(f"/i/{link_token(invitation, KEY)}")
    return browsers


def attend(browser, invitation):
    return browser.post(address(invitation), data={"answer": "attend"})


def test_the_page_names_the_invitee_partly_masked(opened, invitation):
    for page in ("", "someone-else"):
        text = opened[0].get(address(invitation, page)).text
        assert "Pia I…" in text
        for hidden in ("IMBS", "Imbs", "Піа", "pia.imbs"):
            assert hidden not in text


def test_saying_who_one_is_makes_a_request_and_no_answer(opened, invitation, letters):
    found = opened[0].post(address(invitation, "someone-else"), data=COLLEAGUE)
    assert found.status_code == 303
    opened[0].post(address(invitation, "someone-else"), data=COLLEAGUE)
    db.session.refresh(invitation)
    assert (invitation.state, db.session.query(Registration).count()) == ("sent", 0)
    assert db.session.query(RepresentationRequest).one().state == "waiting"
    (told,) = letters(kind="representation_asked")
    assert told.recipient == "pia.imbs@example.org"


def test_a_request_keeps_what_was_typed(opened, invitation):
    found = opened[0].post(address(invitation, "someone-else"), data={**COLLEAGUE, "email": "theo"})
    assert found.status_code == 422
    assert "Nardin" in found.text


def test_somebody_expected_already_cannot_ask(opened, invitation, factory):
    factory.registration(invitation.event, factory.person("Théo", "Nardin", email="theo@example.org"))
    assert opened[0].post(address(invitation, "someone-else"), data=COLLEAGUE).status_code == 422


def test_the_fourth_request_is_one_too_many(opened, invitation):
    for number in range(3):
        names = {**COLLEAGUE, "family_name": f"Nardin{'abc'[number]}"}
        assert opened[0].post(address(invitation, "someone-else"), data=names).status_code == 303
    assert opened[0].post(address(invitation, "someone-else"), data=COLLEAGUE).status_code == 422


@pytest.mark.parametrize("decision", ["grant", "refuse"])
def test_the_invited_person_decides_with_a_code(opened, invitation, letters, decision):
    opened[0].post(address(invitation, "someone-else"), data=COLLEAGUE)
    request = db.session.query(RepresentationRequest).one()
    act = address(invitation, f"requests/{request.public_id}/{decision}")
    assert opened[1].post(act).location.endswith("/code")
    assert request.state == "waiting"
    prove(opened[1], invitation)
    assert "Nardin" in opened[1].get(address(invitation)).text
    opened[1].post(act)
    db.session.expire_all()
    assert (request.state, invitation.state) == (
        ("granted", "represented") if decision == "grant" else ("refused", "sent")
    )
    kind = "confirmation" if decision == "grant" else "representation_refused"
    assert [letter.recipient for letter in letters(kind=kind)] == ["theo@example.org"]


def test_an_organiser_decides_too(opened, invitation, organiser_client):
    opened[0].post(address(invitation, "someone-else"), data=COLLEAGUE)
    request = db.session.query(RepresentationRequest).one()
    pages = f"/organise/{invitation.event.slug}/registrations/requests"
    assert "La présidente est absente." in organiser_client.get(pages).text
    assert organiser_client.post(f"{pages}/{request.public_id}/grant").status_code == 303
    db.session.expire_all()
    assert (request.state, invitation.state) == ("granted", "represented")
    organiser_client.post(f"{pages}/{request.public_id}/refuse")
    db.session.expire_all()
    assert request.state == "granted"


def test_the_second_to_answer_sees_the_answer_that_stands(opened, invitation):
    first, second = opened
    assert attend(first, invitation).status_code == 303
    for typed in ({"answer": "decline", "reason": "no"}, COLLEAGUE):
        found = second.post(address(invitation), data=typed)
        assert found.status_code == 409
    assert "Nardin" in found.text  # what was typed may become a request
    db.session.refresh(invitation)
    assert invitation.state == "accepted"
    assert second.get(address(invitation)).location.endswith("/answered")
    assert attend(second, invitation).status_code == 303  # the same answer again changes nothing
    assert db.session.query(Registration).count() == 1


def test_the_entrance_code_is_shown_to_whoever_reads_the_mailbox(opened, invitation, letters):
    first, second = opened
    attend(first, invitation)
    for one in opened:
        page = one.get(address(invitation, "answered")).text
        assert "<code>" not in page
        assert "pia.imbs@" not in page
    prove(first, invitation)
    assert "<code>" in first.get(address(invitation, "answered")).text
    assert "<code>" not in second.get(address(invitation, "answered")).text
    assert first.post(address(invitation), data={"answer": "decline", "reason": ""}).status_code == 303
    db.session.refresh(invitation)
    assert invitation.state == "declined"
    assert [letter.recipient for letter in letters(kind="code")] == ["pia.imbs@example.org"]


def test_thirty_minutes_later_another_code_is_needed(opened, invitation, frozen):
    clock = frozen(now())
    attend(opened[0], invitation)
    prove(opened[0], invitation)
    clock.shift(31 * 60)
    assert "<code>" not in opened[0].get(address(invitation, "answered")).text


def test_the_letter_holds_the_digits_while_they_serve_and_the_database_never(opened, invitation, letters):
    opened[0].post(address(invitation, "code"))
    (message,) = letters(kind="code")
    sent = latest_digits(invitation)
    spaced = f"{sent[:3]} {sent[3:]}"
    assert spaced in compose(message).text
    code = db.session.query(OneTimeCode).one()
    assert sent not in code.code_hash
    assert sent not in str(message.context)
    start_sending(message, compose(message), now())
    assert "Votre code" in message.body_text
    assert spaced not in message.body_text
    code.expires_at = now() - timedelta(seconds=1)
    assert spaced not in compose(message).text


def check(browser, invitation, digits):
    return browser.post(address(invitation, "code/check"), data={"digits": digits})


def test_five_mistakes_end_a_code(opened, invitation):
    opened[0].post(address(invitation, "code"))
    right = latest_digits(invitation)
    wrong = f"{(int(right) + 1) % 10**6:06}"
    for _ in range(mailbox_proof.MOST_TRIES):
        assert check(opened[0], invitation, wrong).status_code == 422
    assert check(opened[0], invitation, right).status_code == 422


def test_a_code_serves_once_and_fifteen_minutes(opened, invitation, frozen):
    clock = frozen(now())
    opened[0].post(address(invitation, "code"))
    right = latest_digits(invitation)
    assert check(opened[0], invitation, f" {right[:3]} {right[3:]} ").status_code == 303
    assert check(opened[1], invitation, right).status_code == 422
    clock.shift(61)
    opened[0].post(address(invitation, "code"))
    clock.shift(15 * 60)
    assert check(opened[1], invitation, latest_digits(invitation)).status_code == 422


def test_a_newer_code_ends_the_older_one(opened, invitation, frozen):
    clock = frozen(now())
    opened[0].post(address(invitation, "code"))
    older = latest_digits(invitation)
    clock.shift(61)
    opened[0].post(address(invitation, "code"))
    assert check(opened[0], invitation, older).status_code == 422


def test_codes_are_throttled(invitation, frozen):
    clock = frozen(now())

    def ask():
        mailbox_proof.ask(invitation, secret=KEY, at=now())
        db.session.commit()

    ask()
    with pytest.raises(TooManyCodes):
        ask()
    for _ in range(mailbox_proof.MOST_AN_HOUR - 1):
        clock.shift(61)
        ask()
    clock.shift(61)
    with pytest.raises(TooManyCodes):
        ask()
    clock.shift(3600)
    ask()


def test_without_a_mailbox_the_organiser_is_written_to(app, client, factory):
    invitation = factory.invitation(person=factory.person("Ana", "Roux", email=""), email="")
    client.get(f"/i/{link_token(invitation, KEY)}")
    attend(client, invitation)
    assert "organisation@example.org" in client.get(address(invitation, "answered")).text
    assert client.post(address(invitation, "code")).status_code == 409


def test_an_invitation_in_person_is_not_represented(opened, invitation):
    invitation.is_transferable = False
    assert 'value="represented"' not in opened[0].get(address(invitation)).text
    assert opened[0].post(address(invitation), data=COLLEAGUE).status_code == 422
    assert opened[0].post(address(invitation, "someone-else"), data=COLLEAGUE).status_code == 422
    db.session.refresh(invitation)
    assert invitation.state == "sent"


def test_asking_by_get_mails_nothing(opened, invitation, letters):
    for page in ("code", "someone-else", "answered", ""):
        for _ in range(30):
            opened[0].get(address(invitation, page))
            opened[0].head(address(invitation, page))
    assert letters() == []
    db.session.refresh(invitation)
    assert invitation.state == "sent"
