"""A rehearsal in a real browser: the badges of invented guests before an enrolled phone, with a network and without."""

from collections.abc import Callable

from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from app.checkin.models import Scan
from app.checkin.queries import count_present
from app.checkin.rehearsal_models import RehearsalScan
from app.checkin.rehearsing import close_rehearsal, open_rehearsal
from app.clock import now
from app.database import db, set_writing
from app.events.queries import get_event
from tests.databases import KEY
from tests.factories import ORGANISER
from tests.journeys.conftest import Live
from tests.journeys.desks import Night, answered, become_desk, bring_back, cut, let_in, prepare_night, scan

MARK = ".desk-rehearsal"
# Of each badge that lets nobody in, how the phone tells it: the state, a word.
REFUSED = {
    "already_in": ("attention", "Déjà entré"),
    "waiting": ("waiting", "liste d’attente"),
    "offered": ("waiting", "Place proposée"),
    "cancelled": ("refused", "annulée"),
    "replaced": ("refused", "SPÉCIMEN"),
    "old_badge": ("refused", "Remplacé"),
    "revoked": ("refused", "n’est plus valable"),
    "forged": ("refused", "non authentique"),
    "not_on_list": ("refused", "Pas sur la liste"),
    "not_this_day": ("refused", "Pas aujourd’hui"),
    "not_this_zone": ("refused", "Pas à cette entrée"),
    "too_early": ("waiting", "Trop tôt"),
    "too_late": ("refused", "Trop tard"),
}


def open_for(live: Live, night: Night) -> dict[str, str]:
    """The codes of a rehearsal, by what each shows."""
    with live.app.app_context():
        set_writing(True)
        guests = open_rehearsal(get_event(night.slug), secret=KEY, actor=ORGANISER, at=now())
        codes = {guest.shows: guest.code for guest in guests}
        db.session.commit()
        db.session.remove()
    return codes


def close_for(live: Live, night: Night) -> None:
    with live.app.app_context():
        set_writing(True)
        close_rehearsal(get_event(night.slug), actor=ORGANISER, at=now())
        db.session.commit()
        db.session.remove()


def kept(live: Live, night: Night) -> tuple[int, int, int]:
    """Rows of the ledger, rows beside it, people present."""

    def read() -> tuple[int, int, int]:
        event = get_event(night.slug)
        mine = [
            db.session.scalar(select(func.count()).select_from(model).where(model.event_id == event.id)) or 0
            for model in (Scan, RehearsalScan)
        ]
        return mine[0], mine[1], count_present(event)

    return live.read(read)  # type: ignore[no-any-return] # what `read` gives


def every_badge(page: Page, codes: dict[str, str], admitted: str) -> None:
    """Each of them answers what it shows, under the mark."""
    scan(page, codes[admitted])
    expect(page.locator(f".desk-panel[data-kind=person] {MARK}")).to_contain_text("RÉPÉTITION")
    page.locator("button[value=admit]").click()
    answered(page, "good", "RÉPÉTITION")
    for shows, (state, words) in REFUSED.items():
        scan(page, codes[shows])
        answered(page, state, words, "RÉPÉTITION")
        page.get_by_role("link", name="Invité suivant").click()  # two answers in a row may say the same
        expect(page.locator(".desk-panel[data-kind=ready]")).to_be_visible()


def test_a_phone_rehearses_with_a_network_and_without(live: Live, open_page: Callable[..., Page]) -> None:
    night = prepare_night(live, 2)
    codes = open_for(live, night)
    page = open_page("phone")
    become_desk(live, page, night.slug, "Téléphone de répétition")

    every_badge(page, codes, "escort")
    let_in(page, night.guests[0])
    expect(page.locator(MARK)).to_have_count(0)
    cut(page)
    every_badge(page, codes, "admitted")
    expect(page.locator("#desk-live")).to_contain_text("1")
    let_in(page, night.guests[1])
    expect(page.locator(MARK)).to_have_count(0)
    bring_back(page)

    assert kept(live, night) == (2, 2 * (1 + len(REFUSED)), 2)

    close_for(live, night)
    scan(page, codes["admitted"])
    answered(page, "refused", "Code de répétition")
    with page.expect_response(lambda answer: "/manifest" in answer.url):
        page.reload()
    is_listed(page)
    cut(page)
    scan(page, codes["admitted"])
    answered(page, "refused", "Code de répétition", "RÉPÉTITION")


def is_listed(page: Page) -> None:
    expect(page.locator("#desk-state [data-list]")).to_contain_text("liste de")
