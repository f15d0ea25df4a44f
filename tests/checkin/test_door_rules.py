"""What the door answers, and what its ledger keeps."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from app.badging.queries import find_active_badge
from app.checkin import queries, service
from app.checkin.models import Device, IdentityCheck, Scan
from app.checkin.service import DocumentMissing, NothingToUndo, Passage, SearchTooShort, StaleRequest, Verdict
from app.clock import now
from app.database import db
from app.registration.models import Registration
from app.registration.service import accept, cancel_registration
from tests.factories import INVITEE, ORGANISER

MORNING = datetime(2026, 7, 8, 7, 0, tzinfo=UTC)


def passage(device: Device, nonce: str, at: datetime | None = None) -> Passage:
    return Passage(device, nonce, "typed", "Reception of the tests", at or now())


def code_of(registration: Registration) -> str:
    badge = find_active_badge(registration.id)
    assert badge
    return badge.code


def count_scans() -> int:
    return db.session.scalar(select(func.count()).select_from(Scan)) or 0


@pytest.fixture
def event(make_event):
    return make_event(capacity=2, deadline=None)


@pytest.fixture
def guest(event, make_registration):
    return make_registration(event)


@pytest.fixture
def device(event, make_device):
    return make_device(event, "Porte 1")


def test_a_guest_is_let_in(event, guest, device):
    verdict = service.admit_code(event, code_of(guest), passage(device, "n-1"))

    assert verdict.result == "admitted"
    assert verdict.scan is not None
    assert (verdict.scan.registration_id, verdict.scan.agent) == (guest.id, "Reception of the tests")
    assert queries.count_present(event) == queries.count_present(event, verdict.scan.day) == 1


@pytest.mark.parametrize("typed", ["short", "spaced", "lower"])
def test_a_typed_code_is_forgiving(event, guest, device, typed):
    badge = find_active_badge(guest.id)
    spelling = {
        "short": badge.short_code,
        "spaced": f" {badge.short_code[:4]} - {badge.short_code[4:]} ",
        "lower": badge.code.lower(),
    }[typed]

    assert service.examine_code(event, spelling, now()).registration == guest


def test_a_second_scan_says_when_and_where(event, guest, device, make_device):
    at = now()
    service.admit(event, guest, passage(device, "n-1", at))
    other = make_device(event, "Porte 2")

    verdict = service.admit(event, guest, passage(other, "n-1", at + timedelta(seconds=40)))

    assert verdict.result == "already_in"
    assert verdict.first is not None
    assert (verdict.first.at, verdict.first.device.gate) == (at, "Porte 1")
    assert queries.count_present(event) == 1


def test_a_replay_answers_the_same_and_writes_nothing(event, guest, device):
    first = service.admit(event, guest, passage(device, "n-1"))
    refused = service.admit(event, guest, passage(device, "n-2"))
    before = count_scans()

    again = service.admit(event, guest, passage(device, "n-1"))
    refused_again = service.admit(event, guest, passage(device, "n-2"))

    assert (again.result, again.scan) == ("admitted", first.scan)
    assert (refused_again.result, refused_again.scan) == ("already_in", refused.scan)
    assert refused_again.first == first.scan
    assert count_scans() == before


def test_a_replay_of_a_refusal_outlives_what_changed_since(event, device, make_registration):
    make_registration(event)
    seated = make_registration(event)
    waiting = make_registration(event)
    service.admit(event, waiting, passage(device, "n-1"))
    cancel_registration(seated, actor=ORGANISER, at=now())
    assert waiting.state == "confirmed"

    assert service.admit(event, waiting, passage(device, "n-1")).result == "waiting"
    assert service.admit(event, waiting, passage(device, "n-2")).result == "admitted"


def test_a_nonce_serves_one_person(event, guest, device, make_registration):
    other = make_registration(event)
    service.admit(event, guest, passage(device, "n-1"))

    with pytest.raises(StaleRequest):
        service.admit(event, other, passage(device, "n-1"))


def test_two_devices_may_use_one_nonce(event, guest, device, make_device, make_registration):
    other = make_registration(event)
    service.admit(event, guest, passage(device, "n-1"))

    assert service.admit(event, other, passage(make_device(event), "n-1")).result == "admitted"


def _waiting(event, make_registration):
    make_registration(event)
    return make_registration(event)


def _cancelled(event, make_registration):
    registration = make_registration(event)
    cancel_registration(registration, actor=ORGANISER, at=now())
    return registration


@pytest.mark.parametrize(("make", "result"), [(_waiting, "waiting"), (_cancelled, "cancelled")])
def test_who_has_no_place_stays_outside(event, guest, device, make_registration, make, result):
    registration = make(event, make_registration)

    verdict = service.admit(event, registration, passage(device, "n-1"))

    assert (verdict.result, verdict.scan.result) == (result, result)
    assert queries.count_present(event) == 0


def test_a_badge_given_up_never_opens_again(event, guest, device):
    old = code_of(guest)
    cancel_registration(guest, actor=ORGANISER, at=now())
    accept(guest.invitation, by="link", actor=INVITEE, at=now())

    assert service.admit_code(event, old, passage(device, "n-1")).result == "revoked"
    assert service.admit_code(event, code_of(guest), passage(device, "n-2")).result == "admitted"


def test_codes_of_nobody_and_of_another_event_are_kept(event, device, make_event, make_registration):
    foreign = make_registration(make_event())

    unknown = service.admit_code(event, "ABCDEFGH", passage(device, "n-1"))
    other = service.admit_code(event, code_of(foreign), passage(device, "n-2"))

    assert (unknown.result, other.result) == ("unknown", "other_event")
    assert other.registration is None
    assert count_scans() == 2


def test_a_short_code_of_another_event_is_unknown_here(event, make_event, make_registration):
    foreign = find_active_badge(make_registration(make_event()).id)

    assert service.examine_code(event, foreign.short_code, now()).result == "unknown"


def test_a_cancelled_event_lets_nobody_in(event, guest, device):
    event.status = "cancelled"

    assert service.admit_code(event, code_of(guest), passage(device, "n-1")).result == "event_cancelled"


def test_the_document_is_asked_for_where_identities_are_checked(event, guest, device):
    event.id_check = True

    with pytest.raises(DocumentMissing):
        service.admit(event, guest, passage(device, "n-1"))
    assert count_scans() == 0

    service.admit(event, guest, passage(device, "n-1"), document="passport")
    check = db.session.scalars(select(IdentityCheck)).one()
    assert (check.document, check.result) == ("passport", "matches")
    assert queries.find_last_document(device) == "passport"


def test_no_document_is_asked_of_who_stays_outside(event, guest, device):
    event.id_check = True
    service.admit(event, guest, passage(device, "n-1"), document="other")

    assert service.admit(event, guest, passage(device, "n-2")).result == "already_in"


def test_an_identity_that_does_not_match_is_kept_and_the_next_try_works(event, guest, device):
    event.id_check = True
    refusal = Verdict("identity_refused", guest)

    service.refuse(event, refusal, passage(device, "n-1"), document="passport")
    service.refuse(event, refusal, passage(device, "n-1"), document="passport")

    check = db.session.scalars(select(IdentityCheck)).one()
    assert (check.document, check.result) == ("passport", "does_not_match")
    let_in = service.admit(event, guest, passage(device, "n-2"), document="passport")
    assert let_in.result == "admitted"


def test_bad_then_good(event, guest, device):
    results = [
        service.admit_code(event, code, passage(device, f"n-{n}")).result
        for n, code in enumerate(["NOTHING1", code_of(guest), "NOTHING2", code_of(guest)])
    ]

    assert results == ["unknown", "admitted", "unknown", "already_in"]


def test_undo_is_a_new_row_and_the_person_may_come_again(event, guest, device):
    admitted = service.admit(event, guest, passage(device, "n-1")).scan

    undone = service.undo(event, guest, passage(device, "n-2"))
    replay = service.undo(event, guest, passage(device, "n-2"))

    assert undone == replay
    assert admitted.result == "admitted"
    assert queries.count_present(event) == queries.count_present(event, undone.day) == 0
    assert service.admit(event, guest, passage(device, "n-3")).result == "admitted"
    assert service.admit(event, guest, passage(device, "n-1")).scan == admitted
    assert count_scans() == 3


def test_nobody_is_taken_back_who_is_not_in(event, guest, device):
    with pytest.raises(NothingToUndo):
        service.undo(event, guest, passage(device, "n-1"))


def test_entry_is_once_a_day_in_the_zone_of_the_event(make_event, make_registration, make_device):
    event = make_event(starts_at=MORNING, ends_at=MORNING + timedelta(days=1, hours=10), timezone="Europe/Paris")
    guest, device = make_registration(event), make_device(event)
    evening = datetime(2026, 7, 8, 21, 59, tzinfo=UTC)  # 23:59 in Paris
    night = datetime(2026, 7, 8, 22, 1, tzinfo=UTC)  # 00:01 of the 9th

    results = [
        service.admit(event, guest, passage(device, f"n-{n}", at)).result
        for n, at in enumerate((MORNING, evening, night))
    ]

    assert results == ["admitted", "already_in", "admitted"]
    assert [str(day) for day in queries.list_days(event)] == ["2026-07-08", "2026-07-09"]
    assert queries.count_present(event) == 1


def test_an_earlier_answer_can_be_shown_again(event, guest, device):
    first = service.admit(event, guest, passage(device, "n-1")).scan
    second = service.admit(event, guest, passage(device, "n-2")).scan
    service.undo(event, guest, passage(device, "n-3"))

    verdict = service.verdict_of(queries.get_scan(event, second.public_id))

    assert (verdict.result, verdict.first) == ("already_in", first)


@pytest.mark.parametrize("words", ["", "la", " l a ", "é!"])
def test_the_list_is_not_read_through(event, words):
    with pytest.raises(SearchTooShort):
        service.search(event, words)


def test_people_are_found_by_name_in_any_script(event, make_event, make_person, make_registration):
    oksana = make_registration(event, make_person("Oksana", "Shcherbak", native="Оксана Щербак"))
    make_registration(make_event(), make_person("Oksana", "Shcherbak"))

    assert service.search(event, "щербак") == service.search(event, "sherbak oks") == [oksana]
