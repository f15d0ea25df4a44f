"""The form of a meeting for those who are here already."""

from typing import ClassVar

from wtforms.fields import DateField, TimeField
from wtforms.validators import InputRequired, Length

from app.events.beginnings import Beginning
from app.forms import Form, TextField, bilingual
from app.i18n import lazy
from app.registration.substitutes import Meeting


class SubstituteForm(Form):
    """How the meeting is called, and when."""

    refusals: ClassVar = {"TitleMissing": "title_fr", "DateInThePast": "starts_on"}
    title_fr = TextField(lazy("Title in French"), [Length(max=200)])
    title_en = TextField(lazy("Title in English"), [Length(max=200)])
    starts_on = DateField(lazy("Day"), [InputRequired()])
    starts_at = TimeField(lazy("Hour"), [InputRequired()])

    def meeting(self) -> Meeting:
        """What a valid form says."""
        return Meeting(Beginning(bilingual(self, "title"), self.starts_on.data), self.starts_at.data)
