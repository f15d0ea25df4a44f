"""What a device carries of badges that were given up, so that it answers "replaced" or "revoked" without a network."""

import pytest
from sqlalchemy import select

from app.badging.models import Badge
from app.badging.queries import find_active_badge
from app.badging.service import issue, reprint, revoke
from app.clock import now
from app.database import db
from tests.checkin.programs import Program
from tests.checkin.test_manifest import fingerprint, rows
from tests.databases import KEY
from tests.factories import ORGANISER, evening

SHORTS = 9


@pytest.fixture
def event(make_event):
    return make_event(starts_at=evening(0), deadline=None)


@pytest.fixture
def guest(event, make_registration):
    return make_registration(event)


@pytest.fixture
def phone(app, event):
    return Program(app, event)


def print_again(guest):
    return reprint(guest, reason="Lost", secret=KEY, actor=ORGANISER, at=now())


def give_another(guest):
    """The place is given up and taken again: another badge, the first one revoked."""
    revoke(guest, at=now())
    guest.sequence += 1
    db.session.flush()
    return issue(guest, at=now(), secret=KEY)


def test_most_guests_carry_nothing_of_it(phone, guest):
    assert len(rows(phone.get("/manifest").json)[guest.public_id][SHORTS]) == 8


def test_short_codes_that_were_replaced(phone, event, guest):
    shorts = [find_active_badge(guest.id).short_code]
    for _again in range(2):
        shorts.insert(0, print_again(guest).short_code)

    row = rows(phone.get("/manifest").json)[guest.public_id]

    assert row[SHORTS] == "".join(fingerprint(event, short) for short in shorts)


def test_badges_that_were_revoked(phone, event, guest):
    before = phone.get("/manifest").json
    first = print_again(guest)
    give_another(guest)
    told = phone.get(f"/manifest?since={before['version']}").json

    assert len(told["buckets"]) == 1
    shorts, revoked = rows(told)[guest.public_id][SHORTS].split(".")
    assert revoked == fingerprint(event, first.code[:26]) + fingerprint(event, first.short_code) + "2"
    assert len(shorts) == 16


def test_the_server_answers_the_same(phone, guest):
    """The journey asks a device the same questions without a network."""
    first = find_active_badge(guest.id)
    old_short, old_code = first.short_code, first.code
    print_again(guest)
    db.session.commit()
    assert [phone.one(nonce=f"a{n}", code=code)["result"] for n, code in enumerate((old_short, old_code))] == [
        "replaced",
        "replaced",
    ]
    revoked = db.session.scalars(select(Badge)).one()
    code, short = revoked.code, revoked.short_code
    give_another(guest)
    db.session.commit()
    answers = [phone.one(nonce=f"b{n}", code=text)["result"] for n, text in enumerate((code, short, old_code))]
    assert answers == ["revoked", "revoked", "replaced"]


def test_fifteen_hundred_people_with_old_badges_are_less_than_300_kilobytes(
    phone, event, make_person, make_registration
):
    """By what twenty more people add, each reprinted once and every tenth with an earlier badge."""
    small = len(phone.get("/manifest").data)
    for n in range(20):
        person = make_person("Marie-Amélie", f"Castaing-Lemaréchal-{n}")
        titles = ("Vice-présidente déléguée à la coopération",)
        guest = make_registration(event, person, qualities=titles, organisation="Conseil départemental d’essai")
        print_again(guest)
        if n % 10 == 0:
            give_another(guest)
    each = (len(phone.get("/manifest").data) - small) / 20
    assert 1500 * each < 300_000, each
