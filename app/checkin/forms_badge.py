"""What a desk says to print a badge."""

from typing import Any

from wtforms import SelectField
from wtforms.validators import DataRequired, InputRequired, Length

import badges
from app.forms import Form, TextField, options
from app.i18n import language, lazy


class DeskBadgeForm(Form):
    """One badge, printed for the guest who stands there."""

    design = SelectField(lazy("Design"), [InputRequired()])
    reason = TextField(
        lazy("Why"), [DataRequired(lazy("Please say why: lost, spoiled, another name…")), Length(max=200)]
    )

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.design.choices = options([(key, one.name(language())) for key, one in badges.list_designs().items()])
