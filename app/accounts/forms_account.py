"""The form of one's own account."""

from wtforms.fields import RadioField

from app.forms import Form, options
from app.i18n import lazy


class AccountForm(Form):
    """What somebody decides for themselves."""

    language = RadioField(
        lazy("Language of the pages"),
        choices=options((("", lazy("As my browser asks")), ("fr", lazy("French")), ("en", lazy("English")))),
    )
