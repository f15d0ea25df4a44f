"""Scenario 5.4 in browsers: represented, the list locked, asked for, granted, replaced at the door, refused."""

import pytest
from playwright.sync_api import Page, expect

from app.badging.queries import find_active_badge
from app.clock import now
from app.database import db, set_writing
from app.directory.models import Person
from app.invitations.service import send
from app.registration.models import Registration
from tests.badging.reading import words_in
from tests.factories import ORGANISER, Factory, evening
from tests.journeys.conftest import Live, link_in, sign_in
from tests.journeys.desks import is_ready_to_leave, scan
from tests.journeys.test_enrolling_a_phone import make_code

SLUG = "assises-representees"
PAGE = f"/organise/{SLUG}"


@pytest.fixture(scope="module")
def prepared(live: Live) -> None:
    """The mayor of the place, another mayor and a member who comes; tonight, in Sceaux."""
    with live.app.test_request_context(base_url=live.address):
        set_writing(True)
        factory = Factory()
        event = factory.event(slug=SLUG, starts_at=evening(0), deadline=None, capacity=4, categories=("elus", "agents"))
        assert event.venue
        event.venue.city = "Sceaux"
        factory.registration(event, factory.person("Anne", "Inscrite", email="inscrite@example.org"))
        factory.registration(event, factory.person("Michel", "Adjoint", qualities=("Adjoint au maire de Lens",)))
        for given, family, quality in (("Philippe", "Laurent", "Maire de Sceaux"), ("Paul", "Second", "Maire de Lens")):
            address = f"{family.lower()}@example.org"
            person = factory.person(given, family, civility="M", email=address, qualities=(quality,))
            guest = factory.invitation(event, person, state="draft", email=address, qualities=(quality,))
            send(guest, actor=ORGANISER, at=now())
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


def name_instead(page: Page, given: str, family: str, quality: str) -> None:
    """On the page behind a personal link: somebody else comes."""
    page.locator("label:has(input[name=answer][value=represented])").click()
    page.locator("main form:has([name=answer]) button[type=submit]").first.click()
    for name, value in (("given_name", given), ("family_name", family), ("quality", quality)):
        page.fill(f"input[name={name}]", value)
    page.fill("input[name=email]", f"{family.lower()}@example.org")
    page.locator("main form:has([name=family_name]) button[type=submit]").click()


def read(live: Live, family: str) -> tuple[str, str, str]:
    """Address, state and active code of the registration of that surname."""

    def look() -> tuple[str, str, str]:
        one = db.session.query(Registration).join(Person).filter(Person.family_name == family).one()
        badge = find_active_badge(one.id)
        return one.public_id, one.state, badge.code if badge else ""

    found: tuple[str, str, str] = live.read(look)
    return found


def seated(live: Live) -> int:
    """How many have a place."""
    found: int = live.read(lambda: db.session.query(Registration).filter_by(state="confirmed").count())
    return found


@pytest.mark.usefixtures("prepared")
def test_represented_then_replaced_at_the_door(live: Live, open_page) -> None:  # type: ignore[no-untyped-def] # a fixture
    guest, desk = open_page("phone"), open_page()
    sign_in(desk, "organiser")
    represent(live, guest, desk)
    lose_the_rank(live, guest, desk)
    lock_and_ask(live, open_page("phone"), desk)
    replace_at_the_door(live, desk, open_page("phone"), open_page("phone"))


def represent(live: Live, guest: Page, desk: Page) -> None:
    """1: the mayor comes first, then a deputy in his name: another code, the rank kept, the card says whom."""
    guest.goto(link_in(live.letters_to("laurent@example.org")[0]))
    name_instead(guest, "Zoé", "Fixture", "Adjointe au maire de Sceaux")
    expect(guest.locator("main .note-good").first).to_be_visible()
    assert "fixture@example.org" in str(live.letters_to("fixture@example.org")[0]["To"])
    desk.goto(f"{PAGE}/registrations/{read(live, 'Fixture')[0]}")
    expect(desk.locator("main")).to_contain_text("article 14")
    desk.goto(f"{PAGE}/printed")
    desk.select_option("#tents select[name=tents-who]", "")
    desk.locator("#tents").get_by_role("button").click()
    file = desk.locator("#file a[href$='.pdf']")
    expect(file).to_be_visible(timeout=60_000)
    with desk.expect_download() as taken:
        file.click()
    assert "représentant M. Philippe Laurent" in words_in(taken.value.path().read_bytes())


def lose_the_rank(live: Live, guest: Page, desk: Page) -> None:
    """2: a chief of staff has her own rank, unless protocol says otherwise and why."""
    lens = live.letters_to("second@example.org")[0]
    guest.goto(link_in(lens))
    name_instead(guest, "Cléa", "Cabinet", "Cheffe de cabinet")
    registration = read(live, "Cabinet")[0]
    desk.goto(f"{PAGE}/registrations/{registration}")
    expect(desk.locator("main")).to_contain_text("article 13")
    desk.goto(f"{PAGE}/precedence/{registration}")
    desk.fill("input[name=place]", "1")
    desk.fill("input[name=reason]", "Demande du préfet")
    desk.locator("main form:has([name=place]) button[type=submit]").click()
    expect(desk.locator("main tbody tr").first).to_contain_text("Demande du préfet")


def lock_and_ask(live: Live, guest: Page, desk: Page) -> None:
    """3: once the list is locked a request waits, and stands in the next version. 5: who comes already is refused."""
    third = invite_third(live)
    desk.goto(f"{PAGE}/security-list")
    desk.fill("input[name=recipient]", "Commissariat de Sceaux")
    desk.locator("#lock button[type=submit]").click()
    expect(desk.locator("#version-1")).to_contain_text("Commissariat de Sceaux")
    guest.goto(third)
    name_instead(guest, "Anne", "Inscrite", "Maire")
    expect(guest.locator("main .note-refused")).to_contain_text("Anne Inscrite")
    guest.fill("input[name=given_name]", "Ali")
    guest.fill("input[name=family_name]", "Fidele")
    guest.fill("input[name=email]", "fidele@example.org")
    guest.locator("main form:has([name=family_name]) button[type=submit]").click()
    expect(guest.locator("main")).to_contain_text("attend la décision de l’organisateur")
    desk.goto(f"{PAGE}/registrations/requests")
    desk.locator("form[action$='/grant'] button").click()
    assert read(live, "Fidele")[1] == "confirmed"
    desk.goto(f"{PAGE}/security-list")
    expect(desk.locator("#changes tbody")).to_contain_text("Fidele")
    desk.locator("#changes form button[type=submit]").click()
    expect(desk.locator("#version-2")).to_be_visible()


def invite_third(live: Live) -> str:
    """A guest more, and the link of the letter."""
    with live.app.test_request_context(base_url=live.address):
        set_writing(True)
        factory = Factory()
        event = db.session.query(Registration).first().event  # type: ignore[union-attr] # there are some
        event.capacity = 10
        person = factory.person("Lou", "Troisieme", email="troisieme@example.org")
        guest = factory.invitation(event, person, state="draft", email="troisieme@example.org")
        send(guest, actor=ORGANISER, at=now())
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return link_in(live.letters_to("troisieme@example.org")[0])


def enrol(desk: Page, phone: Page, role: str) -> str:
    """A phone becomes a desk with its list; answers its address."""
    phone.goto(f"/enrol/{make_code(desk, SLUG, f'Téléphone {role}', role)}")
    phone.locator(".sheet").get_by_role("button").click()
    is_ready_to_leave(phone)
    return str(phone.evaluate("location.pathname"))


def replace_at_the_door(live: Live, desk: Page, agent: Page, lead: Page) -> None:
    """4: a lead lets another colleague come, one for one, with a reason; an agent cannot."""
    registration, _state, code = read(live, "Fixture")
    before, place = seated(live), enrol(desk, lead, "lead")
    scan(lead, code)
    expect(lead.locator("#desk-panel")).to_contain_text("représentant M. Philippe Laurent")
    lead.goto(f"{place}/decide/{registration}")
    for name, value in (("given", "Bruno"), ("family", "Collègue"), ("quality", "Conseiller"), ("reason", "Retenue")):
        lead.fill(f"input[name='instead-{name}']", value)
    lead.locator("form:has([name='instead-given']) button[type=submit]").click()
    expect(lead.locator("h2").first).to_contain_text("COLLÈGUE")
    assert seated(live) == before
    other, state, _code = read(live, "Collègue")
    assert state == "confirmed"
    place = enrol(desk, agent, "agent")
    assert agent.request.get(f"{place}/decide/{other}").status == 403
    scan(agent, code)
    expect(agent.locator("#desk-panel")).to_contain_text("Remplacé")
    expect(agent.locator("#desk-panel")).to_contain_text("Bruno Collègue vient à sa place")
