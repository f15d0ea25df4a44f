"""What devices decided without a network (scenarios 5.5 and 5.6), and the rows of the interface."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.checkin import queries, service
from app.checkin.door_models import Conflict
from app.checkin.models import IdentityCheck, Scan
from app.checkin.rows import milliseconds_of
from app.clock import now
from app.database import db
from app.registration.service import cancel_registration
from tests.checkin.programs import Program, code_on
from tests.factories import ORGANISER, evening


@pytest.fixture
def phone(app, event):
    return Program(app, event)


def offline(guest, nonce, at, **changes):
    """A passage a device let in alone."""
    return {"nonce": nonce, "code": code_on(guest), "decided": "admitted", "at": milliseconds_of(at), **changes}


def conflicts():
    return sorted(db.session.scalars(select(Conflict.kind)))


def count_rows():
    return db.session.scalar(select(func.count()).select_from(Scan))


def test_two_desks_without_a_network_134_passages_one_guest_twice_sent_three_times(app, event, make_registration):
    """Scenario 5.5: 134 rows, 133 people, one conflict, the earliest counts."""
    guests = [make_registration(event) for _ in range(133)]
    first, second = Program(app, event, name="A"), Program(app, event, name="B")
    at = now() - timedelta(minutes=20)
    rows = [offline(guest, f"n-{n}", at + timedelta(seconds=n)) for n, guest in enumerate(guests)]
    batch_a, batch_b = rows[:70], [*rows[70:], offline(guests[0], "n-again", at + timedelta(minutes=2))]

    for _time in range(3):
        for device, batch in ((first, batch_a), (second, batch_b)):
            assert {answer["result"] for answer in device.scan(*batch)} == {"admitted"}

    assert count_rows() == 134
    assert len(queries.list_present_ids(event)) == queries.count_present(event, service.day_of(event, at)) == 133
    assert conflicts() == ["twice_in"]
    doubled = next(entry for entry in queries.list_entries(event) if entry.registration_id == guests[0].id)
    assert (doubled.at, doubled.gate) == (instant_kept(at), "A")


def instant_kept(at):
    """Devices tell milliseconds."""
    return at - timedelta(microseconds=at.microsecond % 1000)


def test_the_earliest_counts_whichever_device_came_back_first(app, event, guest):
    early, late = now() - timedelta(minutes=9), now() - timedelta(minutes=7)
    first, second = Program(app, event, name="A"), Program(app, event, name="B")
    second.one(**offline(guest, "n-1", late))
    assert first.one(**offline(guest, "n-1", early))["conflict"] == "twice_in"

    assert [entry.gate for entry in queries.list_entries(event)] == ["A"]


def test_a_replay_tells_the_conflict_again_and_raises_none(phone, app, event, guest):
    phone.one(**offline(guest, "n-1", now() - timedelta(minutes=9)))
    other = Program(app, event)
    row = offline(guest, "n-2", now() - timedelta(minutes=5))

    assert other.one(**row)["conflict"] == other.one(**row)["conflict"] == "twice_in"
    assert conflicts() == ["twice_in"]


def test_let_in_offline_after_the_place_was_given_up(phone, guest):
    """Scenario 5.5.4: admitted, and flagged."""
    row = offline(guest, "n-1", now() - timedelta(minutes=2))
    cancel_registration(guest, actor=ORGANISER, at=now() - timedelta(minutes=5))

    answer = phone.one(**row)

    assert (answer["result"], answer["conflict"]) == ("admitted", "cancelled_before")
    assert len(queries.list_present_ids(guest.event)) == 1


def test_who_gave_up_the_place_after_coming_in_is_no_conflict(phone, guest):
    row = offline(guest, "n-1", now() - timedelta(minutes=5))
    cancel_registration(guest, actor=ORGANISER, at=now() - timedelta(minutes=2))

    assert phone.one(**row)["conflict"] is None


def test_let_in_offline_who_waits(app, make_event, make_registration):
    event = make_event(starts_at=evening(0), deadline=None, capacity=1)
    make_registration(event)
    waiting = make_registration(event)
    row = {"nonce": "n-1", "registration": waiting.public_id, "decided": "admitted", "at": milliseconds_of(now())}

    assert Program(app, event).one(**row)["conflict"] == "refused_here"
    assert len(queries.list_present_ids(event)) == 1


def test_the_clock_of_the_device_is_taken_off(phone, guest):
    """Scenario 5.5.3: seven minutes fast is stored, and no conflict."""
    true = now() - timedelta(minutes=10)
    wrong = true + timedelta(minutes=7)

    answer = phone.one(**offline(guest, "n-1", wrong, offset=420_000))

    scan = db.session.scalars(select(Scan)).one()
    assert answer["conflict"] is None
    assert (scan.at, scan.device_at) == (instant_kept(true), instant_kept(wrong))
    assert (scan.clock_offset, scan.is_offline) == (420_000, True)
    assert scan.received_at is not None


def test_a_clock_far_off_is_told_once_a_device_and_day(phone, event, make_registration):
    hour = 3_600_000
    rows = [
        offline(make_registration(event), f"n-{n}", now() + timedelta(minutes=50 + n), offset=hour) for n in range(3)
    ]
    assert [answer["conflict"] for answer in phone.scan(*rows)] == ["clock_off", None, None]


def test_no_passage_lies_in_the_future(phone, guest):
    phone.one(**offline(guest, "n-1", now() + timedelta(hours=2), offset=0))
    assert db.session.scalar(select(Scan.at)) <= now()


def test_the_clock_known_from_the_last_contact_serves_rows_that_tell_none(phone, guest):
    sent = milliseconds_of(now()) + 420_000
    phone.post("/heartbeat", {"sent_at": sent})
    phone.one(**offline(guest, "n-1", now() + timedelta(minutes=5)))

    assert abs((now() - db.session.scalar(select(Scan.at))).total_seconds() - 120) < 60


@pytest.mark.parametrize(
    "bad",
    [
        "text", 7, None, {}, {"nonce": "é", "code": "A"}, {"nonce": "n", "code": "A" * 201}, {"nonce": "n"},
        {"nonce": "n", "code": "A", "registration": "b"}, {"nonce": "n", "code": "A", "road": "drone"},
        {"nonce": "n", "code": "A", "decided": "welcome", "at": 1783515600000},
        {"nonce": "n", "code": "A", "decided": "admitted"}, {"nonce": "n", "code": "A", "at": 1783515600000},
        {"nonce": "n", "code": "A", "decided": "admitted", "at": True},
        {"nonce": "n", "code": "A", "decided": "admitted", "at": 10**30},
        {"nonce": "n", "code": "A", "decided": "undone", "at": 1783515600000},
        {"nonce": "n", "registration": "nobodyhere"}, {"nonce": "n", "code": "A", "gesture": "undo"},
        {"nonce": "n", "code": "A", "gate": "nogate"}, {"nonce": "n", "code": "A", "direction": "up"},
    ],
)  # fmt: skip
def test_one_bad_row_never_stops_the_others(phone, guest, event, make_registration, bad):
    other = make_registration(event)
    rows = [{"nonce": "n-1", "code": code_on(guest)}, bad, {"nonce": "n-2", "code": code_on(other)}]

    first, refused, last = phone.scan(*rows)

    assert (first["result"], last["result"]) == ("admitted", "admitted")
    assert refused["error"]
    assert refused["message"]
    assert count_rows() == 2


def test_more_rows_than_a_batch_holds_are_refused_whole(phone):
    answer = phone.post("/scans", {"scans": [{}] * 501})
    assert (answer.status_code, answer.json["error"]) == (422, "Unreadable")


def test_a_nonce_of_somebody_else_is_refused_alone(phone, guest, event, make_registration):
    row = offline(make_registration(event), "n-1", now())
    first, second = phone.scan(offline(guest, "n-1", now()), row)
    assert (first["result"], second["error"]) == ("admitted", "StaleRequest")


@pytest.mark.parametrize("result", ["unknown", "not_on_list", "forged", "too_early", "cancelled"])
def test_refusals_told_by_a_device_are_kept_as_told(phone, result):
    row = {"nonce": "n-1", "code": "ABCDEFGH", "decided": result, "at": milliseconds_of(now())}
    assert phone.one(**row)["result"] == result
    assert list(db.session.scalars(select(Scan.result))) == [result]
    assert conflicts() == []


def test_the_kind_of_document_seen_offline_is_kept(phone, guest, event):
    event.id_check = True
    phone.one(**offline(guest, "n-1", now(), document="passport"))
    check = db.session.scalars(select(IdentityCheck)).one()
    assert (check.document, check.result) == ("passport", "matches")


def test_before_the_document_is_seen_nothing_is_written(phone, guest, event):
    event.id_check = True
    seen = phone.one(nonce="n-1", code=code_on(guest))
    assert (seen["result"], seen["asks_identity"], count_rows()) == ("admitted", True, 0)
    assert seen["guest"]["name"].startswith("Camille DURAND")

    assert phone.one(nonce="n-1", code=code_on(guest), document="passport")["asks_identity"] is False
    assert count_rows() == 1


def test_a_document_that_is_somebody_elses(phone, guest, event):
    event.id_check = True
    row = {"registration": guest.public_id, "identity": "does_not_match", "document": "passport"}
    assert phone.one(nonce="n-1", **row)["result"] == "identity_refused"
    assert phone.one(nonce="n-2", code=code_on(guest), document="passport")["result"] == "admitted"


def test_the_same_scan_twice_at_one_desk_asks_for_nothing(phone, guest, frozen):
    """Scenario 5.6.2: ten seconds."""
    clock = frozen(now())
    phone.one(nonce="n-1", code=code_on(guest))
    clock.shift(9)
    echo = phone.one(nonce="n-2", code=code_on(guest))
    clock.shift(1)
    alarm = phone.one(nonce="n-3", code=code_on(guest))

    assert (echo["result"], echo["is_echo"]) == ("already_in", True)
    assert "Nothing to do" in echo["next_step"]
    assert (alarm["result"], alarm["is_echo"]) == ("already_in", False)
    assert "Call the person in charge" in alarm["next_step"]


def test_already_in_is_explained_and_a_copy_told_to_the_lead(phone, app, event, guest):
    """Scenario 5.6.1."""
    phone.one(nonce="n-1", code=code_on(guest))
    other = Program(app, event, name="Porte 2")
    assert other.one(nonce="n-1", code=code_on(guest))["first"]["gate"] == "Téléphone de Léa"

    back = other.one(nonce="n-2", registration=guest.public_id, gesture="returned")
    copy = other.one(nonce="n-3", registration=guest.public_id, gesture="copy_suspected")
    other.one(nonce="n-3", registration=guest.public_id, gesture="copy_suspected")

    assert (back["result"], copy["result"]) == ("returned", "copy_suspected")
    assert conflicts() == ["copy_suspected"]
    assert len(queries.list_present_ids(event)) == 1


def test_out_and_in_again(phone, guest, event):
    def go(number, direction):
        return phone.one(nonce=f"n-{number}", code=code_on(guest), direction=direction)["result"]

    told = [go(n, way) for n, way in enumerate(("out", "in", "out", "in", "in"))]

    assert told == ["not_in", "admitted", "exited", "admitted", "already_in"]
    assert len(queries.list_present_ids(event)) == 1


def test_an_agent_takes_back_what_was_done_at_the_same_desk_only(phone, app, event, guest):
    phone.one(nonce="n-1", code=code_on(guest))
    other = Program(app, event, name="Porte 2")
    row = {"registration": guest.public_id, "gesture": "undo"}

    assert other.one(nonce="n-1", **row)["error"] == "NotAllowed"
    assert phone.one(nonce="n-2", **row)["result"] == "undone"
    assert queries.list_present_ids(event) == set()


def test_words_come_in_the_language_asked_for(phone, guest):
    phone.one(nonce="n-1", code=code_on(guest))
    french = phone.browser.post(
        f"{phone.base}/scans",
        json={"nonce": "n-1", "code": code_on(guest)},
        headers={"Authorization": f"Bearer {phone.token}", "Accept-Language": "fr"},
    )
    assert french.json["headline"] == "Entrée enregistrée"
