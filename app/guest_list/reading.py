"""Bytes to a grid of text: which kind of file, which encoding, which separator, which sheet.

Whatever the extension says, the first bytes decide. Nothing is opened before `archives` has
measured what it would become in memory.
"""

import csv
import io
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.guest_list import archives
from app.guest_list.refusals import ListTooLarge, LockedFile, MacroFile, UnclosedQuote, UnreadableList, WrongKindOfFile
from app.text import nfc

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 100_000
MOST_COLUMNS = 200
_WORKER = Path(__file__).with_name("workbook_worker.py")
_PATIENCE = 120  # seconds
_LOCKED, _TOO_MANY_ROWS = 3, 4  # exit states of the worker
_SAMPLE = 60  # lines looked at to find the separator
_SEPARATORS = ";\t,|"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_MARKUP = re.compile(rb"\s*<(!doctype|html|table|\?xml|head|body|svg)", re.IGNORECASE)

Row = list[Any]  # cells as read; "" where nothing is


@dataclass(frozen=True)
class Grid:
    """One sheet. `rows[i]` is the file's row `i + 1`, as Excel numbers it."""

    rows: list[Row]
    sheet: str = ""
    encoding: str = ""
    separator: str = ""


def read_grids(data: bytes, filename: str, score: Callable[[list[Row]], int]) -> list[Grid]:
    """Every visible sheet of the file (a text file has one).

    `score` tells how much rows look like a guest list; it settles the separator of a text file.
    Raises ListTooLarge, MacroFile, LockedFile, WrongKindOfFile or UnreadableList.
    """
    if len(data) > MOST_BYTES:
        raise ListTooLarge(limit=f"{MOST_BYTES // 1024 // 1024} MB")
    if data.startswith(b"PK\x03\x04"):
        archives.check(data, filename)
        return _sheets(data, filename)
    if data.startswith(_OLE):
        _check_ole(data, filename)
        return _sheets(data, filename)
    if data.startswith(_FOREIGN) or _MARKUP.match(data[:200]):
        raise WrongKindOfFile(name=filename)
    return [_text_grid(data, filename, score)]


def _check_ole(data: bytes, filename: str) -> None:
    """Names of streams in an OLE file (XLS, DOC, locked XLSX) are UTF-16 in its directory."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise LockedFile(name=filename)
    if "_VBA_PROJECT".encode("utf-16-le") in data:
        raise MacroFile(name=filename)
    if "WordDocument".encode("utf-16-le") in data:
        raise WrongKindOfFile(name=filename)


def _sheets(data: bytes, filename: str) -> list[Grid]:
    """Visible sheets, read by `workbook_worker` in a process that may die without harm."""
    kind = filename.rpartition(".")[2].lower()[:8]
    command = [sys.executable, "-I", str(_WORKER), str(MOST_ROWS)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_PATIENCE, check=False)
    except subprocess.TimeoutExpired as error:
        raise UnreadableList(kind=kind) from error
    if done.returncode == _LOCKED:
        raise LockedFile(name=filename)
    if done.returncode == _TOO_MANY_ROWS:
        raise ListTooLarge(limit=f"{MOST_ROWS} rows")
    if done.returncode != 0:
        raise UnreadableList(kind=kind)
    return [_sheet_grid(json.loads(line)) for line in done.stdout.splitlines()]


def _sheet_grid(sheet: dict[str, Any]) -> Grid:
    _fill_down(sheet["rows"], sheet["merged"])
    return Grid([row[:MOST_COLUMNS] for row in sheet["rows"]], sheet=sheet["name"])


def _fill_down(rows: list[Row], merged: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """A cell merged over several rows speaks for each of them (one organisation, five guests)."""
    for (top, left), (bottom, _right) in merged:
        for number in range(top + 1, min(bottom + 1, len(rows))):
            if left < len(rows[number]):
                rows[number][left] = rows[top][left]


def cell_text(value: Any) -> str:
    """A cell as text: NFC, trimmed, whole numbers without ".0"."""
    if isinstance(value, str):
        text = nfc(value).replace("\r\n", "\n").strip(" \t\r\n\u00a0\u202f\u200b\ufeff")
        return text[1:] if re.match(r"'[=+@\-\t]", text) else text
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return "" if value is None else str(value)


def _text_grid(data: bytes, filename: str, score: Callable[[list[Row]], int]) -> Grid:
    text, encoding = _decoded(data, filename)
    told = re.match(r"sep=(.)\r?\n", text)
    text = text[told.end() :] if told else text
    separator = told.group(1) if told else _separator(text, score)
    return Grid(_parsed(text, separator), encoding=encoding, separator=separator)


def _decoded(data: bytes, filename: str) -> tuple[str, str]:
    """The text and the name of its encoding, told by its mark, by its zeros, or by its accents."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _strictly(data, encoding), encoding
    if b"\0" in data:
        even, odd = data[:4000:2].count(0), data[1:4000:2].count(0)
        if max(even, odd) < 10 * min(even, odd) or len(data) % 2:
            raise WrongKindOfFile(name=filename)
        encoding = "utf-16-le" if odd > even else "utf-16-be"
        return _strictly(data, encoding), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _eight_bit(data)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableList(kind=encoding) from error


_FRENCH_LETTERS = "éèêëàâäçùûüôöîïœÉÈÀÇ’«»"


def _eight_bit(data: bytes) -> tuple[str, str]:
    """Windows-1252 or Mac Roman: the one in which the high bytes spell French."""
    windows, mac = data.decode("cp1252", errors="replace"), data.decode("mac_roman")
    high = [(windows, "cp1252"), (mac, "mac_roman")]
    spelt = [sum(map(text.count, _FRENCH_LETTERS)) - text.count("\ufffd") for text, _ in high]
    return high[1] if spelt[1] > spelt[0] else high[0]


def _separator(text: str, score: Callable[[list[Row]], int]) -> str:
    """The separator that shows most known headers; then the one that cuts rows most evenly."""
    lines = text.splitlines(keepends=True)[:_SAMPLE]

    def fitness(separator: str) -> tuple[int, int]:
        rows = list(csv.reader(lines, delimiter=separator))
        widths = Counter(len(row) for row in rows if len(row) > 1)
        even = max((width * times for width, times in widths.items()), default=0)
        return score(rows), even

    return max(_SEPARATORS, key=fitness)


def _parsed(text: str, separator: str) -> list[Row]:
    rows: list[Row] = []
    try:
        rows.extend(_records(text, separator, strict=True))
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise UnclosedQuote(row=len(rows) + 1) from error
        rows = _sloppily(text, separator)
    if len(rows) > MOST_ROWS:
        raise ListTooLarge(limit=f"{MOST_ROWS} rows")
    return rows


def _sloppily(text: str, separator: str) -> list[Row]:
    """Quotation marks inside a cell that nobody doubled: "ACME" Ltd."""
    try:
        return list(_records(text, separator, strict=False))
    except csv.Error as error:
        raise UnreadableList(kind="CSV") from error


def _records(text: str, separator: str, *, strict: bool) -> Iterable[Row]:
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict):
        yield row[:MOST_COLUMNS]
