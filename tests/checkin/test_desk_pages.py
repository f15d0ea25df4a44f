"""The desk in a browser without JavaScript, and the panel that desk.js asks for."""

import re

import pytest
from sqlalchemy import func, select

from app.badging.queries import find_active_badge
from app.checkin.models import Device, Scan
from app.database import db
from app.registration.service import cancel_registration
from tests.factories import ORGANISER, evening

ENGLISH = {"Accept-Language": "en"}
PANEL = {**ENGLISH, "X-Fragment": "panel"}


class Desk:
    """One desk of an event in a browser."""

    def __init__(self, browser, event, device):
        self.browser = browser
        self.url = f"/desk/{event.slug}/at/{device.public_id}"

    def get(self, path="", **options):
        return self.browser.get(self.url + path, headers=ENGLISH, **options)

    def post(self, gesture, headers=ENGLISH, **values):
        data = {"nonce": f"n-{db.session.scalar(select(func.count()).select_from(Scan))}", **values}
        return self.browser.post(f"{self.url}/{gesture}", data=data, headers=headers)

    def scan(self, code, headers=ENGLISH):
        return self.post("scan", headers, code=code, road="scanner")

    def admit(self, guest, headers=ENGLISH, **values):
        return self.post("admit", headers, registration=guest.public_id, **values)


@pytest.fixture
def event(make_event):
    return make_event(id_check=True)


@pytest.fixture
def guest(event, make_person, make_registration):
    person = make_person("Michaël", "Quernez", email="michael@example.org", phone="+33612345678")
    return make_registration(event, person, organisation="Ville de Quimperlé")


@pytest.fixture
def desk(reception_client, event, make_device):
    return Desk(reception_client, event, make_device(event, "Porte 1 · Guichet 3"))


def code_of(registration):
    return find_active_badge(registration.id).code


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def list_results():
    return list(db.session.scalars(select(Scan.result).order_by(Scan.id)))


def test_reception_chooses_its_event_and_opens_a_desk(reception_client, event, make_event):
    make_event(status="draft", slug="not-yet")

    events = reception_client.get("/desk/").text
    assert event.slug in events
    assert "not-yet" not in events
    empty = reception_client.post(f"/desk/{event.slug}/", data={"gate": " "})
    assert empty.status_code == 422

    opened = reception_client.post(f"/desk/{event.slug}/", data={"gate": "Porte 2"})

    device = db.session.scalars(select(Device)).one()
    assert (opened.status_code, device.gate) == (303, "Porte 2")
    assert opened.location.endswith(f"/desk/{event.slug}/at/{device.public_id}")


def test_from_code_to_admission_without_javascript(desk, guest):
    shown = desk.scan(code_of(guest))
    assert shown.status_code == 303
    person = desk.browser.get(shown.location, headers=ENGLISH)
    assert "Michaël QUERNEZ" in person.text
    assert "Identity checked, let in" in person.text
    assert list_results() == []

    done = desk.admit(guest, document="passport")

    assert done.status_code == 303
    words = text_of(desk.browser.get(done.location, headers=ENGLISH))
    assert "Admitted" in words
    assert "Ville de Quimperlé" in words
    assert list_results() == ["admitted"]


def test_the_panel_comes_alone_when_it_is_asked_for(desk, guest):
    person = desk.scan(code_of(guest), PANEL)
    answer = desk.admit(guest, PANEL, document="passport")

    assert (person.status_code, answer.status_code) == (200, 200)
    assert person.text.lstrip().startswith('<div class="desk-panel')
    assert 'data-kind="person"' in person.text
    assert 'data-sound="good"' in answer.text
    assert "<html" not in person.text + answer.text


def test_a_second_scan_says_when_and_where(desk, guest, event, make_device):
    desk.admit(guest, document="passport")
    other = Desk(desk.browser, event, make_device(event, "Porte 2"))

    words = text_of(other.scan(code_of(guest), PANEL))

    assert "Already in" in words
    assert re.search(r"Came in today at \d\d:\d\d, Porte 1 · Guichet 3", words)
    assert list_results() == ["admitted", "already_in"]


def test_without_document_the_person_stays_on_the_screen(desk, guest):
    answer = desk.admit(guest)

    assert answer.status_code == 422
    assert "Please choose the document that was shown." in answer.text
    assert "Michaël QUERNEZ" in answer.text
    assert list_results() == []


def test_the_last_kind_of_document_is_offered_first(desk, guest, event, make_registration):
    desk.admit(guest, document="driving_licence")
    shown = desk.scan(code_of(make_registration(event)), PANEL).text

    assert re.search(r'<input checked [^>]*value="driving_licence"', shown)
    assert '<details class="desk-more" open>' in shown


def test_where_identities_are_not_checked_one_button_is_enough(desk, guest, event):
    event.id_check = False

    shown = desk.scan(code_of(guest), PANEL).text
    assert "Document shown" not in shown
    assert "Does not match" not in shown
    assert "Admitted" in text_of(desk.admit(guest, PANEL))


def test_an_identity_that_does_not_match(desk, guest):
    answer = desk.admit(guest, PANEL, decision="differs", document="passport")

    assert "Identity does not match" in text_of(answer)
    assert 'data-sound="refused"' in answer.text
    assert list_results() == ["identity_refused"]
    assert "Admitted" in text_of(desk.admit(guest, PANEL, document="passport"))


def test_refused_scans_are_answered_and_kept(desk, guest, event, make_event, make_registration):
    foreign = make_registration(make_event())
    cancelled = make_registration(event)
    lost = code_of(cancelled)
    cancel_registration(cancelled, actor=ORGANISER, at=cancelled.created_at)

    words = [text_of(desk.scan(code, PANEL)) for code in ("RUBBISH", code_of(foreign), lost)]

    assert "Unknown code" in words[0]
    assert "Badge of another event" in words[1]
    assert foreign.person.family_name.upper() not in words[1]
    assert "Registration cancelled" in words[2]
    assert list_results() == ["unknown", "other_event", "cancelled"]
    assert 'data-kind="person"' in desk.scan(code_of(guest), PANEL).text


def test_a_double_press_is_one_admission(desk, guest):
    first = desk.admit(guest, PANEL, document="passport", nonce="pressed-twice")
    second = desk.admit(guest, PANEL, document="passport", nonce="pressed-twice")

    assert "Admitted" in text_of(first)
    assert "Admitted" in text_of(second)
    assert list_results() == ["admitted"]


def test_undo_takes_the_admission_back_by_a_new_row(desk, guest):
    desk.admit(guest, document="passport")

    words = text_of(desk.post("undo", PANEL, registration=guest.public_id, road="typed"))

    assert "Admission taken back" in words
    assert list_results() == ["admitted", "undone"]
    assert "0 in · 1 expected" in text_of(desk.get("/counts"))


def test_search_needs_three_letters_and_starts_empty(desk, guest):
    assert "QUERNEZ" not in desk.get().text
    short = desk.get("?words=qu")
    assert (short.status_code, "QUERNEZ" in short.text) == (422, False)
    assert "at least three letters" in short.text
    assert "Michaël QUERNEZ" in desk.get("?words=quern").text
    assert "Nobody of this name" in desk.get("?words=nobody").text
    assert list_results() == []


def test_namesakes_are_told_apart_by_their_organisation(desk, event, make_person, make_registration):
    for body in ("Ville de Sceaux", "Communauté du Val"):
        make_registration(event, make_person("Philippe", "Laurent"), organisation=body)

    found = desk.get("?words=laurent").text

    for body in ("Ville de Sceaux", "Communauté du Val"):
        assert f"<strong><bdi>{body}</bdi></strong>" in found


def test_someone_found_by_name_takes_the_same_road(desk, guest):
    shown = desk.post("scan", PANEL, registration=guest.public_id, road="search")
    assert 'name="road" value="search"' in shown.text

    desk.admit(guest, document="passport", road="search")
    again = desk.post("scan", PANEL, registration=guest.public_id, road="search")

    assert "Already in" in text_of(again)
    assert list(db.session.scalars(select(Scan.road))) == ["search", "search"]


def test_a_desk_sees_no_address_and_no_phone(desk, guest):
    pages = desk.scan(code_of(guest), PANEL).text + desk.get("?words=quernez").text

    assert "example.org" not in pages
    assert "612345678" not in pages


def test_live_counts_are_sent_once(desk, guest):
    first = desk.get("/counts")
    assert "0 in · 1 expected" in text_of(first)

    same = desk.browser.get(f"{desk.url}/counts", headers={**ENGLISH, "If-None-Match": first.headers["ETag"]})
    assert (same.status_code, same.data) == (304, b"")

    desk.admit(guest, document="passport")
    assert "1 in · 0 expected" in text_of(desk.get("/counts"))


def test_looking_changes_nothing(desk, guest):
    desk.admit(guest, document="passport")
    scan = db.session.scalars(select(Scan)).one()
    before = list_results()

    for path in ("", "?words=quernez", f"/person/{guest.public_id}", f"/answer/{scan.public_id}", "/counts"):
        assert desk.get(path).status_code == 200

    assert list_results() == before


def test_empty_and_stale_requests_say_what_to_do(desk, guest):
    assert "Please scan a badge" in desk.scan("").text
    assert desk.post("admit", registration=guest.public_id, nonce="").status_code == 422
    assert desk.post("undo", registration=guest.public_id).status_code == 409
    assert list_results() == []


def test_reception_of_one_event_sees_nothing_else(app, desk, event, make_user, make_event):
    reception = app.test_client().sign_in(make_user("reception", event=event))
    assert reception.get(desk.url).status_code == 200
    for page in ("", "guests", "registrations", "badges", "door", "exports"):
        assert reception.get(f"/organise/{event.slug}/{page}").status_code == 403

    for role in ("reception", "organiser"):
        stranger = app.test_client().sign_in(make_user(role, event=make_event()))
        assert stranger.get(desk.url).status_code == 404
        assert stranger.post(f"{desk.url}/scan", data={"nonce": "n", "code": "A"}).status_code == 404
        assert stranger.get(f"/desk/{event.slug}/").status_code == 404


def test_people_of_another_event_are_not_shown_here(desk, make_registration, make_event):
    foreign = make_registration(make_event())

    assert desk.get(f"/person/{foreign.public_id}").status_code == 404
    assert desk.post("scan", registration=foreign.public_id).status_code == 404


def test_only_desk_pages_may_use_the_camera(desk, reception_client):
    working, choosing = desk.get(), reception_client.get("/desk/")

    assert "'wasm-unsafe-eval'" in working.headers["Content-Security-Policy"]
    assert "camera=(self)" in working.headers["Permissions-Policy"]
    assert "wasm" not in choosing.headers["Content-Security-Policy"]
    assert "camera=()" in choosing.headers["Permissions-Policy"]


def test_the_next_event_stands_before_those_that_were(reception_client, make_event):
    for slug, days in (("past", -40), ("later", 40), ("next", 3)):
        make_event(slug=slug, starts_at=evening(days), deadline=None)
    page = reception_client.get("/desk/", headers=ENGLISH).text

    assert page.index("/desk/next/") < page.index("/desk/later/") < page.index("/desk/past/")
