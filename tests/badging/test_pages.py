"""The badges pages: a run asked for and watched, a badge printed at the desk, who may do what."""

import re

import pytest

from app.badging import runs
from app.badging.models import Badge, PrintRun
from app.badging.queries import find_active_badge
from app.database import db
from app.jobs import run_work
from tests.badging.reading import codes_in

PAGE = "/organise/assises/badges"


@pytest.fixture
def event(factory):
    event = factory.event(slug="assises", categories=("elus", "presse"))
    factory.registration(event, factory.person("Pia", "Imbs"), category="elus")
    factory.registration(event, factory.person("Michaël", "Quernez"), category="presse")
    return event


@pytest.fixture
def guest(event):
    badges = db.session.query(Badge).filter_by(event_id=event.id)
    return next(b.registration for b in badges if b.registration.person.family_name == "Imbs")


def last_run():
    return db.session.query(PrintRun).order_by(PrintRun.id.desc()).first()


def test_a_run_is_asked_for_watched_and_fetched(app, organiser_client, event):
    sent = organiser_client.post(f"{PAGE}/runs", data={"design": "card", "reason": "Premier jet", "only": "all"})
    assert sent.status_code == 303
    run = last_run()
    waiting = organiser_client.get(sent.location).text
    assert "data-poll-url" in waiting
    assert organiser_client.get(f"{PAGE}/runs/{run.public_id}.pdf").status_code == 404
    assert "X-Poll-Reload" not in organiser_client.get(f"{PAGE}/runs/{run.public_id}/progress").headers
    run_work(app, runs.WORK, run.public_id)
    assert organiser_client.get(f"{PAGE}/runs/{run.public_id}/progress").headers["X-Poll-Reload"] == "1"
    page = organiser_client.get(sent.location).text
    assert "Premier jet" in page
    assert "Pia Imbs" in page
    pdf = organiser_client.get(f"{PAGE}/runs/{run.public_id}.pdf")
    assert (pdf.mimetype, len(codes_in(pdf.data))) == ("application/pdf", 2)
    assert organiser_client.post(f"{PAGE}/runs/{run.public_id}/erase").status_code == 303
    assert organiser_client.get(f"{PAGE}/runs/{run.public_id}.pdf").status_code == 404
    assert "Pia Imbs" in organiser_client.get(sent.location).text


def test_nothing_new_is_said_on_the_form_and_what_was_typed_stays(app, organiser_client, event):
    organiser_client.post(f"{PAGE}/runs", data={"design": "a6"})
    again = organiser_client.post(
        f"{PAGE}/runs", data={"design": "a6", "only": "changed", "reason": "réponses tardives"}
    )
    assert again.status_code == 422
    assert "réponses tardives" in again.text
    assert db.session.query(PrintRun).count() == 1


def test_a_start_beyond_the_sheet_is_told_beside_its_field(organiser_client, event):
    refused = organiser_client.post(f"{PAGE}/runs", data={"design": "l4785", "start": "11"})
    assert refused.status_code == 422
    field = refused.text.index('id="start"')
    assert 'aria-invalid="true"' in refused.text[field - 200 : field + 300]


def test_the_shifts_of_a_printer_are_kept_for_the_next_run(organiser_client, event):
    organiser_client.post(f"{PAGE}/runs", data={"design": "l4785", "shift_x": "-0.7", "shift_y": "1.2"})
    page = organiser_client.get(PAGE).text
    assert re.search(r'name="shift_x"[^>]*value="-0\.7"', page)
    assert re.search(r'checked[^>]*value="l4785"|value="l4785"[^>]*checked', page)


def test_the_trial_sheet_is_a_file_and_notes_nothing(organiser_client, event):
    found = organiser_client.post(f"{PAGE}/trial.pdf", data={"design": "l4785"})
    assert (found.status_code, found.mimetype) == (200, "application/pdf")
    assert db.session.query(PrintRun).count() == 0


def test_many_badges_never_keep_a_page_waiting(organiser_client, event, monkeypatch):
    monkeypatch.setattr("app.badging.views.MOST_AT_ONCE", 1)
    sent = organiser_client.post(f"{PAGE}/badges.pdf", data={"design": "a6"})
    assert sent.status_code == 303
    assert last_run().state == "waiting"
    assert sent.location.endswith(last_run().public_id)


def test_every_design_is_seen_at_its_true_size(organiser_client, event):
    page = organiser_client.get(f"{PAGE}/true-size?design=card").text
    assert 'width="324" height="204"' in page  # 85.6 × 54 mm at 96 pixels an inch
    picture = organiser_client.get(f"{PAGE}/preview.png?design=card")
    assert picture.mimetype == "image/png"


def test_reception_prints_a_lost_badge_again_and_the_lost_one_is_worth_nothing(reception_client, event, guest):
    address = f"/organise/assises/badge/{guest.public_id}"
    before = find_active_badge(guest.id).code
    assert reception_client.get(address).status_code == 200
    for reason in ("first", "lost"):
        assert reception_client.post(address, data={"design": "roll62", "reason": reason}).status_code == 303
    db.session.expire_all()
    badge = find_active_badge(guest.id)
    assert badge.version == 2
    page = reception_client.get(address).text
    assert "lost" in page
    pdf = reception_client.get(f"{address}/{last_run().public_id}.pdf")
    assert pdf.headers["Content-Disposition"].startswith("inline")
    assert codes_in(pdf.data) == [badge.code] != [before]
    assert reception_client.get(f"{address}/picture.png?design=roll62").mimetype == "image/png"


def test_a_print_without_a_reason_is_refused(reception_client, event, guest):
    address = f"/organise/assises/badge/{guest.public_id}"
    refused = reception_client.post(address, data={"design": "a6", "reason": " "})
    assert refused.status_code == 422
    assert db.session.query(PrintRun).count() == 0


def test_one_guest_s_page_never_gives_another_s_file(reception_client, organiser_client, event, guest):
    organiser_client.post(f"{PAGE}/runs", data={"design": "a6"})
    of_all = last_run().public_id
    address = f"/organise/assises/badge/{guest.public_id}"
    assert reception_client.get(f"{address}/{of_all}.pdf").status_code == 404
    assert reception_client.get(f"{PAGE}/runs/{of_all}").status_code == 403


def test_the_key_changes_by_a_button(organiser_client, event):
    assert organiser_client.post(f"{PAGE}/key").status_code == 303
    assert event.badge_key == 2
