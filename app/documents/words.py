"""What pages call documents."""

from app.documents.models import Document
from app.i18n import LazyText, _, here, lazy

KIND_WORDS: dict[str, LazyText] = {
    "brochure": lazy("Brochure"),
    "practical": lazy("Practical information"),
    "letter": lazy("Letter"),
    "open_letter": lazy("Open letter"),
    "programme": lazy("Programme"),
    "memo": lazy("Memo"),
    "other": lazy("Document"),
}


def place_words(document: Document) -> str:
    """What a document is attached to."""
    if document.event:
        return _("This event")
    if document.series:
        return _("Series: %(title)s", title=here(document.series.title))
    if document.organisation:
        return document.organisation.name
    return _("Nothing: the library alone")


def size_words(size: int) -> str:
    """A file's size as people read it: "84 kB", "1.2 MB"."""
    if size < 1_000_000:
        return _("%(size)s kB", size=max(1, round(size / 1000)))
    return _("%(size)s MB", size=f"{size / 1_000_000:.1f}")
