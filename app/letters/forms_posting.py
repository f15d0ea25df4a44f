"""The form of a letter that did not arrive."""

from wtforms.validators import Length

from app.forms import Form, TextField
from app.i18n import lazy


class AgainForm(Form):
    """Where a letter that did not arrive is sent now."""

    recipient = TextField(
        lazy("Address"),
        [Length(max=254)],
        description=lazy("Only this letter goes there; correct the guest’s address too."),
    )
