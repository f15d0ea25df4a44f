"""The pages behind a personal link, as a phone without JavaScript uses them."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from app.clock import now
from app.database import db
from app.invitations.service import link_token, renew_link, withdraw
from app.registration import guessing
from app.registration.models import Registration
from tests.databases import KEY
from tests.factories import ORGANISER
from tests.registration.proving import prove

ZOE = {
    "answer": "represented",
    "civility": "Mme",
    "given_name": "Zoé",
    "family_name": "Yvon",
    "quality": "Adjointe au maire",
    "email": "zoe@example.org",
}


@pytest.fixture(autouse=True)
def _nobody_guessed():
    guessing.forget()


@pytest.fixture
def invitation(factory):
    person = factory.person("Pia", "Imbs", civility="Mme")
    event = factory.event(id_check=True, capacity=2)
    return factory.invitation(event, person, qualities=("Présidente de l’Eurométropole",))


@pytest.fixture
def guest(client, invitation):
    """A browser that opened the link."""
    assert client.get(f"/i/{link_token(invitation, KEY)}").status_code == 302
    return client


def address(invitation, page=""):
    return f"/invitation/{invitation.public_id}/{page}"


def answer(browser, invitation, **fields):
    return browser.post(address(invitation), data=fields)


def test_a_link_leads_to_a_clean_address(client, invitation):
    token = link_token(invitation, KEY)
    found = client.get(f"/i/{token}")
    assert found.location == address(invitation)
    page = client.get(found.location).text
    assert token not in page
    assert "Madame Pia I…" in page  # whole only for whoever reads the mailbox
    assert "IMBS" not in page
    assert "Présidente de l’Eurométropole" in page


def test_thirty_scanners_change_nothing(client, invitation, statement_count):
    token = link_token(invitation, KEY)
    pages = (f"/i/{token}", address(invitation), address(invitation, "answered"))
    with statement_count() as seen:
        for _ in range(15):
            for page in pages:
                assert client.get(page).status_code in {200, 302}
                assert client.head(page).status_code in {200, 302}
    assert [s for s in seen if not s.startswith(("SELECT", "PRAGMA")) and s != "BEGIN"] == []
    db.session.refresh(invitation)
    assert (invitation.state, db.session.query(Registration).count()) == ("sent", 0)


@pytest.mark.parametrize("spoil", ["unknown", "withdrawn", "renewed"])
def test_a_link_that_opens_nothing_gets_one_neutral_page(client, invitation, spoil):
    token = link_token(invitation, KEY)
    if spoil == "unknown":
        token = "a" * 26
    elif spoil == "withdrawn":
        withdraw(invitation, actor=ORGANISER, at=now())
    else:
        renew_link(invitation, secret=KEY, actor=ORGANISER, at=now())
    found = client.get(f"/i/{token}")
    assert found.status_code == 404
    assert "Imbs" not in found.text
    assert "Imbs".upper() not in found.text


def test_a_renewed_link_ends_what_the_old_one_opened(guest, invitation):
    renew_link(invitation, secret=KEY, actor=ORGANISER, at=now())
    assert guest.get(address(invitation)).status_code == 404
    assert answer(guest, invitation, answer="attend").status_code == 404


def test_without_the_link_there_is_no_page(client, invitation):
    for page in ("", "answered", "calendar.ics", "someone-else"):
        assert client.get(address(invitation, page)).status_code == 404
    assert answer(client, invitation, answer="attend").status_code == 404


def test_trying_links_is_slowed_and_forgotten_after_ten_minutes(client, invitation, frozen):
    clock = frozen(now())
    for _ in range(guessing.MOST_MISSES):
        assert client.get("/i/nothing").status_code == 404
    assert client.get(f"/i/{link_token(invitation, KEY)}").status_code == 429
    clock.shift(601)
    assert client.get(f"/i/{link_token(invitation, KEY)}").status_code == 302


def test_a_secretariat_holds_several_invitations(client, factory):
    event = factory.event()
    held = [factory.invitation(event, email="cabinet@example.org") for _ in range(22)]
    for one in held:
        client.get(f"/i/{link_token(one, KEY)}")
    statuses = [client.get(address(one)).status_code for one in held]
    assert statuses[-1] == 200
    assert statuses.count(200) == 20


def test_will_attend_gives_a_place_and_its_code(guest, invitation):
    found = answer(guest, invitation, answer="attend")
    assert (found.status_code, found.location) == (303, address(invitation, "answered"))
    assert "<code>" not in guest.get(found.location).text
    prove(guest, invitation)
    page = guest.get(found.location).text
    assert "Madame Pia IMBS" in page
    assert "<svg" in page
    assert re.search(r"<code>[A-Z0-9]{4} [A-Z0-9]{4}</code>", page)
    assert 'href="' + address(invitation, "calendar.ics") in page


def test_waiting_shows_the_rank_and_no_code(client, factory):
    event = factory.event(capacity=0)
    factory.registration(event)
    invitation = factory.invitation(event)
    client.get(f"/i/{link_token(invitation, KEY)}")
    answer(client, invitation, answer="attend")
    page = client.get(address(invitation, "answered")).text
    assert "2" in page
    assert "ticket" not in page.split("</head>")[1]
    assert client.get(address(invitation, "calendar.ics")).status_code == 404


def test_being_represented_takes_two_steps(guest, invitation):
    first = answer(guest, invitation, answer="represented")
    assert (first.status_code, first.location) == (303, f"{address(invitation)}?answer=represented")
    assert 'name="family_name"' in guest.get(first.location).text
    second = answer(guest, invitation, **ZOE)
    assert second.status_code == 303
    assert "YVON" not in guest.get(second.location).text
    prove(guest, invitation)
    page = guest.get(second.location).text
    assert "Zoé YVON" in page
    assert "<code>" not in page  # her code reaches her, not the invited person's office


def test_what_was_typed_is_kept_when_something_is_missing(guest, invitation):
    found = answer(guest, invitation, **{**ZOE, "email": "zoe"})
    assert found.status_code == 422
    for value in ("Zoé", "Yvon", "Adjointe au maire", 'value="zoe"'):
        assert value in found.text
    assert db.session.query(Registration).count() == 0


def test_a_refusal_keeps_what_was_typed(guest, invitation, factory):
    factory.registration(invitation.event, factory.person("Zoé", "Yvon", email="zoe@example.org"))
    found = answer(guest, invitation, **ZOE)
    assert found.status_code == 422
    assert "Adjointe au maire" in found.text


def test_declining_may_say_why(guest, invitation):
    step = answer(guest, invitation, answer="decline")
    assert "<textarea" in guest.get(step.location).text
    assert answer(guest, invitation, answer="decline", reason="Conseil municipal").status_code == 303
    db.session.refresh(invitation)
    assert (invitation.state, invitation.decline_reason) == ("declined", "Conseil municipal")


def test_no_choice_is_asked_again(guest, invitation):
    assert answer(guest, invitation).status_code == 422
    assert answer(guest, invitation, answer="nonsense").status_code == 422


def test_after_the_deadline_the_page_says_so_and_keeps_what_was_typed(client, factory, frozen):
    frozen(datetime(2025, 11, 6, 22, 58, tzinfo=UTC))
    event = factory.event(starts_at=datetime(2025, 11, 18, 16, 30, tzinfo=UTC), deadline=date(2025, 11, 7))
    invitation = factory.invitation(event)
    client.get(f"/i/{link_token(invitation, KEY)}")
    assert client.get(f"{address(invitation)}?answer=represented").status_code == 200
    frozen(datetime(2025, 11, 6, 23, 0, 5, tzinfo=UTC))
    found = answer(client, invitation, **ZOE)
    assert found.status_code == 422
    for value in ("Zoé", "Adjointe au maire", "zoe@example.org", "jeudi 6 novembre 2025 à minuit"):
        assert value in found.text
    assert "mailto:organisation@example.org" in found.text
    assert re.search(r"<button[^>]* disabled", found.text)
    page = client.get(address(invitation)).text
    assert "jeudi 6 novembre 2025 à minuit" in page
    assert 'type="radio"' not in page


def test_the_last_second_is_still_in_time(client, factory, frozen):
    frozen(datetime(2025, 11, 6, 22, 59, 59, tzinfo=UTC))
    event = factory.event(starts_at=datetime(2025, 11, 18, 16, 30, tzinfo=UTC), deadline=date(2025, 11, 7))
    invitation = factory.invitation(event)
    client.get(f"/i/{link_token(invitation, KEY)}")
    assert answer(client, invitation, answer="attend").status_code == 303


def test_an_answer_may_be_changed_until_the_deadline(guest, invitation):
    answer(guest, invitation, answer="attend")
    prove(guest, invitation)
    answer(guest, invitation, **ZOE)
    page = guest.get(f"{address(invitation)}?answer=represented").text
    assert 'value="Zoé"' in page  # to be corrected, not typed again
    answer(guest, invitation, answer="decline", reason="")
    db.session.refresh(invitation)
    assert invitation.state == "declined"


def test_the_page_speaks_the_invitation_s_language_until_another_is_chosen(client, factory):
    invitation = factory.invitation(language="en")
    client.get(f"/i/{link_token(invitation, KEY)}")
    assert '<html lang="en"' in client.get(address(invitation)).text
    client.post("/language", data={"language": "fr", "next": "/"})
    assert '<html lang="fr"' in client.get(address(invitation)).text


def test_who_is_someone_else_is_told_what_to_do(guest, invitation):
    page = guest.get(address(invitation, "someone-else")).text
    assert "organisation@example.org" in page


def test_the_calendar_entry_is_the_guest_s_own(guest, invitation):
    answer(guest, invitation, answer="attend")
    found = guest.get(address(invitation, "calendar.ics"))
    assert found.mimetype == "text/calendar"
    registration = db.session.query(Registration).one()
    text = found.text.replace("\r\n ", "")
    assert f"UID:{registration.public_id}@127.0.0.1" in text
    assert "METHOD:PUBLISH" in text
    assert "VTIMEZONE" in text


def test_the_deciding_request_asks_little_of_the_database(guest, invitation, statement_count):
    guest.get(address(invitation))
    with statement_count() as seen:
        answer(guest, invitation, answer="attend")
    assert seen.count <= 14, "\n".join(seen)


def test_an_answer_that_waits_asks_little_too(client, factory, statement_count):
    event = factory.event(capacity=1)
    factory.registration(event)
    factory.registration(event)
    invitation = factory.invitation(event)
    client.get(f"/i/{link_token(invitation, KEY)}")
    with statement_count() as seen:
        answer(client, invitation, answer="attend")
    assert seen.count <= 14, "\n".join(seen)


def test_the_event_may_end_meanwhile(guest, invitation):
    invitation.event.status = "cancelled"
    assert answer(guest, invitation, answer="attend").status_code == 422
    assert guest.get(address(invitation)).status_code == 200


def test_a_cancelled_place_is_told(guest, invitation):
    from app.registration.service import cancel_registration

    answer(guest, invitation, answer="attend")
    cancel_registration(db.session.query(Registration).one(), actor=ORGANISER, at=now() + timedelta(1))
    page = guest.get(address(invitation, "answered")).text
    assert "<code>" not in page
