"""Dates of documents: from when each file may be downloaded."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from app.database import db
from app.documents.models import Document, DocumentFile
from app.events.models import Event
from app.events.timeline import Dated, Page
from app.i18n import _, here


def dates_of_documents(event: Event, _at: datetime) -> Iterator[Dated]:
    """The instants at which files of the event's own documents come out, those that are out included."""
    wanted = (
        select(DocumentFile)
        .join(DocumentFile.document)
        .where(Document.event_id == event.id, DocumentFile.published_at.is_not(None))
        .options(contains_eager(DocumentFile.document))
        .order_by(DocumentFile.published_at, DocumentFile.id)
    )
    for one in db.session.scalars(wanted):
        yield Dated(
            _("A document is published"), at=one.published_at, needs_offices=False,
            detail=f"{here(one.document.title)} · {one.language} · v{one.version}",
            page=Page("documents.document", {"slug": event.slug, "public_id": one.document.public_id}),
        )  # fmt: skip
