"""Two people of one name at the door and on badges, two entries of one person in the directory (5.7, steps 2 and 3)."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.checkin.models import Scan
from app.columns import Bilingual
from app.database import db, set_writing
from app.directory.models import Person
from app.invitations.models import Invitation
from app.registration.models import Registration
from tests.factories import Factory
from tests.journeys.conftest import Live, sign_in, wait_for
from tests.journeys.drawn import printed_badges
from tests.journeys.reading import text_of

SLUG = "assises-homonymes"
MAYOR = ("Maire de Sceaux", "Ville de Sceaux")
DIRECTOR = ("Directeur général", "CC du Val")


@pytest.fixture(scope="module")
def prepared(live: Live) -> dict[str, str]:
    """An event of tonight where both Philippe Laurent come, and Pia Imbs, entered twice in the directory."""
    with live.app.app_context():
        set_writing(True)
        factory = Factory()
        event = factory.event(slug=SLUG, title=Bilingual("Assises homonymes"), id_check=False)
        for (function, body), category in ((MAYOR, "elus"), (DIRECTOR, "associations")):
            person = factory.person("Philippe", "Laurent", qualities=(function,), organisation=body)
            factory.registration(event, person, category=category, qualities=(function,), organisation=body)
        twice = [factory.person(given, "Imbs", email=f"{given}@example.org".lower()) for given in ("Pia", "Pia-Maria")]
        place = factory.registration(event, twice[0])
        found = {"invited": twice[0].public_id, "double": twice[1].public_id}
        assert place.invitation is not None
        found["guest"] = place.invitation.public_id
        db.session.remove()
        db.engine.dispose()
    return found


def search(page: Page, words: str) -> None:
    page.locator("#words").fill(words)
    page.locator("#words").press("Enter")
    expect(page.locator(".desk-panel[data-kind=found]")).to_be_visible()


def entered(live: Live) -> list[tuple[str, str]]:
    """Organisation and result of each passage, oldest first."""
    with live.app.app_context():
        wanted = select(Registration.organisation, Scan.result).join(Scan, Scan.registration_id == Registration.id)
        found = [tuple(row) for row in db.session.execute(wanted.order_by(Scan.id))]
        db.session.remove()
        db.engine.dispose()
    return found


def test_letting_one_in_never_touches_the_other(desktop: Page, live: Live, prepared: dict[str, str]) -> None:
    page = desktop
    sign_in(page, "reception")
    page.locator(f"a[href='/desk/{SLUG}/']").click()
    page.locator("input[name=gate]").fill("Porte 1")
    page.locator("main form").get_by_role("button").click()
    expect(page).to_have_url(re.compile(r"/at/\w+$"))

    for (function, body), category, before in ((MAYOR, "Elus", []), (DIRECTOR, "Associations", [MAYOR])):
        search(page, "laurent")
        expect(page.locator(".desk-list button")).to_have_count(2)
        one = page.locator(".desk-list button", has_text=body)
        for words in (function, body, "Philippe LAURENT", category):
            expect(one).to_contain_text(words)
        one.click()
        expect(page.locator(".desk-panel[data-kind=person]")).to_contain_text(body)
        assert entered(live) == [(other, "admitted") for _function, other in before], "looking admits nobody"
        page.locator("button[value=admit]").click()
        expect(page.locator(".desk-panel[data-kind=answer][data-sound=good]")).to_contain_text(body)
        assert entered(live) == [(other, "admitted") for _function, other in [*before, (function, body)]]


def test_their_badges_say_where_each_comes_from(desktop: Page, prepared: dict[str, str]) -> None:
    sign_in(desktop, "organiser")
    printed = text_of(printed_badges(desktop, SLUG))
    assert printed.count("LAURENT") == 2
    for words in (*MAYOR, *DIRECTOR):
        assert words in printed, words


def holders(live: Live) -> tuple[str, str]:
    """Whose the invitation and the place are."""
    with live.app.app_context():
        wanted = select(Person.given_name).where(Person.family_name == "Imbs")
        asked = db.session.scalars(wanted.join(Invitation, Invitation.person_id == Person.id)).one()
        comes = db.session.scalars(wanted.join(Registration, Registration.person_id == Person.id)).one()
        db.session.remove()
        db.engine.dispose()
    return asked, comes


def test_one_person_entered_twice_becomes_one_and_two_again(
    desktop: Page, live: Live, prepared: dict[str, str]
) -> None:
    page, guest = desktop, f"/organise/{SLUG}/guests/{prepared['guest']}"
    sign_in(page, "organiser")
    page.goto(guest)
    history = page.locator("#history li").all_inner_texts()
    page.goto(f"/directory/people/{prepared['invited']}/same-as/{prepared['double']}")
    expect(page.locator("#first")).to_contain_text("pia@example.org")
    expect(page.locator("#second")).to_contain_text("pia-maria@example.org")
    assert holders(live) == ("Pia", "Pia"), "nothing is one before it is said"

    page.locator(f"input[value='{prepared['double']}']").check(force=True)
    page.locator("input[name=reason]").fill("Même personne, deux secrétariats")
    page.locator("#merge form button").click()
    expect(page.locator("#history")).to_contain_text("deux secrétariats")
    wait_for(lambda: holders(live) == ("Pia-Maria", "Pia-Maria"), "what follows")
    page.goto(guest)
    expect(page.get_by_role("heading", name="Pia-Maria")).to_be_visible()
    assert page.locator("#history li").all_inner_texts() == history, "the history follows"
    assert history

    page.goto(f"/directory/people/{prepared['double']}")
    page.locator("#history form button").click()
    wait_for(lambda: holders(live) == ("Pia", "Pia"), "the way back")
    page.goto(guest)
    expect(page.get_by_role("heading", name=re.compile(r"^Pia I"))).to_be_visible()
    assert page.locator("#history li").all_inner_texts() == history
