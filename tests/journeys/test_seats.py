"""Capacity reached during a burst (scenario 5.3): a real server, sixty guests at once, then a phone and a desk."""

import pytest
from playwright.sync_api import expect

from app.clock import now
from app.columns import Bilingual
from app.database import db, set_writing
from app.invitations.service import link_token, send
from app.registration.models import Queue, Registration
from app.registration.seat_models import Offer
from tests.databases import KEY
from tests.factories import ORGANISER, Factory, evening
from tests.journeys.conftest import link_in, sign_in
from tests.registration import crowd

SLUG, CAPACITY, SEATED, GUESTS, LOWERED = "assises-pleines", 300, 288, 60, 280
LATE = "tardive@example.org"


@pytest.fixture(scope="module")
def prepared(live):
    """300 places, 288 of them given, sixty links out, and a place offered for a day when it comes free."""
    with live.app.test_request_context(base_url=live.address):
        set_writing(True)
        factory = Factory()
        event = factory.event(
            slug=SLUG, title=Bilingual("Assises pleines", "Full assembly"), capacity=CAPACITY, starts_at=evening(20),
            offer_hours=24, categories=("elus",),
        )  # fmt: skip
        # Without an address, so that no letter of theirs goes before those that are read.
        seated = [factory.registration(event, factory.person(email="")).public_id for _ in range(SEATED)]
        guests = [factory.invitation(event, email=f"invite{n}@example.org") for n in range(GUESTS)]
        tokens = [link_token(one, KEY) for one in guests]
        late = factory.invitation(event, factory.person("Lina", "Tardive", email=LATE), state="draft", email=LATE)
        send(late, actor=ORGANISER, at=now())
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return {"seated": seated, "tokens": tokens}


def counts():
    found = db.session.query(Registration.state, db.func.count()).group_by(Registration.state).all()
    ranks = db.session.query(Registration.waiting_rank).filter_by(state="waiting").order_by(Registration.waiting_rank)
    return dict(found), [rank for (rank,) in ranks]


def first_waiting():
    found = db.session.query(Registration).filter_by(state="waiting").order_by(Registration.waiting_rank).first()
    return found.public_id, found.email


def offered():
    return [(one.registration.public_id, one.state) for one in db.session.query(Offer).order_by(Offer.id)]


def test_the_last_places_are_given_once_and_pass_on(live, prepared, open_page):
    fill_up(live, prepared["tokens"])
    desk, phone = open_page(), open_page("phone")
    sign_in(desk, "organiser")
    pass_one_on(live, desk, phone, prepared["seated"][0])
    lower_the_capacity(live, desk, open_page("phone"))


def fill_up(live, tokens):
    """1: sixty at once for twelve places. 2: the same forms again give the same answer, not one place more."""
    port = int(live.address.rsplit(":", 1)[1])
    guests = [crowd.arrive(port, token) for token in tokens]
    twins = [guest.again() for guest in guests]
    seen = crowd.all_at_once([guest.accept for guest in guests])
    assert {statuses[-1] for statuses in seen} == {303}
    after = live.read(counts)
    assert after == ({"confirmed": CAPACITY, "waiting": 48}, list(range(1, 49)))
    assert {twin.accept()[-1] for twin in twins} == {303}
    assert live.read(counts) == after
    assert live.read(lambda: [queue.last_rank for queue in db.session.query(Queue)]) == [48]


def pass_one_on(live, desk, phone, seated):
    """3: a place comes free; the first who waits is written to, once, and takes it on a phone."""
    next_id, next_email = live.read(first_waiting)
    desk.goto(f"/organise/{SLUG}/registrations/{seated}")
    desk.locator("details:has(form[action$='/cancel']) summary").click()
    desk.locator("form[action$='/cancel'] button").click()
    expect(desk.locator("form[action$='/cancel']")).to_have_count(0)
    assert live.read(offered) == [(next_id, "open")]
    letters = live.letters_to(next_email, 2)  # the rank, then the place
    phone.goto(link_in(letters[1]))
    expect(phone.locator("main .note-attention").first).to_be_visible()
    phone.locator("form[action$='/offer'] button").click()
    expect(phone.locator("main .note-good").first).to_be_visible()
    assert live.read(offered) == [(next_id, "taken")]
    assert len(live.letters_to(next_email, 3)) == 3  # with the entrance code


def lower_the_capacity(live, desk, late):
    """4: fewer places: nobody is ejected, the pages say twenty too many, who comes now waits."""
    desk.goto(f"/organise/{SLUG}/settings")
    desk.fill("input[name=capacity]", str(LOWERED))
    desk.locator("main form:has(input[name=capacity]) button[type=submit]").first.click()
    desk.goto(f"/organise/{SLUG}/")
    expect(desk.locator("main")).to_contain_text("20 personnes de trop")
    desk.goto(f"/organise/{SLUG}/seats")
    expect(desk.locator("main")).to_contain_text("20 de trop")
    assert live.read(counts)[0] == {"confirmed": CAPACITY, "waiting": 47, "cancelled": 1}
    late.goto(link_in(live.letters_to(LATE)[0]))
    late.locator("label:has(input[name=answer][value=attend])").click()
    late.locator("main form:has([name=answer]) button[type=submit]").first.click()
    assert live.read(counts) == ({"confirmed": CAPACITY, "waiting": 48, "cancelled": 1}, list(range(2, 50)))
