"""A lead's phone without a network: decides otherwise, takes back, stands elsewhere; then settles what crossed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.badging.queries import find_active_badge
from app.badging.service import issue, reprint, revoke
from app.checkin.door_models import Conflict
from app.checkin.gates import GateWanted, save_gate
from app.checkin.models import IdentityCheck, Scan
from app.clock import now
from app.database import db, set_writing
from app.events.queries import get_event
from app.registration.models import Registration
from app.registration.service import cancel_registration
from tests.databases import KEY
from tests.factories import ORGANISER
from tests.journeys.conftest import Live
from tests.journeys.desks import (
    STRIP,
    Night,
    answered,
    become_desk,
    bring_back,
    cut,
    is_ready_to_leave,
    let_in,
    prepare_night,
    scan,
)
from tests.journeys.test_offline_ends import is_accessible

REASON = "Connu du préfet"


def change(live: Live, act: Callable[[], None]) -> None:
    """Something happens at the organisers', while the phones are away."""
    with live.app.app_context():
        set_writing(True)
        act()
        db.session.commit()
        db.session.remove()


def guest_of(night: Night, number: int) -> Registration:
    wanted = select(Registration).where(Registration.public_id == night.guests[number].registration)
    return db.session.scalars(wanted).one()


def rows(live: Live, night: Night, *columns: object) -> list[tuple[object, ...]]:
    """The ledger, oldest first."""

    def read() -> list[tuple[object, ...]]:
        wanted = select(*columns).where(Scan.event_id == get_event(night.slug).id).order_by(Scan.id)  # type: ignore[call-overload] # as given
        return [tuple(row) for row in db.session.execute(wanted)]

    return live.read(read)  # type: ignore[no-any-return] # what `read` gives


def open_question(page: Page, name: str) -> None:
    page.get_by_role("button", name="Décider autrement").click()
    expect(page.locator("#desk-panel h2")).to_have_text(name)


def test_a_lead_decides_otherwise_without_a_network(live: Live, open_page: Callable[..., Page]) -> None:
    """The identity waived, somebody let in against the rule; each with its reason, nothing lost when it is missing."""
    night = prepare_night(live, 2, id_check=True)
    change(live, lambda: cancel_registration(guest_of(night, 1), actor=ORGANISER, at=now()))
    page = open_page("phone")
    become_desk(live, page, night.slug, "Téléphone de Karim", "lead")
    cut(page)
    expect(page.get_by_text("demandent le réseau")).to_be_visible()
    scan(page, night.guests[0].code)
    open_question(page, night.guests[0].name)
    is_accessible(page)
    page.locator("#otherwise-reason").fill(REASON)
    page.get_by_role("button", name="Faire entrer").click()
    expect(page.get_by_role("alert").filter(has_text="pièce présentée")).to_be_visible()
    expect(page.locator("#otherwise-reason")).to_have_value(REASON)
    page.locator("#otherwise-waived").check()
    page.get_by_role("button", name="Faire entrer").click()
    answered(page, "good", night.guests[0].name)

    scan(page, night.guests[1].code)
    answered(page, "refused", night.guests[1].name)
    open_question(page, night.guests[1].name)
    page.locator("#otherwise-passport").check()
    page.get_by_role("button", name="Faire entrer").click()
    expect(page.get_by_role("alert").filter(has_text="pourquoi")).to_be_visible()
    page.locator("#otherwise-reason").fill("Le maire le demande")
    page.get_by_role("button", name="Faire entrer").click()
    answered(page, "good", night.guests[1].name)
    page.reload()
    expect(page.locator(STRIP)).to_contain_text("3 à envoyer")
    bring_back(page)

    assert rows(live, night, Scan.result, Scan.overrides, Scan.reason, Scan.is_offline) == [
        ("admitted", "", REASON, True),
        ("cancelled", "", "", True),
        ("admitted", "cancelled", "Le maire le demande", True),
    ]
    checks = live.read(lambda: list(db.session.execute(select(IdentityCheck.result, IdentityCheck.document))))
    assert {tuple(one) for one in checks} >= {("waived", ""), ("matches", "passport")}
    assert conflicts(live, night) == []


def conflicts(live: Live, night: Night) -> list[str]:
    def read() -> list[str]:
        wanted = select(Conflict.kind).where(Conflict.event_id == get_event(night.slug).id).order_by(Conflict.id)
        return list(db.session.scalars(wanted))

    return live.read(read)  # type: ignore[no-any-return] # what `read` gives


def test_an_undo_crosses_another_admission_and_the_lead_settles_it(live: Live, open_page: Callable[..., Page]) -> None:
    """Two phones let the same guest in; the lead's takes its own back; the conflicts are settled on that phone."""
    night = prepare_night(live, 2)
    lead, agent = open_page("phone"), open_page("phone")
    become_desk(live, lead, night.slug, "Téléphone de Karim", "lead")
    become_desk(live, agent, night.slug, "Téléphone de Léa")
    for page in (lead, agent):
        cut(page)
        let_in(page, night.guests[0])
    bring_back(agent)
    expect(lead.locator("#desk-live")).to_contain_text("1")
    lead.locator("form[data-local=undo]").get_by_role("button").click()
    answered(lead, "info", night.guests[0].name)
    expect(lead.locator("#desk-live")).to_contain_text("0")
    bring_back(lead)
    assert conflicts(live, night) == ["twice_in", "undo_crossed"]

    lead.get_by_role("link", name="2 désaccords").click()
    is_accessible(lead)
    lead.get_by_role("link").filter(has_text="accordée ailleurs").click()
    is_accessible(lead)
    expect(lead.get_by_text("Téléphone de Léa").first).to_be_visible()
    lead.get_by_label("L’invité peut rester").check()
    lead.get_by_label("Motif").fill("Elle est dans la salle")
    lead.get_by_role("button", name="Enregistrer la décision").click()
    expect(lead.get_by_role("status").filter(has_text="décision")).to_be_visible()
    lead.get_by_role("link").filter(has_text="accordée ailleurs").click()
    lead.get_by_label("Pourquoi le rouvrir").fill("Ce n’était pas elle")
    lead.get_by_role("button", name="Rouvrir").click()
    expect(lead.get_by_role("rowheader", name="Rouvert")).to_be_visible()
    assert rows(live, night, Scan.result)[-1] == ("admitted",)


def test_an_agent_takes_back_only_what_the_same_desk_did(live: Live, open_page: Callable[..., Page]) -> None:
    night = prepare_night(live, 1)
    page = open_page("phone")
    become_desk(live, page, night.slug, "Téléphone de Léa")
    cut(page)
    let_in(page, night.guests[0])
    expect(page.get_by_role("button", name="Décider autrement")).to_have_count(0)
    page.locator("form[data-local=undo]").get_by_role("button").click()
    answered(page, "info", night.guests[0].name)
    let_in(page, night.guests[0])
    bring_back(page)
    assert rows(live, night, Scan.result) == [("admitted",), ("undone",), ("admitted",)]


def test_another_gate_and_the_other_way_without_a_network(live: Live, open_page: Callable[..., Page]) -> None:
    """Put at a gate that counts exits while the network is away, reloaded there: each row says where."""
    night = prepare_night(live, 1)
    wanted = (GateWanted("Porte 1"), GateWanted("Salons", "salons", counts_exits=True))
    change(live, lambda: [save_gate(get_event(night.slug), one, actor=ORGANISER, at=now()) for one in wanted] and None)
    page = open_page("phone")
    become_desk(live, page, night.slug, "Téléphone de Léa")
    expect(page.locator(".desk-gate")).to_contain_text("Porte 1")
    expect(page.get_by_role("link", name="Pour sortir")).to_be_hidden()
    cut(page)
    let_in(page, night.guests[0])
    page.locator("#gate").select_option(label="Salons")
    page.locator(".desk-gates").get_by_role("button").click()
    expect(page.locator(".desk-gate")).to_contain_text("Salons")
    let_in(page, night.guests[0])
    page.reload()
    expect(page.locator(".desk-gate")).to_contain_text("Salons")
    page.get_by_role("link", name="Pour sortir").click()
    scan(page, night.guests[0].code)
    answered(page, "info", night.guests[0].name)
    bring_back(page)

    assert rows(live, night, Scan.result, Scan.scope, Scan.gate) == [
        ("admitted", "", "Porte 1"),
        ("admitted", "z-salons", "Salons"),
        ("exited", "z-salons", "Salons"),
    ]
    page.reload()
    expect(page.locator(".desk-gate")).to_contain_text("Salons")


@pytest.fixture
def old_codes(live: Live) -> tuple[Night, dict[str, str]]:
    """Codes given up, by what they are."""
    night, found = prepare_night(live, 2), {}

    def give_up() -> None:
        reprinted, returned = guest_of(night, 0), guest_of(night, 1)
        badge = find_active_badge(reprinted.id)
        assert badge
        found["short"], found["code"] = badge.short_code, badge.code
        reprint(reprinted, reason="Perdu", secret=KEY, actor=ORGANISER, at=now())
        first = find_active_badge(returned.id)
        assert first
        found["revoked short"], found["revoked code"] = first.short_code, first.code
        revoke(returned, at=now())
        returned.sequence += 1
        db.session.flush()
        issue(returned, at=now(), secret=KEY)

    change(live, give_up)
    return night, found


def test_codes_given_up_answer_without_a_network(
    live: Live, open_page: Callable[..., Page], old_codes: tuple[Night, dict[str, str]]
) -> None:
    """Reprinted: replaced. Given up and taken again: revoked. The name is shown, and the next scan works."""
    night, codes = old_codes
    page = open_page("phone")
    become_desk(live, page, night.slug, "Téléphone de Léa")
    cut(page)
    for name in ("short", "code", "revoked short", "revoked code"):
        scan(page, codes[name])
        answered(page, "refused", night.guests["revoked" in name].name)
    bring_back(page)
    is_ready_to_leave(page)
    results = ["replaced", "replaced", "revoked", "revoked"]
    assert [row[0] for row in rows(live, night, Scan.result)] == results
