"""Forms of answers: the invitee's, and those the organiser keys in."""

from wtforms.fields import DateTimeLocalField, EmailField, HiddenField, RadioField
from wtforms.validators import Email, InputRequired, Length, Optional

from app.directory.service import Names
from app.forms import Form, LongTextField, TextField
from app.i18n import lazy
from app.registration.representatives import Representative

ANSWERS = [
    ("attend", lazy("Will attend")),
    ("represented", lazy("Is represented")),
    ("decline", lazy("Cannot attend")),
]
ROADS = [("mail", lazy("By e-mail")), ("phone", lazy("By telephone")), ("paper", lazy("On paper"))]
CIVILITIES = [("Mme", lazy("Ms")), ("M", lazy("Mr")), ("", lazy("Not stated"))]


class ChoiceForm(Form):
    """The one question: comes, is represented, does not come."""

    answer = RadioField(
        lazy("Your answer"),
        [InputRequired(lazy("Please choose one of the three answers."))],
        choices=ANSWERS,
        validate_choice=True,
    )


class RepresentativeForm(Form):
    """Who comes instead."""

    answer = HiddenField(default="represented")
    civility = RadioField(
        lazy("Form of address"), [Optional()], choices=CIVILITIES, default="", validate_choice=True
    )
    given_name = TextField(
        lazy("First name"),
        [InputRequired(lazy("Please give the first name.")), Length(max=120)],
        description=lazy("In Latin letters, as on the identity document."),
    )
    family_name = TextField(
        lazy("Surname"), [InputRequired(lazy("Please give the surname.")), Length(max=120)]
    )
    quality = TextField(
        lazy("Function"),
        [InputRequired(lazy("Please give the function: it is printed on the badge.")), Length(max=300)],
        description=lazy("As it should read on the badge."),
    )
    email = EmailField(
        lazy("E-mail address"),
        [
            InputRequired(lazy("Please give an address: the confirmation goes there.")),
            Length(max=254),
            Email(lazy("This address is not complete. Example: name@town.fr")),
        ],
        description=lazy("The confirmation and the entrance code go to this address."),
        filters=[lambda value: value.strip() if value else value],
    )

    def representative(self) -> Representative:
        """Who was named."""
        names = Names(
            given=self.given_name.data or "",
            family=self.family_name.data or "",
            civility=self.civility.data or "",
        )
        return Representative(names, self.quality.data or "", self.email.data or "")


class DeclineForm(Form):
    """Why not, if one likes to say."""

    answer = HiddenField(default="decline")
    reason = LongTextField(
        lazy("Reason (optional)"),
        [Optional(), Length(max=500)],
        description=lazy("The organiser reads it; it appears nowhere else."),
    )
