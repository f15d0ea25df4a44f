"""Which files the library takes, told by their content and never by their name alone."""

import io
import zipfile
from pathlib import PurePath

from app.errors import Refusal
from app.i18n import lazy

MOST_BYTES = 20 * 1024 * 1024
_OFFICE = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
# Ending -> (media type, first bytes).
TYPES: dict[str, tuple[str, bytes]] = {
    "pdf": ("application/pdf", b"%PDF-"),
    "docx": (_OFFICE + "wordprocessingml.document", b"PK\x03\x04"),
    "xlsx": (_OFFICE + "spreadsheetml.sheet", b"PK\x03\x04"),
    "pptx": (_OFFICE + "presentationml.presentation", b"PK\x03\x04"),
    "odt": (_ODF + "text", b"PK\x03\x04"),
    "ods": (_ODF + "spreadsheet", b"PK\x03\x04"),
    "odp": (_ODF + "presentation", b"PK\x03\x04"),
    "png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    "jpg": ("image/jpeg", b"\xff\xd8\xff"),
    "jpeg": ("image/jpeg", b"\xff\xd8\xff"),
}
ACCEPTED = ",".join(f".{ending}" for ending in TYPES)
_MARKERS = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/", "odt": "mimetype", "ods": "mimetype", "odp": "mimetype"}
_MOST_ENTRIES = 20_000


class NotADocument(Refusal):
    """A file that is not what its name says, or of a kind nobody needs here."""

    message = lazy("This file cannot be taken: PDF, Word, Excel, PowerPoint, OpenDocument, PNG and JPEG files can.")
    status = 422


class HoldsMacros(Refusal):
    """Programs inside a document are not passed on to the public."""

    message = lazy("This file holds macros. Please save it without them, as PDF for instance.")
    status = 422


class TooLarge(Refusal):
    """Nobody waits for more on a telephone."""

    message = lazy("This file is too large: at most %(megabytes)s MB.")
    status = 422


def media_type(name: str, data: bytes) -> str:
    """The media type of a file, from its ending and its content. Raises NotADocument, HoldsMacros, TooLarge."""
    if len(data) > MOST_BYTES:
        raise TooLarge(megabytes=MOST_BYTES // 1024**2)
    ending = PurePath(name).suffix.lower().lstrip(".")
    if ending not in TYPES:
        raise NotADocument
    mime, first = TYPES[ending]
    if not data.startswith(first):
        raise NotADocument
    if ending in _MARKERS:
        _check_archive(data, _MARKERS[ending])
    return mime


def _check_archive(data: bytes, marker: str) -> None:
    """The list of what is inside is read, nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise NotADocument from error
    if len(names) > _MOST_ENTRIES or not any(name.startswith(marker) for name in names):
        raise NotADocument
    if any(name.lower().endswith("vbaproject.bin") or name.startswith("Basic/") for name in names):
        raise HoldsMacros
