"""A desk without a network, and time: a wrong clock, a place given up meanwhile, the end of the day (scenario 5.5)."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.checkin.door_models import Conflict
from app.checkin.models import Device, Scan
from app.clock import now
from app.database import db, set_writing
from app.events.queries import get_event
from app.registration.queries import get_registration
from app.registration.service import cancel_registration
from tests.factories import ORGANISER
from tests.journeys.conftest import Live, wait_for
from tests.journeys.desks import STRIP, Night, become_desk, bring_back, cut, let_in, prepare_night
from tests.journeys.test_offline_ends import HELD

IS_TOO_OLD = """async ([role, hours]) => {
  const { Station } = await import("/static/js/desk-station.js");
  const station = new Station({ role }, {});
  return Object.assign(station, { isOnline: false, syncedAt: Date.now() - hours * 3600 * 1000 }).isTooOld;
}"""
SEVEN_MINUTES = timedelta(minutes=7)


def give_up(live: Live, night: Night, number: int) -> None:
    """The guest cancels while the desk hears nothing."""
    with live.app.app_context():
        set_writing(True)
        registration = get_registration(get_event(night.slug), night.guests[number].registration)
        cancel_registration(registration, actor=ORGANISER, at=now())
        db.session.commit()
        db.session.remove()


def test_a_clock_seven_minutes_fast(live: Live, open_page: Callable[..., Page]) -> None:
    night, page = prepare_night(live, 1), open_page("phone")
    page.clock.set_system_time(now() + SEVEN_MINUTES)
    become_desk(live, page, night.slug, "Téléphone en avance")
    expect(page.locator(STRIP)).to_contain_text("Horloge décalée de 7 min")
    cut(page)
    let_in(page, night.guests[0])
    bring_back(page)

    def read() -> tuple[float, int] | None:
        event = get_event(night.slug)
        row = db.session.scalars(select(Scan).where(Scan.event_id == event.id)).one_or_none()
        if row is None:
            return None
        device = db.session.scalars(select(Device).where(Device.event_id == event.id)).one()
        return abs((now() - row.at).total_seconds()), device.clock_offset or 0

    age, offset = wait_for(lambda: live.read(read), "what the phone sends once it is back")
    assert age < SEVEN_MINUTES.total_seconds() / 2  # our time, not the phone's
    assert abs(offset - SEVEN_MINUTES / timedelta(milliseconds=1)) < SEVEN_MINUTES / timedelta(milliseconds=2)


def test_let_in_after_a_cancellation_nobody_could_tell(live: Live, phone: Page) -> None:
    night = prepare_night(live, 2)
    become_desk(live, phone, night.slug, "Téléphone F")
    cut(phone)
    give_up(live, night, 0)
    let_in(phone, night.guests[0])
    bring_back(phone)

    event_conflicts = select(Conflict.kind).join(Scan, Scan.id == Conflict.scan_id)

    def read() -> list[str]:
        return list(db.session.scalars(event_conflicts.where(Conflict.event_id == get_event(night.slug).id)))

    kinds = wait_for(lambda: live.read(read), "what the phone sends once it is back")
    assert kinds == ["cancelled_before"]


def test_the_list_is_gone_when_the_day_is_over(live: Live, phone: Page) -> None:
    """With no network to tell it: the device itself looks at the hour."""
    night = prepare_night(live, 1)
    become_desk(live, phone, night.slug, "Téléphone oublié")
    cut(phone)
    let_in(phone, night.guests[0])

    phone.clock.set_system_time(now() + timedelta(days=2))

    expect(phone.get_by_role("alert").filter(has_text="sa liste est effacée")).to_be_visible()
    held = phone.evaluate(HELD)
    assert (held["lists"], len(held["scans"])) == ([], 1)


def test_an_old_list_asks_for_the_person_in_charge(phone: Page) -> None:
    """Scenario 5.5: twelve hours without news; with news, or in a lead's hand, the list serves."""
    phone.goto("/sign-in")

    told = [phone.evaluate(IS_TOO_OLD, [role, hours]) for role in ("agent", "lead") for hours in (11, 13)]

    assert told == [False, True, False, False]
