"""Lists as files: CSV that opens right in Excel, XLSX of text cells.

Nothing in either is a formula or a link, whatever people typed. The same rows give the same text
in both, and `app.guest_list` reads them back.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import Any

from app.text import csv_cell

Rows = Iterable[Sequence[Any]]
"""Cells: text, numbers, days, sequences of texts (functions in order), None for nothing."""

_WORDS = {True: {"fr": "oui", "en": "yes"}, False: {"fr": "non", "en": "no"}}
_LONGEST_CELL = 32_767  # characters, a limit of Excel
_MEASURED = 200  # rows looked at to choose the widths
_NARROWEST, _WIDEST = 8, 60  # characters


def cell_words(value: Any, language: str = "fr") -> str:  # noqa: PLR0911 - one line per kind of cell
    """A cell as text: "" for None, "oui", "A ; B" for several, ISO 8601 for days."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _WORDS[value]["fr" if language == "fr" else "en"]
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float | Decimal):
        return f"{value}".replace(".", ",") if language == "fr" else f"{value}"
    if isinstance(value, list | tuple):
        return " ; ".join(cell_words(each, language) for each in value if each not in (None, ""))
    return str(value)


def csv_bytes(columns: Sequence[str], rows: Rows, language: str) -> bytes:
    """A CSV file with byte order mark and CRLF; ";" and decimal comma in French, "," in English.

    Excel takes the separator of its own language. Cells that begin like a formula are disarmed by
    `app.text.csv_cell`.
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";" if language == "fr" else ",", lineterminator="\r\n")
    writer.writerow([csv_cell(title) for title in columns])
    writer.writerows([_csv_text(value, language) for value in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def _csv_text(value: Any, language: str) -> str:
    words = cell_words(value, language)
    return words if isinstance(value, int | float | Decimal) else csv_cell(words)


def xlsx_bytes(
    columns: Sequence[str], rows: Rows, *, title: str, made_by: str, made_at: datetime, language: str = "fr"
) -> bytes:
    """A workbook of one sheet: header frozen and filtered, text cells, numbers as numbers.

    `title` names the sheet; who made it and when stand in the footer of each printed page and in
    the file's properties. `made_at` is aware. Rows may be a generator: memory does not grow.
    """
    import xlsxwriter  # 40 ms that no page but an export should pay

    saved = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(saved, options) as book:
        _sign(book, title, made_by, made_at)
        sheet = book.add_worksheet(_sheet_name(title))
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, 0)
        sheet.set_footer(f"&L{_footer(made_by)} – {made_at:%Y-%m-%d %H:%M %Z}&R&P / &N")
        _write(book, sheet, columns, rows, language)
    return saved.getvalue()


def _sign(book: Any, title: str, made_by: str, made_at: datetime) -> None:
    comments = f"{made_by}, {made_at:%Y-%m-%d %H:%M %Z}"
    created = made_at.replace(tzinfo=None)
    book.set_properties({"title": title, "author": made_by, "comments": comments, "created": created})


def _footer(text: str) -> str:
    """Ampersands are commands in a footer; 255 characters is all it holds."""
    return text.replace("&", "&&")[:180]


def _sheet_name(title: str) -> str:
    r"""Excel refuses []:*?/\, apostrophes at the ends, and more than 31 characters."""
    name = re.sub(r"[\[\]:*?/\\\x00-\x1f]+", " ", title)[:31].strip(" '")
    return name or "1"


def _write(book: Any, sheet: Any, columns: Sequence[str], rows: Rows, language: str) -> None:
    remaining = iter(rows)
    first = list(islice(remaining, _MEASURED))
    head = book.add_format({"bold": True, "bottom": 1, "valign": "top", "bg_color": "#EEF1F6"})
    body = book.add_format({"valign": "top", "num_format": "@"})
    number = book.add_format({"valign": "top"})
    for column, width in enumerate(_widths(columns, first, language)):
        sheet.set_column(column, column, width, body)
    for column, name in enumerate(columns):
        sheet.write_string(0, column, name, head)
    last = 0
    for last, row in enumerate(chain(first, remaining), 1):
        for column, value in enumerate(row):
            _write_cell(sheet, last, column, value, language, body, number)
    if columns:
        sheet.autofilter(0, 0, last, len(columns) - 1)


def _write_cell(sheet: Any, row: int, column: int, value: Any, language: str, body: Any, number: Any) -> None:
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        sheet.write_number(row, column, value, number)
    elif words := cell_words(value, language):
        sheet.write_string(row, column, words[:_LONGEST_CELL], body)


def _widths(columns: Sequence[str], rows: list[Sequence[Any]], language: str) -> list[int]:
    """Characters each column needs: the longest line of its title and its first cells."""
    found = [len(name) + 3 for name in columns]
    for row in rows:
        for column, value in enumerate(row[: len(found)]):
            lines = cell_words(value, language).split("\n")
            found[column] = max(found[column], max(map(len, lines)) + 1)
    return [min(max(width, _NARROWEST), _WIDEST) for width in found]
