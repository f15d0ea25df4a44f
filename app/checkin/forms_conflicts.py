"""The form of a decision on a conflict."""

from typing import ClassVar

from wtforms.fields import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from app.checkin.conflict_words import DECISION_WORDS
from app.checkin.settling import CHOICES
from app.forms import Form, TextField
from app.i18n import lazy


class ConflictForm(Form):
    """What is decided, and why."""

    refusals: ClassVar = {"ReasonMissing": "reason", "NotAChoice": "decision", "NotInside": "decision"}
    decision = RadioField(lazy("Decision"), [InputRequired(lazy("Please choose one of the decisions."))])
    reason = TextField(
        lazy("Why"), [Length(max=300)], description=lazy("It is kept with your name and the hour; no row is changed.")
    )


class ReopenForm(Form):
    """Why a decision is taken up again."""

    refusals: ClassVar = {"ReasonMissing": "reason"}
    reason = TextField(
        lazy("Why it is opened again"),
        [Length(max=300)],
        description=lazy("The decision stays in the history, with its reason."),
    )


def conflict_form(kind: str) -> ConflictForm:
    """The form with the decisions a conflict of this kind offers."""
    form = ConflictForm()
    form.decision.choices = [SelectChoice(one, DECISION_WORDS[one]) for one in CHOICES[kind]]
    return form
