"""Who comes, in the order of precedence, and what somebody decided against it (scenario 5.4, domain 2.4)."""

from collections.abc import Callable
from typing import Any

import pytest

from app.audit.queries import list_entries_of
from app.database import db
from app.directory.overrides import list_decisions
from app.directory.service import Names
from app.registration.precedence import list_expected, order_guests
from app.registration.representatives import Representative
from app.registration.service import be_represented_by
from tests.browsing import Browser
from tests.factories import INVITEE, Factory

Maker = Callable[..., Any]


@pytest.fixture
def event(make_event: Maker) -> Any:
    return make_event(slug="essai")


def seat(factory: Factory, event: Any, family: str, quality: str) -> Any:
    return factory.registration(event, factory.person("A", family, qualities=(), organisation=""), qualities=(quality,))


def shown(page: str, *names: str) -> list[str]:
    return sorted(names, key=lambda name: page.index(f"{name}</bdi></th>"))


def test_the_page_shows_the_order_and_its_source(event: Any, factory: Factory, organiser_client: Browser) -> None:
    for family, quality in (("Maire", "Maire de Sceaux"), ("Depute", "Député"), ("Ministre", "Ministre délégué")):
        seat(factory, event, family, quality)

    page = organiser_client.get("/organise/essai/precedence").text

    assert shown(page, "MAIRE", "DEPUTE", "MINISTRE") == ["MINISTRE", "DEPUTE", "MAIRE"]
    assert "89-655" in page


def test_the_inviting_authority_is_chosen_on_the_page(event: Any, factory: Factory, organiser_client: Browser) -> None:
    seat(factory, event, "Ministre", "Ministre")
    seat(factory, event, "Depute", "Député")
    host = seat(factory, event, "Hote", "Président de Cités Unies France")
    address = "/organise/essai/precedence"

    assert organiser_client.post(f"{address}/ceremony", data={"host": host.public_id}).status_code == 303
    found = organiser_client.get(address).text
    assert shown(found, "HOTE", "DEPUTE", "MINISTRE") == ["MINISTRE", "HOTE", "DEPUTE"]
    assert f'<option selected value="{host.public_id}">' in found
    organiser_client.post(f"{address}/ceremony", data={"host": host.public_id, "is_by_government": "y"})
    ordered = organiser_client.get(address).text
    assert shown(ordered, "HOTE", "DEPUTE", "MINISTRE") == ["MINISTRE", "DEPUTE", "HOTE"]
    assert [one.action for one in list_entries_of(event.public_id)].count("ceremony.held") == 2
    stranger = organiser_client.post(f"{address}/ceremony", data={"host": "nobody"})
    assert stranger.status_code == 422
    organiser_client.post(f"{address}/ceremony", data={"host": ""})
    assert organiser_client.get(address).text.count("article 9") == 0


def test_a_position_is_decided_for_one_list_only_with_a_reason(
    event: Any, make_event: Maker, factory: Factory, organiser_client: Browser
) -> None:
    seat(factory, event, "Ministre", "Ministre")
    mayor = seat(factory, event, "Maire", "Maire de Sceaux")
    other = make_event()
    address = f"/organise/essai/precedence/{mayor.public_id}"

    assert organiser_client.post(address, data={"place": "1", "reason": ""}).status_code == 422
    assert organiser_client.post(address, data={"place": "0", "reason": "hôte"}).status_code == 422
    organiser_client.post(address, data={"place": "1", "reason": "ville hôte"})

    page = organiser_client.get("/organise/essai/precedence").text
    assert shown(page, "MINISTRE", "MAIRE") == ["MAIRE", "MINISTRE"]
    assert "ville hôte" in page
    assert list_decisions([mayor.person_id], other.public_id) == {}
    organiser_client.post(f"{address}/by-rule")
    page = organiser_client.get("/organise/essai/precedence").text
    assert shown(page, "MINISTRE", "MAIRE") == ["MINISTRE", "MAIRE"]
    assert organiser_client.post(f"{address}/by-rule").status_code == 404


@pytest.mark.parametrize(("quality", "keeps"), [("Adjointe au maire de Sceaux", True), ("Cheffe de cabinet", False)])
def test_a_representative_keeps_the_rank_of_article_14_only(
    event: Any, factory: Factory, quality: str, keeps: bool
) -> None:
    person = factory.person("Philippe", "Laurent", qualities=(), organisation="")
    invitation = factory.invitation(event, person, qualities=("Maire de Sceaux",))
    seat(factory, event, "Adjoint", "Adjoint au maire de Lens")
    be_represented_by(
        invitation, Representative(Names("Zoé", "Martin"), quality), by="link", actor=INVITEE, at=event.created_at
    )
    db.session.commit()

    places = order_guests(event, list_expected(event), on=event.starts_at.date())

    assert (places[0].guest.name == "Martin Zoé") is keeps


def test_a_hundred_guests_cost_the_statements_of_two(event: Any, factory: Factory, statement_count: Maker) -> None:
    seat(factory, event, "Un", "Maire")
    seat(factory, event, "Deux", "Maire")
    with statement_count() as few:
        order_guests(event, list_expected(event), on=event.starts_at.date())
    for number in range(8):
        seat(factory, event, f"Autre{number}", "Maire")
    with statement_count() as more:
        order_guests(event, list_expected(event), on=event.starts_at.date())

    assert more.count <= few.count
