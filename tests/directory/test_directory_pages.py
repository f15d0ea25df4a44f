"""The directory in the browser: entering, correcting, merging, offices, protocol (scenarios 5.7, 5.8, 5.14)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from app.audit.queries import list_entries_of
from app.database import db
from app.directory.contacts import list_people_behind
from app.directory.mandates import snapshot_qualities
from app.directory.models import Merge, Office, Organisation, Person
from app.directory.offices import find_holder
from app.directory.overrides import address_of, list_decisions, list_decisions_of
from app.directory.queries import find_organisation, search_people
from app.directory.service import get_or_add_organisation
from tests.browsing import Browser

Maker = Callable[..., Any]
PERSON = {"civility": "", "language": "fr", "country": "UA", "email": "", "phone": "", "aliases": ""}


def page_of(person: Person) -> str:
    return f"/directory/people/{person.public_id}"


def only(model: Any) -> Any:
    return db.session.scalars(select(model)).one()


def test_names_of_two_scripts_are_entered_found_and_kept_as_typed(organiser_client: Browser) -> None:
    """Scenario 5.8."""
    names = {"given_name": "Oleksandr", "family_name": "SHCHERBAK", "native_name": "Олександр ЩЕРБАК"}
    answer = organiser_client.post("/directory/people/add", data={**PERSON, **names})
    assert answer.status_code == 303

    for typed in ("sherbak", "shcherbak", "Щербак"):
        found = organiser_client.get("/directory/", query_string={"q": typed}).text
        assert "Олександр ЩЕРБАК" in found
    assert "Ukraine" in organiser_client.get(answer.location).text


def test_a_name_in_latin_letters_is_asked_for_and_nothing_typed_is_lost(organiser_client: Browser) -> None:
    answer = organiser_client.post("/directory/people/add", data={**PERSON, "native_name": "محمد"})

    assert answer.status_code == 422
    assert "محمد" in answer.text
    assert db.session.scalars(select(Person)).all() == []


def test_another_spelling_is_found_and_never_printed(organiser_client: Browser, make_person: Maker) -> None:
    person = make_person("Emma", "Veran")

    organiser_client.post(
        f"{page_of(person)}/edit",
        data={**PERSON, "given_name": "Emma", "family_name": "Veran", "aliases": "Emma Vérand\n\nE. Veran"},
    )

    assert person.aliases == ("Emma Vérand", "E. Veran")
    assert search_people("vérand") == [person]
    assert person.formal_name == "Emma VERAN"


def test_two_entries_become_one_by_a_click_and_two_again_by_another(
    organiser_client: Browser, make_person: Maker
) -> None:
    """Scenario 5.7: both records side by side, a click, undone; history follows."""
    one = make_person("Jean-Noël", "Barrot", qualities=("Ministre",), organisation="Ministère")
    other = make_person("Tean-Noël", "Barrot", qualities=("Député",), organisation="Assemblée nationale")
    compare = f"{page_of(one)}/same-as/{other.public_id}"
    assert compare in organiser_client.get("/directory/doubles").text
    assert compare in organiser_client.get(page_of(one)).text
    side_by_side = organiser_client.get(compare).text
    assert "Ministère" in side_by_side
    assert "Assemblée nationale" in side_by_side

    answer = organiser_client.post(compare, data={"keep": one.public_id, "reason": "Erreur de lecture"})

    assert answer.location == page_of(one)
    assert organiser_client.get(page_of(other)).location == page_of(one)
    page = organiser_client.get(page_of(one)).text
    assert "Député" in page
    assert "Erreur de lecture" in page
    assert "person.merged" in {entry.action for entry in list_entries_of(other.public_id)}

    undone = organiser_client.post(f"/directory/merges/{only(Merge).public_id}/undo")
    assert undone.location == page_of(one)
    assert organiser_client.get(page_of(other)).status_code == 200
    again = organiser_client.post(f"/directory/merges/{only(Merge).public_id}/undo", follow_redirects=True)
    assert again.status_code == 200


def test_the_entry_that_stays_is_chosen(organiser_client: Browser, make_person: Maker) -> None:
    one, other = make_person("Zoé", "Martin"), make_person("Zoe", "Martin")

    organiser_client.post(f"{page_of(one)}/same-as/{other.public_id}", data={"keep": other.public_id})

    assert (one.merged_into_id, other.merged_into_id) == (other.id, None)


def test_a_merge_that_cannot_stand_is_refused_with_its_reason(
    organiser_client: Browser, make_person: Maker, make_event: Maker, make_registration: Maker
) -> None:
    event, one, other = make_event(), make_person("Zoé", "Martin"), make_person("Zoe", "Martin")
    make_registration(event, one)
    make_registration(event, other)

    answer = organiser_client.post(
        f"{page_of(one)}/same-as/{other.public_id}", data={"keep": one.public_id, "reason": "la même"}
    )

    assert answer.status_code == 422
    assert event.title.fr in answer.text
    assert "la même" in answer.text
    assert one.merged_into_id is other.merged_into_id is None


def test_homonyms_are_two_people_by_a_click(organiser_client: Browser, make_person: Maker) -> None:
    one, other = make_person("Philippe", "Laurent"), make_person("Philippe", "Laurent")

    organiser_client.post(f"{page_of(one)}/other-than/{other.public_id}")

    assert one.public_id not in organiser_client.get("/directory/doubles").text


def test_a_mandate_is_added_corrected_moved_and_taken_away(organiser_client: Browser, make_person: Maker) -> None:
    person = make_person(qualities=("Maire",), organisation="Ville de Lens")
    mandates = f"{page_of(person)}/mandates"

    organiser_client.post(f"{mandates}/add", data={"title": "Présidente", "organisation": "Agglomération"})
    organiser_client.post(f"{mandates}/2/move", data={"direction": "up"})
    assert [one.title for one in person.mandates] == ["Présidente", "Maire"]

    wrong = {"title": "Maire", "valid_from": "2026-03-29", "valid_to": "2020-05-25"}
    answer = organiser_client.post(f"{mandates}/2", data=wrong)
    assert answer.status_code == 422
    assert "2026-03-29" in answer.text

    organiser_client.post(f"{mandates}/2", data={"title": "Maire", "valid_to": "2026-03-29"})
    assert snapshot_qualities(person, date(2026, 7, 8)) == ("Présidente",)
    organiser_client.post(f"{mandates}/1/remove")
    assert [one.title for one in person.mandates] == ["Maire"]
    assert organiser_client.get(f"{mandates}/9").status_code == 404


def test_an_order_of_printing_is_kept_from_line_numbers(organiser_client: Browser, make_person: Maker) -> None:
    person = make_person(qualities=("Maire de M", "Président de la Métropole", "Président de CUF"), organisation="")
    address = f"{page_of(person)}/presentations/add"

    refused = organiser_client.post(address, data={"name": "Tribune"})
    assert refused.status_code == 422
    organiser_client.post(address, data={"name": "Tribune", "line_1": "2", "line_2": "2", "line_3": "1"})

    [order] = person.presentations
    assert snapshot_qualities(person, date(2025, 7, 3), order) == (
        "Président de CUF", "Maire de M et Président de la Métropole",
    )  # fmt: skip
    kept = f"{page_of(person)}/presentations/{order.public_id}"
    assert 'value="2"' in organiser_client.get(kept).text
    organiser_client.post(f"{kept}/remove")
    assert person.presentations == []


def test_a_decision_against_the_rule_needs_a_reason_and_can_be_withdrawn(
    organiser_client: Browser, make_person: Maker
) -> None:
    person = make_person(civility="Mme")
    address = f"{page_of(person)}/decisions/add"
    said = {"kind": "form_of_address", "language": "fr", "value": "Madame le Maire"}

    assert organiser_client.post(address, data=said).status_code == 422
    organiser_client.post(address, data={**said, "reason": "À sa demande"})

    decided = list_decisions([person.id])[person.id]
    assert address_of(person, "Maire", "fr", decided).appel == "Madame le Maire"
    assert address_of(person, "Maire", "en", decided).appel == "Dear Madam"
    assert "Madame le Maire" in organiser_client.get(page_of(person)).text
    [one] = list_decisions_of(person)
    organiser_client.post(f"{page_of(person)}/decisions/{one.public_id}/withdraw")
    assert list_decisions([person.id]) == {}


def test_a_mailbox_serves_several_people(organiser_client: Browser, make_person: Maker) -> None:
    """Scenario 5.7: five people behind a secretariat; an address is nobody's key."""
    people = [make_person(given, "Élue", email="cabinet@ville.example") for given in ("Anne", "Berthe", "Chloé")]
    person = people[0]
    assert list_people_behind("CABINET@ville.example") == people
    assert "Berthe" in organiser_client.get(page_of(person)).text

    contacts = f"{page_of(person)}/contacts"
    bad = organiser_client.post(f"{contacts}/add", data={"kind": "email", "value": "pas une adresse"})
    assert bad.status_code == 422
    organiser_client.post(f"{contacts}/add", data={"kind": "email", "value": "anne@ville.example", "label": "Directe"})
    [point] = person.contact_points
    organiser_client.post(f"{contacts}/{point.public_id}/main")
    assert (person.email, person.contact_points[0].value) == ("anne@ville.example", "cabinet@ville.example")
    assert list_people_behind("cabinet@ville.example") == people
    organiser_client.post(f"{contacts}/{point.public_id}/remove")
    assert person.contact_points == []


def test_an_office_is_entered_held_and_handed_over(organiser_client: Browser, make_person: Maker) -> None:
    """Scenario 5.14: the mandate ends, the office stays and has another holder."""
    before, after = make_person("Anne", "Avant"), make_person("Zoé", "Après")
    body = get_or_add_organisation("Commune de X")
    address = f"/directory/organisations/{body.public_id}"
    organiser_client.post(f"{address}/offices/add", data={"masculine": "Maire de X", "feminine": ""})
    office = only(Office)
    for holder, day in ((before, "2020-05-25"), (after, "2026-03-29")):
        organiser_client.post(f"/directory/offices/{office.public_id}/to/{holder.public_id}", data={"on": day})

    assert find_holder(office, date(2026, 1, 25)) is before
    assert find_holder(office, date(2026, 7, 8)) is after
    assert before.mandates[-1].valid_to == date(2026, 3, 28)
    page = organiser_client.get(f"/directory/offices/{office.public_id}?q=avant").text
    assert "Zoé Après" in page
    assert before.public_id in page
    taken = organiser_client.post(
        f"/directory/offices/{office.public_id}/to/{before.public_id}", data={"on": "2019-01-01"}
    )
    assert taken.status_code == 422


def test_an_organisation_is_known_by_every_name_a_list_gives_it(organiser_client: Browser) -> None:
    said = {
        "name": "Cités Unies France", "acronym": "CUF", "kind": "network", "country": "FR", "parent": "Réseau mondial",
        "aliases": "Cités-Unies\nFédération mondiale des cités unies", "region": "",
    }  # fmt: skip
    answer = organiser_client.post("/directory/organisations/add", data=said)
    assert answer.status_code == 303

    body = find_organisation("Cités Unies France")
    assert body
    for name in ("CITES UNIES FRANCE", "cités unies", "CUF", "Fédération mondiale des Cités unies"):
        assert find_organisation(name) is body
        assert get_or_add_organisation(name) is body
    assert body.parent
    assert body.parent.name == "Réseau mondial"
    listed = organiser_client.get("/directory/organisations?q=cuf&kind=network").text
    assert body.public_id in listed

    taken = organiser_client.post("/directory/organisations/add", data={**said, "name": "cites unies"})
    assert taken.status_code == 422
    above = f"/directory/organisations/{body.parent.public_id}/edit"
    looped = organiser_client.post(above, data={**said, "name": "Réseau mondial", "aliases": "", "parent": "CUF"})
    assert looped.status_code == 422
    assert db.session.scalar(select(Organisation).where(Organisation.name == "cites unies")) is None


def test_an_acronym_two_organisations_share_names_neither(organiser_client: Browser) -> None:
    for name in ("Association des maires de France", "Amicale de Marseille"):
        said = {"name": name, "acronym": "AMF", "kind": "association", "country": "FR"}
        organiser_client.post("/directory/organisations/add", data=said)

    assert find_organisation("AMF") is None


@pytest.mark.parametrize("path", ["", "doubles", "organisations", "organisations/add", "people/add"])
def test_an_organiser_of_one_event_does_not_open_the_directory_of_all(
    app: Any, make_user: Maker, make_event: Maker, path: str
) -> None:
    browser = app.test_client()
    browser.sign_in(make_user("organiser", event=make_event()))

    assert browser.get(f"/directory/{path}").status_code == 403
    assert "/directory/" not in browser.get("/organise/").text


def test_the_menu_leads_to_the_directory(organiser_client: Browser) -> None:

    assert 'href="/directory/"' in organiser_client.get("/organise/").text


def test_pages_beyond_the_last_are_not_found(organiser_client: Browser, make_person: Maker) -> None:
    make_person()
    assert organiser_client.get("/directory/?page=2").status_code == 404
    assert organiser_client.get("/directory/organisations?page=0").status_code == 404
    assert organiser_client.get("/directory/people/nobody").status_code == 404
