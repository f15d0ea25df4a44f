"""The pages of registration life, as a phone without JavaScript and an organiser use them."""

import io
from datetime import timedelta

import pytest

from app.audit.models import AuditEntry
from app.clock import now
from app.database import db
from app.events.asking import set_freezes
from app.invitations.service import link_token
from app.registration.life import Consent, LateRequest, Question, QuestionAnswer
from app.registration.life_queries import find_detail, list_answers_of, list_consents
from app.registration.models import Registration
from tests.checkin.programs import Program
from tests.databases import KEY
from tests.factories import ORGANISER
from tests.registration.proving import prove
from tests.registration.telling import WISHES, ask_question, let_ask
from tests.test_pictures import png

TOLD = {
    "answer": "attend",
    "step": "details",
    "qualities": "Présidente\nSénatrice",
    "organisation": "Sénat",
    "document_given_name": "Pia Marie",
    "document_family_name": "Imbs",
    "access": "Boucle 7B",
    "needs_agreed": "y",
    "photo": "y",
}


@pytest.fixture
def invitation(factory):
    event = let_ask(factory.event(), "title", "document_name", *WISHES)
    return factory.invitation(event, factory.person("Pia", "Imbs"))


@pytest.fixture
def guest(client, invitation):
    client.get(f"/i/{link_token(invitation, KEY)}")
    return client


def address(invitation, page=""):
    return f"/invitation/{invitation.public_id}/{page}"


def the_registration():
    return db.session.query(Registration).one()


def close(invitation):
    invitation.event.deadline.day = (now() - timedelta(days=2)).date()
    db.session.commit()


def test_will_attend_takes_two_steps_and_tells_everything(guest, invitation):
    first = guest.post(address(invitation), data={"answer": "attend"})
    assert (first.status_code, db.session.query(Registration).count()) == (303, 0)
    page = guest.get(first.location).text
    assert 'name="qualities"' in page
    assert "IMBS" not in page.upper().replace("IMBS@", "")  # the surname is for whoever reads the mailbox
    assert guest.post(address(invitation), data=TOLD).status_code == 303
    held = the_registration()
    assert (held.state, held.qualities, held.organisation) == ("confirmed", ("Présidente", "Sénatrice"), "Sénat")
    assert find_detail(held.id).document_name == "Pia Marie Imbs"
    assert set(list_consents(held.id)) == {"access", "photo"}


@pytest.mark.parametrize(
    "wrong",
    [{"needs_agreed": ""}, {"document_given_name": "", "document_family_name": ""}, {"qualities": "a\nb\nc\nd\ne"}],
)
def test_a_refusal_takes_no_seat_and_keeps_what_was_typed(guest, invitation, wrong):
    told = {name: value for name, value in {**TOLD, **wrong}.items() if value}
    page = guest.post(address(invitation), data=told)
    assert page.status_code == 422
    assert "Boucle 7B" in page.text
    assert "Sénat" in page.text
    assert (db.session.query(Registration).count(), db.session.query(Consent).count()) == (0, 0)


def test_companions_and_details_are_one_page(guest, invitation):
    invitation.companions_allowed = 1
    along = {"people-0-given_name": "Ana", "people-0-family_name": "Roux", "people-0-civility": ""}
    assert 'name="people-0-family_name"' in guest.get(f"{address(invitation)}?answer=attend").text
    assert guest.post(address(invitation), data={**TOLD, **along}).status_code == 303
    assert db.session.query(Registration).count() == 2


def test_questions_are_asked_checked_and_their_files_kept(guest, invitation, organiser_client):
    event = invitation.event
    choice = ask_question(event, "choice", is_required=True)
    paper = ask_question(event, "file", endings=("png",))
    ask_question(event, "text", "Pas pour vous", categories=("associations",))
    page = guest.get(f"{address(invitation)}?answer=attend").text
    assert "Pas pour vous" not in page
    assert guest.post(address(invitation), data=TOLD).status_code == 422
    assert db.session.query(Registration).count() == 0
    sent = {**TOLD, f"q_{choice.public_id}": "en-train", f"q_{paper.public_id}": (io.BytesIO(png()), "accord.png")}
    assert guest.post(address(invitation), data=sent, content_type="multipart/form-data").status_code == 303
    held = the_registration()
    assert {one.value for one in list_answers_of(held.id).values()} == {"en-train", "accord.png"}
    told = organiser_client.get(f"/organise/{event.slug}/registrations/{held.public_id}").text
    assert "En train" in told
    found = organiser_client.get(f"/organise/{event.slug}/told/{held.public_id}/files/{paper.public_id}")
    assert (found.data, found.mimetype) == (png(), "image/png")
    assert found.headers["Content-Disposition"].startswith("attachment")
    assert found.headers["X-Content-Type-Options"] == "nosniff"


def test_what_was_told_is_for_whoever_reads_the_mailbox(guest, invitation):
    guest.post(address(invitation), data=TOLD)
    assert guest.get(address(invitation, "details")).location.endswith("/code")
    again = guest.post(address(invitation), data={"answer": "attend", "step": "details", "qualities": "x"})
    assert "Boucle 7B" not in again.text
    prove(guest, invitation)
    page = guest.get(address(invitation, "details")).text
    assert "Boucle 7B" in page
    assert "Pia Marie" in page


def test_told_things_change_and_are_taken_back_until_the_deadline(guest, invitation):
    guest.post(address(invitation), data=TOLD)
    prove(guest, invitation)
    changed = {**TOLD, "qualities": "Maire", "access": "", "photo": "", "sharing": "y"}
    kept = {name: value for name, value in changed.items() if value}
    assert guest.post(address(invitation, "details"), data={**kept, "access": ""}).status_code == 303
    held = the_registration()
    assert (held.qualities, set(list_consents(held.id))) == (("Maire",), {"sharing"})


def test_after_the_deadline_wishes_still_change_and_prints_become_a_request(guest, invitation):
    guest.post(address(invitation), data=TOLD)
    close(invitation)
    prove(guest, invitation)
    changed = {**TOLD, "qualities": "Ministre", "access": "", "sharing": "y"}
    assert guest.post(address(invitation, "details"), data=changed).status_code == 303
    held = the_registration()
    assert held.qualities == ("Présidente", "Sénatrice")
    assert set(list_consents(held.id)) == {"photo", "sharing"}
    asked = db.session.query(LateRequest).one()
    assert (asked.kind, asked.content["qualities"]) == ("change", ["Ministre"])


def test_an_unchanged_print_after_the_deadline_asks_nothing(guest, invitation):
    guest.post(address(invitation), data=TOLD)
    close(invitation)
    prove(guest, invitation)
    guest.post(address(invitation, "details"), data={**TOLD, "sharing": "y"})
    assert db.session.query(LateRequest).count() == 0


def test_a_late_answer_becomes_a_request_with_what_was_typed(guest, invitation, organiser_client):
    close(invitation)
    refused = guest.post(address(invitation), data={"answer": "decline", "reason": "Empêchement de dernière minute"})
    assert refused.status_code == 422
    assert address(invitation, "late") in refused.text
    page = guest.post(address(invitation, "late"), data={"answer": "decline", "message": "Empêchement"})
    assert page.status_code == 200
    assert db.session.query(LateRequest).count() == 0
    assert "Empêchement" in page.text
    said = {"step": "asked", "answer": "decline", "message": "Empêchement"}
    assert guest.post(address(invitation, "late"), data=said).status_code == 303
    asked = db.session.query(LateRequest).one()
    assert invitation.state == "sent"
    slug = invitation.event.slug
    assert "IMBS" in organiser_client.get(f"/organise/{slug}/registrations/requests").text
    own = f"/organise/{slug}/told/late/{asked.public_id}"
    assert organiser_client.post(f"{own}/grant", data={"reason": ""}).status_code == 422
    assert organiser_client.post(f"{own}/grant", data={"reason": "Noté."}).status_code == 303
    db.session.refresh(invitation)
    assert invitation.state == "declined"


def test_a_change_after_the_deadline_is_asked_by_whoever_reads_the_mailbox(guest, invitation):
    guest.post(address(invitation), data=TOLD)
    close(invitation)
    said = {"step": "asked", "answer": "decline"}
    assert guest.post(address(invitation, "late"), data=said).location.endswith("/code")
    assert db.session.query(LateRequest).count() == 0
    prove(guest, invitation)
    assert guest.post(address(invitation, "late"), data=said).status_code == 303


def test_an_organiser_corrects_and_a_frozen_print_stays_unless_said(organiser_client, factory):
    event = let_ask(factory.event(), "title")
    held = factory.registration(event)
    days = {one.key: (now() - timedelta(days=1)).date() for one in event.categories}
    set_freezes(event, days, actor=ORGANISER, at=now())
    own = f"/organise/{event.slug}/told/{held.public_id}/printed"
    names = {"document_given_name": held.person.given_name, "document_family_name": held.person.family_name}
    organiser_client.post(own, data={"qualities": "Sénatrice", "organisation": "Sénat", **names})
    db.session.refresh(held)
    assert held.qualities == ("Maire",)
    assert "Sénatrice" in organiser_client.get(f"/organise/{event.slug}/registrations/{held.public_id}").text
    organiser_client.post(f"{own}/apply")
    db.session.refresh(held)
    assert (held.qualities, find_detail(held.id).later_at) == (("Sénatrice",), None)


def test_an_organiser_makes_orders_and_takes_away_questions(organiser_client, factory):
    event = factory.event()
    at = f"/organise/{event.slug}/asking"
    made = {"label_fr": "Langue de l’atelier", "kind": "choice", "asked_at": "registration", "most_megabytes": "5"}
    assert organiser_client.post(f"{at}/new", data={**made, "choices": "Français"}).status_code == 422
    assert (
        organiser_client.post(f"{at}/new", data={**made, "choices": "Français | French\nUkrainien"}).status_code == 303
    )
    question = db.session.query(Question).one()
    assert [one["en"] for one in question.choices] == ["French", ""]
    assert "Français | French" in organiser_client.get(f"{at}/{question.public_id}").text
    organiser_client.post(f"{at}/{question.public_id}/remove")
    db.session.refresh(question)
    assert question.removed_at is not None
    organiser_client.post(f"{at}/{question.public_id}/back")
    db.session.refresh(event)
    assert event.asks == ("questions",)


def test_what_is_asked_is_saved_with_the_days_prints_are_frozen(organiser_client, factory):
    event = factory.event()
    at = f"/organise/{event.slug}/asking"
    assert organiser_client.post(at, data={"diet": "y", "frozen_elus": "2026-11-10"}).status_code == 303
    db.session.refresh(event)
    assert event.asks == ("diet",)
    assert [str(one.frozen_on) for one in event.categories] == ["2026-11-10", "None"]


def test_the_reception_reads_none_of_it(reception_client, factory):
    event = let_ask(factory.event(), *WISHES)
    held = factory.registration(event)
    for path in (f"registrations/{held.public_id}", f"told/{held.public_id}/printed", "asking"):
        assert reception_client.get(f"/organise/{event.slug}/{path}").status_code == 403


def test_an_event_that_asks_nothing_takes_one_step(client, factory):
    invitation = factory.invitation()
    client.get(f"/i/{link_token(invitation, KEY)}")
    assert client.post(address(invitation), data={"answer": "attend"}).location == address(invitation, "answered")
    assert db.session.query(QuestionAnswer).count() == 0


def test_the_desk_asks_its_questions_beside_the_scan(reception_client, factory):
    event = factory.event()
    device, held = factory.device(event), factory.registration(event)
    question = ask_question(event, "yes_no", "Casque remis", asked_at="desk", is_required=True)
    at = f"/desk/{event.slug}/at/{device.public_id}"
    assert "Casque remis" in reception_client.get(f"{at}/questions/{held.public_id}").text
    assert reception_client.post(f"{at}/questions/{held.public_id}", data={}).status_code == 422
    told = reception_client.post(f"{at}/questions/{held.public_id}", data={f"q_{question.public_id}": "yes"})
    assert (told.status_code, told.location) == (303, f"{at}/person/{held.public_id}")
    assert list_answers_of(held.id)[question.id].value == "yes"


def test_a_phone_of_the_door_asks_too_and_the_journal_names_it(app, factory):
    event = factory.event()
    held = factory.registration(event)
    question = ask_question(event, "yes_no", "Casque remis", asked_at="desk")
    phone, browser = Program(app, event), app.test_client()
    browser.set_cookie("parvis_desk", phone.token)
    at = f"/desk/{event.slug}/at/{phone.device}/questions/{held.public_id}"
    assert browser.get(at).status_code == 200
    assert browser.post(at, data={f"q_{question.public_id}": "yes"}).status_code == 303
    entry = db.session.query(AuditEntry).filter_by(action="registration.answered_questions").one()
    assert (entry.actor_kind, entry.after) == ("device", {"questions": ["Casque remis"]})
