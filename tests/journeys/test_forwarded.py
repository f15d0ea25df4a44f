"""A forwarded link, a representative, a delegation: scenarios 5.11, 5.4 (1-2) and 5.8, in browsers."""

import re

import pytest
from playwright.sync_api import expect

from app.clock import now
from app.columns import Bilingual
from app.database import db, set_writing
from app.events.models import Event
from app.invitations import delegations
from app.invitations.delegations import DelegationFacts
from app.invitations.models import AWAITED, Invitation
from app.invitations.service import send
from app.registration.models import Registration
from tests.databases import KEY
from tests.factories import ORGANISER, Factory, evening
from tests.journeys.conftest import link_in, sign_in, wait_for
from tests.journeys.reading import codes_in_pdf, text_of

SLUG = "assises-transmises"
PIA, LAURENT, DEPUTY, THEO = "pia@example.org", "laurent@example.org", "adjointe@example.org", "theo@example.org"
CONTACT = "protocol@kharkiv.example"


@pytest.fixture(scope="module")
def prepared(live):
    """An open event of five places; two people invited by mail, one delegation written to."""
    with live.app.test_request_context(base_url=live.address):
        set_writing(True)
        factory = Factory()
        event = factory.event(
            slug=SLUG, title=Bilingual("Assises transmises", "Forwarded assembly"), capacity=5, starts_at=evening(20)
        )
        people = (
            (factory.person("Pia", "Imbs", civility="Mme", email=PIA), PIA),
            (factory.person("Philippe", "Laurent", civility="M", email=LAURENT), LAURENT),
        )
        for person, email in people:
            send(factory.invitation(event, person, state="draft", email=email), actor=ORGANISER, at=now())
        facts = DelegationFacts("Oblast de Kharkiv", "UA", 3, 1, "Iryna Koval", CONTACT, "fr")
        made = delegations.add_delegation(event, event.categories[0], facts, secret=KEY, actor=ORGANISER, at=now())
        delegations.send_link(made, actor=ORGANISER, at=now())
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return live


def state_of(live, email):
    return live.read(lambda: db.session.query(Invitation.state).filter_by(email=email).scalar())


def rows_about(email):
    """All that an answer or a look could change."""
    found = db.session.query(Invitation).filter_by(email=email).one()
    return found.state in AWAITED, found.answered_at, db.session.query(Registration).count()


def submit(page, ending):
    page.locator(f"main form[action$='{ending}'] button[type=submit]").first.click()


def choose(page, answer):
    page.locator(f"label:has(input[name=answer][value={answer}])").click()
    page.locator("main form:has([name=answer]) button[type=submit]").first.click()


def latest_code(live, address, sent):
    """The digits of the mail of that number."""

    def found():
        bodies = [letter.get_body(("plain",)).get_content() for letter in live.letters_to(address)]
        codes = [one.group(1) for body in bodies if (one := re.search(r"(\d{3} \d{3})\s*$", body, re.MULTILINE))]
        return codes[sent - 1] if len(codes) >= sent else None

    return wait_for(found, "the code by mail")


def prove(page, live, address, sent=1):
    submit(page, "/code")
    page.locator("input[name=digits]").fill(latest_code(live, address, sent))
    submit(page, "/code/check")


def test_a_forwarded_link_asks_and_never_answers(prepared, open_page):
    live = prepared
    link = link_in(live.letters_to(PIA)[0])
    colleague, pia = open_page("phone"), open_page("phone")
    colleague.goto(link)
    expect(colleague.locator("main")).to_contain_text("Pia I…")
    expect(colleague.locator("main")).not_to_contain_text("IMBS")
    here = colleague.url
    before = live.read(lambda: rows_about(PIA))
    for number in range(30):  # what a mail scanner does, without a script
        colleague.request.fetch(link, method="HEAD" if number % 2 else "GET")
        colleague.request.get(here)
    assert live.read(lambda: rows_about(PIA)) == before
    assert state_of(live, PIA) in AWAITED
    colleague.locator("main a[href$='/someone-else']").click()
    for name, value in (("given_name", "Théo"), ("family_name", "Nardin"), ("quality", "Conseiller"), ("email", THEO)):
        colleague.locator(f"input[name={name}]").fill(value)
    submit(colleague, "/someone-else")
    expect(colleague.locator(".messages, [role=status]").first).to_be_attached()
    assert state_of(live, PIA) in AWAITED
    live.letters_to(PIA, 2)  # she is told
    pia.goto(link)
    choose(pia, "attend")
    expect(pia).to_have_url(re.compile(r"/answered$"))
    expect(pia.locator(".ticket")).to_have_count(0)
    refused_as_second(live, colleague, here)
    prove(pia, live, PIA, 2)
    expect(pia.locator(".ticket svg")).to_be_visible()
    expect(pia.locator("main")).to_contain_text("IMBS")
    expect(pia.locator("main")).to_contain_text("Nardin")
    submit(pia, "/refuse")
    live.letters_to(THEO)  # he is told
    assert state_of(live, PIA) == "accepted"


def refused_as_second(live, colleague, here):
    """A second person sees the answer that stands, and cannot take it back."""
    colleague.goto(here)
    expect(colleague).to_have_url(re.compile(r"/answered$"))
    expect(colleague.locator(".ticket")).to_have_count(0)
    token = colleague.locator("input[name=csrf_token]").first.get_attribute("value")
    answer = colleague.request.post(here, form={"answer": "decline", "reason": "", "csrf_token": token})
    assert answer.status == 409
    submit(colleague, "/code")
    colleague.locator("input[name=digits]").fill("000 000")
    submit(colleague, "/code/check")
    expect(colleague.locator("main .field-error")).to_be_visible()
    assert state_of(live, PIA) == "accepted"
    wait_for(lambda: latest_code(live, PIA, 1), "the code, mailed to her alone")
    pia_asks_again_after_a_minute(live)


def pia_asks_again_after_a_minute(live):
    """Codes are throttled: the test sets the first one back by two minutes instead of waiting."""
    from datetime import timedelta

    from app.registration.models import OneTimeCode

    with live.app.app_context():
        set_writing(True)
        for code in db.session.query(OneTimeCode):
            code.sent_at -= timedelta(minutes=2)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


def test_a_place_passes_to_the_representative_one_for_one(prepared, open_page):
    live = prepared
    guest = open_page("phone")
    guest.goto(link_in(live.letters_to(LAURENT)[0]))
    choose(guest, "attend")
    own = live.read(lambda: codes_of("Laurent"))
    prove(guest, live, LAURENT)
    guest.locator("main a[href*='/invitation/'][href$='/']").first.click()
    choose(guest, "represented")
    for name, value in (("given_name", "Nadia"), ("family_name", "Ferrand"), ("email", DEPUTY)):
        guest.locator(f"input[name={name}]").fill(value)
    guest.locator("input[name=quality]").fill("Adjointe au maire")
    guest.locator("main form:has([name=answer]) button[type=submit]").first.click()
    expect(guest.locator("main")).to_contain_text("FERRAND")
    assert "Philippe LAURENT" in live.letters_to(DEPUTY)[0].get_body(("plain",)).get_content()
    assert live.read(lambda: codes_of("Laurent")) == [(own[0][0], "revoked")]
    ((code, state),) = live.read(lambda: codes_of("Ferrand"))
    assert state == "active"
    assert code != own[0][0]


def codes_of(family):
    from app.badging.models import Badge
    from app.directory.models import Person

    found = db.session.query(Badge.code, Badge.state).join(Badge.registration).join(Registration.person)
    return [tuple(row) for row in found.filter(Person.family_name == family)]


def test_a_delegation_with_names_in_two_scripts(prepared, open_page):
    live = prepared
    letter = live.letters_to(CONTACT)[0].get_body(("plain",)).get_content()
    contact = open_page("phone")
    contact.goto(re.search(r"(/d/\w+)", letter).group(1))
    name_member(contact, "head", "Oleksandr", "SHCHERBAK", "Олександр ЩЕРБАК")
    name_member(contact, "member", "Mohammad", "ABD AL-RAHMAN", "محمد عبد الرحمن")
    expect(contact.locator("main")).to_contain_text("محمد عبد الرحمن")
    contact.locator("input[name=together][value=all]").check()
    submit(contact, "/places")
    expect(contact.locator("main table")).to_contain_text(re.compile("Place confirmée|Place confirmed"))
    assert contact.evaluate("document.documentElement.scrollWidth") <= 390
    live.letters_to(CONTACT, 2)
    organiser = open_page("desktop")
    sign_in(organiser, "organiser")
    organiser.goto(f"/organise/{SLUG}/delegations")
    organiser.locator("main tbody th a").click()
    with organiser.expect_download() as coming:
        submit(organiser, "/badges.pdf")
    pack = coming.value.path().read_bytes()
    assert len(codes_in_pdf(pack)) == 2
    for spelled in ("SHCHERBAK", "Олександр", "ABD AL-RAHMAN"):
        assert spelled in text_of(pack)
    find_by_any_spelling(organiser)


def name_member(page, role, given, family, native):
    page.locator("select[name=role]").select_option(role)
    for field, value in (("given_name", given), ("family_name", family), ("native_name", native)):
        page.locator(f"input[name={field}]").fill(value)
    submit(page, "/members")
    expect(page.locator("main table")).to_contain_text(given)


def find_by_any_spelling(page):
    """However it is typed (scenario 5.8 step 3)."""
    for words in ("sherbak", "shcherbak", "Щербак", "abdelrahman"):
        page.goto(f"/organise/{SLUG}/registrations?q={words}")
        expect(page.locator("main table").last.locator("tbody tr")).to_have_count(1)


def test_the_event_is_not_oversold(prepared):
    confirmed = prepared.read(lambda: db.session.query(Registration).filter_by(state="confirmed").count())
    capacity = prepared.read(lambda: db.session.query(Event.capacity).filter_by(slug=SLUG).scalar())
    assert confirmed == 4 < capacity
