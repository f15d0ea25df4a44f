"""An organiser looks at the public pages as of another instant, and nothing can be written from them."""

from datetime import UTC, date, datetime

import pytest

from app.columns import Bilingual
from app.database import db
from app.documents.models import Document, DocumentFile
from app.invitations.models import Invitation
from app.invitations.service import link_token
from tests.databases import KEY

NOW = datetime(2025, 10, 1, 8, tzinfo=UTC)
START = datetime(2025, 11, 18, 16, 30, tzinfo=UTC)
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture(autouse=True)
def _first_of_october(frozen):
    frozen(NOW)


@pytest.fixture
def assises(make_event):
    return make_event(starts_at=START, deadline=date(2025, 11, 7))


def _rehearse(browser, event, day="2025-11-07", hour="00:00"):
    return browser.post(f"/organise/{event.slug}/timeline/rehearse", data={"day": day, "hour": hour})


def _read(browser, address):
    return browser.get(address, headers=ENGLISH).text.replace("\u00a0", " ")


def test_the_public_page_is_told_as_of_that_instant(organiser_client, assises):
    page = f"/e/{assises.slug}/"
    assert "Answers are closed" not in _read(organiser_client, page)
    assert _rehearse(organiser_client, assises, "2025-11-06", "23:59").location == page
    assert "Answers are closed" not in _read(organiser_client, page)
    _rehearse(organiser_client, assises)
    rehearsed = _read(organiser_client, page)
    assert "Answers are closed" in rehearsed
    assert "You see this page as on Friday 7 November 2025 at 00:00 (Paris time)" in rehearsed


def test_other_visitors_notice_nothing(organiser_client, client, assises):
    page = f"/e/{assises.slug}/"
    _rehearse(organiser_client, assises)
    assert "Answers are closed" in _read(organiser_client, page)
    anybody = _read(client, page)
    assert "Answers are closed" not in anybody
    assert "Rehearsal" not in anybody


def test_a_rehearsed_page_is_not_kept_for_others(organiser_client, client, assises):
    """Even of this very minute, in which everybody's page shows the same."""
    page = f"/e/{assises.slug}/"
    _rehearse(organiser_client, assises, "2025-10-01", "10:00")
    assert "Rehearsal" in _read(organiser_client, page)
    assert "Rehearsal" not in _read(client, page)
    assert "Rehearsal" in _read(organiser_client, page)


def test_the_rehearsal_ends_when_asked(organiser_client, assises):
    _rehearse(organiser_client, assises)
    assert organiser_client.post(f"/organise/{assises.slug}/timeline/end").status_code == 303
    assert "Rehearsal" not in _read(organiser_client, f"/e/{assises.slug}/")


def test_a_guest_s_page_is_seen_and_its_answer_refused(organiser_client, assises, factory):
    invitation = factory.invitation(assises, language="en")
    _rehearse(organiser_client, assises, "2025-11-06", "20:00")
    there = organiser_client.get(f"/i/{link_token(invitation, KEY)}").location
    assert "Rehearsal" in _read(organiser_client, there)
    for address in (there, f"{there}seen"):
        answer = organiser_client.post(address, data={"answer": "attend"}, headers=ENGLISH)
        assert answer.status_code == 409
        assert "nothing is recorded" in answer.text
    db.session.expire_all()
    assert db.session.get(Invitation, invitation.id).state == "sent"
    assert db.session.get(Invitation, invitation.id).opened_at is None


def test_the_organiser_s_own_pages_tell_the_present_and_may_be_written(organiser_client, assises):
    _rehearse(organiser_client, assises, "2026-03-01", "10:00")
    answer = organiser_client.post(f"/organise/{assises.slug}/status", data={"status": "closed"})
    assert answer.status_code == 303
    assert "D − 48" in _read(organiser_client, f"/organise/{assises.slug}/")


def test_documents_to_come_are_out_on_their_day(organiser_client, assises):
    document = Document(title=Bilingual("Brochure à venir"), event=assises)
    document.files = [
        DocumentFile(language="fr", file_name="b.pdf", mime="application/pdf", size=1, digest="0" * 64, data=b"x",
                     published_at=datetime(2025, 11, 3, 9, tzinfo=UTC))
    ]  # fmt: skip
    db.session.add(document)
    _rehearse(organiser_client, assises, "2025-11-03", "09:59")
    assert "Brochure" not in _read(organiser_client, f"/e/{assises.slug}/")
    _rehearse(organiser_client, assises, "2025-11-03", "10:00")
    assert "Brochure" in _read(organiser_client, f"/e/{assises.slug}/")


def test_pages_of_other_events_tell_the_present(organiser_client, assises, make_event):
    other = make_event(starts_at=START, deadline=date(2025, 11, 7))
    _rehearse(organiser_client, assises)
    assert "Rehearsal" not in _read(organiser_client, f"/e/{other.slug}/")


def test_whoever_may_not_organise_the_event_rehearses_nothing(app, factory, client, assises, make_event):
    elsewhere = make_event()
    client.sign_in(factory.user("organiser", event=elsewhere))
    assert _rehearse(client, assises).status_code == 404
    assert _rehearse(client, elsewhere).status_code == 303
    with client.session_transaction() as kept:
        kept["rehearsal"] = {**kept["rehearsal"], "slug": assises.slug}
    assert "Rehearsal" not in _read(client, f"/e/{assises.slug}/")


@pytest.mark.parametrize(
    "fields", [{}, {"day": "2025-11-07"}, {"day": "soon", "hour": "00:00"}, {"day": "0001-01-01", "hour": "00:00"}]
)
def test_a_day_and_an_hour_are_asked_for(organiser_client, assises, fields):
    answer = organiser_client.post(f"/organise/{assises.slug}/timeline/rehearse", data=fields)
    assert answer.status_code == 422
