"""Reading the library: everything for organisers, what is published for everyone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import joinedload, selectinload, undefer

from app.columns import LANGUAGES
from app.database import db
from app.documents.models import Document, DocumentFile
from app.errors import NotFound
from app.events.models import Event
from app.events.queries import PUBLIC

_LOADED = (
    selectinload(Document.files),
    joinedload(Document.event),
    joinedload(Document.series),
    joinedload(Document.organisation),
)


def list_documents(event: Event) -> list[Document]:
    """Documents of the event, of its series, then those of an organisation or of nobody."""
    elsewhere = and_(Document.event_id.is_(None), Document.series_id.is_(None))
    wanted = select(Document).where(or_(_of(event.id, event.series_id), elsewhere))
    return list(db.session.scalars(wanted.options(*_LOADED).order_by(Document.id)))


def get_document(event: Event, public_id: str) -> Document:
    """A document an organiser of `event` works on: see `list_documents`. Raises NotFound."""
    document = next((one for one in list_documents(event) if one.public_id == public_id), None)
    if document is None:
        raise NotFound
    return document


def get_file(document: Document, public_id: str) -> DocumentFile:
    """One version of the document with its content. Raises NotFound."""
    wanted = select(DocumentFile).where(
        DocumentFile.document_id == document.id, DocumentFile.public_id == public_id
    )  # fmt: skip
    found = db.session.scalar(wanted.options(undefer(DocumentFile.data)))
    if found is None:
        raise NotFound
    return found


def is_out(file: DocumentFile, at: datetime) -> bool:
    """Whether anyone may download this version."""
    return file.published_at is not None and file.published_at <= at


def current_file(document: Document, language: str, at: datetime) -> DocumentFile | None:
    """The newest published version in `language`, else in the other one; None when nothing is out."""
    out = [one for one in document.files if is_out(one, at)]
    for code in sorted(LANGUAGES, key=lambda code: code != language):
        of_language = [one for one in out if one.language == code]
        if of_language:
            return max(of_language, key=lambda one: one.version)
    return None


def list_public_documents(event: Event, at: datetime) -> list[Document]:
    """Documents of the event and of its series of which a version is out."""
    return _out(_published(at).where(_of(event.id, event.series_id)))


def list_library(at: datetime) -> list[Document]:
    """Every document anyone may read: of public events, of series, of organisations, of nobody."""
    open_events = select(Event.id).where(*PUBLIC)
    return _out(_published(at).where(or_(Document.event_id.is_(None), Document.event_id.in_(open_events))))


def get_public_file(public_id: str, language: str, at: datetime, version: int | None = None) -> DocumentFile:
    """What anyone may download: the current file in `language`, or an earlier published version. Raises NotFound."""
    document = next((one for one in list_library(at) if one.public_id == public_id), None)
    if document is None:
        raise NotFound
    if version is None:
        file = current_file(document, language, at)
    else:
        of_version = (one for one in document.files if (one.language, one.version) == (language, version))
        file = next((one for one in of_version if is_out(one, at)), None)
    if file is None:
        raise NotFound
    return get_file(document, file.public_id)


def public_state(event_id: int, series_id: int | None, at: datetime) -> tuple[Any, ...]:
    """What an event's page shows of the library, as plain values: equal values, equal page."""
    wanted = (
        select(DocumentFile.id, DocumentFile.published_at, Document.title, Document.summary, Document.kind)
        .join(Document)
        .where(DocumentFile.published_at <= at, _of(event_id, series_id))
        .order_by(DocumentFile.id)
    )
    return tuple(tuple(row) for row in db.session.execute(wanted))


def _of(event_id: int, series_id: int | None) -> ColumnElement[bool]:
    """Attached to the event, or to its series if it has one."""
    own = Document.event_id == event_id
    return or_(own, Document.series_id == series_id) if series_id else own


def _published(at: datetime) -> Select[Document]:
    out = select(DocumentFile.document_id).where(DocumentFile.published_at <= at)
    return select(Document).where(Document.id.in_(out))


def _out(wanted: Select[Document]) -> list[Document]:
    found: Sequence[Document] = db.session.scalars(wanted.options(*_LOADED).order_by(Document.id)).all()
    return list(found)
