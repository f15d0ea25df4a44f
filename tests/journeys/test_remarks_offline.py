"""Without a network, a second badge of who is in already is explained as with one."""

from collections.abc import Callable

from playwright.sync_api import Page

from app.checkin.models import Scan
from tests.journeys.conftest import Live
from tests.journeys.desks import answered, become_desk, bring_back, cut, let_in, prepare_night, scan
from tests.journeys.test_lead_offline import conflicts, rows


def test_went_out_and_came_back_or_a_copy(live: Live, open_page: Callable[..., Page]) -> None:
    night = prepare_night(live, 2)
    returned, copied = night.guests
    north = open_page("phone")
    become_desk(live, north, night.slug, "Téléphone de Léa")
    for guest in night.guests:
        let_in(north, guest)
    south = open_page("phone")
    become_desk(live, south, night.slug, "Téléphone de Karim")
    cut(south)

    scan(south, returned.code)
    answered(south, "attention", returned.name)
    south.get_by_role("button", name="Ressorti et revenu").click()
    answered(south, "good", returned.name)
    scan(south, copied.code)
    answered(south, "attention", copied.name)
    south.get_by_role("button", name="Copie suspecte").click()
    answered(south, "refused", copied.name, "chercher le responsable")
    bring_back(south)

    assert rows(live, night, Scan.result, Scan.is_offline) == [
        ("admitted", False),
        ("admitted", False),
        ("already_in", True),
        ("returned", True),
        ("already_in", True),
        ("copy_suspected", True),
    ]
    assert conflicts(live, night) == ["copy_suspected"]
