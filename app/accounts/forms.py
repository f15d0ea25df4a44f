"""Forms of accounts."""

from wtforms.fields import HiddenField, PasswordField
from wtforms.validators import InputRequired

from app.forms import Form, TextField
from app.i18n import lazy


class SignInForm(Form):
    """Address and password."""

    email = TextField(lazy("E-mail address"), [InputRequired()])
    password = PasswordField(lazy("Password"), [InputRequired()])
    next = HiddenField()
