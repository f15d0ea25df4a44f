"""What an invitee asks for after the deadline."""

from typing import Any

from wtforms.fields import EmailField, HiddenField, RadioField
from wtforms.validators import Email, InputRequired, Length, Optional

from app.forms import Form, LongTextField, TextField, options
from app.i18n import _, lazy
from app.invitations.models import Invitation
from app.registration.forms import ANSWERS, CIVILITIES


class LateForm(Form):
    """A late answer, or another answer than the one given; the organiser decides."""

    # Told apart from an answer refused for its hour, whose fields come along.
    step = HiddenField(default="asked")
    answer = RadioField(
        lazy("What you ask for"), [InputRequired(lazy("Please choose one of the answers."))], choices=options(ANSWERS)
    )
    civility = RadioField(lazy("Form of address"), [Optional()], choices=options(CIVILITIES), default="")
    given_name = TextField(lazy("First name"), [Optional(), Length(max=120)])
    family_name = TextField(lazy("Surname"), [Optional(), Length(max=120)])
    quality = TextField(lazy("Function"), [Optional(), Length(max=300)])
    email = EmailField(
        lazy("E-mail address"),
        [Optional(), Length(max=254), Email(lazy("This address is not complete. Example: name@town.fr"))],
        description=lazy("The confirmation and the entrance code go to this address."),
    )
    message = LongTextField(
        lazy("What you wish to say (optional)"),
        [Optional(), Length(max=500)],
        description=lazy("The organiser reads it before deciding."),
    )

    def offer(self, invitation: Invitation) -> "LateForm":
        """The same form without the answer that stands, nor one the invitation does not allow."""
        standing = {"accepted": "attend", "declined": "decline"}.get(invitation.state)
        not_offered = {standing, None if invitation.is_transferable else "represented"}
        self.answer.choices = [one for one in self.answer.choices if one.value not in not_offered]
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        """A representative has a name and an address."""
        is_valid = bool(super().validate(extra_validators))
        if self.answer.data != "represented":
            return is_valid
        if not (self.given_name.data or self.family_name.data):
            self.family_name.errors = [_("Please say who comes instead.")]
            is_valid = False
        if not self.email.data:
            self.email.errors = [_("Please give an address: the confirmation goes there.")]
            is_valid = False
        return is_valid

    def content(self) -> dict[str, str]:
        """Who should come instead, as `late_requests.representative_of` reads it."""
        if self.answer.data != "represented":
            return {}
        names = ("civility", "given_name", "family_name", "quality", "email")
        return {name: self[name].data or "" for name in names}
