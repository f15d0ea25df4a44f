"""Guests invited by name in a quality that ends before the event are pointed out (scenario 5.14)."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.database import db
from app.directory.mandates import Term, add_mandate
from app.directory.models import Office, Person
from app.directory.service import get_or_add_organisation
from app.events.models import Event
from app.invitations import endings, service
from app.invitations.models import Invitation
from app.overview.queries import event_state
from tests.browsing import Browser
from tests.factories import ORGANISER

Make = Callable[..., Any]
ANNOUNCED = datetime(2026, 1, 25, 9, 0, tzinfo=UTC)
FIRST_DAY, LAST_DAY_HELD = date(2026, 7, 8), date(2026, 3, 29)
GUEST_LIST = "/organise/rencontres/guests"


@pytest.fixture
def event(make_event: Make, frozen: Make) -> Event:
    frozen(ANNOUNCED)
    # Midnight in Paris: in UTC it is still the day before.
    return make_event(slug="rencontres", starts_at=datetime(2026, 7, 7, 22, 0, tzinfo=UTC), deadline=None)


@pytest.fixture
def mayor(make_person: Make) -> Person:
    return make_person("Anne", "Ancienne", civility="Mme", qualities=())


def hold(person: Person, title: str, until: date | None, since: date | None = None) -> None:
    term = Term(title, "Ville de Xaintrie", valid_from=since, valid_to=until)
    add_mandate(person, term, actor=ORGANISER, at=ANNOUNCED)
    db.session.commit()


def invited(event: Event, make_invitation: Make, person: Person, *qualities: str, state: str = "sent") -> Invitation:
    return make_invitation(event, person, qualities=qualities, state=state)


def titles(event: Event) -> list[tuple[str, date]]:
    return [(one.title, one.last_day) for one in endings.list_endings(event)]


def test_the_quality_that_ends_first_is_told(event: Event, make_invitation: Make, mayor: Person) -> None:
    hold(mayor, "Maire de Xaintrie", LAST_DAY_HELD)
    hold(mayor, "Sénatrice", None)
    invitation = invited(event, make_invitation, mayor, "maire de xaintrie")
    assert titles(event) == [("Maire de Xaintrie", LAST_DAY_HELD)]
    assert endings.find_ending(invitation) == endings.list_endings(event)[0]
    assert event_state(event).ending == 1
    invitation.qualities = ("Sénatrice",)
    db.session.commit()
    assert titles(event) == [], "another mandate that ends is none of this invitation"
    assert endings.find_ending(invitation) is None


def test_one_of_two_mandates_on_a_line_is_enough(event: Event, make_invitation: Make, mayor: Person) -> None:
    hold(mayor, "Maire de Xaintrie", LAST_DAY_HELD)
    hold(mayor, "Présidente de la Communauté", None)
    invited(event, make_invitation, mayor, "Maire de Xaintrie et Présidente de la Communauté")
    assert titles(event) == [("Maire de Xaintrie", LAST_DAY_HELD)]


@pytest.mark.parametrize(("last_day", "number"), [(date(2026, 7, 7), 1), (FIRST_DAY, 0), (None, 0)])
def test_the_day_is_that_of_the_place(
    event: Event, make_invitation: Make, mayor: Person, last_day: date | None, number: int
) -> None:
    hold(mayor, "Maire de Xaintrie", last_day)
    invited(event, make_invitation, mayor, "Maire de Xaintrie")
    assert len(titles(event)) == number


def test_a_mandate_held_again_ends_nothing(event: Event, make_invitation: Make, mayor: Person) -> None:
    hold(mayor, "Maire de Xaintrie", LAST_DAY_HELD)
    hold(mayor, "Maire de Xaintrie", None, since=date(2026, 3, 30))
    invited(event, make_invitation, mayor, "Maire de Xaintrie")
    assert titles(event) == []


@pytest.mark.parametrize("state", ["declined", "represented", "withdrawn"])
def test_whoever_does_not_come_is_not_told(event: Event, make_invitation: Make, mayor: Person, state: str) -> None:
    hold(mayor, "Maire de Xaintrie", LAST_DAY_HELD)
    invitation = invited(event, make_invitation, mayor, "Maire de Xaintrie", state=state)
    assert titles(event) == []
    assert endings.find_ending(invitation) is None


def test_an_invited_office_follows_its_holder(event: Event, make_invitation: Make, mayor: Person) -> None:
    hold(mayor, "Maire de Xaintrie", LAST_DAY_HELD)
    invitation = invited(event, make_invitation, mayor, "Maire de Xaintrie")
    invitation.office = Office(
        organisation=get_or_add_organisation("Ville de Xaintrie"), title_masculine="Maire de Xaintrie",
        title_feminine="Maire de Xaintrie", key="maire de xaintrie",
    )  # fmt: skip
    db.session.commit()
    assert titles(event) == []
    assert endings.find_ending(invitation) is None


def test_the_home_the_list_and_the_guest_s_page_say_so(
    event: Event, make_invitation: Make, mayor: Person, organiser_client: Browser
) -> None:
    organiser_client.post("/language", data={"language": "en"})
    hold(mayor, "Maire de Xaintrie", LAST_DAY_HELD)
    invitation = invited(event, make_invitation, mayor, "Maire de Xaintrie", state="draft")
    service.send(invitation, actor=ORGANISER, at=ANNOUNCED)
    home = organiser_client.get("/organise/rencontres/").text
    assert "1 guest is invited in a quality that ends before the event" in home
    assert f'href="{GUEST_LIST}/endings"' in home
    shown = organiser_client.get(f"{GUEST_LIST}/endings").text
    assert "Anne ANCIENNE" in shown
    assert "29 March 2026" in shown
    assert "This quality ends before the event" in organiser_client.get(f"{GUEST_LIST}/{invitation.public_id}").text


def test_an_event_that_has_begun_asks_nothing_any_more(
    event: Event, make_invitation: Make, mayor: Person, frozen: Make, client: Browser, make_user: Make
) -> None:
    hold(mayor, "Maire de Xaintrie", LAST_DAY_HELD)
    invited(event, make_invitation, mayor, "Maire de Xaintrie")
    frozen(datetime(2026, 7, 8, 9, 0, tzinfo=UTC))
    client.sign_in(make_user("organiser"))
    assert f"{GUEST_LIST}/endings" not in client.get("/organise/rencontres/").text
