"""The list a device carries: little, complete, refreshed by differences."""

import base64
import hashlib
import re
from datetime import timedelta

import pytest

from app.badging.codes import Code, is_genuine, read_code
from app.badging.queries import find_active_badge
from app.checkin import gates, leading, manifest
from app.checkin.gates import GateWanted
from app.checkin.leading import Decided
from app.clock import now
from app.database import db
from app.directory.service import Names
from app.registration.representatives import Representative
from app.registration.service import cancel_registration
from tests.checkin.programs import LEAD, Program, code_on
from tests.databases import KEY
from tests.factories import ORGANISER, evening

ID, NAME, STATE, CODE, VERSION, SHORT, BADGE, NOTES, STAND_IN = 0, 1, 6, 7, 8, 9, 10, 11, 13


@pytest.fixture
def event(make_event):
    return make_event(starts_at=evening(0), deadline=None, id_check=True)


@pytest.fixture
def guest(event, make_person, make_registration):
    person = make_person("Michaël", "Quernez", email="michael@example.org", phone="+33612345678")
    return make_registration(event, person, organisation="Ville de Quimperlé")


@pytest.fixture
def phone(app, event):
    return Program(app, event)


def rows(told):
    return {row[ID]: row for bucket in told["buckets"].values() for row in bucket}


def fingerprint(event, text):
    digest = hashlib.sha256(f"{event.public_id}:{text}".encode()).digest()
    return base64.urlsafe_b64encode(digest[:6]).decode()


def test_a_device_finds_a_guest_by_what_is_scanned_or_typed(phone, event, guest):
    told = phone.get("/manifest").json
    row, badge = rows(told)[guest.public_id], find_active_badge(guest.id)

    assert (row[NAME], row[STATE], row[BADGE], row[VERSION]) == ("Michaël QUERNEZ", "c", "v", badge.version)
    assert row[CODE] == fingerprint(event, code_on(guest)[:26])
    assert row[SHORT] == fingerprint(event, badge.short_code)
    assert (told["full"], told["count"], told["event"]["checks_identity"]) == (True, 1, True)


def test_the_list_holds_no_address_no_phone_and_no_code(phone, guest):
    text = phone.get("/manifest").text
    badge = find_active_badge(guest.id)
    for secret in ("example.org", "612345678", badge.code, badge.identity, badge.short_code):
        assert secret not in text


def test_a_genuine_badge_issued_since_is_told_from_an_invented_one(phone, event, guest):
    keys = {int(n): base64.b64decode(key) for n, key in phone.get("/manifest").json["event"]["keys"].items()}
    code = read_code(code_on(guest))
    invented = Code(code.text, code.identity, code.version, code.key, bytes(64))

    assert is_genuine(code, keys) is True
    assert is_genuine(invented, keys) is False


def change_name(event, guest):
    guest.person.family_name = "Quernez-Autre"


def write_note(event, guest):
    gates.note(guest, "Rang A", is_vip=False, actor=ORGANISER, at=now())


def give_up(event, guest):
    cancel_registration(guest, actor=ORGANISER, at=now())


@pytest.mark.parametrize("change", [change_name, write_note, give_up])
def test_whatever_changes_sends_one_bucket_again(phone, event, guest, make_registration, change):
    for _ in range(3):
        make_registration(event)
    before = phone.get("/manifest").json
    assert phone.get(f"/manifest?since={before['version']}").json["buckets"] == {}

    change(event, guest)
    after = phone.get(f"/manifest?since={before['version']}").json

    assert (after["full"], len(after["buckets"])) == (False, 1)
    assert rows(after)[guest.public_id] != rows(before)[guest.public_id]
    assert after["count"] == 4


def test_who_comes_instead_is_said(phone, guest):
    decided = Decided(LEAD, now(), "Retenu")
    leading.come_instead(guest, Representative(Names("Bruno", "Fixture")), decided)
    row = rows(phone.get("/manifest").json)[guest.public_id]
    assert (row[STATE], row[STAND_IN]) == ("x", "Bruno FIXTURE")


def test_passages_since_are_told_with_their_gate(phone, app, event, guest):
    before = phone.get("/manifest").json
    Program(app, event, name="Porte 2").one(nonce="n-1", code=code_on(guest), document="passport")

    told = phone.get(f"/manifest?since={before['version']}").json["passages"]

    assert [(p[0], p[1], p[2], p[6]) for p in told] == [(guest.public_id, "", "admitted", "Porte 2")]


def test_an_upload_of_long_ago_is_told_to_the_others(phone, app, event, guest, frozen):
    clock = frozen(now())
    phone.one(nonce="n-1", code=code_on(guest), document="passport")
    clock.shift(3600)
    version = phone.get("/manifest").json["version"]
    row = {"nonce": "n-2", "code": code_on(guest), "decided": "exited", "direction": "out"}
    Program(app, event).one(**row, at=int((now() - timedelta(minutes=50)).timestamp() * 1000))

    assert "exited" in [p[2] for p in phone.get(f"/manifest?since={version}").json["passages"]]


def test_nothing_new_is_told_in_few_bytes(phone, guest):
    version = phone.get("/manifest").json["version"]
    first = phone.get(f"/manifest?since={version}")
    again = phone.get(f"/manifest?since={version}", **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_gate_that_changed_is_told_though_no_guest_did(phone, event, guest):
    version = phone.get("/manifest").json["version"]
    first = phone.get(f"/manifest?since={version}")
    gates.save_gate(event, GateWanted("Salons", "salons", categories=("elus",)), actor=ORGANISER, at=now())

    told = phone.get(f"/manifest?since={version}", **{"If-None-Match": first.headers["ETag"]})

    assert told.status_code == 200
    assert [(g["scope"], g["categories"]) for g in told.json["gates"]] == [("z-salons", ["elus"])]


@pytest.mark.parametrize(
    "since", ["", "1", "now.then", "1783515600000.short", "9" * 40 + "." + "A" * 256, "é." + "A" * 256]
)
def test_an_unknown_version_gets_everything(phone, guest, since):
    assert phone.get("/manifest").json["full"]
    assert phone.browser.get(f"{phone.base}/manifest", query_string={"since": since}, headers=phone.headers).json[
        "full"
    ]


def test_the_list_ends_the_morning_after(phone, event, guest):
    told = phone.get("/manifest").json
    assert 0 < told["expires_at"] - told["server_time"] <= 30 * 3600 * 1000


def test_the_list_costs_the_same_few_questions_for_any_number(app, event, guest, make_registration, statement_count):
    def count():
        db.session.commit()
        db.session.expire_all()
        with statement_count() as seen:
            manifest.manifest_of(event, None, "", secret=KEY, at=now())
        return seen.count

    one = count()
    for _ in range(5):
        make_registration(event)
    assert count() <= one


def test_fifteen_hundred_people_are_less_than_300_kilobytes(phone, event, make_person, make_registration):
    """By what twenty more people of usual names and bodies add; in the demonstration it is 160 bytes each."""
    small = len(phone.get("/manifest").data)
    for n in range(20):
        person = make_person("Marie-Amélie", f"Castaing-Lemaréchal-{n}")
        titles = ("Vice-présidente déléguée à la coopération",)
        make_registration(event, person, qualities=titles, organisation="Conseil départemental d’essai")
    each = (len(phone.get("/manifest").data) - small) / 20
    assert 1500 * each < 300_000


def test_the_interface_is_described(app, client, event, phone, guest):
    told = client.get("/api/v1/openapi.json").json
    served = {
        re.sub(r"<(\w+)>", r"{\1}", rule.rule.replace("/api/v1", ""))
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1")
    }
    assert set(told["paths"]) == served

    schemas = told["components"]["schemas"]
    answer = phone.one(nonce="n-1", code=code_on(guest), document="passport")
    assert set(answer) == set(schemas["Answer"]["properties"])
    assert set(phone.get("/manifest").json) == set(schemas["Manifest"]["properties"])
    assert set(answer["guest"]) == set(schemas["Guest"]["properties"])
