"""Address labels for envelopes, on ready-made sheets."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from badges.design import PAPERS, Grid
from badges.drawing import ROOT, Drawing, drawn
from badges.face import EventTexts
from badges.placing import Placing, pages
from badges.sheets import CROSS

MOST_LINES = 7
LABELS = 2000
"""Labels in a file."""


@dataclass(frozen=True)
class LabelSheet:
    """A sheet of ready-made labels: its name in shops, the size of a label in mm, where labels stand."""

    name: str
    size: tuple[float, float]
    grid: Grid


LABEL_SHEETS = {
    "l7163": LabelSheet("Avery L7163", (99.1, 38.1), Grid(PAPERS["a4"], (4.65, 15.15), (101.6, 38.1), 2, 7)),
    "l7160": LabelSheet("Avery L7160", (63.5, 38.1), Grid(PAPERS["a4"], (7.25, 15.15), (66.0, 38.1), 3, 7)),
}
"""The two sheets every office has: 14 and 21 to an A4."""


@dataclass(frozen=True)
class EnvelopeLabel:
    """An address as it must be printed, line by line: one to seven (AFNOR XP Z10-011 knows six, and the country)."""

    lines: tuple[str, ...]

    def __post_init__(self) -> None:
        """Raises ValueError for no line or too many."""
        if not 1 <= len([line for line in self.lines if line]) <= MOST_LINES:
            raise ValueError(f"an address has one to {MOST_LINES} lines")

    @property
    def name(self) -> str:
        """What errors call it: the first line."""
        return next(line for line in self.lines if line)


def envelope_labels(
    labels: Sequence[EnvelopeLabel], texts: EventTexts, *, sheet: str = "l7163", placing: Placing | None = None
) -> list[Drawing]:
    """Sheets of address labels. `sheet`: a key of LABEL_SHEETS; `placing`: start, shift, test_cross and order count.

    Raises ValueError for no label or sheet; compiling raises Overflow or Unprintable with the first lines.
    """
    if sheet not in LABEL_SHEETS:
        raise ValueError(f"no sheet of labels is called {sheet}")
    if not labels:
        raise ValueError("no label to print")
    paper, laid = LABEL_SHEETS[sheet], placing or Placing()
    sides = [page.cells for page in pages(len(labels), paper.grid, replace(laid, duplex=""))]
    places = next(pages(paper.grid.places, paper.grid, Placing(shift=laid.shift))).cells
    common = {
        "title": texts.title,
        "language": texts.language,
        "size": paper.size,
        "paper": paper.grid.paper,
        "cross": CROSS if laid.test_cross else None,
        "places": [[left, top] for _, left, top in places],
    }
    files = []
    step = max(1, LABELS // paper.grid.places)
    for start in range(0, len(sides), step):
        used = sorted({item for side in sides[start : start + step] for item, _, _ in side})
        numbers = {item: number for number, item in enumerate(used)}
        cells = [[[numbers[item], left, top] for item, left, top in side] for side in sides[start : start + step]]
        data = {**common, "faces": [drawn(labels[item]) for item in used], "pages": cells}
        files.append(Drawing("papers/labels.typ", ROOT, data, {}, names=tuple(labels[item].name for item in used)))
    return files
