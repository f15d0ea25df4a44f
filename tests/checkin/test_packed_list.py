"""The list in the form that the page asks for: it tells the same in fewer bytes, and stays small as people come in."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from app.badging.models import Badge
from app.checkin import gates, leading
from app.checkin.leading import Decided
from app.checkin.models import Device, Scan
from app.checkin.packing import pack_guest
from app.clock import now
from app.database import db
from app.directory.models import Person
from app.directory.service import Names
from app.registration.models import Registration
from app.registration.representatives import Representative
from app.registration.service import cancel_registration
from tests.checkin.programs import LEAD, Program, code_on
from tests.checkin.test_old_badges import give_another, print_again
from tests.factories import ORGANISER, evening

PEOPLE, PASSAGES, DESKS = 1500, 600, 6


@pytest.fixture
def event(make_event):
    return make_event(starts_at=evening(0), deadline=None, id_check=True)


@pytest.fixture
def phone(app, event):
    return Program(app, event)


def unpacked_guest(row):
    """As docs/door.md says it."""
    told, name, quality, organisation, category, prints, *more = row
    full = [told, name, "", quality, organisation, category, "c", prints[:8], 1, prints[8:], "v", "", "", "", ""]
    for place, value in (more[0] if more else {}).items():
        full[int(place)] = value
    while not full[-1]:
        full.pop()
    return full


def unpacked_passages(told):
    at, found = 0, []
    for guest, seconds, place in told["passages"]:
        at += seconds
        scope, result, day, device, gate = told["places"][place]
        found.append([guest, scope, result, day, at, device, gate])
    return found


def unpacked_buckets(told):
    return {n: [unpacked_guest(row) for row in rows] for n, rows in told["buckets"].items()}


def all_sorts(event, make_person, make_registration):
    """A usual guest, one given up, one with a note, one replaced, a badge made again, one taken again, no badge."""
    usual, gone, noted, replaced, reprinted, back, bare = (
        make_registration(event, make_person("Nadia", f"Pellefigue-{n}")) for n in range(7)
    )
    cancel_registration(gone, actor=ORGANISER, at=now())
    gates.note(noted, "Rang A", is_vip=False, actor=ORGANISER, at=now())
    leading.come_instead(replaced, Representative(Names("Bruno", "Fixture")), Decided(LEAD, now(), "Retenu"))
    print_again(reprinted)
    give_another(back)
    for badge in db.session.scalars(select(Badge).where(Badge.registration_id == bare.id)):
        db.session.delete(badge)
    bare.person.native_name = "ناديا"
    db.session.commit()
    return usual, noted


def test_the_packed_list_says_what_the_plain_one_says(phone, app, event, make_person, make_registration):
    for guest in all_sorts(event, make_person, make_registration):
        Program(app, event, name=f"Porte {guest.id}").one(
            nonce=f"n-{guest.id}", code=code_on(guest), document="passport"
        )
    plain, packed = phone.get("/manifest").json, phone.get("/manifest?form=packed").json

    assert (plain["form"], plain["places"], packed["form"]) == ("plain", [], "packed")
    assert unpacked_buckets(packed) == plain["buckets"]
    assert unpacked_passages(packed) == plain["passages"]
    assert len(plain["passages"]) == 2
    aside = {"form", "buckets", "places", "passages", "server_time"}
    assert {k: v for k, v in packed.items() if k not in aside} == {k: v for k, v in plain.items() if k not in aside}


def test_nothing_new_in_the_packed_form_is_told_in_few_bytes(phone, event, make_registration):
    make_registration(event)
    version = phone.get("/manifest?form=packed").json["version"]
    first = phone.get(f"/manifest?form=packed&since={version}")
    again = phone.get(f"/manifest?form=packed&since={version}", **{"If-None-Match": first.headers["ETag"]})
    assert first.json["buckets"] == {}
    assert (again.status_code, again.data) == (304, b"")


def test_a_field_that_no_usual_guest_has_is_never_lost():
    row = [
        "r-1",
        "Anne",
        "",
        "Maire",
        "Sénat",
        2,
        "w",
        "",
        0,
        ".abcdefgh",
        "",
        [["staff", "Rang A"]],
        ["s-1"],
        "B",
        {"facts": {}},
    ]
    assert unpacked_guest(pack_guest(row)) == row


def fill(event):
    """1,500 people with the functions and bodies of a long list, no two alike; 600 of them came in at six desks."""
    db.session.execute(insert(Person), [
        {"given_name": ("Michaël", "Marie-Amélie", "Oleksandr")[n % 3], "family_name": f"Castaing {n}", "mandates": []}
        for n in range(PEOPLE)
    ])  # fmt: skip
    people = db.session.scalars(select(Person.id).order_by(Person.id.desc()).limit(PEOPLE)).all()
    db.session.execute(insert(Registration), [
        {"event_id": event.id, "person_id": person, "category_id": event.categories[0].id, "state": "confirmed",
         "qualities": ("Premier Vice-président de la région Bretagne",),
         "organisation": f"Établissement public de coopération intercommunale {n}"}
        for n, person in enumerate(people)
    ])  # fmt: skip
    guests = db.session.scalars(select(Registration.id).where(Registration.event_id == event.id)).all()
    db.session.execute(insert(Badge), [
        {"event_id": event.id, "registration_id": guest, "code": f"{n:0>26}BA", "identity": f"{n:0>26}", "version": 1,
         "short_code": f"{n:0>8}"}
        for n, guest in enumerate(guests)
    ])  # fmt: skip
    come_in(event, guests[:PASSAGES])


def come_in(event, guests):
    desks = [Device(event_id=event.id, opened_by="", gate=f"Entrée principale · Guichet {n}") for n in range(DESKS)]
    db.session.add_all(desks)
    db.session.flush()
    db.session.execute(insert(Scan), [
        {"event_id": event.id, "device_id": desks[n % DESKS].id, "nonce": f"n-{n}", "registration_id": guest,
         "result": "admitted", "entry_key": f"test:{n}", "day": now().date(), "at": now() + timedelta(seconds=7 * n),
         "gate": desks[n % DESKS].gate}
        for n, guest in enumerate(guests)
    ])  # fmt: skip
    db.session.commit()


def test_fifteen_hundred_people_of_whom_six_hundred_came_are_less_than_300_kilobytes(phone, event):
    """As the page fetches and keeps it, before any compression on the way. Issue 7: 1,500 people < 300 kB."""
    fill(event)
    answer = phone.get("/manifest?form=packed")

    assert answer.json["count"] == PEOPLE
    assert len(answer.json["passages"]) == PASSAGES
    assert len(answer.data) < 300_000, len(answer.data)
