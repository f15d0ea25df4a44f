"""How badges are asked for: the design, the sheets, the order; kept with the run as plain values."""

from dataclasses import asdict, dataclass, fields
from typing import Any

import badges
from app.errors import Refusal
from app.i18n import lazy

DESIGN = "a6"


class LayoutImpossible(Refusal):
    """The design cannot be laid on sheets as asked."""

    message = lazy("This design cannot be printed like that: choose another paper, start or side.")
    status = 422


class StartBeyondSheet(Refusal):
    """The first place lies beyond the sheet."""

    message = lazy("This sheet has %(places)s places: choose a start from 1 to %(places)s.")
    status = 422


class OneSideOnly(Refusal):
    """The design has nothing for a back."""

    message = lazy("This design has one side only.")
    status = 422


@dataclass(frozen=True)
class Layout:
    """How a run is printed; `badges.Placing` says the meaning of most of it.

    paper: "" for the design's usual one. shift_x, shift_y, back_x, back_y: millimetres, to 0.1.
    sort: one of badges.SORTINGS; separators: a card before each letter or group
    desks: between how many desks the names are divided, for the sorting by desk
    language: of the words of the program on the badge
    """

    design: str = DESIGN
    paper: str = ""
    start: int = 1
    shift_x: float = 0.0
    shift_y: float = 0.0
    back_x: float = 0.0
    back_y: float = 0.0
    trim_marks: bool = True
    test_cross: bool = False
    duplex: str = ""
    order: str = "rows"
    sort: str = "name"
    separators: bool = False
    desks: int = 2
    language: str = "fr"

    @property
    def look(self) -> badges.Design:
        """The design. Raises LayoutImpossible when it exists no more."""
        try:
            return badges.get_design(self.design)
        except ValueError as error:
            raise LayoutImpossible from error

    def placing(self) -> badges.Placing:
        """What the drawing is told. Raises LayoutImpossible, StartBeyondSheet, OneSideOnly."""
        look = self.look
        paper = self.paper or look.papers[0]
        if paper not in look.grids:
            raise LayoutImpossible
        if self.start > look.grids[paper].places:
            raise StartBeyondSheet(places=look.grids[paper].places)
        if self.duplex and look.sides != 2:
            raise OneSideOnly
        try:
            return badges.Placing(
                paper=self.paper, start=self.start, shift=(self.shift_x, self.shift_y),
                back_shift=(self.back_x, self.back_y), trim_marks=self.trim_marks, test_cross=self.test_cross,
                duplex=self.duplex, order=self.order,
            )  # fmt: skip
        except ValueError as error:
            raise LayoutImpossible from error

    def as_options(self) -> dict[str, Any]:
        """As the row of a run keeps it."""
        return asdict(self)


def layout_from(options: dict[str, Any]) -> Layout:
    """The layout a run was asked with; what an older run did not know keeps its usual value."""
    known = {field.name for field in fields(Layout)}
    return Layout(**{name: value for name, value in options.items() if name in known})
