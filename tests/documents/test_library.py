"""Documents: versions that follow each other, public from a day, attached to one thing or to nothing."""

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from app.audit.queries import list_entries_of
from app.audit.service import COMMAND_LINE
from app.clock import now
from app.columns import Bilingual
from app.database import db
from app.documents import queries, service
from app.documents.files import HoldsMacros, NotADocument, TooLarge, media_type
from app.documents.models import Document, DocumentFile
from app.errors import NotFound
from app.events.models import Event
from tests.browsing import Browser
from tests.factories import Factory

Make = Callable[..., Any]
DONE = {"actor": COMMAND_LINE, "at": now()}
PDF = b"%PDF-1.7 "


@pytest.fixture
def event(make_event: Make, factory: Factory) -> Event:
    return make_event(slug="assises", series_id=factory.series().id, edition_number=2)


@pytest.fixture
def document(event: Event) -> Document:
    made = service.add_document("brochure", Bilingual("Plaquette", "Brochure"), event=event, **DONE)
    db.session.commit()
    return made


def version(document: Document, language: str = "fr", data: bytes = PDF, **more: Any) -> DocumentFile:
    made = service.add_version(document, service.Upload(language, "plaquette.pdf", data), **DONE, **more)
    db.session.commit()
    return made


def archive(*names: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return written.getvalue()


def test_versions_follow_each_other_in_each_language(document: Document) -> None:
    first, second, english = version(document), version(document, data=PDF + b"2"), version(document, "en")

    assert [(one.language, one.version) for one in (first, second, english)] == [("fr", 1), ("fr", 2), ("en", 1)]
    with pytest.raises(service.SameFile):
        version(document, data=PDF + b"2")


def test_the_newest_public_version_is_what_anyone_gets(event: Event, document: Document) -> None:
    first, second = version(document), version(document, data=PDF + b"2")
    service.publish(first, now() - timedelta(days=1), **DONE)
    service.publish(second, now() + timedelta(days=1), **DONE)
    db.session.commit()

    assert queries.get_public_file(document.public_id, "fr", now()).version == 1
    assert queries.get_public_file(document.public_id, "en", now()).language == "fr"
    assert queries.get_public_file(document.public_id, "fr", now() + timedelta(days=2)).version == 2
    with pytest.raises(NotFound):
        queries.get_public_file(document.public_id, "fr", now(), version=2)
    service.withdraw(first, **DONE)
    assert queries.list_public_documents(event, now()) == []


def test_a_document_belongs_to_one_thing_or_to_nothing(event: Event, make_event: Make) -> None:
    series = service.add_document("memo", Bilingual("Mémo"), series=event.series, **DONE)
    nothing = service.add_document("open_letter", Bilingual("Lettre"), **DONE)
    other = make_event()
    db.session.commit()

    assert series in queries.list_documents(event)
    assert series not in queries.list_documents(other)
    assert nothing in queries.list_documents(other)
    service.attach(nothing, event=event, **DONE)
    assert nothing not in queries.list_documents(other)


def test_what_was_read_is_not_erased(document: Document) -> None:
    file = version(document)
    service.publish(file, now(), **DONE)

    with pytest.raises(service.IsPublished):
        service.remove(document, **DONE)
    service.withdraw(file, **DONE)
    service.remove(document, **DONE)
    db.session.commit()

    assert db.session.query(DocumentFile).count() == 0
    assert [one.action for one in list_entries_of(document.public_id)][:2] == ["document.removed", "document.withdrawn"]


@pytest.mark.parametrize(
    ("name", "data", "refusal"),
    [
        ("page.html", b"<html>", NotADocument),
        ("drawing.svg", b"<svg>", NotADocument),
        ("letter.pdf", b"MZ program", NotADocument),
        ("letter.docx", archive("xl/workbook.xml"), NotADocument),
        ("letter.docx", b"PK\x03\x04broken", NotADocument),
        ("letter.docx", archive("word/document.xml", "word/vbaProject.bin"), HoldsMacros),
        ("large.pdf", PDF + b"0" * (20 * 1024 * 1024), TooLarge),
    ],
)
def test_files_are_told_by_what_they_hold(name: str, data: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        media_type(name, data)


def test_office_files_are_taken() -> None:
    assert media_type("Programme.DOCX", archive("word/document.xml")).endswith("wordprocessingml.document")
    assert media_type("liste.ods", archive("mimetype")).endswith("spreadsheet")


FIELDS = {"title_fr": "Plaquette", "kind": "brochure", "place": "event"}


@pytest.mark.usefixtures("event")
def test_an_organiser_makes_publishes_and_withdraws(organiser_client: Browser, client: Browser) -> None:
    at = "/organise/assises/documents"
    made = organiser_client.post(f"{at}/add", data=FIELDS)
    assert made.status_code == 303
    (document,) = db.session.query(Document).all()
    page = f"{at}/{document.public_id}"
    upload = {"version-language": "fr", "version-file": (io.BytesIO(PDF), "Plaquette été.pdf")}
    assert organiser_client.post(f"{page}/version", data=upload).status_code == 303
    (file,) = document.files
    assert client.get("/e/assises/").text.count("Plaquette") == 0
    assert client.get(f"/documents/{document.public_id}/fr").status_code == 404

    assert organiser_client.post(f"{page}/file/{file.public_id}/publish", data={}).status_code == 303

    assert "Plaquette" in client.get("/e/assises/").text
    assert "Plaquette" in client.get("/documents").text
    got = client.get(f"/documents/{document.public_id}/fr")
    assert (got.data, got.mimetype) == (PDF, "application/pdf")
    assert 'filename="plaquette-ete.pdf"' in got.headers["Content-Disposition"]
    assert organiser_client.post(f"{page}/file/{file.public_id}/withdraw").status_code == 303
    assert "Plaquette" not in client.get("/e/assises/").text
    assert organiser_client.post(f"{page}/remove").status_code == 303
    assert db.session.query(Document).count() == 0


@pytest.mark.usefixtures("event")
def test_refusals_stand_beside_their_field_and_nothing_is_lost(organiser_client: Browser) -> None:
    at = "/organise/assises/documents"
    nameless = organiser_client.post(f"{at}/add", data={**FIELDS, "title_fr": "", "summary_fr": "Gardé"})
    assert nameless.status_code == 422
    assert "Gardé" in nameless.text
    unknown = organiser_client.post(f"{at}/add", data={**FIELDS, "place": "organisation", "organisation": "Nulle part"})
    assert unknown.status_code == 422
    assert 'id="organisation-error"' in unknown.text
    assert db.session.query(Document).count() == 0


def test_a_program_in_disguise_is_refused_in_one_sentence(organiser_client: Browser, document: Document) -> None:
    upload = {"version-language": "fr", "version-file": (io.BytesIO(b"MZ"), "plaquette.pdf")}

    answer = organiser_client.post(f"/organise/assises/documents/{document.public_id}/version", data=upload)

    assert answer.status_code == 422
    assert 'id="version-file-error"' in answer.text


def test_documents_of_a_draft_are_nobodys_business(client: Browser, event: Event, document: Document) -> None:
    service.publish(version(document), now(), **DONE)
    event.status = "draft"
    db.session.commit()

    assert client.get(f"/documents/{document.public_id}/fr").status_code == 404
    assert "Plaquette" not in client.get("/documents").text


def test_the_public_page_follows_the_library(client: Browser, event: Event, document: Document) -> None:
    """The page is kept as text while its state is equal (app.kept_pages): documents are part of that state."""
    file = version(document)
    before = client.get("/e/assises/").text
    service.publish(file, now(), **DONE)
    db.session.commit()

    assert "Plaquette" not in before
    assert "Plaquette" in client.get("/e/assises/").text
