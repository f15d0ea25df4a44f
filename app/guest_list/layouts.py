"""How a list is laid out: what was seen of it, and what a person decided where we were wrong."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from app.guest_list.headers import Layout, find_layout, header_score
from app.guest_list.reading import Grid, cell_text
from app.text import fold

TOP_ROWS = 15
_TOP_COLUMNS, _TOP_LETTERS = 12, 40
_SAMPLES, _SAMPLE_LETTERS = 3, 60
_LOOKED_AT = 300  # rows in which samples of a column are sought


@dataclass(frozen=True)
class Chosen:
    """What a person decided of a layout.

    `sheet` is its title; `header` the row that names the columns as the spreadsheet numbers it, 0 for
    none; `fields` what each column holds, left to right (see `headers.FIELDS`, "" and "skip"). None:
    left to us.
    """

    sheet: str | None = None
    header: int | None = None
    fields: tuple[str, ...] | None = None

    def as_json(self) -> dict[str, Any]:
        """As a JSON object; `from_json` reads it back."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Chosen":
        """What `as_json` gave."""
        fields = stored.get("fields")
        return cls(stored.get("sheet"), stored.get("header"), None if fields is None else tuple(fields))


@dataclass(frozen=True)
class Seen:
    """A list as a person needs to see it to say what its columns hold.

    `sheets` gives (title, filled rows) of each; `top` the first lines of the sheet that is read, each
    cell cut; `columns` (title, field, up to three samples); `header` is numbered like the spreadsheet's
    rows, 0 when no line names the columns.
    """

    sheets: list[tuple[str, int]]
    sheet: str
    top: list[list[str]]
    header: int
    columns: list[tuple[str, str, list[str]]]
    encoding: str = ""
    separator: str = ""

    def as_json(self) -> dict[str, Any]:
        """As a JSON object; `from_json` reads it back."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Seen":
        """What `as_json` gave."""
        sheets = [(name, rows) for name, rows in stored["sheets"]]
        columns = [(title, held, list(samples)) for title, held, samples in stored["columns"]]
        return cls(**{**stored, "sheets": sheets, "columns": columns})

    @property
    def fingerprint(self) -> str:
        """What lists of the same layout share: their titles in order, accents and case aside."""
        return fingerprint(title for title, _, _ in self.columns)


def fingerprint(titles: Iterable[str]) -> str:
    """SHA-256 (hexadecimal) of folded titles in their order."""
    return hashlib.sha256("\n".join(fold(title) for title in titles).encode()).hexdigest()


def choose_grid(grids: Sequence[Grid], chosen: Chosen) -> Grid:
    """The sheet a person chose, else the one with the best header line."""
    asked = next((grid for grid in grids if grid.sheet == chosen.sheet), None) if chosen.sheet else None
    return asked or max(grids, key=lambda each: (header_score(each.rows), len(each.rows)))


def layout_of(grid: Grid, chosen: Chosen, remembered: Mapping[str, str] | None = None) -> Layout | None:
    """What a sheet's columns hold: as decided, as remembered by title, else as their titles tell."""
    header = None if chosen.header is None else chosen.header - 1
    if header is not None and header >= len(grid.rows):
        header = None
    return find_layout(grid.rows, remembered, header=header, fields=chosen.fields)


def look(grids: Sequence[Grid], chosen: Chosen, remembered: Mapping[str, str] | None = None) -> Seen:
    """What a person is shown of the list; works for lists in which no name was found."""
    grid = choose_grid(grids, chosen)
    layout = layout_of(grid, chosen, remembered) or find_layout(grid.rows, header=-1) or Layout(-1, (), (), None)
    samples = _samples(grid, layout)
    columns = list(zip(layout.titles, _said(layout), samples, strict=True))
    return Seen(
        sheets=[(each.sheet, sum(1 for row in each.rows if any(map(cell_text, row)))) for each in grids],
        sheet=grid.sheet,
        top=[[cell_text(cell)[:_TOP_LETTERS] for cell in row[:_TOP_COLUMNS]] for row in grid.rows[:TOP_ROWS]],
        header=layout.header + 1,
        columns=columns,
        encoding=grid.encoding,
        separator=grid.separator,
    )


def _said(layout: Layout) -> list[str]:
    """Fields as a person chooses them: a whole name says its order."""
    return [(layout.order or "given_first") if held == "full_name" else held for held in layout.fields]


def _samples(grid: Grid, layout: Layout) -> list[list[str]]:
    """The first different texts of each column."""
    found: list[dict[str, None]] = [{} for _ in layout.titles]
    for row in grid.rows[layout.header + 1 : layout.header + 1 + _LOOKED_AT]:
        for number, cell in enumerate(row[: len(found)]):
            text = cell_text(cell)[:_SAMPLE_LETTERS]
            if text and len(found[number]) < _SAMPLES:
                found[number][text] = None
    return [list(each) for each in found]
