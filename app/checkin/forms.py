"""Forms of the desk."""

import re

from wtforms.fields import HiddenField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, Regexp

from app.checkin.answers import DOCUMENT_WORDS
from app.checkin.rows import NONCE, ROADS
from app.forms import Form, TextField
from app.i18n import lazy


class OpenDeskForm(Form):
    """Where this phone or computer stands."""

    gate = TextField(
        lazy("Name of this desk"),
        [DataRequired(), Length(max=80)],
        description=lazy("For example: Gate 1 · Desk 3. It is said when a guest comes twice."),
    )


class RequestForm(Form):
    """What every gesture at a desk carries: a nonce, and the road it came by."""

    nonce = HiddenField(validators=[InputRequired(), Regexp(re.compile(rf"^{NONCE.pattern}$"))])
    road = HiddenField(default="typed", validators=[AnyOf(ROADS)])


class ScanForm(RequestForm):
    """A code that was scanned or typed, or someone chosen from a search."""

    code = TextField(lazy("Code under the QR"), [Length(max=200)])
    registration = HiddenField(validators=[Length(max=26)])


class AdmitForm(RequestForm):
    """The decision on the person shown: let in (with the document seen) or does not match."""

    registration = HiddenField(validators=[InputRequired(), Length(max=26)])
    document = RadioField(
        lazy("Document shown"),
        choices=[SelectChoice(kind, words) for kind, words in DOCUMENT_WORDS.items()],
        validate_choice=False,
    )
    decision = HiddenField(default="admit", validators=[AnyOf(("admit", "differs"))])


class UndoForm(RequestForm):
    """Take the last admission back."""

    registration = HiddenField(validators=[InputRequired(), Length(max=26)])
