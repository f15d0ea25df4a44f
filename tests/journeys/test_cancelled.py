"""Cancelled at 13:00 on the first day, then held on other days: scenario 5.12, in browsers, with the real worker."""

import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import icalendar
import pytest
import vobject
from playwright.sync_api import Page, expect

from app.badging.queries import find_active_badge
from app.clock import now
from app.columns import Bilingual
from app.database import db, set_writing
from app.events.models import Event
from app.outbox.models import Message
from app.registration.models import Registration
from tests.factories import PARIS, Factory
from tests.journeys.conftest import Live, pause, sign_in, wait_for
from tests.journeys.test_door import Reception, answered, open_desk, type_code

WHY = "En raison du préavis de grève, la rencontre n’a pas lieu."
LATER = "Reportée d’un mois, au même lieu."
QUARTER_OF_AN_HOUR = 15 * 60.0


@dataclass(frozen=True)
class Begun:
    """An event that began two hours ago, with somebody from abroad among its guests."""

    slug: str
    guest: str
    uid: str
    code: str


def begin(live: Live, slug: str, number: int) -> Begun:
    """So many guests with a place; their confirmations are on their way."""
    with live.app.app_context():
        set_writing(True)
        factory = Factory()
        event = factory.event(
            slug=slug, title=Bilingual("Rencontres internationales"), capacity=number, deadline=None,
            starts_at=now().replace(second=0, microsecond=0) - timedelta(hours=2), ends_at=now() + timedelta(days=1),
        )  # fmt: skip
        abroad = factory.person("Oleksandr", f"Shcherbak {slug}", email=f"{slug}@kharkiv.example", country="UA")
        first = factory.registration(event, abroad)
        for guest in range(number - 1):
            factory.registration(event, factory.person("Anne", f"Petit {guest}", email=f"{slug}{guest}@example.org"))
        badge = find_active_badge(first.id)
        assert badge
        begun = Begun(slug, first.email, first.public_id, badge.short_code)
        db.session.remove()
        db.engine.dispose()
    return begun


def count_letters(live: Live, slug: str, kind: str, state: str = "sent") -> int:
    def counted() -> int:
        event = db.session.query(Event).filter_by(slug=slug).one()
        return db.session.query(Message).filter_by(topic=event.public_id, kind=kind, state=state).count()

    return int(live.read(counted))


def status_of(live: Live, slug: str) -> str:
    return str(live.read(lambda: db.session.query(Event).filter_by(slug=slug).one().status))


def entries(letter: EmailMessage) -> tuple[str, icalendar.Event]:
    """METHOD and the one entry of a letter's calendar, once both parsers read the same."""
    part = next(part for part in letter.walk() if part.get_content_type() == "text/calendar")
    data = part.get_payload(decode=True)
    assert isinstance(data, bytes)
    calendar = icalendar.Calendar.from_ical(data)
    (entry,) = calendar.walk("VEVENT")
    other = vobject.readOne(data.decode())
    assert other.method.value == str(calendar["METHOD"])
    assert other.vevent.uid.value == str(entry["UID"])
    assert other.vevent.sequence.value == str(entry["SEQUENCE"])
    assert other.vevent.dtstart.value.astimezone(UTC) == entry["DTSTART"].dt.astimezone(UTC)
    assert len(other.vevent.attendee_list) == 1
    return str(calendar["METHOD"]), entry


def submit(page: Page, ending: str) -> None:
    page.locator(f"main form[action$='{ending}'] button[type=submit]").first.click()


def cancel(page: Page, slug: str) -> None:
    """Twice asked: the second page does nothing without its box."""
    page.goto(f"/organise/{slug}/ending")
    page.locator("#cancel [name=notice_fr]").fill(WHY)
    submit(page, "/cancel")
    submit(page, "/cancel")
    expect(page.locator("main")).to_contain_text("Cochez la case")
    page.locator("input[name=is_sure]").check()
    submit(page, "/cancel")
    expect(page).to_have_url(re.compile("/announcements$"))


def postpone(page: Page, slug: str, day: datetime) -> None:
    page.goto(f"/organise/{slug}/ending")
    page.locator("#postpone [name=first_day]").fill(f"{day:%Y-%m-%d}")
    page.locator("#postpone [name=starts]").fill("18:00")
    page.locator("#postpone [name=ends]").fill("20:00")
    page.locator("#postpone [name=notice_fr]").fill(LATER)
    submit(page, "/postpone")
    page.locator("input[name=is_sure]").check()
    submit(page, "/postpone")
    expect(page).to_have_url(re.compile("/announcements$"))


def test_an_event_is_cancelled_on_its_first_day_and_held_later(live: Live, open_page) -> None:
    number = 12
    begun = begin(live, "rencontres-annulees", number)
    (confirmation,) = live.letters_to(begun.guest)
    organiser, reception = open_page("desktop"), open_page("phone")
    sign_in(organiser, "organiser")

    cancel(organiser, begun.slug)
    assert status_of(live, begun.slug) == "cancelled"
    organiser.goto(f"/organise/{begun.slug}/ending")
    submit(organiser, "/take-back")
    assert status_of(live, begun.slug) == "open"
    assert count_letters(live, begun.slug, "event_cancelled", "queued") == 0

    cancel(organiser, begun.slug)
    submit(organiser, "/leave")
    wait_for(lambda: count_letters(live, begun.slug, "event_cancelled") == number, "every letter to leave")
    letter = live.letters_to(begun.guest, 2)[1]
    assert WHY in letter.get_body(("plain",)).get_content().replace("\n", " ")
    (_request, kept), (method, entry) = entries(confirmation), entries(letter)
    assert (method, entry["STATUS"], entry["UID"]) == ("CANCEL", "CANCELLED", kept["UID"])
    assert kept["UID"].startswith(begun.uid)
    # Cancelled, taken back, cancelled: each is a change to whoever subscribes, and SEQUENCE only grows.
    assert (kept["SEQUENCE"], entry["SEQUENCE"]) == (0, 3)

    organiser.goto(f"/organise/{begun.slug}/ending")
    submit(organiser, "/take-back")
    assert status_of(live, begun.slug) == "cancelled", "whoever read it is not told the contrary by a click"
    read_the_banner_and_scan(reception, begun)
    call_those_from_abroad(organiser, begun)

    day = now() + timedelta(days=30)
    postpone(organiser, begun.slug, day)
    submit(organiser, "/leave")
    wait_for(lambda: count_letters(live, begun.slug, "event_moved") == number, "every letter to leave")
    method, entry = entries(live.letters_to(begun.guest, 3)[2])
    assert (method, entry["STATUS"], entry["UID"], entry["SEQUENCE"]) == ("REQUEST", "CONFIRMED", kept["UID"], 4)
    assert entry["DTSTART"].dt.date() == day.date()
    assert live.read(lambda: db.session.query(Registration).filter_by(public_id=begun.uid).one().state) == "confirmed"


def read_the_banner_and_scan(phone: Page, begun: Begun) -> None:
    """The public page says it first; at the door the badge opens nothing."""
    phone.goto(f"/e/{begun.slug}/")
    expect(phone.locator("body")).to_contain_text("annulé")
    expect(phone.locator("body")).to_contain_text("préavis de grève")
    open_desk(phone, Reception(begun.slug, {}))
    type_code(phone, begun.code)
    answered(phone, "refused", "annulé")


def call_those_from_abroad(page: Page, begun: Begun) -> None:
    """Those who come from far are telephoned, and those who are here get a meeting of their own."""
    page.goto(f"/organise/{begun.slug}/announcements/calls")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody")).to_contain_text("SHCHERBAK")
    page.locator("#meeting [name=title_fr]").fill("Rencontre avec les délégations présentes")
    page.locator("#meeting [name=starts_on]").fill(f"{now().astimezone(PARIS):%Y-%m-%d}")
    page.locator("#meeting [name=starts_at]").fill("18:00")
    page.locator("#meeting button[type=submit]").click()
    expect(page).to_have_url(re.compile("/rencontre-avec-[a-z0-9-]+/settings"))
    page.goto(page.url.replace("/settings", "/guests"))
    expect(page.locator("main")).to_contain_text("SHCHERBAK")


@pytest.mark.proof
def test_eight_hundred_are_told_within_a_quarter_of_an_hour(live: Live, open_page) -> None:
    """The pause of two minutes, the pace of the settings (300 a minute), nothing hastened."""
    number = 800
    begun = begin(live, "rencontres-de-huit-cents", number)
    end = time.monotonic() + QUARTER_OF_AN_HOUR
    while count_letters(live, begun.slug, "confirmation") < number:
        assert time.monotonic() < end
        pause.wait(1)
    organiser = open_page("desktop")
    sign_in(organiser, "organiser")
    cancel(organiser, begun.slug)
    began = time.monotonic()
    while (told := count_letters(live, begun.slug, "event_cancelled")) < number:
        assert time.monotonic() - began < QUARTER_OF_AN_HOUR, told
        pause.wait(1)
