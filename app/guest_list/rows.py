"""One `GuestRow` per person of the list, and a reason for each line that is not one."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from app.guest_list.cells import (
    MOST_SPOKEN,
    find_country,
    find_email,
    find_language,
    first_address,
    phone_text,
    read_spoken,
    split_qualities,
)
from app.guest_list.guests import LONGEST, GuestList, GuestRow
from app.guest_list.headers import SKIP, Layout, header_score
from app.guest_list.layouts import Chosen, choose_grid, layout_of
from app.guest_list.names import (
    FAMILY_FIRST,
    GIVEN_FIRST,
    Name,
    find_civility,
    find_latin_spelling,
    is_latin,
    split_name,
    take_civility,
    take_quality,
    told_order,
)
from app.guest_list.reading import Grid, Row, cell_text, read_grids
from app.guest_list.refusals import EmptyList, NoHeaderFound
from app.text import fold


def read_guest_list(data: bytes, filename: str, mapping: Mapping[str, str] | None = None) -> GuestList:
    """Read a CSV, TSV, XLSX, XLS or ODS list of guests, whatever stands around it.

    `mapping` (column title -> field, "" to keep a column as extra) overrides what titles tell. The
    sheet with the best header line is read. Blank lines, totals and repeated headers are passed
    over. Raises the refusals of `app.guest_list.refusals`.
    """
    return read_rows(open_list(data, filename), remembered=mapping)


def open_list(data: bytes, filename: str) -> list[Grid]:
    """Every visible sheet of a file as a grid of text, the first half of `read_guest_list`."""
    grids = read_grids(data, filename, header_score)
    if not any(any(cell_text(cell) for cell in row) for grid in grids for row in grid.rows):
        raise EmptyList
    return grids


def read_rows(
    grids: Sequence[Grid],
    chosen: Chosen | None = None,
    remembered: Mapping[str, str] | None = None,
    tell: Callable[[int, int], None] | None = None,
) -> GuestList:
    """The guests of a list: the second half of `read_guest_list`.

    `chosen` is what a person decided of the layout, `remembered` what columns of a title hold, `tell`
    learns how many rows of how many are read. Raises NoHeaderFound.
    """
    chosen = chosen or Chosen()
    grid = choose_grid(grids, chosen)
    layout = layout_of(grid, chosen, remembered)
    if layout is None or not (layout.columns_of("family_name") or layout.columns_of("full_name")):
        raise NoHeaderFound(found=_first_line(grid))
    return _Reader(grid, layout, tell).read()


def _first_line(grid: Grid) -> str:
    """The fullest of the first lines, quoted so that its sender recognises it."""
    lines = [[cell_text(cell) for cell in row if cell_text(cell)] for row in grid.rows[:10]]
    fullest: list[str] = max(lines, key=len)
    return ", ".join(fullest)[:120] or "–"


TOLD_EVERY = 1000  # rows between two words of progress
# What a row of a list we wrote may empty; a name never.
_CLEARABLE = ("civility", "given_name", "native_name", "qualities", "organisation", "email", "phone", "spoken", "zone")
_SINGLE = ("organisation", "category", "phone", "language", "country", "spoken", "zone")
_LONGEST_PHONE = 40  # characters; what is longer is a remark and stays in extra


class _Problem(Exception):
    def __init__(self, code: str, column: str = "") -> None:
        super().__init__(code)
        self.code, self.column = code, column


class _Reader:
    """Reads the rows under one layout."""

    def __init__(self, grid: Grid, layout: Layout, tell: Callable[[int, int], None] | None = None) -> None:
        self.grid, self.layout, self.tell = grid, layout, tell
        held = {name: layout.columns_of(name) for name in set(layout.fields) - {""}}
        if "family_name" in held:
            held.pop("full_name", None)
        self.held = held
        self.header = [fold(title) for title in layout.titles]
        self.usual = 0
        self.order = layout.order or ""

    def read(self) -> GuestList:
        """Every row below the header."""
        lines = list(self._lines())
        filled = sorted((sum(map(bool, cells)) for _, cells, _ in lines), reverse=True)
        self.usual = filled[len(filled) // 3] if filled else 0
        self.order = self.order or self._order_of(lines)
        rows, rejected = [], []
        for done, (number, cells, raw) in enumerate(lines):
            if self.tell and done % TOLD_EVERY == 0:
                self.tell(done, len(lines))
            try:
                rows.append(self._guest(number, cells, raw))
            except _Problem as problem:
                rejected.append((number, problem.code, problem.column))
        titles, fields = self.layout.titles, self.layout.fields
        return GuestList(
            columns=list(titles),
            mapping={title: held for title, held in zip(titles, fields, strict=True) if held in self.held},
            rows=rows,
            rejected=rejected,
            header_row=self.layout.header + 1,
            sheet=self.grid.sheet,
            encoding=self.grid.encoding,
            separator=self.grid.separator,
        )

    def _lines(self) -> Iterator[tuple[int, list[str], Row]]:
        """Row number, texts and raw cells of each line that may be a guest."""
        for number, raw in enumerate(self.grid.rows[self.layout.header + 1 :], self.layout.header + 2):
            cells = [cell_text(cell) for cell in raw]
            if (
                any(cells)
                and (self._first(cells, "reference")[1] or not _is_total(cells))
                and [fold(cell) for cell in cells if cell]
                != [title for title, cell in zip(self.header, cells, strict=False) if cell]
            ):
                yield number, cells, raw

    def _order_of(self, lines: list[tuple[int, list[str], Row]]) -> str:
        """Whether whole names begin with the family name, as the capitals of most of them tell."""
        columns = self.held.get("full_name", [])
        told = Counter(told_order(cells[i]) for _, cells, _ in lines[:500] for i in columns if i < len(cells))
        return FAMILY_FIRST if told[FAMILY_FIRST] > told[GIVEN_FIRST] else GIVEN_FIRST

    def _first(self, cells: list[str], name: str) -> tuple[int, str]:
        """Column and text of the first filled cell that holds the field; (-1, "") without one."""
        for column in self.held.get(name, ()):
            if column < len(cells) and cells[column]:
                return column, cells[column]
        return -1, ""

    def _guest(self, number: int, cells: list[str], raw: Row) -> GuestRow:
        reference = self._first(cells, "reference")[1][:26]
        civility, name, native, told = self._name(cells)
        if not name.given and not name.family.isupper():
            self._check_lone_cell(cells)
        texts = {each: self._first(cells, each) for each in _SINGLE}
        email_at, email, rest = self._email(cells)
        language, country = find_language(texts["language"][1]), find_country(texts["country"][1])
        phone_at, phone = texts["phone"]
        phone = phone_text(raw[phone_at]) if 0 < len(phone) <= _LONGEST_PHONE else ""
        spoken, unknown = read_spoken(texts["spoken"][1])
        used = {texts[each][0] for each in ("organisation", "category", "zone")}
        used |= {email_at} if email else set()
        used |= {
            texts[each][0] for each, taken in (("phone", phone), ("language", language), ("country", country)) if taken
        }
        # What a badge cannot hold of a cell stays readable: the whole cell is kept beside.
        used |= set() if unknown or len(spoken) > MOST_SPOKEN else {texts["spoken"][0]}
        extra = self._extra(cells, used) | ({f"{self.layout.titles[email_at]} (2)": rest} if rest else {})
        extra |= self._emptied(cells) if reference else {}
        guest = GuestRow(
            number=number,
            civility=civility,
            given_name=self._fitting("given_name", name.given),
            family_name=self._fitting("family_name", name.family),
            native_name=self._fitting("native_name", native),
            qualities=self._written_by_us(cells) if reference else self._qualities(cells, told),
            organisation=self._fitting("organisation", texts["organisation"][1]),
            email=email,
            phone=phone,
            category=texts["category"][1],
            language=language,
            country=country,
            spoken=spoken[:MOST_SPOKEN],
            zone=self._fitting("zone", texts["zone"][1]),
            extra=extra,
            reference=reference,
        )
        return replace(guest, cleared=self._cleared(guest)) if reference else guest

    def _cleared(self, guest: GuestRow) -> tuple[str, ...]:
        """Fields that have a column and nothing in this row of a list we wrote."""
        return tuple(name for name in _CLEARABLE if name in self.held and not getattr(guest, name))

    def _emptied(self, cells: list[str]) -> dict[str, str]:
        """Extra columns of a list we wrote whose cell is empty."""
        titled = zip(self.layout.titles, self.layout.fields, strict=True)
        return {
            title: ""
            for number, (title, held) in enumerate(titled)
            if held == "" and (number >= len(cells) or not cells[number])
        }

    def _written_by_us(self, cells: list[str]) -> tuple[str, ...]:
        """Functions one a line, as our export writes them: nothing else cuts or cleans them."""
        lines = self._first(cells, "qualities")[1].split("\n")
        return tuple(self._fitting("qualities", line.strip()) for line in lines if line.strip())

    def _check_lone_cell(self, cells: list[str]) -> None:
        if sum(map(bool, cells)) == 1 and self.usual >= 3:
            raise _Problem("heading_or_note")

    def _name(self, cells: list[str]) -> tuple[str, Name, str, str]:
        """Civility, Latin name, name in its own script, and a function written behind the name."""
        _, typed = self._first(cells, "civility")
        civility = find_civility(typed) or find_civility(typed.partition(" ")[0]) or ""
        native, told = self._first(cells, "native_name")[1], ""
        if "family_name" in self.held:
            name = Name(self._first(cells, "given_name")[1], self._first(cells, "family_name")[1])
        else:
            found, whole = take_civility(self._first(cells, "full_name")[1])
            whole, told = take_quality(whole)
            civility, name = civility or found, split_name(whole, self.order)
        name = Name(" ".join(name.given.split()), " ".join(name.family.split()))
        whole = f"{name.given} {name.family}".strip()
        if not any(c.isalpha() for c in whole):
            if native and any(c.isalpha() for c in native):
                raise _Problem("no_latin_name")
            self._check_lone_cell(cells)
            raise _Problem("no_name")
        if is_latin(whole):
            return civility, name, native, told
        return civility, _in_latin(name), native or whole, told

    def _email(self, cells: list[str]) -> tuple[int, str, str]:
        """Column, first address, the other addresses of the cell."""
        column, typed = self._first(cells, "email")
        if not typed:
            return -1, "", ""
        address, rest = first_address(typed)
        if not (valid := find_email(address)):
            raise _Problem("bad_email", self.layout.titles[column])
        return column, valid, rest

    def _qualities(self, cells: list[str], told: str) -> tuple[str, ...]:
        found = (cells[i] for i in self.held.get("qualities", ()) if i < len(cells))
        each = [quality for text in (told, *found) for quality in split_qualities(text)]
        return tuple(self._fitting("qualities", quality) for quality in dict.fromkeys(each))

    def _fitting(self, name: str, text: str) -> str:
        if len(text) > LONGEST[name]:
            columns = self.held.get(name) or self.held.get("full_name", [])
            raise _Problem("too_long", self.layout.titles[columns[0]] if columns else "")
        return text

    def _extra(self, cells: list[str], used: set[int]) -> dict[str, str]:
        """What no field took: unknown columns, and second columns of a field taken once."""
        whole = {
            i
            for name in ("given_name", "family_name", "full_name", "native_name", "qualities", "reference", SKIP)
            for i in self.held.get(name, ())
        }
        taken = whole | used | {i for i in self.held.get("civility", ()) if i < len(cells) and find_civility(cells[i])}
        return {self.layout.titles[i]: cell for i, cell in enumerate(cells) if cell and i not in taken}


def _in_latin(name: Name) -> Name:
    given, family = find_latin_spelling(name.given), find_latin_spelling(name.family)
    if given is None or family is None:
        raise _Problem("no_latin_name")
    return Name(given, family)


_TOTAL = re.compile(r"(sous )?(total|totaux|somme|grand total|effectif|sum)( |$)|nombre (total |d )")


def _is_total(cells: list[str]) -> bool:
    """A last line that counts: "Total : 25", "TOTAL";"";"25"."""
    written = [cell for cell in cells if cell]
    if not _TOTAL.match(fold(written[0])):
        return False
    return all(re.fullmatch(r"[\d\s.,%:]+|[^@]*", cell) and not cell[:1].isalpha() for cell in written[1:])
