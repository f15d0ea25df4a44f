"""The badge on demand of an invented guest: a sample, kept nowhere; what a rehearsal leaves out."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.badging.layout import Layout
from app.badging.models import PrintRun
from app.binding import count_pages
from app.checkin import enrolling, rehearsal_badges
from app.clock import now
from app.database import db
from tests.checkin.programs import code_for
from tests.databases import KEY
from tests.pdf_reading import text_of


@pytest.fixture
def event(make_event):
    return make_event(starts_at=now() + timedelta(hours=1), deadline=None)


def by_part(guests, shows):
    return next(guest for guest in guests if guest.shows == shows)


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_a_badge_on_demand_is_tried_with_a_sample_and_nothing_is_printed_for_anybody(
    event, guests, make_device, reception_client
):
    badge = f"/desk/{event.slug}/at/{make_device(event, 'Porte 1').public_id}/badge/"
    guest, waiting = by_part(guests, "admitted"), by_part(guests, "waiting")
    before = count(AuditEntry)

    page = reception_client.get(badge + guest.public_id)
    file = reception_client.get(f"{badge}{guest.public_id}/rehearsal.pdf")

    assert "/rehearsal.pdf" in page.text
    assert "desk-rehearsal" in page.text
    assert (file.status_code, count_pages(file.data)) == (200, 1)
    assert "rehearsal.pdf" not in reception_client.get(badge + waiting.public_id).text
    assert reception_client.get(f"{badge}{waiting.public_id}/rehearsal.pdf").status_code == 404
    assert reception_client.get(f"{badge}repetition-nobody").status_code == 404
    assert (count(PrintRun), count(AuditEntry)) == (0, before)


def test_the_sample_says_that_it_is_one(event, guests):
    text = text_of(rehearsal_badges.badges_pdf(event, guests[:1], Layout(language="en")))
    assert "REHEARSAL" in text.upper() or "RÉPÉTITION" in text.upper()


def test_an_observer_prints_no_sample(app, event, guests):
    device, token = enrolling.enrol(code_for(event, role="observer"), secret=KEY, at=now())
    db.session.commit()
    browser = app.test_client()
    browser.set_cookie("parvis_desk", token)
    address = f"/desk/{event.slug}/at/{device.public_id}/badge/{guests[0].public_id}"
    assert (browser.get(address).status_code, browser.get(f"{address}/rehearsal.pdf").status_code) == (403, 403)


def test_the_organiser_reads_what_cannot_be_rehearsed(event, guests, organiser_client):
    assert (
        "cancel before the last button"
        in organiser_client.get(f"/organise/{event.slug}/door/rehearsal", headers={"Accept-Language": "en"}).text
    )
