"""What a zipped workbook would become in memory, measured before a spreadsheet reader opens it.

Sizes written in a zip are claims; the streams are inflated here, counted and thrown away. A single
cell at the far end of a sheet would make the reader lay out every empty cell before it, so the
reach of each sheet is measured too.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from app.guest_list.refusals import ListTooLarge, MacroFile, UnreadableList, WrongKindOfFile

MOST_UNPACKED = 200 * 1024 * 1024
MOST_RATIO = 200  # unpacked to packed, for entries above 1 MB; real lists stay below 40
MOST_CELLS = 3_000_000  # all sheets together
_MOST_ENTRIES = 2000
_STEP = 1 << 20
_MACROS = re.compile(r"(^|/)(vbaProject\.bin|vbaData\.xml|macrosheets/|Basic/|Scripts/)", re.IGNORECASE)
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{0,3})(\d{1,9})")
_REPEATED = re.compile(rb"<table:table-(row|cell)\b([^>]*?)(/?)>", re.DOTALL)


def check(data: bytes, filename: str) -> None:
    """Let a plain XLSX or ODS pass. Raises MacroFile, WrongKindOfFile, ListTooLarge, UnreadableList."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError) as error:
        raise UnreadableList(kind="zip") from error
    names = [entry.filename for entry in entries]
    if any(_MACROS.search(name) for name in names):
        raise MacroFile(name=filename)
    if "xl/workbook.xml" not in names and "content.xml" not in names:
        raise WrongKindOfFile(name=filename)
    if len(entries) > _MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise _too_large()
    _measure(data, entries)


def _too_large() -> ListTooLarge:
    return ListTooLarge(limit=f"{MOST_UNPACKED // 1024 // 1024} MB")


def _measure(data: bytes, entries: list[zipfile.ZipInfo]) -> None:
    total = cells = 0
    for entry in entries:
        if entry.flag_bits & 1:
            raise UnreadableList(kind="zip")
        size, spanned, reach = 0, 0, _reach_of(entry.filename)
        for piece in _inflated(data, entry):
            size, total = size + len(piece), total + len(piece)
            if total > MOST_UNPACKED or (size > _STEP and size > MOST_RATIO * entry.compress_size):
                raise _too_large()
            spanned = reach.add(piece) if reach else 0
            if cells + spanned > MOST_CELLS:
                raise ListTooLarge(limit=f"{MOST_CELLS // 1_000_000} 000 000 cells")
        cells += spanned


def _inflated(data: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The entry's bytes in pieces of at most 1 MB, whatever its header claims."""
    at = entry.header_offset
    start = at + 30 + int.from_bytes(data[at + 26 : at + 28], "little")
    start += int.from_bytes(data[at + 28 : at + 30], "little")
    packed = memoryview(data)[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        yield from (bytes(packed[i : i + _STEP]) for i in range(0, len(packed), _STEP))
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise UnreadableList(kind="zip")
    stream, rest = zlib.decompressobj(-15), bytes(packed)
    try:
        while rest and not stream.eof:
            yield stream.decompress(rest, _STEP)
            rest = stream.unconsumed_tail
    except zlib.error as error:
        raise UnreadableList(kind="zip") from error


class _SheetReach:
    """Rows times columns an XLSX sheet spans, from its cell references."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self.tail = b""

    def add(self, piece: bytes) -> int:
        """Read on; returns the cells spanned so far."""
        text = self.tail + piece
        for letters, number in _REFERENCE.findall(text):
            self.columns = max(self.columns, _column_number(letters))
            self.rows = max(self.rows, int(number))
        self.tail = text[-40:]
        return self.rows * self.columns


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


class _TableReach:
    """Cells with content that an ODS document spells out or repeats."""

    def __init__(self) -> None:
        self.cells = 0
        self.rows = 1
        self.tail = b""

    def add(self, piece: bytes) -> int:
        """Read on; returns the cells counted so far."""
        text = self.tail + piece
        cut = text.rfind(b"<") if b"<" in text else 0
        for tag, attributes, _closed in _REPEATED.findall(text[:cut]):
            if tag == b"row":
                self.rows = _repeats(attributes, b"rows")
            elif b"value-type" in attributes:
                self.cells += self.rows * _repeats(attributes, b"columns")
        self.tail = text[cut:]
        return self.cells


def _repeats(attributes: bytes, what: bytes) -> int:
    found = re.search(rb"number-" + what + rb"-repeated\s*=\s*[\"'](\d{1,9})[\"']", attributes)
    return int(found.group(1)) if found else 1


def _reach_of(name: str) -> _SheetReach | _TableReach | None:
    if name == "content.xml":
        return _TableReach()
    return _SheetReach() if name.startswith("xl/worksheets/") and name.endswith(".xml") else None
