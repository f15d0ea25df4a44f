"""The guest list and the import as an organiser's browser sees them."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.database import db
from app.directory.models import Person
from app.events.models import Event
from app.invitations.list_models import GuestListImport, GuestListRow
from app.invitations.models import Invitation
from app.invitations.queries import PAGE
from tests.browsing import Browser

Make = Callable[..., Any]
LIST = (
    "Prénom;Nom;Fonction;Organisme;Courriel;Catégorie\n"
    "Pia;Imbs;Présidente;Eurométropole;pia@example.org;{}\n"
    ";;Maire;;x@x.example;\n"
)


@pytest.fixture
def event(make_event: Make) -> Event:
    return make_event(slug="assises", categories=("elus", "presse"))


def count(model: Any) -> int:
    db.session.expire_all()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def upload(client: Browser, text: str, name: str = "liste.csv") -> Any:
    data = {"file": (io.BytesIO(text.encode()), name), "category": "elus", "language": "fr"}
    return client.post("/organise/assises/guests/import", data=data)


@pytest.mark.usefixtures("event")
def test_a_list_is_shown_before_anything_is_written(organiser_client: Browser) -> None:
    sent = upload(organiser_client, LIST.format("presse"))
    assert sent.status_code == 303
    # What was not taken in is what to look at first.
    assert "3</th>" in organiser_client.get(sent.location).text
    assert "Pia Imbs" in organiser_client.get(f"{sent.location}?show=created").text
    assert count(Invitation) == count(Person) == 0


@pytest.mark.usefixtures("event")
def test_a_list_is_taken_in_once(organiser_client: Browser) -> None:
    address = upload(organiser_client, LIST.format("presse")).location

    first = organiser_client.post(f"{address}/apply")
    again = organiser_client.post(f"{address}/apply")

    assert (first.status_code, again.status_code) == (303, 409)
    assert count(Invitation) == 1
    (kept,) = db.session.scalars(select(GuestListImport)).all()
    assert (kept.state, count(GuestListRow)) == ("applied", 0)
    assert organiser_client.get(address).status_code == 200


@pytest.mark.usefixtures("event")
def test_a_dropped_list_leaves_nobody(organiser_client: Browser) -> None:
    address = upload(organiser_client, LIST.format("")).location

    assert organiser_client.post(f"{address}/drop").status_code == 303

    assert count(Invitation) == 0
    (kept,) = db.session.scalars(select(GuestListImport)).all()
    assert (kept.state, count(GuestListRow)) == ("dropped", 0)


@pytest.mark.usefixtures("event")
def test_an_unknown_category_is_told_in_the_preview(organiser_client: Browser) -> None:
    assert "Foules" in organiser_client.get(upload(organiser_client, LIST.format("Foules")).location).text


@pytest.mark.usefixtures("event")
@pytest.mark.parametrize("text", ["", "%PDF-1.7"])
def test_what_is_no_list_is_refused_beside_the_field(organiser_client: Browser, text: str) -> None:
    answer = upload(organiser_client, text)

    assert answer.status_code == 422
    assert 'id="file-error"' in answer.text
    assert count(GuestListImport) == 0


def test_the_list_of_another_event_is_not_found(organiser_client: Browser, event: Event, make_event: Make) -> None:
    address = upload(organiser_client, LIST.format("")).location
    other = make_event()

    assert organiser_client.get(address.replace(event.slug, other.slug)).status_code == 404


def test_guests_are_searched_narrowed_and_paged(
    organiser_client: Browser, event: Event, make_person: Make, make_invitation: Make
) -> None:
    for number in range(PAGE + 1):
        make_invitation(event, make_person("Anne", f"Petit{number:03}"), state="draft")
    make_invitation(event, make_person("Hélène", "Zyla"), category="presse", state="sent")
    guests = "/organise/assises/guests"

    assert "Zyla" not in organiser_client.get(guests).text
    assert "ZYLA" in organiser_client.get(f"{guests}?page=2").text
    for query in ("q=helene", "category=presse", "state=sent"):
        page = organiser_client.get(f"{guests}?{query}").text
        assert "ZYLA" in page
        assert "PETIT" not in page
    assert organiser_client.get(f"{guests}?q=nobody").status_code == 200


def test_a_page_of_guests_costs_the_same_for_few_and_many(
    organiser_client: Browser, event: Event, make_invitation: Make, statement_count: Make
) -> None:
    make_invitation(event)
    with statement_count() as few:
        organiser_client.get("/organise/assises/guests")
    for _ in range(8):
        make_invitation(event)
    db.session.commit()
    with statement_count() as many:
        organiser_client.get("/organise/assises/guests")

    assert many.count == few.count


GUEST = {
    "given_name": "Philippe", "family_name": "Laurent", "qualities": "Maire de Sceaux\nPrésident",
    "organisation": "Ville de Sceaux", "email": "p@sceaux.example", "language": "fr",
    "category": "elus", "civility": "M",
}  # fmt: skip


@pytest.mark.usefixtures("event")
def test_a_guest_is_added_by_hand(organiser_client: Browser) -> None:
    answer = organiser_client.post("/organise/assises/guests/add", data=GUEST)

    assert answer.status_code == 303
    page = organiser_client.get(answer.location).text
    assert "Philippe Laurent" in page
    assert page.index("Maire de Sceaux") < page.index("Président")


@pytest.mark.usefixtures("event")
def test_a_namesake_is_added_only_when_the_organiser_is_sure(organiser_client: Browser) -> None:
    organiser_client.post("/organise/assises/guests/add", data=GUEST)
    other = {**GUEST, "organisation": "CC du Val", "email": "p@ccval.example"}

    asked = organiser_client.post("/organise/assises/guests/add", data=other)
    assert asked.status_code == 422
    assert "p@ccval.example" in asked.text
    assert "Ville de Sceaux" in asked.text
    added = organiser_client.post("/organise/assises/guests/add", data={**other, "is_sure": "y"})
    assert added.status_code == 303
    assert count(Invitation) == 2


@pytest.mark.usefixtures("event")
@pytest.mark.parametrize(
    "wrong",
    [{"email": "not an address"}, {"given_name": "", "family_name": ""}, {"category": "none"}, {}],
    ids=["address", "name", "category", "twice"],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(organiser_client: Browser, wrong: dict[str, str]) -> None:
    if not wrong:
        organiser_client.post("/organise/assises/guests/add", data=GUEST)
    before = count(Invitation)

    answer = organiser_client.post("/organise/assises/guests/add", data={**GUEST, **wrong})

    assert answer.status_code == 422
    assert "Ville de Sceaux" in answer.text
    assert count(Invitation) == before


def test_a_guest_is_corrected(organiser_client: Browser, event: Event, make_invitation: Make) -> None:
    one = make_invitation(event, email="")
    address = f"/organise/assises/guests/{one.public_id}"

    assert "Maire" in organiser_client.get(f"{address}/edit").text
    assert organiser_client.post(f"{address}/edit", data=GUEST).status_code == 303

    db.session.refresh(one)
    assert (one.email, one.person.full_name) == ("p@sceaux.example", "Philippe Laurent")
    assert one.qualities == ("Maire de Sceaux", "Président")
    nameless = organiser_client.post(f"{address}/edit", data={**GUEST, "given_name": "", "family_name": ""})
    assert nameless.status_code == 422


def test_one_guest_is_written_to_again_and_withdrawn(
    organiser_client: Browser, event: Event, make_invitation: Make, letters: Make
) -> None:
    one = make_invitation(event, state="draft")
    address = f"/organise/assises/guests/{one.public_id}"
    first = one.token_hash

    for act in ("send", "send", "new-link", "withdraw"):
        assert organiser_client.post(f"{address}/{act}").status_code == 303
    db.session.refresh(one)

    assert one.state == "withdrawn"
    assert one.token_hash != first
    assert [letter.state for letter in letters()] == ["cancelled", "cancelled"]
    assert organiser_client.get(address).status_code == 200


@pytest.mark.parametrize("page", ["guests", "guests/import", "guests/add", "invitations"])
def test_reception_has_no_guest_list(reception_client: Browser, event: Event, page: str) -> None:
    assert reception_client.get(f"/organise/{event.slug}/{page}").status_code in {403, 404}


def test_an_organiser_of_another_event_finds_nothing(
    app: Flask, make_user: Make, make_event: Make, make_invitation: Make, event: Event
) -> None:
    browser = app.test_client()
    assert isinstance(browser, Browser)
    browser.sign_in(make_user("organiser", event=make_event()))
    one = make_invitation(event, state="draft")

    for address in ("guests", "invitations", f"guests/{one.public_id}"):
        assert browser.get(f"/organise/{event.slug}/{address}").status_code == 404
    assert browser.post(f"/organise/{event.slug}/guests/{one.public_id}/send").status_code == 404


def test_reading_changes_nothing(organiser_client: Browser, event: Event, make_invitation: Make) -> None:
    one = make_invitation(event, state="draft")
    for address in ("guests", f"guests/{one.public_id}", f"guests/{one.public_id}/edit", "invitations"):
        assert organiser_client.get(f"/organise/{event.slug}/{address}").status_code == 200
    for act in ("send", "new-link", "withdraw"):
        assert organiser_client.get(f"/organise/{event.slug}/guests/{one.public_id}/{act}").status_code == 405
    db.session.refresh(one)

    assert one.state == "draft"


@pytest.mark.usefixtures("event")
def test_a_list_of_headings_alone_says_so(organiser_client: Browser) -> None:
    address = upload(organiser_client, "Prénom;Nom\n").location
    page = organiser_client.get(address, headers={"Accept-Language": "en"}).text
    assert "/apply" not in page
    assert "<table" not in page


@pytest.mark.usefixtures("event")
def test_empty_pages_show_the_next_step_and_no_table_of_zeros(organiser_client: Browser) -> None:
    for name in ("guests", "invitations", "registrations"):
        page = organiser_client.get(f"/organise/assises/{name}")
        assert page.status_code == 200
        assert "<table" not in page.text
