"""A badge printed at the desk, by an enrolled device or an account, for whoever stands there."""

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.badging.models import PrintRun
from app.badging.queries import find_active_badge
from app.binding import count_pages
from app.checkin import enrolling
from app.clock import now
from app.database import db
from tests.checkin.programs import code_for
from tests.databases import KEY
from tests.factories import evening


@pytest.fixture
def event(make_event):
    return make_event(starts_at=evening(0), deadline=None)


@pytest.fixture
def guest(event, make_registration):
    return make_registration(event)


def page_of(device, guest):
    return f"/desk/{guest.event.slug}/at/{device.public_id}/badge/{guest.public_id}"


@pytest.fixture
def enrolled(app, event):
    """(browser that bears a device's token, the device)."""

    def make(role="agent"):
        device, token = enrolling.enrol(code_for(event, role=role), secret=KEY, at=now())
        db.session.commit()
        browser = app.test_client()
        browser.set_cookie("parvis_desk", token)
        return browser, device

    return make


def draw(browser, address):
    return browser.post(address, data={"design": "card", "reason": "No badge in hand"})


def test_a_device_prints_the_badge_of_the_guest_in_front_of_it(enrolled, guest):
    browser, device = enrolled()
    address = page_of(device, guest)

    assert draw(browser, address).status_code == 303

    run = db.session.scalars(select(PrintRun)).one()
    file = browser.get(f"{address}/{run.public_id}.pdf")
    assert (file.status_code, count_pages(file.data)) == (200, 1)
    assert (run.design, run.scope, run.made_by) == ("card", "one", device.name)
    assert f"{run.public_id}.pdf" in browser.get(address).text
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "badges.printed")).one()
    assert (entry.actor_kind, entry.actor_name) == ("device", device.name)


def test_printed_again_at_the_desk_it_is_its_next_version(enrolled, guest):
    browser, device = enrolled()
    before = find_active_badge(guest.id).code
    draw(browser, page_of(device, guest))
    assert (find_active_badge(guest.id).version, find_active_badge(guest.id).code) == (1, before)

    draw(browser, page_of(device, guest))

    db.session.expire_all()
    assert find_active_badge(guest.id).version == 2
    assert len(db.session.scalars(select(PrintRun)).all()) == 2


def test_a_device_that_only_reads_prints_nothing(enrolled, guest):
    browser, device = enrolled("observer")
    assert draw(browser, page_of(device, guest)).status_code == 403
    assert db.session.scalars(select(PrintRun)).all() == []


def test_a_device_prints_nothing_for_a_guest_of_another_event(enrolled, event, make_event, make_registration):
    browser, device = enrolled()
    stranger = make_registration(make_event(starts_at=evening(0), deadline=None))
    address = f"/desk/{event.slug}/at/{device.public_id}/badge/{stranger.public_id}"
    assert browser.get(address).status_code == 404
    assert draw(browser, address).status_code == 404
    assert draw(browser, page_of(device, stranger)).status_code in {302, 404}
    assert db.session.scalars(select(PrintRun)).all() == []


def test_the_file_of_another_guest_is_not_told(enrolled, event, guest, make_registration):
    browser, device = enrolled()
    draw(browser, page_of(device, guest))
    run = db.session.scalars(select(PrintRun)).one()
    other = make_registration(event)
    assert browser.get(f"{page_of(device, other)}/{run.public_id}.pdf").status_code == 404


def test_the_desk_of_an_account_leads_to_the_badge(reception_client, event, guest, make_device):
    device = make_device(event, "Porte 1")
    person = reception_client.get(f"/desk/{event.slug}/at/{device.public_id}/person/{guest.public_id}")
    assert page_of(device, guest) in person.text
    assert draw(reception_client, page_of(device, guest)).status_code == 303


def test_nobody_without_a_place_has_a_badge_to_print(enrolled, guest):
    browser, device = enrolled()
    guest.state = "cancelled"
    db.session.commit()
    assert browser.get(page_of(device, guest)).status_code == 200
    assert draw(browser, page_of(device, guest)).status_code == 422
    assert db.session.scalars(select(PrintRun)).all() == []
