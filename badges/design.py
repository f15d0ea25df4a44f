"""The looks a badge can have: a folder of `designs/` each, with a drawing, a manifest and a picture."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DESIGNS = Path(__file__).parent / "designs"
PAPERS = {"a4": (210.0, 297.0), "a3": (297.0, 420.0)}
"""Sheets, upright, in mm (ISO 216)."""
SINGLE = "single"
"""The paper of the badge's own size: one badge a page, for label printers and badge printers."""
NARROWEST_MODULE = 0.5
"""Millimetres of a QR module that phones still read at arm's length (domain 3.25)."""


@dataclass(frozen=True)
class Grid:
    """Where badges stand on a sheet, in mm from its top left corner.

    paper: its width and height; origin: corner of the first badge; pitch: from one badge to the next
    """

    paper: tuple[float, float]
    origin: tuple[float, float]
    pitch: tuple[float, float]
    columns: int
    rows: int

    @property
    def places(self) -> int:
        """Badges on a sheet."""
        return self.columns * self.rows


@dataclass(frozen=True)
class Design:
    """One look, as its manifest.json tells it.

    key: name of its folder, what `sheet(design=…)` takes
    names: what people call it, by language ("fr", "en")
    size: width and height of what is cut out, in mm; flat, before folding
    folded: whether it is folded down the middle, its back being the left half of the same side
    sides: 2 when a back can be printed on the other side of the sheet
    die_cut: whether it is a sheet of ready-made labels: never trim marks, never another paper
    thermal: whether it is printed in black only
    code_side: side of the QR in mm, without its quiet zone
    fields: what it shows: names of attributes of `BadgeFace` and `Back`, "event_title", "event_line"
    grids: the papers it can be printed on, the usual one first: "single", "a4", "a3"
    layout, levels: measures in mm and sizes of text in points, for the drawing
    """

    key: str
    names: Mapping[str, str]
    size: tuple[float, float]
    folded: bool
    sides: int
    die_cut: bool
    thermal: bool
    code_side: float
    fields: tuple[str, ...]
    grids: Mapping[str, Grid]
    layout: Mapping[str, Any]
    levels: tuple[Mapping[str, float], ...]

    @property
    def has_back(self) -> bool:
        """Whether it can show a personal programme: on the other side, or on the fold."""
        return self.folded or self.sides == 2

    @property
    def papers(self) -> tuple[str, ...]:
        """The papers it can be printed on, the usual one first."""
        return tuple(self.grids)

    @property
    def preview(self) -> Path:
        """A picture of it, PNG."""
        return DESIGNS / self.key / "preview.png"

    def name(self, language: str) -> str:
        """What people call it."""
        return self.names.get(language) or self.names["en"]

    def most_modules(self) -> int:
        """The largest QR, in modules a side, that it prints at 0.5 mm a module or more."""
        return int(self.code_side / NARROWEST_MODULE + 1e-9)


def list_designs() -> dict[str, Design]:
    """All designs by key, A6 first."""
    found = [_read(path) for path in sorted(DESIGNS.glob("*/manifest.json"))]
    return {design.key: design for design in found}


def get_design(key: str) -> Design:
    """The design of this key. Raises ValueError when there is none."""
    path = DESIGNS / key / "manifest.json"
    if not key.isascii() or "/" in key or not path.is_file():
        raise ValueError(f"no badge design is called {key}")
    return _read(path)


def _read(path: Path) -> Design:
    """A manifest; raises ValueError naming the folder when something is missing."""
    told = json.loads(path.read_text("utf-8"))
    try:
        width, height = (float(side) for side in told["badge_mm"])
        return Design(
            key=path.parent.name,
            names=told["name"],
            size=(width, height),
            folded=told.get("folded", False),
            sides=told.get("sides", 1),
            die_cut="labels" in told,
            thermal=told.get("thermal", False),
            code_side=float(told["qr_mm"]),
            fields=tuple(told["fields"]),
            grids=_grids(told, (width, height)),
            layout=told.get("layout", {}),
            levels=tuple(told["levels"]),
        )
    except KeyError as missing:
        raise ValueError(f"the manifest of {path.parent.name} lacks {missing}") from missing


def _grids(told: Mapping[str, Any], size: tuple[float, float]) -> dict[str, Grid]:
    """The grid of each paper the manifest names, computed unless it is a sheet of labels."""
    if "labels" in told:
        labels = told["labels"]
        origin, pitch = tuple(labels["origin_mm"]), tuple(labels["pitch_mm"])
        return {labels["paper"]: Grid(PAPERS[labels["paper"]], origin, pitch, labels["columns"], labels["rows"])}
    return {paper: fill(paper, size) for paper in told["papers"]}


def fill(paper: str, size: tuple[float, float]) -> Grid:
    """As many badges of `size` as fit, upright or across, centred, edge to edge."""
    if paper == SINGLE:
        return Grid(size, (0.0, 0.0), size, 1, 1)
    ways = []
    for sheet in (PAPERS[paper], PAPERS[paper][::-1]):
        columns, rows = (int(side / own + 1e-9) for side, own in zip(sheet, size, strict=True))
        origin = ((sheet[0] - columns * size[0]) / 2, (sheet[1] - rows * size[1]) / 2)
        ways.append(Grid(sheet, origin, size, columns, rows))
    best = max(ways, key=lambda grid: grid.places)
    if not best.places:
        raise ValueError(f"{size[0]:g} × {size[1]:g} mm does not fit on {paper}")
    return best
