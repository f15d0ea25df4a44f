"""The form of everything printed that is not a badge: each product shows the fields it knows."""

from typing import Any

from wtforms.fields import BooleanField, IntegerField, SelectField
from wtforms.validators import Length, NumberRange, Optional

import badges
from app.badging.asked import Asked
from app.events.models import Event
from app.forms import Form, TextField, options
from app.i18n import here, language, lazy

# Fields that each product reads.
FIELDS: dict[str, tuple[str, ...]] = {
    "tents": ("who", "height"),
    "reserved": ("who", "copies", "size"),
    "doors": (),
    "attendance": ("who", "blank_rows"),
    "desk": (),
    "labels": ("who", "sheet", "start"),
    "packs": ("design",),
    "certificates": ("who", "signatory", "signatory_quality", "place", "notice", "is_approved"),
}
WITH_SPEAKERS = frozenset({"tents", "reserved"})
HEIGHTS = [("99", lazy("99 mm, one card on an A4 sheet")), ("60", lazy("60 mm, two cards on an A4 sheet"))]
SIZES = [("a4", "A4"), ("a5", lazy("A5, two on a sheet"))]
MOST_COPIES = 200


class ProductForm(Form):
    """What a product is asked for; what is not sent keeps its usual value."""

    who = SelectField(lazy("For whom"), default="")
    copies = IntegerField(lazy("Signs for each category"), [Optional(), NumberRange(1, MOST_COPIES)], default=1)
    height = SelectField(lazy("Height of a face"), choices=options(HEIGHTS), default="99")
    size = SelectField(lazy("Size"), choices=options(SIZES), default="a4")
    blank_rows = IntegerField(lazy("Empty lines at the end"), [Optional(), NumberRange(0, 200)], default=0)
    sheet = SelectField(lazy("Sheet of labels"), default="l7163")
    start = IntegerField(lazy("First free place on the sheet"), [Optional(), NumberRange(1, 14)], default=1)
    design = SelectField(lazy("Design of the badges"), default="a6")
    signatory = TextField(lazy("Signed by"), [Optional(), Length(max=120)])
    signatory_quality = TextField(lazy("Function of the signatory"), [Optional(), Length(max=200)])
    place = TextField(lazy("Made at"), [Optional(), Length(max=100)])
    notice = TextField(lazy("Small print at the foot"), [Optional(), Length(max=400)])
    is_approved = BooleanField(lazy("The organiser is approved to train elected people (CGCT L2123-12)"))

    def offer(self, event: Event, product: str) -> "ProductForm":
        """The form with the choices of the event for one product."""
        self.product = product
        everyone = ("", lazy("Every category") if product == "reserved" else lazy("Everyone with a place"))
        people = [(one.key, here(one.name)) for one in event.categories]
        speakers = [("speakers", lazy("Speakers of the programme"))] if product in WITH_SPEAKERS else []
        self.who.choices = options([*speakers, everyone, *people])
        if product == "tents" and not self.is_submitted():
            self.who.data = "speakers"
        self.sheet.choices = options([(key, one.name) for key, one in badges.LABEL_SHEETS.items()])
        self.design.choices = options([(key, one.name(language())) for key, one in badges.list_designs().items()])
        return self

    @property
    def shown(self) -> list[Any]:
        """The fields this product reads."""
        return [self[name] for name in FIELDS[self.product]]

    def asked(self) -> Asked:
        """What was asked; the fields of other products keep their usual value."""
        told = {name: self[name].data for name in FIELDS[self.product] if self[name].data not in (None, "")}
        if "height" in told:
            told["height"] = int(told["height"])
        return Asked(**told, language=language())
