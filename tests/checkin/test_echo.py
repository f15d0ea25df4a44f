"""The same scan twice within ten seconds at one desk is answered without alarm, wherever it is asked (scenario 5.6)."""

import pytest

from app.clock import now
from tests.checkin.programs import Program, code_on
from tests.factories import evening


@pytest.fixture
def event(make_event):
    return make_event(starts_at=evening(0), deadline=None, capacity=None)


def test_a_program_reads_that_nothing_is_to_be_done(app, event, make_registration, frozen):
    phone, guest, clock = Program(app, event), make_registration(event), frozen(now())
    phone.one(nonce="n-1", code=code_on(guest))
    clock.shift(9)
    echo = phone.one(nonce="n-2", code=code_on(guest))
    clock.shift(1)
    later = phone.one(nonce="n-3", code=code_on(guest))
    assert [echo["state"], later["state"]] == ["info", "attention"]
    assert phone.one(nonce="n-2", code=code_on(guest)) == echo


def test_the_page_of_a_desk_gives_no_alarm(event, make_registration, make_device, reception_client, frozen):
    guest, device, clock = make_registration(event), make_device(event), frozen(now())
    address = f"/desk/{event.slug}/at/{device.public_id}"
    entry = {"nonce": "n-1", "registration": guest.public_id, "document": "passport", "road": "scanner"}
    reception_client.post(f"{address}/admit", data=entry)
    for seconds, sound in ((9, "info"), (1, "attention")):
        clock.shift(seconds)
        scan = {"code": code_on(guest), "nonce": f"n-after-{seconds}", "road": "scanner"}
        page = reception_client.post(f"{address}/scan", data=scan, follow_redirects=True).text
        assert f'data-sound="{sound}"' in page
