"""The journal's filter, and the form of the style page: one field of each kind, and a rule that can refuse."""

from wtforms.fields import BooleanField, DateField, RadioField, SelectField
from wtforms.validators import Email, InputRequired, Length, Optional

from app.forms import Form, LongTextField, TextField, options
from app.i18n import lazy

_ANSWERS = (
    ("accepted", lazy("Will attend")),
    ("represented", lazy("Is represented")),
    ("declined", lazy("Cannot come")),
)
_DOCUMENTS = (("card", lazy("Identity card")), ("passport", lazy("Passport")))
_LANGUAGES = (("fr", lazy("French")), ("en", lazy("English")))


class JournalFilter(Form):
    """Which entries are shown."""

    class Meta(Form.Meta):
        """A search changes nothing and carries no token."""

        csrf = False

    q = TextField(lazy("Name"), [Length(max=100)])
    who = SelectField(
        lazy("Who acted"),
        choices=options((("", lazy("Everyone")), ("organisers", lazy("Organisers")), ("guests", lazy("Guests")))),
    )


class SampleForm(Form):
    """Shown to be looked at: nothing it holds is kept."""

    name = TextField(lazy("Name"), [InputRequired(lazy("Please give a name."))], description=lazy("As it is printed."))
    email = TextField(lazy("E-mail address"), [Optional(), Email()])
    day = DateField(lazy("Day"), [Optional()])
    language = SelectField(lazy("Language"), choices=options(_LANGUAGES))
    text_fr = LongTextField(lazy("Text in French"), [Length(max=400)])
    text_en = LongTextField(lazy("Text in English"), [Length(max=400)])
    answer = RadioField(lazy("Your answer"), choices=options(_ANSWERS), default="accepted")
    road = RadioField(lazy("Document shown"), choices=options(_DOCUMENTS), default="card")
    document = RadioField(lazy("Document shown"), choices=options(_DOCUMENTS), default="card")
    is_kept = BooleanField(lazy("An identity document is checked at the entrance"))
