"""A phone becomes a desk by a code, works with a token, and ends when the lead says so."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.checkin import enrolling
from app.checkin.door_models import Enrolment
from app.checkin.enrolling import CODE_LIFE, EnrolmentOver
from app.checkin.models import Device, Scan
from app.clock import now
from app.codes import token_hash
from app.database import db
from tests.checkin.programs import LEAD, Program, code_for, code_on
from tests.databases import KEY
from tests.factories import PARIS, evening


@pytest.fixture
def event(make_event):
    return make_event(starts_at=evening(0), deadline=None)


@pytest.fixture
def guest(event, make_registration):
    return make_registration(event)


@pytest.fixture
def phone(app, event):
    return Program(app, event)


def test_a_code_makes_one_device_and_the_token_is_told_once(event):
    code = code_for(event)
    device, token = enrolling.enrol(code.lower(), secret=KEY, at=now())
    db.session.commit()

    assert (device.name, device.role, device.token_hash) == ("Téléphone de Léa", "agent", token_hash(token))
    assert len(code) == 8
    rows = [repr(tuple(row)) for t in (Enrolment, Device) for row in db.session.execute(select(*t.__table__.columns))]
    assert not [row for row in rows if token in row or code in row]


def test_a_code_works_once(event):
    code = code_for(event)
    enrolling.enrol(code, secret=KEY, at=now())
    with pytest.raises(EnrolmentOver):
        enrolling.enrol(code, secret=KEY, at=now())
    assert len(db.session.scalars(select(Device)).all()) == 1


@pytest.mark.parametrize(("after", "works"), [(CODE_LIFE - timedelta(seconds=1), True), (CODE_LIFE, False)])
def test_a_code_lives_ten_minutes(event, frozen, after, works):
    clock = frozen(now())
    code = code_for(event)
    clock.shift(after)

    assert (enrolling.find_enrolment(code, KEY, now()) is not None) is works


@pytest.mark.parametrize("code", ["", "ACDEFGHJ", "x" * 100])
def test_a_wrong_code_gives_nothing(app, event, code):
    code_for(event)
    answer = app.test_client().post("/api/v1/enrol", json={"code": code})
    assert (answer.status_code, answer.json["error"]) == (422, "EnrolmentOver")


def test_the_journal_says_who_invited_which_device_and_when_it_came(event, phone):
    listed = db.session.execute(select(AuditEntry.action, AuditEntry.actor_kind, AuditEntry.object_name)).all()
    told = [row for row in listed if row[0].startswith("device.")]
    assert told == [("device.invited", "user", "Téléphone de Léa"), ("device.enrolled", "device", "Téléphone de Léa")]


def test_a_device_scans_without_account_and_without_the_token_of_a_form(phone, guest):
    answer = phone.one(nonce="n-1", code=code_on(guest))

    assert answer["result"] == "admitted"
    assert db.session.scalar(select(Scan.agent)) == "Téléphone de Léa"


def test_a_revoked_device_is_told_and_writes_nothing(phone, guest, event):
    device = db.session.scalars(select(Device)).one()
    enrolling.revoke(device, event, actor=LEAD, at=now())

    answer = phone.post("/scans", {"nonce": "n-1", "code": code_on(guest)})

    assert (answer.status_code, answer.json["error"]) == (401, "DeviceRevoked")
    assert phone.get("/manifest").status_code == 401
    assert db.session.scalar(select(Scan.id)) is None


def test_a_device_that_forgets_itself_is_over(phone):
    assert phone.post("/forget", {}).json == {"forgotten": True}

    device = db.session.scalars(select(Device)).one()
    assert device.revoked_at is not None
    assert device.wiped_at is not None
    assert phone.post("/heartbeat", {}).json["error"] == "DeviceRevoked"


def test_a_device_ends_some_hours_after_its_last_day(app, event, frozen):
    clock = frozen(now())
    today = now().astimezone(PARIS).date().isoformat()
    phone = Program(app, event, days=(today,))
    assert phone.get("/manifest").status_code == 200

    clock.shift(timedelta(hours=31))

    assert phone.get("/manifest").json["error"] == "DeviceExpired"


def test_a_device_of_tomorrow_does_not_work_today(app, event):
    tomorrow = (now().astimezone(PARIS) + timedelta(days=1)).date().isoformat()
    phone = Program(app, event, days=(tomorrow,))

    answer = phone.get("/manifest")

    assert (answer.status_code, answer.json["error"]) == (403, "DeviceNotToday")


def test_a_token_of_one_event_opens_no_other(app, phone, make_event):
    other = make_event()
    for path in ("manifest",):
        assert phone.browser.get(f"/api/v1/events/{other.slug}/{path}", headers=phone.headers).status_code == 404


def test_an_unknown_token_is_nobody_even_with_a_session(app, event, reception_client):
    headers = {"Authorization": "Bearer abcdefghijklmnopqrstuvwxyz"}
    answer = reception_client.get(f"/api/v1/events/{event.slug}/manifest", headers=headers)
    assert (answer.status_code, answer.json["error"]) == (401, "NotSignedIn")


@pytest.mark.parametrize(("path", "status"), [("/heartbeat", 200), ("/forget", 200), ("/scans", 403)])
def test_an_observer_scans_nobody(app, event, guest, path, status):
    observer = Program(app, event, role="observer")
    assert observer.post(path, {"nonce": "n-1", "code": code_on(guest)}).status_code == status


def test_an_observer_has_no_list(app, event):
    assert Program(app, event, role="observer").get("/manifest").status_code == 403


def test_the_lead_sees_what_a_device_says_of_itself(phone, frozen):
    at = now()
    frozen(at)
    sent = int(at.timestamp() * 1000) + 7 * 60_000
    told = phone.post("/heartbeat", {"sent_at": sent, "queue": 3, "version": "abc", "synced_at": sent - 900_000}).json

    device = db.session.scalars(select(Device)).one()
    assert abs(told["offset"] - 420_000) <= 1
    assert (device.queue, device.version, device.last_seen_at) == (3, "abc", at)
    assert device.synced_at is not None


@pytest.mark.parametrize(
    "body", [{"sent_at": "soon"}, {"queue": True}, {"sent_at": 10**40}, {"version": 7}, {"gate": "x"}]
)
def test_what_a_device_says_badly_harms_nothing(phone, body):
    assert phone.post("/heartbeat", body).status_code in {200, 404}


def test_two_who_show_one_code_in_the_same_second_get_one_device(app, event, monkeypatch):
    code = code_for(event)
    found = enrolling.find_enrolment(code, KEY, now())
    monkeypatch.setattr(enrolling, "find_enrolment", lambda *_: found)  # both looked before either claimed

    enrolling.enrol(code, secret=KEY, at=now())
    with pytest.raises(EnrolmentOver):
        enrolling.enrol(code, secret=KEY, at=now())


def test_the_cookie_of_a_device_counts_for_the_interface_with_the_header_of_the_page_only(app, event, phone, guest):
    page = app.test_client()
    page.sends_token = False
    page.set_cookie("parvis_desk", phone.token)
    address, body = f"/api/v1/events/{event.slug}/scans", {"nonce": "n-1", "code": code_on(guest)}

    assert page.post(address, json=body).status_code == 401
    assert page.post(address, json=body, headers={"X-Parvis-Desk": "1"}).json["result"] == "admitted"
