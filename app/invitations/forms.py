"""Forms of the guest list."""

from typing import Any, ClassVar

from wtforms import BooleanField, SelectField
from wtforms.validators import InputRequired, Length, ValidationError

from app.directory.words import DECISION_WORDS
from app.events.models import Event
from app.forms import Form, LongTextField, TextField, options
from app.guest_list import GuestRow
from app.guest_list.cells import find_email
from app.i18n import here, lazy
from app.invitations.models import Invitation
from app.invitations.words import STATE_WORDS
from app.spoken import SpokenField

LANGUAGE_CHOICES = [("fr", lazy("French")), ("en", lazy("English"))]
QUALITY_LENGTH = 300


class GuestFilter(Form):
    """Narrows the guest list; changes nothing, so it needs no CSRF token."""

    class Meta(Form.Meta):
        """GET."""

        csrf = False

    q = TextField(lazy("Name"))
    category = SelectField(lazy("Category"), validate_choice=False)
    state = SelectField(lazy("State"), validate_choice=False)

    def offer(self, event: Event) -> "GuestFilter":
        """The same form with the event's choices."""
        self.category.choices = options([("", lazy("All")), *category_choices(event)])
        self.state.choices = options([("", lazy("All")), *((key, word) for key, (_, word) in STATE_WORDS.items())])
        return self

    def narrowing(self) -> dict[str, str]:
        """Keywords of `page_of_invitations`."""
        return {"words": self.q.data or "", "category": self.category.data or "", "state": self.state.data or ""}


class GuestForm(Form):
    """One guest, to add or to correct."""

    civility = SelectField(
        lazy("Civility"),
        choices=options([("", lazy("Not said")), ("Mme", lazy("Ms")), ("M", lazy("Mr"))]),
        description=lazy("Decides how letters address this person."),
    )
    given_name = TextField(lazy("Given name"), [Length(max=120)])
    family_name = TextField(
        lazy("Surname"), [Length(max=120)], description=lazy("In Latin letters, as printed on the badge.")
    )
    native_name = TextField(lazy("Name in its own script"), [Length(max=200)])
    qualities = LongTextField(
        lazy("Functions"),
        description=lazy("One a line, in the order they are printed. The first decides the form of address."),
    )
    organisation = TextField(lazy("Organisation"), [Length(max=300)])
    email = TextField(
        lazy("E-mail address"), [Length(max=254)], description=lazy("The person’s own or their secretariat’s.")
    )
    phone = TextField(lazy("Telephone"), [Length(max=40)])
    language = SelectField(lazy("Language of letters"), choices=options(LANGUAGE_CHOICES))
    category = SelectField(lazy("Category"), [InputRequired()])
    spoken = SpokenField(
        lazy("Languages spoken"), [Length(max=200)], description=lazy("As the badge shows them: FR, EN. At most four.")
    )
    zone = TextField(lazy("Table or zone"), [Length(max=30)], description=lazy("As the badge shows it, e.g. Table 12."))
    is_sure = BooleanField(lazy("This is somebody else: add this person all the same"))

    def offer(self, event: Event) -> "GuestForm":
        """The same form with the event's categories."""
        self.category.choices = options(category_choices(event))
        return self

    def show(self, invitation: Invitation) -> "GuestForm":
        """The same form holding what is known of a guest."""
        person = invitation.person
        for name in ("civility", "given_name", "family_name", "native_name", "phone", "spoken"):
            self[name].data = getattr(person, name)
        for name in ("organisation", "email", "language", "zone"):
            self[name].data = getattr(invitation, name)
        self.qualities.data = "\n".join(invitation.qualities)
        self.category.data = invitation.category.key
        return self

    def validate_email(self, field: Any) -> None:
        """Syntax only; no name server is asked."""
        if field.data and find_email(field.data) is None:
            raise ValidationError(lazy("This is not a usable e-mail address."))

    def validate_qualities(self, field: Any) -> None:
        """As long as a badge and the database can hold."""
        if any(len(line) > QUALITY_LENGTH for line in (field.data or "").splitlines()):
            raise ValidationError(lazy("A function is at most 300 characters long."))

    def row(self) -> GuestRow:
        """What was typed, as a row of a list."""
        lines = (self.qualities.data or "").splitlines()
        return GuestRow(
            number=1,
            civility=self.civility.data or "",
            given_name=self.given_name.data or "",
            family_name=self.family_name.data or "",
            native_name=self.native_name.data or "",
            qualities=tuple(line.strip() for line in lines if line.strip()),
            organisation=self.organisation.data or "",
            email=find_email(self.email.data) or "" if self.email.data else "",
            phone=self.phone.data or "",
            language=self.language.data or "",
            spoken=tuple(self.spoken.data or ()),
            zone=self.zone.data or "",
        )


def category_choices(event: Event) -> list[tuple[str, str]]:
    """Key and name of each category, in the event's order."""
    return [(category.key, here(category.name)) for category in event.categories]


class ListDecisionForm(Form):
    """Something else than the rule of protocol on one list; a place in the order has a page of its own."""

    refusals: ClassVar = {"ReasonMissing": "reason", "ValueMissing": "value"}
    kind = SelectField(
        lazy("What"),
        choices=lambda: options((kind, DECISION_WORDS[kind]) for kind in ("form_of_address", "consideration")),
    )
    language = SelectField(lazy("In letters written in"), choices=options(LANGUAGE_CHOICES))
    value = TextField(
        lazy("To be written instead"),
        [InputRequired(), Length(max=200)],
        description=lazy("E.g. “Madame le Maire”, “haute considération”."),
    )
    reason = TextField(lazy("Why"), [InputRequired(), Length(max=500)])
