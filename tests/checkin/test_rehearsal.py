"""A rehearsal of the door: its codes scan like real ones and are kept apart."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.badging.codes import is_genuine, public_key, read_code
from app.checkin import manifest, rehearsing
from app.checkin.board import board_of
from app.checkin.figures import figures_of
from app.checkin.gates import GateWanted, save_gate
from app.checkin.models import RESULTS, Scan
from app.checkin.presence import days_present
from app.checkin.queries import count_expected, count_present, list_recent_scans
from app.checkin.rehearsal_cast import CAST, SHOWN
from app.checkin.rehearsal_models import RehearsalGuest, RehearsalScan
from app.checkin.rehearsal_queries import list_guests
from app.checkin.service import day_of
from app.clock import now
from app.database import db
from tests.checkin.programs import LEAD, Program, code_on
from tests.databases import KEY

# What the badge of each part answers at a first scan.
ANSWERS = {
    "escort": "admitted", "native": "admitted", "companion": "admitted", "delegation": "admitted",
    "old_badge": "replaced",
}  # fmt: skip


@pytest.fixture
def event(make_event):
    return make_event(starts_at=now() + timedelta(hours=1), deadline=None)


@pytest.fixture
def phone(app, event, guests):
    return Program(app, event)


def by_part(guests, shows):
    return next(guest for guest in guests if guest.shows == shows)


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_every_answer_of_a_first_scan_has_somebody_who_shows_it():
    shown = {ANSWERS.get(part.shows, part.shows) for part in CAST}
    gestures = {"undone", "returned", "copy_suspected", "exited", "not_in", "identity_refused"}
    elsewhere = {"unknown", "other_event", "event_cancelled", "rehearsal_code"}
    assert shown == set(RESULTS) - gestures - elsewhere
    assert {part.shows for part in CAST} == set(SHOWN)


def test_codes_are_signed_and_known_by_their_look_alone(event, guests):
    keys = {1: public_key(KEY, event.public_id, 1)}
    for guest in guests:
        assert is_genuine(read_code(guest.code), keys) is True
        assert rehearsing.is_rehearsal_code(guest.code)
        assert rehearsing.is_rehearsal_code(guest.short_code.lower())
        assert rehearsing.is_rehearsal_guest(guest.public_id)
    assert len({guest.short_code for guest in guests}) == len(guests)


def test_no_real_badge_looks_like_one(make_event, make_registration):
    guest = make_registration(make_event())
    assert not rehearsing.is_rehearsal_code(code_on(guest))
    assert not rehearsing.is_rehearsal_guest(guest.public_id)


def test_each_badge_answers_what_it_shows_and_says_that_it_is_a_rehearsal(phone, guests):
    told = {guest.public_id: phone.one(nonce=f"n-{n}", code=guest.code) for n, guest in enumerate(guests)}
    for guest in guests:
        answer = told[guest.public_id]
        assert answer["result"] == ANSWERS.get(guest.shows, guest.shows)
        assert answer["is_rehearsal"] is True
        assert answer["guest"]["is_rehearsal"] is True
        assert answer["guest"]["name"] == guest.name
    again = phone.one(nonce="again", code=by_part(guests, "admitted").short_code)
    assert (again["result"], again["first"]["gate"]) == ("already_in", "Téléphone de Léa")
    assert again["is_echo"] is True
    assert "SPÉCIMEN" in told[by_part(guests, "replaced").public_id]["detail"]


def test_nothing_of_it_is_in_the_ledger_or_in_a_figure(event, phone, guests, make_registration):
    make_registration(event)
    for n, guest in enumerate(guests):
        phone.one(nonce=f"n-{n}", code=guest.code)
    day = day_of(event, now())

    assert count(RehearsalScan) == len(guests)
    assert (count(Scan), count_present(event, day), count_expected(event)) == (0, 0, 1)
    assert (list_recent_scans(event), days_present(event)) == ([], {})
    figures, board = figures_of(event, day), board_of(event, day, now(), confirmed=1)
    assert (figures.present, figures.expected, figures.slots) == (0, 1, ())
    assert (board.conflicts, board.busiest.arrivals) == (0, 0)
    assert (board.outlook.guests, board.outlook.is_measured) == (1, False)
    assert phone.post("/heartbeat", {}).json["counts"] == {"present": 0, "expected": 1}


def test_a_real_badge_shown_meanwhile_is_a_real_one(event, phone, guests, make_registration):
    real = make_registration(event)
    answer = phone.one(nonce="real", code=code_on(real))

    assert (answer["result"], "is_rehearsal" in answer) == ("admitted", False)
    assert (count(Scan), count(RehearsalScan), count_present(event)) == (1, 0, 1)


def test_a_replay_answers_the_same_and_writes_nothing(phone, guests):
    row = {"nonce": "n-1", "code": by_part(guests, "admitted").code}
    assert phone.one(**row) == phone.one(**row)
    assert count(RehearsalScan) == 1
    other = phone.one(nonce="n-1", code=by_part(guests, "waiting").code)
    assert other["error"] == "StaleRequest"


def test_undo_went_out_and_back_and_a_suspected_copy_are_rehearsed(phone, guests):
    guest = by_part(guests, "admitted")

    def gesture(number, kind):
        return phone.one(nonce=f"g-{number}", registration=guest.public_id, road="search", gesture=kind)

    assert gesture(1, "undo")["error"] == "NothingToUndo"
    phone.one(nonce="in", code=guest.code)
    assert gesture(2, "returned")["result"] == "returned"
    assert gesture(3, "copy_suspected")["result"] == "copy_suspected"
    assert gesture(4, "undo")["result"] == "undone"
    assert phone.one(nonce="in-again", code=guest.code)["result"] == "admitted"


def test_a_lead_rehearses_letting_in_all_the_same_and_says_why_and_an_agent_may_not(app, event, phone, guests):
    lead = Program(app, event, name="Téléphone du responsable", role="lead")
    row = {"registration": by_part(guests, "waiting").public_id, "road": "search", "gesture": "anyway"}

    assert phone.one(nonce="a", reason="Parole du maire", **row)["error"] == "NotAllowed"
    assert lead.one(nonce="b", **row)["error"] == "ReasonMissing"
    assert lead.one(nonce="c", reason="Parole du maire", **row)["result"] == "admitted"
    row["registration"] = by_part(guests, "already_in").public_id
    assert lead.one(nonce="d", reason="Parole du maire", **row)["error"] == "NothingToOverride"
    assert count(Scan) == 0


def test_the_document_is_asked_for_where_the_event_checks_identities(event, phone, guests):
    event.id_check = True
    db.session.commit()
    guest = by_part(guests, "escort")

    asked = phone.one(nonce="n-1", code=guest.code)
    assert (asked["asks_identity"], count(RehearsalScan)) == (True, 0)
    assert asked["guest"]["notes"] == [["staff", guest.note]]
    differs = phone.one(nonce="n-2", code=guest.code, document="passport", identity="does_not_match")
    assert differs["result"] == "identity_refused"
    assert phone.one(nonce="n-3", code=guest.code, document="passport")["result"] == "admitted"


def test_what_a_device_decided_alone_is_kept_beside_and_is_no_conflict(event, phone, guests):
    guest, at = by_part(guests, "cancelled"), int(now().timestamp() * 1000)
    row = {"nonce": "alone", "code": guest.code, "decided": "admitted", "at": at - 60_000, "offset": 0}
    first = phone.one(**row)

    assert (first["result"], first["conflict"], first["is_rehearsal"]) == ("admitted", None, True)
    assert phone.one(**row) == first
    assert (count(Scan), count(RehearsalScan)) == (0, 1)
    assert board_of(event, day_of(event, now()), now()).conflicts == 0


def test_closing_removes_everything_and_the_code_says_what_it_was(event, phone, guests):
    code, short = guests[0].code, guests[0].short_code
    phone.one(nonce="n-1", code=code)

    closed = rehearsing.close_rehearsal(event, actor=LEAD, at=now())
    db.session.commit()

    assert (closed.guests, closed.scans, closed.desks) == (len(CAST), 1, 1)
    assert (count(RehearsalGuest), count(RehearsalScan)) == (0, 0)
    for number, typed in enumerate((code, short)):
        answer = phone.one(nonce=f"over-{number}", code=typed)
        assert (answer["result"], answer["guest"], answer["is_rehearsal"]) == ("rehearsal_code", None, True)
    late = phone.one(nonce="late", code=code, decided="admitted", at=int(now().timestamp() * 1000), offset=0)
    assert (late["result"], late["guest"]) == ("admitted", None)
    assert count(Scan) == 0


def test_an_answer_of_a_rehearsal_can_never_be_a_row_of_the_ledger(event, phone, guests, make_registration):
    at = int(now().timestamp() * 1000)
    row = {"nonce": "n", "code": code_on(make_registration(event)), "decided": "rehearsal_code", "at": at}
    assert phone.one(**row)["result"] == "rehearsal_code"
    assert count(Scan) == 0


def test_the_code_of_another_event_s_rehearsal_is_nobody_here(phone, guests, make_event):
    elsewhere = rehearsing.open_rehearsal(make_event(), secret=KEY, actor=LEAD, at=now())
    db.session.commit()
    assert phone.one(nonce="n", code=elsewhere[0].code)["result"] == "rehearsal_code"


def test_one_rehearsal_at_a_time(event, guests):
    with pytest.raises(rehearsing.RehearsalOpen):
        rehearsing.open_rehearsal(event, secret=KEY, actor=LEAD, at=now())


def rows_of(told):
    return {row[0]: row for bucket in told["buckets"].values() for row in bucket}


def test_the_list_of_a_device_has_them_while_it_goes_on_and_counts_them_for_nobody(event, phone, guests, make_device):
    save_gate(event, GateWanted("Porte 1"), actor=LEAD, at=now())
    db.session.commit()
    first = phone.get("/manifest").json
    row = rows_of(first)[guests[0].public_id]

    assert (first["count"], len(rows_of(first))) == (0, len(guests))
    assert row[7] == manifest.fingerprint(event, guests[0].code[:26])
    assert row[14] == {"facts": {}}
    assert rows_of(first)[by_part(guests, "too_early").public_id][14]["facts"]["opens"] > now().timestamp()
    early = by_part(guests, "already_in").public_id
    assert {passage[0] for passage in first["passages"]} == {early}

    phone.one(nonce="in", code=guests[0].code)
    second = phone.get(f"/manifest?since={first['version']}").json
    assert second["buckets"] == {}
    assert guests[0].public_id in {passage[0] for passage in second["passages"]}

    rehearsing.close_rehearsal(event, actor=LEAD, at=now())
    db.session.commit()
    third = phone.get(f"/manifest?since={first['version']}").json
    assert all(bucket == [] for bucket in third["buckets"].values())
    assert third["passages"] == []


def test_a_desk_opened_by_an_account_rehearses_page_by_page(event, guests, make_device, reception_client):
    desk = f"/desk/{event.slug}/at/{make_device(event, 'Porte 1').public_id}"
    guest = by_part(guests, "escort")

    def post(path, **told):
        answer = reception_client.post(desk + path, data={"road": "typed", **told}, follow_redirects=True)
        assert "RÉPÉTITION" in answer.text or "REHEARSAL" in answer.text, answer.text
        return answer.text

    assert guest.note in post("/scan", nonce="a", code=guest.code)
    assert "desk-verdict-good" in post("/admit", nonce="b", registration=guest.public_id, decision="admit")
    assert "desk-verdict-attention" in post("/scan", nonce="c", registration=guest.public_id)
    post("/remark", nonce="d", registration=guest.public_id, remark="returned")
    post("/undo", nonce="e", registration=guest.public_id)
    post("/scan", nonce="f", code=by_part(guests, "forged").code)
    found = reception_client.get(f"{desk}?words=nulle part").text
    assert all(one.name in found for one in guests)
    assert [row.result for row in db.session.scalars(select(RehearsalScan).order_by(RehearsalScan.id))] == [
        "admitted", "already_in", "returned", "undone", "forged",
    ]  # fmt: skip
    assert count(Scan) == 0


def test_a_program_with_an_account_rehearses_too(event, guests, make_device, reception_client):
    body = {"device": make_device(event).public_id, "code": guests[0].code, "nonce": "n", "road": "scanner"}
    told = reception_client.post(f"/api/v1/events/{event.slug}/scans", json=body).json
    assert (told["result"], told["is_rehearsal"]) == ("admitted", True)


def test_the_organiser_opens_prints_and_closes_it(event, organiser_client):
    address = f"/organise/{event.slug}/door/rehearsal"
    assert organiser_client.get(f"{address}/badges.pdf").status_code == 404

    assert organiser_client.post(address).status_code == 303
    page = organiser_client.get(address).text
    assert all(guest.name in page for guest in list_guests(event))
    pdf = organiser_client.get(f"{address}/badges.pdf")
    assert pdf.data.startswith(b"%PDF")
    assert organiser_client.post(address).status_code == 409
    assert organiser_client.post(f"{address}/close").status_code == 303
    assert list_guests(event) == []
