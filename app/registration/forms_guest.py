"""Forms of a guest beside the answer itself: who comes along, the mailed code, a request to come instead."""

from collections.abc import Sequence

from wtforms.fields import FieldList, FormField, HiddenField, SelectField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from app.directory.service import Names
from app.forms import Form, LongTextField, TextField, options
from app.i18n import lazy
from app.invitations.models import MOST_COMPANIONS, Invitation
from app.registration.forms import CIVILITIES, RepresentativeForm
from app.registration.models import Companion


class CompanionRow(Form):
    """One person who comes along; an empty row is nobody."""

    class Meta(Form.Meta):
        """Part of a form that carries the token."""

        csrf = False

    civility = SelectField(lazy("Form of address"), [Optional()], choices=options(CIVILITIES), default="")
    given_name = TextField(lazy("First name"), [Optional(), Length(max=120)])
    family_name = TextField(lazy("Surname"), [Optional(), Length(max=120)])

    def names(self) -> Names:
        """Who was named."""
        given, family = self.given_name.data or "", self.family_name.data or ""
        return Names(given, family, civility=self.civility.data or "")


class CompanionsForm(Form):
    """Who comes along: as many rows as the invitation allows."""

    answer = HiddenField(default="attend")
    people = FieldList(FormField(CompanionRow), max_entries=MOST_COMPANIONS)

    def names(self) -> list[Names]:
        """Everyone named, empty rows left out."""
        named = [row.form.names() for row in self.people]
        return [names for names in named if names.given or names.family]


def companions_form(invitation: Invitation, present: Sequence[Companion] = ()) -> CompanionsForm:
    """The form with a row for each person allowed, those already named first."""
    people = [one.registration.person for one in present]
    known = [{name: getattr(p, name) for name in ("civility", "given_name", "family_name")} for p in people]
    empty: list[dict[str, str]] = [{}] * max(0, invitation.companions_allowed - len(known))
    return CompanionsForm(people=[*known, *empty])


class CodeForm(Form):
    """The six digits that came by mail."""

    digits = TextField(
        lazy("Code"),
        [
            InputRequired(lazy("Please type the six digits of the mail.")),
            Regexp(r"^\s*(\d\s*){6}$", message=lazy("A code is six digits, for example 123 456.")),
        ],
        description=lazy("Six digits."),
    )


class RequestForm(RepresentativeForm):
    """Somebody whom the link was forwarded to, and why they ask."""

    message = LongTextField(
        lazy("What you wish to say (optional)"),
        [Optional(), Length(max=500)],
        description=lazy("The person invited and the organiser read it."),
    )
