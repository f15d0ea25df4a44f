"""A delegation comes as a group: one badge is scanned, the others ticked off a list; the lead sees whether it came."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.badging.queries import find_active_badge
from app.checkin.models import Scan
from app.clock import now
from app.codes import new_public_id
from app.database import db, set_writing
from app.directory.service import Names
from app.events.queries import get_event
from app.invitations import delegations
from app.invitations.delegations import DelegationFacts, MemberFacts
from app.registration import delegating
from app.registration.models import Registration
from tests.databases import KEY
from tests.factories import INVITEE, ORGANISER, Factory, evening
from tests.journeys.conftest import Live, sign_in
from tests.journeys.desks import answered, become_desk, bring_back, cut, is_ready_to_leave, scan
from tests.journeys.keyboard import Keyboard
from tests.journeys.test_door_by_keyboard import faults

NAME = "Oblast de Kharkiv"
MEMBERS = ("Shcherbak", "Bondar", "Koval", "Melnyk")
TO_TICK = """
- heading "Oblast de Kharkiv" [level=1]
- paragraph: /Cochez/
- list:
  - listitem:
    - strong: Oleksandr SHCHERBAK
    - text: /Déjà entré/
  - listitem:
    - checkbox "Oleksandr BONDAR Oblast de Kharkiv"
  - listitem:
    - checkbox "Oleksandr KOVAL Oblast de Kharkiv"
  - listitem:
    - checkbox "Oleksandr MELNYK Oblast de Kharkiv"
- combobox "Pièce présentée par chacun"
- button "Faire entrer les personnes cochées"
"""


@dataclass(frozen=True)
class Group:
    """A delegation expected tonight: the event, codes by surname."""

    slug: str
    codes: dict[str, str]


@pytest.fixture
def group(live: Live) -> Group:
    """Four members with a place each, at an event that checks identities."""
    with live.app.app_context():
        set_writing(True)
        event = Factory().event(
            slug=f"delegation-{new_public_id()}", starts_at=evening(0), deadline=None, id_check=True
        )
        facts = DelegationFacts(NAME, "UA", len(MEMBERS), 0, "Iryna Koval", "protocol@kharkiv.example", "fr")
        made = delegations.add_delegation(event, event.categories[0], facts, secret=KEY, actor=ORGANISER, at=now())
        for n, family in enumerate(MEMBERS):
            member = MemberFacts(Names("Oleksandr", family), "member" if n else "head")
            delegations.add_member(made, member, actor=INVITEE, at=now())
        delegating.ask_for_places(made, is_all_or_nothing=True, actor=INVITEE, at=now())
        db.session.commit()
        codes = {}
        for guest in db.session.scalars(select(Registration).where(Registration.event_id == event.id)):
            badge = find_active_badge(guest.id)
            assert badge
            codes[guest.person.family_name.capitalize()] = badge.code
        slug = event.slug
        db.session.remove()
    assert set(codes) == set(MEMBERS)
    return Group(slug, codes)


def admitted(live: Live, slug: str) -> int:
    """Rows of the ledger that let somebody in, each of another person."""

    def read() -> int:
        wanted = select(Scan.registration_id).where(Scan.event_id == get_event(slug).id, Scan.result == "admitted")
        found = list(db.session.scalars(wanted))
        assert len(found) == len(set(found))
        return len(found)

    return live.read(read)  # type: ignore[no-any-return] # what `read` gives


def the_board_says(lead: Page, slug: str, words: str, present: int) -> None:
    """Did the delegation arrive?"""
    lead.goto(f"/organise/{slug}/door")
    row = lead.get_by_role("row", name=NAME)
    expect(row).to_contain_text(words)
    expect(row.get_by_role("cell").nth(1)).to_have_text(str(present))
    expect(row.get_by_role("cell").nth(2)).to_have_text(str(len(MEMBERS)))


def let_in_the_first(page: Page, group: Group) -> None:
    scan(page, group.codes["Shcherbak"])
    expect(page.locator(".desk-panel[data-kind=person]")).to_be_visible()
    page.locator("input[name=document][value=passport]").check()
    page.locator("button[value=admit]").click()
    answered(page, "good", "SHCHERBAK")


def test_one_is_scanned_the_others_are_ticked(live: Live, phone: Page, desktop: Page, group: Group) -> None:
    """By keys alone, since a list to tick is a form; the fourth comes later, and the board says so each time."""
    sign_in(desktop, "organiser")
    the_board_says(desktop, group.slug, "Pas encore", 0)
    become_desk(live, phone, group.slug, "Téléphone des délégations")
    let_in_the_first(phone, group)
    the_board_says(desktop, group.slug, "En partie", 1)

    phone.get_by_role("link", name="Personnes venues ensemble").click()
    expect(phone.locator("main")).to_match_aria_snapshot(TO_TICK)
    assert faults(phone) == []
    keys = Keyboard(phone)
    for name in ("BONDAR", "KOVAL"):
        box = phone.get_by_role("checkbox", name=name)
        keys.go_to(f"#{box.get_attribute('id')}")
        keys.press("Space")
        expect(box).to_be_checked()
    phone.get_by_role("button", name="Faire entrer les personnes cochées").click()
    expect(phone.get_by_role("alert").first).to_contain_text("pièce présentée")
    for name in ("BONDAR", "KOVAL"):
        expect(phone.get_by_role("checkbox", name=name)).to_be_checked()  # nothing is lost
    phone.locator("select[name=document]").select_option("passport")
    phone.get_by_role("button", name="Faire entrer les personnes cochées").click()

    expect(phone.get_by_role("checkbox")).to_have_count(1)
    expect(phone.locator("main")).to_contain_text("Entrée enregistrée")
    assert faults(phone) == []
    assert admitted(live, group.slug) == len(MEMBERS) - 1
    the_board_says(desktop, group.slug, "En partie", len(MEMBERS) - 1)
    phone.get_by_role("link", name="Revenir au scan").click()
    is_ready_to_leave(phone)
    scan(phone, group.codes["Melnyk"])
    expect(phone.locator(".desk-panel[data-kind=person]")).to_be_visible()
    phone.locator("input[name=document][value=passport]").check()
    phone.locator("button[value=admit]").click()
    answered(phone, "good", "MELNYK")
    the_board_says(desktop, group.slug, "Au complet", len(MEMBERS))


def test_without_a_network_each_is_scanned(live: Live, phone: Page, desktop: Page, group: Group) -> None:
    """The list to tick is a page of the server and is not offered; whoever is scanned meanwhile counts on return."""
    become_desk(live, phone, group.slug, "Téléphone des délégations")
    cut(phone)
    let_in_the_first(phone, group)
    expect(phone.get_by_role("link", name="Personnes venues ensemble")).to_have_count(0)
    bring_back(phone)

    assert admitted(live, group.slug) == 1
    sign_in(desktop, "organiser")
    the_board_says(desktop, group.slug, "En partie", 1)
