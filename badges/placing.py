"""How badges are laid on sheets: which place, which page, front and back. Numbers only, no drawing."""

from collections.abc import Iterator
from dataclasses import dataclass

from badges.design import Grid

FURTHEST = 10.0
"""Millimetres a print may be shifted: beyond, it is the wrong paper rather than a printer that pulls aslant."""
DUPLEX = ("", "long", "short")
ORDERS = ("rows", "stack")


@dataclass(frozen=True)
class Placing:
    """How badges are laid on a sheet.

    paper: "single", "a4" or "a3"; "" for the design's usual one
    start: the first place to use, from 1, row by row: on a sheet of which some labels are gone
    shift: millimetres to the right and downwards, to 0.1 mm, that set right what the printer does; ±10 at most
    back_shift: the same for the other side of the sheet
    trim_marks: lines to cut along, on the fronts; never on ready-made labels
    test_cross: a cross with rulers in the margin of each sheet that has one, to measure what the printer does;
        `trial_sheet` always has one
    duplex: "" for fronts only; else backs follow on every second page, for a printer that turns the sheet over its
        "long" or its "short" edge
    order: "rows": along each sheet; "stack": down the pile of sheets, so that cut piles only need to be put one on
        another
    """

    paper: str = ""
    start: int = 1
    shift: tuple[float, float] = (0.0, 0.0)
    back_shift: tuple[float, float] = (0.0, 0.0)
    trim_marks: bool = True
    test_cross: bool = False
    duplex: str = ""
    order: str = "rows"

    def __post_init__(self) -> None:
        """Raises ValueError for what no printer does."""
        if self.start < 1:
            raise ValueError("the first place is number 1")
        if self.duplex not in DUPLEX or self.order not in ORDERS:
            raise ValueError(f"duplex is one of {DUPLEX}, order one of {ORDERS}")
        for shift in (*self.shift, *self.back_shift):
            if abs(shift) > FURTHEST or abs(shift * 10 - round(shift * 10)) > 1e-6:
                raise ValueError(f"a shift goes to {FURTHEST:g} mm, in steps of 0.1 mm")


@dataclass(frozen=True)
class Page:
    """One side of a sheet: `cells` are (number of the item, left, top) in mm, shift included."""

    back: bool
    cells: tuple[tuple[int, float, float], ...]


def pages(count: int, grid: Grid, placing: Placing) -> Iterator[Page]:
    """The sides of the sheets that hold `count` items, in the order in which a printer takes them.

    Raises ValueError when `placing.start` lies beyond the sheet.
    """
    if placing.start > grid.places:
        raise ValueError(f"this sheet has {grid.places} places")
    for sheet in _sheets(count, grid.places, placing):
        yield Page(False, tuple((item, *_front(grid, place, placing.shift)) for item, place in sheet))
        if placing.duplex:
            yield Page(True, tuple((item, *_behind(grid, place, placing)) for item, place in sheet))


def _sheets(count: int, places: int, placing: Placing) -> Iterator[list[tuple[int, int]]]:
    """(item, place) for each sheet; a stack is even, so its first sheet is taken as new from the start."""
    skipped = placing.start - 1
    number = -(-(count + skipped) // places)
    for sheet in range(number):
        filled = []
        for place in range(places):
            at = sheet * places + place if placing.order == "rows" else place * number + sheet
            item = at - skipped
            if 0 <= item < count:
                filled.append((item, place))
        yield filled


def _front(grid: Grid, place: int, shift: tuple[float, float]) -> tuple[float, float]:
    """Left and top of a place."""
    row, column = divmod(place, grid.columns)
    return (
        round(grid.origin[0] + column * grid.pitch[0] + shift[0], 3),
        round(grid.origin[1] + row * grid.pitch[1] + shift[1], 3),
    )


def _behind(grid: Grid, place: int, placing: Placing) -> tuple[float, float]:
    """Left and top of the place that lies behind another once the sheet is turned."""
    row, column = divmod(place, grid.columns)
    upright = grid.paper[0] <= grid.paper[1]
    sideways = (placing.duplex == "long") == upright
    across = grid.columns - 1 - column if sideways else column
    down = row if sideways else grid.rows - 1 - row
    return _front(grid, down * grid.columns + across, placing.back_shift)


MARK, GAP = 4.0, 1.0
Line = tuple[float, float, float, float]


def trim_lines(grid: Grid, size: tuple[float, float], shift: tuple[float, float]) -> list[Line]:
    """The marks to cut along, as (left, top, right, bottom) in mm: none for one badge a page.

    They stand outside the badges; where the badges reach the edge of the sheet, on the cut itself, and then only
    between two badges.
    """
    if grid.places == 1:
        return []
    lines: list[Line] = []
    for axis in (0, 1):
        count = (grid.columns, grid.rows)
        cuts = sorted(
            {
                round(grid.origin[axis] + n * grid.pitch[axis] + shift[axis] + edge, 3)
                for n in range(count[axis])
                for edge in (0.0, size[axis])
            }
        )
        across = 1 - axis
        first = grid.origin[across] + shift[across]
        last = first + (count[across] - 1) * grid.pitch[across] + size[across]
        room = grid.origin[across] >= MARK + GAP
        for cut in cuts if room else cuts[1:-1]:
            ends = ((first - GAP - MARK, first - GAP), (last + GAP, last + GAP + MARK))
            inside = ((first, first + MARK), (last - MARK, last))
            for near, far in ends if room else inside:
                lines.append((cut, near, cut, far) if axis == 0 else (near, cut, far, cut))
    return [(round(a, 3), round(b, 3), round(c, 3), round(d, 3)) for a, b, c, d in lines]
