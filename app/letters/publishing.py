"""A letter as everyone may read it, put into the documents library: no addressee, its general form of address."""

from dataclasses import dataclass
from datetime import date, datetime

from app.audit.service import Actor
from app.columns import LANGUAGES, Bilingual
from app.documents.models import Document
from app.documents.service import Upload, add_document, add_version
from app.events.models import Category, Event
from app.letters.drawing import letter_job, write_letter
from app.letters.placeholders import Recipient
from app.letters.wording import wording_for
from app.text import file_name
from app.typeset import compile_pdfs

# Kind of letter -> kind of document.
KINDS = {"open_letter": "open_letter"}


@dataclass(frozen=True)
class Drawn:
    """A letter for everyone: what kind of document, its title, a file for each language."""

    kind: str
    title: Bilingual
    uploads: tuple[Upload, ...]


def draw(event: Event, kind: str, category: Category | None, on: date) -> Drawn:
    """The letter without an addressee, in each language it is written in. Raises TypesettingFailed."""
    wordings = {one.language: one for one in (wording_for(event, category, code, kind) for code in LANGUAGES)}
    sheets = {code: write_letter(words, Recipient(""), event, on) for code, words in wordings.items()}
    pdfs = compile_pdfs([letter_job(sheet, event) for sheet in sheets.values()])
    return Drawn(
        KINDS.get(kind, "letter"),
        Bilingual(**{code: sheet.heading or sheet.subject for code, sheet in sheets.items()}),
        tuple(
            Upload(code, file_name(sheet.subject, "pdf"), pdf)
            for (code, sheet), pdf in zip(sheets.items(), pdfs, strict=True)
        ),
    )


def put(event: Event, drawn: Drawn, *, place: str, actor: Actor, at: datetime) -> Document:
    """Make a document of what was drawn, not yet published; `place`: "event", "series" or "nothing"."""
    document = add_document(
        drawn.kind, drawn.title, event=event if place == "event" else None,
        series=event.series if place == "series" else None, actor=actor, at=at,
    )  # fmt: skip
    for upload in drawn.uploads:
        add_version(document, upload, actor=actor, at=at)
    return document
