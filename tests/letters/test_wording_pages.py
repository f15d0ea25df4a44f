"""The wording of letters, as an organiser's browser writes, shows and publishes it."""

import io
from collections.abc import Callable
from typing import Any

import pytest

from app.database import db
from app.documents.models import Document
from app.events.models import Event
from app.invitations.composing import sheet_salutation
from app.letters.models import SignaturePicture
from app.letters.queries import list_templates
from tests.browsing import Browser
from tests.factories import Factory
from tests.test_pictures import png

Make = Callable[..., Any]


@pytest.fixture
def event(make_event: Make) -> Event:
    return make_event(slug="assises", categories=("elus", "presse"))


WORDING = {
    "subject_fr": "Invitation : {event}", "body_fr": "Bonjour {name}\n\n{announcement}",
    "closing_fr": "Je vous salue, {salutation}.", "date_style": "weekday", "place": "Paris",
    "signatories": "Jean Dupont\nMinistre\nMaire\n\nAnne Petit",
}  # fmt: skip


@pytest.mark.parametrize("query", ["", "?category=presse", "?kind=save_the_date"])
def test_a_wording_is_kept(organiser_client: Browser, event: Event, query: str) -> None:
    assert organiser_client.get(f"/organise/assises/wording{query}").status_code == 200

    assert organiser_client.post(f"/organise/assises/wording{query}", data=WORDING).status_code == 303

    (template,) = list_templates(event)
    assert [(one.name, one.qualities) for one in template.signatories] == [
        ("Jean Dupont", ("Ministre", "Maire")), ("Anne Petit", ()),
    ]  # fmt: skip
    page = organiser_client.get(f"/organise/assises/wording{query}").text
    assert "Je vous salue" in page
    pdf = organiser_client.get(f"/organise/assises/wording/letter-fr.pdf{query}")
    assert pdf.data.startswith(b"%PDF")
    organiser_client.post(f"/organise/assises/wording/forget{query}")
    assert list_templates(event) == []


def test_an_unknown_word_is_refused_beside_its_field(organiser_client: Browser, event: Event) -> None:
    answer = organiser_client.post("/organise/assises/wording", data={**WORDING, "body_fr": "Bonjour {prenom}"})

    assert answer.status_code == 422
    assert 'id="body_fr-error"' in answer.text
    assert "{prenom}" in answer.text
    assert list_templates(event) == []


def test_half_a_letter_is_refused_and_kept_on_the_page(organiser_client: Browser, event: Event) -> None:
    answer = organiser_client.post("/organise/assises/wording", data={**WORDING, "body_en": "Hello"})

    assert answer.status_code == 422
    assert "Hello" in answer.text
    assert list_templates(event) == []


@pytest.mark.usefixtures("event")
@pytest.mark.parametrize("query", ["?kind=threat", "?category=nobody"])
def test_an_unknown_kind_or_category_is_not_found(organiser_client: Browser, query: str) -> None:
    assert organiser_client.get(f"/organise/assises/wording{query}").status_code == 404


def upload(position: int = 1, **values: Any) -> dict[str, Any]:
    picture = {f"scan{position}-picture": (io.BytesIO(png(200, 60)), "paraphe.png")}
    return {**picture, f"scan{position}-alternative_fr": "Signature de Jean Dupont", **values}


def test_a_scanned_signature_is_kept_with_its_name_and_erased(
    organiser_client: Browser, event: Event, make_invitation: Make
) -> None:
    at = "/organise/assises/wording"
    organiser_client.post(at, data=WORDING)
    nameless = organiser_client.post(f"{at}/signature/1", data=upload(**{"scan1-alternative_fr": ""}))
    assert nameless.status_code == 422
    assert organiser_client.post(f"{at}/signature/1", data=upload()).status_code == 303
    (template,) = list_templates(event)
    scan = template.signatories[0].picture
    assert scan
    shown = organiser_client.get(f"{at}/signature/{scan.public_id}.png")
    assert (shown.mimetype, shown.data[:4]) == ("image/png", b"\x89PNG")
    assert f"signature/{scan.public_id}.png" in organiser_client.get(f"{at}/preview").text

    guest = make_invitation(event, state="draft")
    sample = organiser_client.get(f"/organise/assises/invitations/sample/{guest.public_id}").text
    assert f'src="{at}/signature/{scan.public_id}.png" alt="Signature de Jean Dupont"' in sample

    # The wording is typed again, in another order: the signature stays with its name.
    swapped = {**WORDING, "signatories": "Anne Petit\n\nJean Dupont\nMinistre"}
    organiser_client.post(at, data=swapped)
    db.session.refresh(template)
    assert [bool(one.picture) for one in template.signatories] == [False, True]

    assert organiser_client.post(f"{at}/signature/2/drop").status_code == 303
    assert db.session.query(SignaturePicture).count() == 0


def test_a_file_that_is_no_picture_is_refused_beside_its_field(organiser_client: Browser, event: Event) -> None:
    organiser_client.post("/organise/assises/wording", data=WORDING)
    drawing = {"scan1-picture": (io.BytesIO(b"<svg>"), "paraphe.svg")}

    answer = organiser_client.post("/organise/assises/wording/signature/1", data=upload(**drawing))

    assert answer.status_code == 422
    assert 'id="scan1-picture-error"' in answer.text
    assert list_templates(event)[0].signatories[0].picture is None


def test_the_letter_is_shown_as_typed_to_a_real_guest_and_kept_nowhere(
    organiser_client: Browser, event: Event, make_invitation: Make
) -> None:
    guest = make_invitation(event, state="draft")
    typed = {**WORDING, "body_fr": "Cher {name}, {qualities}", "who": guest.public_id, "in_language": "fr"}

    html = organiser_client.post("/organise/assises/wording/preview", data=typed)
    pdf = organiser_client.post("/organise/assises/wording/preview", data={**typed, "as": "pdf"})
    other = organiser_client.post("/organise/assises/wording/preview", data={**typed, "find": guest.person.family_name})

    assert guest.person.family_name in html.text
    assert guest.person.family_name in other.text
    assert "sandbox" in html.headers["Content-Security-Policy"]
    assert pdf.data.startswith(b"%PDF")
    assert list_templates(event) == []


def test_the_page_warns_of_what_is_empty_for_someone(
    organiser_client: Browser, event: Event, make_invitation: Make
) -> None:
    guest = make_invitation(event, state="draft")
    organiser_client.post("/organise/assises/wording", data={**WORDING, "body_fr": "Table {list: Table}"})

    page = organiser_client.get("/organise/assises/wording").text

    assert "<code>{list: table}</code>" in page
    assert guest.person.full_name in page


@pytest.mark.parametrize("place", ["event", "nothing"])
def test_the_letter_for_everyone_goes_into_the_documents(organiser_client: Browser, event: Event, place: str) -> None:
    organiser_client.post("/organise/assises/wording?kind=open_letter", data={**WORDING, "heading_fr": "À tous"})

    answer = organiser_client.post("/organise/assises/wording/publish?kind=open_letter", data={"attached": place})

    assert answer.status_code == 303
    (document,) = db.session.query(Document).all()
    assert (document.kind, document.title.fr) == ("open_letter", "À tous")
    assert document.event_id == (event.id if place == "event" else None)
    assert [(one.language, one.published_at) for one in document.files] == [("fr", None)]


def test_the_civility_of_who_signs_decides_how_an_officer_is_addressed(
    organiser_client: Browser, event: Event, factory: Factory
) -> None:
    officer = factory.person("Jean", "Dupuis", civility="M", qualities=(), organisation="")
    invitation = factory.invitation(event, officer, category="elus", qualities=("Général de brigade",))
    address = "/organise/assises/wording"

    organiser_client.post(address, data={**WORDING, "civility_1": "M", "civility_2": "M"})
    assert [one.civility for one in list_templates(event)[0].signatories] == ["M", "M"]
    assert sheet_salutation(invitation) == "Mon général"
    assert organiser_client.get(address).text.count('<option selected value="M">') == 2
    typed = organiser_client.post(
        f"{address}/preview", data={**WORDING, "who": invitation.public_id, "civility_1": "M"}
    )
    assert "Mon général" not in typed.text

    organiser_client.post(address, data=WORDING)
    assert sheet_salutation(invitation) == "Général"
    assert organiser_client.post(address, data={**WORDING, "civility_1": "Sir"}).status_code == 422
