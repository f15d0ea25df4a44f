"""Rules of the library: a file is never changed, another version follows it; each says from when it is public."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from app.audit.service import Actor, record
from app.columns import Bilingual
from app.database import db
from app.directory.models import Organisation
from app.documents.files import media_type
from app.documents.models import KINDS, Document, DocumentFile
from app.errors import Refusal
from app.events.models import Event, Series
from app.i18n import lazy
from app.text import file_name


class NoTitle(Refusal):
    """A document is called something."""

    message = lazy("A document needs a title in French or in English.")
    status = 422


class SameFile(Refusal):
    """The version before is this very file."""

    message = lazy("This is the same file as version %(version)s: nothing was added.")
    status = 422


class IsPublished(Refusal):
    """What people may have read stays, or is withdrawn first."""

    message = lazy("A version of this document is published. Withdraw it first, then remove the document.")


@dataclass(frozen=True)
class Upload:
    """A file as it came: its language, its name, its bytes."""

    language: str
    name: str
    data: bytes


def add_document(  # noqa: PLR0913 - a document has that many facts, all named
    kind: str,
    title: Bilingual,
    *,
    summary: Bilingual = Bilingual(),
    event: Event | None = None,
    series: Series | None = None,
    organisation: Organisation | None = None,
    actor: Actor,
    at: datetime,
) -> Document:
    """A document without a file yet, attached to an event, a series, an organisation or nothing. Raises NoTitle."""
    _check(kind, title)
    document = Document(
        kind=kind, title=title, summary=summary, event=event, series=series, organisation=organisation, created_at=at
    )
    db.session.add(document)
    db.session.flush()
    _record(document, "document.added", actor, at)
    return document


def edit_document(
    document: Document, kind: str, title: Bilingual, summary: Bilingual, *, actor: Actor, at: datetime
) -> bool:
    """Call a document otherwise; whether anything changed. Raises NoTitle."""
    _check(kind, title)
    if (document.kind, document.title, document.summary) == (kind, title, summary):
        return False
    before = {"title": document.title.get("fr"), "kind": document.kind}
    document.kind, document.title, document.summary = kind, title, summary
    _record(document, "document.changed", actor, at, before=before)
    return True


def attach(
    document: Document, *, event: Event | None = None, series: Series | None = None,
    organisation: Organisation | None = None, actor: Actor, at: datetime,
) -> None:  # fmt: skip
    """Say what the document belongs to: one of these, or nothing."""
    document.event, document.series, document.organisation = event, series, organisation
    place = "event" if event else "series" if series else "organisation" if organisation else ""
    _record(document, "document.attached", actor, at, after={"place": place})


def add_version(document: Document, upload: Upload, *, remark: str = "", actor: Actor, at: datetime) -> DocumentFile:
    """The next version in its language; nobody but organisers sees it yet.

    Raises NotADocument, HoldsMacros, TooLarge, SameFile.
    """
    mime = media_type(upload.name, upload.data)
    digest = hashlib.sha256(upload.data).hexdigest()
    before = max((one for one in document.files if one.language == upload.language), key=_version, default=None)
    if before is not None and before.digest == digest:
        raise SameFile(version=before.version)
    file = DocumentFile(
        document=document, language=upload.language, version=before.version + 1 if before else 1,
        file_name=file_name(upload.name), mime=mime, size=len(upload.data), digest=digest, data=upload.data,
        remark=remark, made_by=actor.name, created_at=at,
    )  # fmt: skip
    db.session.add(file)
    db.session.flush()
    _record(document, "document.version_added", actor, at, after=_told(file))
    return file


def publish(file: DocumentFile, since: datetime, *, actor: Actor, at: datetime) -> None:
    """Let anyone download this version from `since` on, which may be a day to come."""
    file.published_at = since
    after = {**_told(file), "since": since.isoformat(timespec="minutes")}
    _record(file.document, "document.published", actor, at, after=after)


def withdraw(file: DocumentFile, *, actor: Actor, at: datetime) -> bool:
    """Take this version from the public again; whether it was out."""
    if file.published_at is None:
        return False
    file.published_at = None
    _record(file.document, "document.withdrawn", actor, at, after=_told(file))
    return True


def remove(document: Document, *, actor: Actor, at: datetime) -> None:
    """Erase a document of which nothing is published. Raises IsPublished."""
    if any(one.published_at for one in document.files):
        raise IsPublished
    _record(document, "document.removed", actor, at)
    db.session.delete(document)


def _check(kind: str, title: Bilingual) -> None:
    if kind not in KINDS:
        raise ValueError(kind)
    if not title:
        raise NoTitle


def _version(file: DocumentFile) -> int:
    return file.version


def _told(file: DocumentFile) -> dict[str, str]:
    return {"language": file.language, "version": str(file.version), "file": file.file_name}


def _record(
    document: Document, action: str, actor: Actor, at: datetime,
    before: dict[str, str] | None = None, after: dict[str, str] | None = None,
) -> None:  # fmt: skip
    record(
        actor, action, kind="document", id=document.public_id, name=document.title.get("fr"),
        topic=document.event.public_id if document.event else "", at=at, before=before or {}, after=after or {},
    )  # fmt: skip
