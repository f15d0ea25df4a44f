"""Form of the badges page."""

from wtforms.fields import RadioField
from wtforms.validators import InputRequired

from app.forms import Form, options
from app.i18n import lazy

DESIGNS = [
    ("a6", lazy("A6 upright, one badge a page, for a clear holder")),
    ("card", lazy("Card size, ten on A4 with cutting marks")),
]


class PrintForm(Form):
    """Which design to draw."""

    design = RadioField(lazy("Size"), [InputRequired()], choices=options(DESIGNS), default="a6")
