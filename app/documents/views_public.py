"""The library for everyone: what is published, and the files."""

from flask import Blueprint, Response, render_template

from app import access
from app.clock import now
from app.columns import LANGUAGES
from app.documents import queries
from app.documents.models import Document, DocumentFile
from app.documents.serving import served
from app.errors import NotFound
from app.events.models import Event
from app.i18n import _, here, language

bp = Blueprint("library", __name__)


@bp.app_template_global()
def public_documents(event: Event) -> list[tuple[Document, DocumentFile]]:
    """Documents of an event and its series that anyone may read, each with its file in the reader's language."""
    return _with_files(queries.list_public_documents(event, now()))


@bp.get("/documents")
@access.public()
def library() -> str:
    """Everything published, by what it is attached to."""
    documents = _with_files(queries.list_library(now()))
    groups: dict[str, list[tuple[Document, DocumentFile]]] = {}
    for document, file in documents:
        groups.setdefault(_owner(document), []).append((document, file))
    return render_template("documents/library.html", documents=documents, groups=groups.items())


@bp.get("/documents/<document>/<code>")
@bp.get("/documents/<document>/<code>/v<int:version>")
@access.public()
def download(document: str, code: str, version: int | None = None) -> Response:
    """The current file of a document in a language; with a number that version, at an address that stays."""
    if code not in LANGUAGES:
        raise NotFound
    return served(queries.get_public_file(document, code, now(), version))


def _owner(document: Document) -> str:
    """Under which title the library shows it."""
    part = document.event or document.series
    if part:
        return here(part.title)
    return document.organisation.name if document.organisation else _("For everyone")


def _with_files(documents: list[Document]) -> list[tuple[Document, DocumentFile]]:
    at = now()
    found = ((one, queries.current_file(one, language(), at)) for one in documents)
    return [(one, file) for one, file in found if file]
