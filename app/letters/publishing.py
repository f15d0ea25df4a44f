"""A letter as everyone may read it, put into the documents library: no addressee, its general form of address."""

from datetime import date, datetime

from app.audit.service import Actor
from app.columns import LANGUAGES, Bilingual
from app.database import begin_writing
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


def publish(
    event: Event, kind: str, category: Category | None, *, place: str, on: date, actor: Actor, at: datetime
) -> Document:  # fmt: skip
    """Make a document of the letter, one file for each language it is written in; not yet published.

    `place`: "event", "series" or "nothing", what the document is attached to. Call it with nothing
    written yet. Raises TypesettingFailed.
    """
    wordings = {one.language: one for one in (wording_for(event, category, code, kind) for code in LANGUAGES)}
    sheets = {code: write_letter(words, Recipient(""), event, on) for code, words in wordings.items()}
    drawn = dict(zip(sheets, compile_pdfs([letter_job(sheet, event) for sheet in sheets.values()]), strict=True))
    title = Bilingual(**{code: sheet.heading or sheet.subject for code, sheet in sheets.items()})
    series = event.series if place == "series" else None
    begin_writing()
    document = add_document(
        KINDS.get(kind, "letter"), title, event=event if place == "event" else None, series=series, actor=actor, at=at
    )
    for code, pdf in drawn.items():
        upload = Upload(code, file_name(sheets[code].subject, "pdf"), pdf)
        add_version(document, upload, actor=actor, at=at)
    return document
