"""Lists on their way in: doubts decided by a click, columns said once, undone (5.1, 5.7)."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from app.database import db
from app.directory.models import Mandate, Organisation, Person
from app.events.models import Event
from app.invitations.list_models import GuestListImport, GuestListRow, ListLayout
from app.invitations.models import Invitation
from tests.browsing import Browser
from tests.guest_list.files import workbook

Make = Callable[..., Any]
PAGE = "/organise/assises/guests/import"
BARROT = "Civilité;Prénom;Nom;Fonction;Organisme;Courriel\nM.;Jean-Noël;Barrot;Ministre;Ministère;cabinet@min.example\n"
TEAN = BARROT.replace("Jean", "Tean")
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def event(make_event: Make) -> Event:
    event: Event = make_event(slug="assises", categories=("elus", "presse"))
    return event


def count(model: Any) -> int:
    db.session.expire_all()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def send(browser: Browser, content: str | bytes, name: str = "liste.csv", sender: str = "") -> str:
    data = content.encode() if isinstance(content, str) else content
    fields = {"file": (io.BytesIO(data), name), "category": "elus", "language": "fr", "sender": sender}
    answer = browser.post(PAGE, data=fields)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def take_in(browser: Browser, content: str | bytes, name: str = "liste.csv") -> str:
    address = send(browser, content, name)
    assert browser.post(f"{address}/apply").status_code == 303
    return address


def kept_at(address: str) -> GuestListImport:
    db.session.expire_all()
    return db.session.scalars(select(GuestListImport).filter_by(public_id=address.rsplit("/", 1)[-1])).one()


def doubt(address: str) -> GuestListRow:
    """The row of the list that somebody must decide."""
    kept = kept_at(address)
    return db.session.scalars(select(GuestListRow).where(GuestListRow.import_id == kept.id)).one()


@pytest.mark.usefixtures("event")
def test_a_misspelt_name_is_the_same_person_when_somebody_says_so(organiser_client: Browser) -> None:
    take_in(organiser_client, BARROT)
    address = send(organiser_client, TEAN.replace("Ministre", "Ministre délégué"))
    row = doubt(address)
    (known,) = row.shown["alike"]
    assert (row.reason, row.outcome, known["name"]) == ("spelling", "created", "Jean-Noël Barrot")
    page = organiser_client.get(address, headers=ENGLISH).text
    assert page.index("Tean-Noël Barrot") < page.index("Jean-Noël Barrot")

    organiser_client.post(f"{address}/rows/2", data={"who": known["key"]})
    organiser_client.post(f"{address}/apply")

    assert (count(Invitation), count(Person)) == (1, 1)
    person = db.session.scalars(select(Person)).one()
    assert (person.given_name, person.mandates[0].title) == ("Jean-Noël", "Ministre délégué")


@pytest.mark.usefixtures("event")
def test_without_a_word_or_with_another_nobody_is_merged(organiser_client: Browser) -> None:
    take_in(organiser_client, BARROT)
    address = send(organiser_client, TEAN)
    key = doubt(address).shown["alike"][0]["key"]
    for who in (key, "other"):
        organiser_client.post(f"{address}/rows/2", data={"who": who})
    assert kept_at(address).summary["possible_duplicates"] == 0
    organiser_client.post(f"{address}/rows/2", data={"who": ""})
    assert kept_at(address).summary["possible_duplicates"] == 1
    organiser_client.post(f"{address}/rows/2", data={"who": "p:nobody shown here"})
    assert doubt(address).decision == ""

    organiser_client.post(f"{address}/apply")

    assert (count(Invitation), count(Person)) == (2, 2)


@pytest.mark.usefixtures("event")
def test_two_rows_of_one_list_are_two_people_when_somebody_says_so(organiser_client: Browser) -> None:
    twice = BARROT + "M.;Jean-Noël;Barrot;Conseiller;Ministère;cabinet@min.example\n"
    address = send(organiser_client, twice)
    assert kept_at(address).summary["updated"] == 1

    organiser_client.post(f"{address}/rows/3", data={"who": "other"})
    assert kept_at(address).summary["created"] == 2
    organiser_client.post(f"{address}/apply")

    assert count(Invitation) == 2


@pytest.mark.usefixtures("event")
def test_what_was_decided_survives_a_new_comparison(organiser_client: Browser) -> None:
    take_in(organiser_client, BARROT)
    address = send(organiser_client, TEAN)
    organiser_client.post(f"{address}/rows/2", data={"who": "other"})
    take_in(organiser_client, "Prénom;Nom\nZoé;Martin\n")
    assert "/compare" in organiser_client.get(address).text

    assert organiser_client.post(f"{address}/compare").status_code == 303

    assert "/compare" not in organiser_client.get(address).text
    assert doubt(address).decision == "other"


@pytest.mark.usefixtures("event")
def test_a_list_without_known_titles_is_read_as_somebody_says_and_remembered(organiser_client: Browser) -> None:
    odd = "Liste du cabinet\nWer;Was;Wo\nIMBS Pia;Présidente;Strasbourg\nQUERNEZ Michaël;Vice-président;Rennes\n"
    address = send(organiser_client, odd, sender="Cabinet X")
    assert kept_at(address).state == "refused"
    assert f"{address}/columns" in organiser_client.get(address).text
    assert "IMBS Pia" in organiser_client.get(f"{address}/columns").text

    organiser_client.post(f"{address}/columns", data={"sheet": "", "header": "2"})
    assert "Was" in organiser_client.get(f"{address}/columns").text
    said = {"sheet": "", "header": "2", "column-0": "family_first", "column-1": "qualities", "column-2": "organisation"}
    assert organiser_client.post(f"{address}/columns", data=said).location == address
    assert kept_at(address).summary["created"] == 2
    organiser_client.post(f"{address}/apply")
    pia = db.session.scalars(select(Invitation).order_by(Invitation.id)).first()
    assert (pia.person.given_name, pia.qualities, pia.organisation) == ("Pia", ("Présidente",), "Strasbourg")

    again = send(organiser_client, odd.replace("Liste du cabinet\n", "Nouvelle liste\n"), sender="Cabinet X")
    assert kept_at(again).state == "refused"  # no line of it names anything we know; the line is said again
    organiser_client.post(f"{again}/columns", data={"sheet": "", "header": "2"})
    assert kept_at(again).state == "previewed"
    assert kept_at(again).summary["unchanged"] == 2
    assert count(ListLayout) == 1


@pytest.mark.usefixtures("event")
def test_a_known_layout_is_corrected_once_and_read_so_the_next_time(organiser_client: Browser) -> None:
    text = "Prénom;Nom;Titre\nPia;Imbs;Table d’honneur\nZoé;Roux;Table 2\n"
    address = send(organiser_client, text)
    assert '<option value="qualities" selected>' in organiser_client.get(f"{address}/columns").text
    said = {"header": "1", "column-0": "given_name", "column-1": "family_name", "column-2": ""}
    organiser_client.post(f"{address}/columns", data=said)

    again = send(organiser_client, text.replace("Imbs", "Durand"))

    assert kept_at(again).summary["is_remembered"]
    organiser_client.post(f"{again}/apply")
    assert {tuple(one.extra.items()) for one in db.session.scalars(select(Invitation))} == {
        (("Titre", "Table d’honneur"),), (("Titre", "Table 2"),),
    }  # fmt: skip


@pytest.mark.usefixtures("event")
def test_the_sheet_to_read_is_chosen(organiser_client: Browser) -> None:
    names = [["Nom", "Prénom", "Courriel"], ["Imbs", "Pia", "pia@example.org"]]
    data = workbook(*names, sheets={"Presse": [["Nom", "Prénom"], ["Roux", "Zoé"], ["Petit", "Luc"]]})
    address = send(organiser_client, data, "invites.xlsx")
    assert "Presse (3)" in organiser_client.get(f"{address}/columns").text

    organiser_client.post(f"{address}/columns", data={"sheet": "Presse", "header": "1"})

    assert kept_at(address).summary["created"] == 2
    assert "Zoé Roux" in organiser_client.get(address).text


@pytest.mark.usefixtures("event")
def test_a_list_taken_in_is_undone_and_leaves_no_trace(organiser_client: Browser) -> None:
    take_in(organiser_client, BARROT)
    before = snapshot()
    address = take_in(
        organiser_client,
        BARROT.replace("Ministre;", "Ministre d’État / Député;").replace("cabinet@", "new@")
        + "Mme;Pia;Imbs;Maire;Ville;p@v.example\n",
    )
    assert snapshot() != before
    assert (count(Invitation), count(Organisation)) == (2, 2)

    organiser_client.post(f"{address}/undo")

    assert kept_at(address).state == "undone"
    assert snapshot() == before
    assert organiser_client.post(f"{address}/undo").status_code == 303
    assert snapshot() == before


def snapshot() -> list[Any]:
    db.session.expire_all()
    people = db.session.scalars(select(Person).order_by(Person.id))
    told: list[Any] = [(one.full_name, one.email, one.phone, [m.title for m in one.mandates]) for one in people]
    invitations = db.session.scalars(select(Invitation).order_by(Invitation.id))
    told += [(one.public_id, one.email, one.qualities, one.organisation, one.extra) for one in invitations]
    told += db.session.scalars(select(Organisation.name).order_by(Organisation.id)).all()
    told += db.session.scalars(select(Mandate.id).order_by(Mandate.id)).all()
    return told


@pytest.mark.parametrize("what", ["edit", "send"])
def test_nothing_is_undone_once_something_was_built_on_it(organiser_client: Browser, event: Event, what: str) -> None:
    address = take_in(organiser_client, BARROT)
    one = db.session.scalars(select(Invitation)).one()
    guest = f"/organise/{event.slug}/guests/{one.public_id}"
    changed = {
        "civility": "M",
        "given_name": "Jean-Noël",
        "family_name": "Barrot",
        "language": "fr",
        "category": "presse",
    }
    assert organiser_client.post(f"{guest}/{what}", data=changed).status_code == 303

    assert "/undo" not in organiser_client.get(address).text
    organiser_client.post(f"{address}/undo")

    assert kept_at(address).state == "applied"
    assert count(Invitation) == 1


def test_nobody_is_undone_who_takes_part_elsewhere(
    organiser_client: Browser, make_event: Make, make_invitation: Make, event: Event
) -> None:
    address = take_in(organiser_client, BARROT)
    person = db.session.scalars(select(Invitation).filter_by(event_id=event.id)).one().person
    make_invitation(make_event(), person)

    organiser_client.post(f"{address}/undo")

    assert kept_at(address).state == "applied"
    assert count(Invitation) == 2


@pytest.mark.usefixtures("event")
def test_rows_left_out_are_told_afterwards_too(organiser_client: Browser) -> None:
    address = take_in(organiser_client, BARROT + ";;;Maire;Ville;x@x.example\n")

    page = organiser_client.get(address, headers=ENGLISH).text
    assert "No name in this row." in page
    assert '<th scope="row">3</th>' in page


@pytest.mark.usefixtures("event")
def test_homonyms_and_a_shared_mailbox_are_five_people_with_five_links(organiser_client: Browser) -> None:
    """Scenario 5.7, step 1."""
    rows = (
        "Philippe;LAURENT;Maire;Ville de Sceaux;p.laurent@sceaux.example",
        "Philippe;LAURENT;Directeur;CC du Val;p.laurent@ccval.example",
        "Anne;PETIT;Adjointe;Ville;cabinet@ville.example",
        "Luc;ROUX;Adjoint;Ville;cabinet@ville.example",
        "Zoé;BLANC;Conseillère;Ville;cabinet@ville.example",
    )
    take_in(organiser_client, "\n".join(("Prénom;Nom;Fonction;Organisme;Courriel", *rows)))

    assert (count(Person), count(Invitation)) == (5, 5)
    assert len(set(db.session.scalars(select(Invitation.token_hash)))) == 5
