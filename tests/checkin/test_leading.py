"""What only who leads may do, and gates with rules of their own (scenarios 5.3 to 5.6, 5.13)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.audit.service import Actor
from app.checkin import door_queries, gates, leading, queries, service
from app.checkin.gates import GateTaken, GateWanted
from app.checkin.leading import Decided, NothingToOverride, ReasonMissing
from app.checkin.models import IdentityCheck, Scan
from app.checkin.service import Passage
from app.clock import now
from app.database import db
from app.directory.service import Names
from app.errors import NotAllowed
from app.registration.at_the_door import NoPlaceLeft, NoPlaceToPass
from app.registration.models import Registration
from app.registration.queries import find_representation
from app.registration.representatives import AlreadyComing, Representative
from app.registration.service import be_represented_by, cancel_registration
from tests.checkin.programs import Program, code_on
from tests.factories import INVITEE, ORGANISER, PARIS, evening

LEAD = Actor("user", "lead", "Lead")
FIXTURE_A = Representative(Names("Anne", "Fixture"), "Adjointe au maire")
FIXTURE_B = Representative(Names("Bruno", "Fixture"), "Conseiller municipal")


@pytest.fixture
def event(make_event):
    return make_event(starts_at=evening(0), deadline=None, capacity=2)


@pytest.fixture
def guest(event, make_registration):
    return make_registration(event)


@pytest.fixture
def device(event, make_device):
    return make_device(event, "Porte 1")


def passage(device, nonce, reason="", **values):
    return Passage(device, nonce, "typed", "Lead", values.pop("at", now()), reason=reason, **values)


def decided(reason="Le maire est retenu"):
    return Decided(LEAD, now(), reason)


def stand_at(device, event, **values):
    device.gate_row = gates.save_gate(event, GateWanted(device.gate, **values), actor=ORGANISER, at=now())
    db.session.commit()


def seated(event):
    return len(db.session.scalars(select(Registration).filter_by(event_id=event.id, state="confirmed")).all())


def test_another_person_comes_instead_one_for_one(event, guest, device, make_registration):
    """Scenario 5.4.4: A represents the invitee, B comes; A's code answers "replaced"; the capacity is the same."""
    make_registration(event)
    waiting = make_registration(event)
    person_a = be_represented_by(guest.invitation, FIXTURE_A, by="link", actor=INVITEE, at=now())
    db.session.commit()
    code_a = code_on(person_a)

    person_b = leading.come_instead(person_a, FIXTURE_B, decided())
    db.session.commit()

    assert (person_a.state, person_b.state, waiting.state, seated(event)) == ("cancelled", "confirmed", "waiting", 2)
    answer = service.admit_code(event, code_a, passage(device, "n-1"))
    assert (answer.result, answer.replaced_by) == ("replaced", person_b)
    assert service.admit_code(event, code_on(person_b), passage(device, "n-2")).result == "admitted"
    assert find_representation(guest.invitation.id).registration == person_b
    noted = door_queries.find_replacement(person_a)
    assert (noted.reason, noted.agent) == ("Le maire est retenu", "Lead")


def test_the_invitee_is_replaced_too(event, guest, device):
    code = code_on(guest)
    leading.come_instead(guest, FIXTURE_B, decided())
    assert service.admit_code(event, code, passage(device, "n-1")).result == "replaced"


def test_a_replacement_has_a_reason():
    with pytest.raises(ReasonMissing):
        decided("  ")


def test_who_comes_already_replaces_nobody(event, guest, make_person, make_registration):
    make_registration(event, make_person("Bruno", "Fixture", email=""))
    with pytest.raises(AlreadyComing):
        leading.come_instead(guest, FIXTURE_B, decided())


def test_who_has_no_place_passes_none_on(event, guest):
    cancel_registration(guest, actor=ORGANISER, at=now())
    with pytest.raises(NoPlaceToPass):
        leading.come_instead(guest, FIXTURE_B, decided())


def test_a_walk_in_takes_a_place_that_is_left(event, guest, device):
    made = leading.walk_in(event, event.categories[0], FIXTURE_A, over="", actor=LEAD, at=now())
    db.session.commit()

    assert made.state == "confirmed"
    assert service.admit_code(event, code_on(made), passage(device, "n-1")).result == "admitted"


def test_over_the_quota_a_walk_in_needs_a_reason(event, guest, make_registration):
    make_registration(event)
    walk_in = {"actor": LEAD, "at": now()}
    with pytest.raises(NoPlaceLeft):
        leading.walk_in(event, event.categories[0], FIXTURE_A, over=" ", **walk_in)
    assert leading.walk_in(event, event.categories[0], FIXTURE_A, over="Ministre", **walk_in).state == "confirmed"
    assert seated(event) == 3


def test_let_in_all_the_same_keeps_the_rule_and_the_reason(event, guest, device):
    cancel_registration(guest, actor=ORGANISER, at=now())

    kept = leading.admit_anyway(event, guest, passage(device, "n-1", "Erreur du secrétariat"))
    again = leading.admit_anyway(event, guest, passage(device, "n-1", "Erreur du secrétariat"))

    scan = db.session.scalars(select(Scan)).one()
    assert kept.result == again.result == "admitted"
    assert (scan.overrides, scan.reason, scan.agent) == ("cancelled", "Erreur du secrétariat", "Lead")
    assert queries.count_present(event) == 1


@pytest.mark.parametrize("reason", ["", "  "])
def test_no_rule_is_left_without_a_reason(event, guest, device, reason):
    cancel_registration(guest, actor=ORGANISER, at=now())
    with pytest.raises(ReasonMissing):
        leading.admit_anyway(event, guest, passage(device, "n-1", reason))


def test_nothing_is_left_where_the_rule_lets_in_or_they_are_in(event, guest, device):
    for nonce in ("n-1", "n-2"):
        with pytest.raises(NothingToOverride):
            leading.admit_anyway(event, guest, passage(device, nonce, "Pourquoi pas"))
        service.admit(event, guest, passage(device, f"{nonce}-in"))


def test_an_identity_is_waived_by_the_lead_only(event, guest, device):
    event.id_check = True
    leading.admit_anyway(event, guest, passage(device, "n-1", "Connu du cabinet", is_waived=True))

    check = db.session.scalars(select(IdentityCheck)).one()
    assert (check.result, check.document) == ("waived", "")
    assert db.session.scalar(select(Scan.overrides)) == ""


def test_anybodys_admission_is_taken_back_by_a_lead_with_a_reason(event, guest, device, make_device):
    service.admit(event, guest, passage(device, "n-1"))
    other = make_device(event, "Porte 2")

    with pytest.raises(NotAllowed):
        leading.undo(event, guest, passage(other, "n-1"), is_lead=False)
    with pytest.raises(ReasonMissing):
        leading.undo(event, guest, passage(other, "n-2"), is_lead=True)
    row = leading.undo(event, guest, passage(other, "n-3", "Badge du voisin"), is_lead=True)

    assert (row.result, row.reason) == ("undone", "Badge du voisin")
    assert queries.count_present(event) == 0
    assert db.session.scalars(select(Scan.result)).all() == ["admitted", "undone"]


def test_each_zone_opens_once(event, guest, device, make_device):
    salon, other, main = (make_device(event, name) for name in ("Salon A", "Salon B", "Porte 2"))
    stand_at(salon, event, zone="salons")
    stand_at(other, event, zone="salons")

    told = [service.admit(event, guest, passage(d, "n-1")).result for d in (device, salon, other, main)]

    assert told == ["admitted", "admitted", "already_in", "already_in"]
    assert queries.count_present(event, service.day_of(event, now())) == 1


def test_a_gate_for_some_categories(event, guest, device):
    stand_at(device, event, categories=("associations",))
    assert service.admit(event, guest, passage(device, "n-1")).result == "not_this_zone"
    device.gate_row.categories = ("elus",)
    assert service.admit(event, guest, passage(device, "n-2")).result == "admitted"


def test_once_a_day_or_once_for_all(make_event, make_registration, make_device):
    morning = evening(0)
    event = make_event(starts_at=morning, ends_at=morning + timedelta(days=1), deadline=None)
    guest = make_registration(event)
    daily, once = make_device(event, "Porte 1"), make_device(event, "Cadeau")
    stand_at(once, event, zone="cadeau", rule="once")

    told = [
        [service.admit(event, guest, passage(d, f"n-{n}", at=morning + timedelta(days=n))).result for n in (0, 1)]
        for d in (daily, once)
    ]

    assert told == [["admitted", "admitted"], ["admitted", "already_in"]]


def test_hours_of_a_gate_are_those_of_the_event(event, guest, device):
    at = now()
    local = at.astimezone(PARIS).replace(tzinfo=None, microsecond=0)
    hour = timedelta(hours=1)
    stand_at(device, event, opens=local + hour, closes=local + 2 * hour)
    told = [service.admit(event, guest, passage(device, f"n-{n}", at=at + n * hour)).result for n in (0, 3, 1.5)]
    assert told == ["too_early", "too_late", "admitted"]


def test_a_category_comes_on_its_days(event, guest, device):
    tomorrow = (now().astimezone(PARIS) + timedelta(days=1)).date().isoformat()
    gates.choose(event, [], {"elus": [tomorrow]}, actor=ORGANISER, at=now())
    assert service.admit(event, guest, passage(device, "n-1")).result == "not_this_day"


def test_only_the_documents_chosen_are_taken(event, guest, device):
    event.id_check = True
    gates.choose(event, ["passport"], {}, actor=ORGANISER, at=now())
    with pytest.raises(service.DocumentMissing):
        service.admit(event, guest, passage(device, "n-1"), document="driving_licence")
    assert service.admit(event, guest, passage(device, "n-2"), document="passport").result == "admitted"


def test_two_gates_have_two_names(event):
    gates.save_gate(event, GateWanted("Porte 1"), actor=ORGANISER, at=now())
    with pytest.raises(GateTaken):
        gates.save_gate(event, GateWanted("porte 1"), actor=ORGANISER, at=now())


def test_a_removed_gate_leaves_its_passages(event, guest, device):
    stand_at(device, event, zone="salons")
    service.admit(event, guest, passage(device, "n-1"))
    gates.remove_gate(event, device.gate_row, actor=ORGANISER, at=now())
    db.session.commit()
    db.session.expire_all()

    assert (device.gate_row, device.scope) == (None, "")
    assert db.session.scalars(select(Scan)).one().gate == "Porte 1"


def test_an_agent_enrolled_cannot_lead(app, event, guest):
    phone = Program(app, event)
    browser = app.test_client()
    browser.set_cookie("parvis_desk", phone.token)
    base = f"/desk/{event.slug}/at/{phone.device}"

    assert browser.get(base).status_code == 200
    for page in (f"/decide/{guest.public_id}", "/walk-in"):
        assert browser.get(base + page).status_code == 403


def test_a_lead_enrolled_decides_on_the_pages_of_the_desk(app, event, guest):
    """Scenario 5.4.4 by hand: replaced, shown, let in."""
    phone = Program(app, event, role="lead")
    browser = app.test_client()
    browser.set_cookie("parvis_desk", phone.token)
    base = f"/desk/{event.slug}/at/{phone.device}"
    form = {"instead-given": "Bruno", "instead-family": "Fixture", "instead-quality": "Conseiller"}

    refused = browser.post(f"{base}/decide/{guest.public_id}/instead", data=form)
    assert (refused.status_code, "Fixture" in refused.text) == (422, True)
    done = browser.post(f"{base}/decide/{guest.public_id}/instead", data={**form, "instead-reason": "Retenu"})

    assert done.status_code == 303
    assert "Bruno FIXTURE" in browser.get(done.location).text
