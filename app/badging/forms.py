"""Forms of the badges pages: what to print, on which sheets, in which order; a badge printed again."""

from typing import Any

from wtforms.fields import DecimalField, IntegerField, RadioField, SelectField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

import badges
from app.badging.layout import DESIGN, Layout
from app.events.models import Event
from app.forms import Form, TextField, options
from app.i18n import here, language, lazy

ONLY = [
    ("all", lazy("Everyone’s badge")),
    ("changed", lazy("Only those new or changed since the last run of this design")),
]
PAPERS = [
    ("", lazy("The usual one for the design")),
    ("a4", "A4"),
    ("a3", "A3"),
    ("single", lazy("One badge a page, of its own size")),
]
SORTS = [
    ("name", lazy("by name")),
    ("organisation", lazy("by organisation")),
    ("delegation", lazy("by delegation")),
    ("desk", lazy("by desk (the alphabet shared out)")),
    ("collection", lazy("by collection point (delegation, else desk)")),
]
ORDERS = [("rows", lazy("Along each sheet")), ("stack", lazy("Down the pile: cut piles are put one on another"))]
SIDES = [
    ("", lazy("One side")),
    ("long", lazy("Both sides, turned over the long edge")),
    ("short", lazy("Both sides, turned over the short edge")),
]
YES_NO = [("yes", lazy("Yes")), ("no", lazy("No"))]
FURTHEST_MM, MOST_DESKS = 10, 12


def _millimetres(label: Any) -> DecimalField:
    return DecimalField(
        label, [Optional(), NumberRange(-FURTHEST_MM, FURTHEST_MM, lazy("At most 10 mm to either side."))], default=0,
        places=1,
    )  # fmt: skip


class SheetForm(Form):
    """How badges are laid on sheets; what is not sent keeps its usual value."""

    refusals = {"LayoutImpossible": "paper", "StartBeyondSheet": "start", "OneSideOnly": "duplex"}  # noqa: RUF012 - read only

    design = RadioField(lazy("Design"), [InputRequired()], default=DESIGN)
    paper = SelectField(lazy("Paper"), choices=options(PAPERS), default="")
    start = IntegerField(
        lazy("First free place on the sheet"), [Optional(), NumberRange(1, 60)], default=1,
        description=lazy("For a sheet of which some labels are gone, counted row by row."),
    )  # fmt: skip
    shift_x = _millimetres(lazy("Shift to the right, in mm"))
    shift_y = _millimetres(lazy("Shift downwards, in mm"))
    back_x = _millimetres(lazy("Back: shift to the right, in mm"))
    back_y = _millimetres(lazy("Back: shift downwards, in mm"))
    trim_marks = SelectField(lazy("Cutting marks"), choices=options(YES_NO), default="yes")
    test_cross = SelectField(lazy("Test cross on each sheet"), choices=options(YES_NO), default="no")
    duplex = SelectField(lazy("Sides"), choices=options(SIDES), default="")
    order = SelectField(lazy("Order on the sheets"), choices=options(ORDERS), default="rows")
    sort = SelectField(lazy("Order of the badges"), choices=options(SORTS), default="name")
    separators = SelectField(
        lazy("Separators for the trays"), choices=options(YES_NO), default="no",
        description=lazy("A card before each letter, or before each group."),
    )  # fmt: skip
    desks = IntegerField(lazy("Number of desks"), [Optional(), NumberRange(1, MOST_DESKS)], default=2)

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.design.choices = options([(key, one.name(language())) for key, one in badges.list_designs().items()])

    def layout(self) -> Layout:
        """What was asked."""
        shifts = {name: float(self[name].data or 0) for name in ("shift_x", "shift_y", "back_x", "back_y")}
        return Layout(
            design=self.design.data, paper=self.paper.data, start=self.start.data or 1, **shifts,
            trim_marks=self.trim_marks.data == "yes", test_cross=self.test_cross.data == "yes",
            duplex=self.duplex.data, order=self.order.data, sort=self.sort.data,
            separators=self.separators.data == "yes", desks=self.desks.data or 1, language=language(),
        )  # fmt: skip


class PrintForm(SheetForm):
    """A run: whose badges, why, on which sheets."""

    only = RadioField(lazy("Whose"), choices=options(ONLY), default="all")
    category = SelectField(lazy("Category"), default="")
    reason = TextField(
        lazy("Why"), [Optional(), Length(max=200)], description=lazy("Kept in the log: “first run”, “late answers”…")
    )

    def offer(self, event: Event) -> "PrintForm":
        """The form with the categories of the event."""
        everyone = ("", lazy("All categories"))
        self.category.choices = options([everyone, *((one.key, here(one.name)) for one in event.categories)])
        return self


class OneBadgeForm(Form):
    """One badge, printed at the desk."""

    design = SelectField(lazy("Design"), [InputRequired()])
    reason = TextField(
        lazy("Why"), [DataRequired(lazy("Please say why: lost, spoiled, another name…")), Length(max=200)]
    )

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.design.choices = options([(key, one.name(language())) for key, one in badges.list_designs().items()])


class ActForm(Form):
    """A button alone."""
