"""Forms of the directory."""

from collections.abc import Sequence
from typing import ClassVar

from wtforms.fields import DateField, IntegerField, RadioField, SelectField
from wtforms.validators import Email, InputRequired, Length, NumberRange, Optional

from app.directory.bodies import Body
from app.directory.lists import OnList
from app.directory.mandates import Term
from app.directory.models import CONTACT_KINDS, Mandate, Office, Organisation, Person, Presentation
from app.directory.service import Contact, Names
from app.directory.words import CIVILITIES, CONTACT_WORDS, DECISION_WORDS, KINDS, country_choices
from app.forms import Form, LongTextField, TextField, options
from app.i18n import lazy
from app.spoken import SpokenField

_LANGUAGES = [("fr", lazy("French")), ("en", lazy("English"))]


class Search(Form):
    """Narrows a list; changes nothing, so it needs no CSRF token."""

    class Meta(Form.Meta):
        """GET."""

        csrf = False

    q = TextField(lazy("Name"))
    kind = SelectField(
        lazy("Kind"), choices=lambda: options([("", lazy("All")), *KINDS.items()]), validate_choice=False
    )


class PersonForm(Form):
    """Names, and where a person is written to."""

    refusals: ClassVar = {"NameMissing": "family_name"}
    civility = SelectField(
        lazy("Civility"),
        choices=options(CIVILITIES.items()),
        description=lazy("Decides how letters address this person."),
    )
    given_name = TextField(lazy("Given name"), [Length(max=120)])
    family_name = TextField(
        lazy("Surname"), [Length(max=120)], description=lazy("In Latin letters, as printed on the badge.")
    )
    native_name = TextField(lazy("Name in its own script"), [Length(max=200)])
    aliases = LongTextField(
        lazy("Other spellings"), [Length(max=600)], description=lazy("One a line. They are searched, never printed.")
    )
    email = TextField(
        lazy("E-mail address"),
        [Optional(), Email(lazy("This is not an e-mail address.")), Length(max=254)],
        description=lazy("Where letters go; several people may share it."),
    )
    phone = TextField(lazy("Telephone"), [Length(max=40)])
    language = SelectField(lazy("Language of letters"), choices=options(_LANGUAGES))
    country = SelectField(lazy("Country"), choices=country_choices)
    spoken = SpokenField(
        lazy("Languages spoken"), [Length(max=200)], description=lazy("As the badge shows them: FR, EN. At most four.")
    )

    def names(self) -> Names:
        """What was typed, in the trade's words."""
        said = self.given_name.data, self.family_name.data, self.native_name.data, self.civility.data
        return Names(*(text or "" for text in said))

    def contact(self) -> Contact:
        """Likewise."""
        return Contact(self.email.data or "", self.phone.data or "", self.language.data, self.country.data)

    def spellings(self) -> list[str]:
        """Other spellings, one a line."""
        return (self.aliases.data or "").splitlines()


def person_form(person: Person) -> PersonForm:
    """Filled with what is known, unless something was sent."""
    return PersonForm(obj=person, data={"aliases": "\n".join(person.aliases)})


class MandateForm(Form):
    """A mandate: what, where, since when, until when."""

    refusals: ClassVar = {"NothingHeld": "title", "EndsBeforeItBegins": "valid_to", "OfficeTaken": "office"}
    title = TextField(
        lazy("Function"), [Length(max=300)], description=lazy("As it is printed, e.g. “Maire de Montpellier”.")
    )
    organisation = TextField(lazy("Organisation"), [Length(max=300)])
    office = SelectField(
        lazy("Office"),
        validate_choice=False,
        description=lazy("When one person at a time holds it: whoever holds it on the day can then be invited."),
    )
    valid_from = DateField(lazy("First day"), [Optional()], description=lazy("Empty: not known."))
    valid_to = DateField(lazy("Last day"), [Optional()], description=lazy("Empty: still held."))
    seniority_from = DateField(
        lazy("First election to such a mandate"),
        [Optional()],
        description=lazy("Decides between equals in the order of precedence; interruptions do not count."),
    )

    def term(self, offices: dict[str, Office]) -> Term:
        """What was typed, in the trade's words."""
        office = offices.get(self.office.data or "")
        days = self.valid_from.data, self.valid_to.data, self.seniority_from.data
        return Term(self.title.data or "", self.organisation.data or "", office, *days)


def mandate_form(mandate: Mandate | None, offices: dict[str, Office]) -> MandateForm:
    """Filled with what is known, unless something was sent; offices by address, those of the organisation."""
    told = {}
    if mandate is not None:
        told = {name: getattr(mandate, name) for name in ("title", "valid_from", "valid_to", "seniority_from")}
        told["organisation"] = mandate.organisation.name if mandate.organisation else ""
        told["office"] = mandate.office.public_id if mandate.office else ""
    form = MandateForm(data=told)
    chosen = [(key, f"{one.title_for('')} – {one.organisation.name}") for key, one in offices.items()]
    form.office.choices = options([("", lazy("None in particular")), *chosen])
    return form


class PresentationForm(Form):
    """An order of printing: its name; the printed line of each mandate is added by `presentation_form`."""

    refusals: ClassVar = {"EmptyPresentation": "name"}
    name = TextField(
        lazy("What it is for"),
        [InputRequired(), Length(max=120)],
        description=lazy("E.g. “Letters of Cités Unies France”."),
    )

    def lines(self, person: Person) -> list[list[Mandate]]:
        """Mandates by printed line, in the order of their numbers; those without a number are not printed."""
        numbered: dict[int, list[Mandate]] = {}
        for mandate in person.mandates:
            number = self[f"line_{mandate.position}"].data
            if number:
                numbered.setdefault(number, []).append(mandate)
        return [numbered[number] for number in sorted(numbered)]


def presentation_form(person: Person, presentation: Presentation | None) -> PresentationForm:
    """One field a mandate: the number of its printed line; two of one number are joined."""

    class Filled(PresentationForm):
        """One field a mandate of this person."""

    now_on = {line.mandate_id: line.line for line in presentation.lines} if presentation else {}
    for mandate in person.mandates:
        field = IntegerField(mandate.title, [Optional(), NumberRange(1, 20)], default=now_on.get(mandate.id))
        setattr(Filled, f"line_{mandate.position}", field)
    return Filled(data={"name": presentation.name} if presentation else None)


class ContactForm(Form):
    """One more way to reach someone."""

    refusals: ClassVar = {"NoWayToReach": "value", "NotAnAddress": "value"}
    kind = RadioField(
        lazy("Kind"), choices=lambda: options((kind, CONTACT_WORDS[kind]) for kind in CONTACT_KINDS), default="email"
    )
    value = LongTextField(lazy("Address or number"), [InputRequired(), Length(max=500)])
    label = TextField(lazy("Whose it is"), [Length(max=120)], description=lazy("E.g. “Private office”."))


class DecisionForm(Form):
    """Something else than the rule, with the reason."""

    refusals: ClassVar = {"ReasonMissing": "reason", "ValueMissing": "value", "NotAPlace": "value"}
    kind = SelectField(lazy("What"), choices=lambda: options(DECISION_WORDS.items()))
    scope = SelectField(lazy("Where it holds"), default="", choices=options([("", lazy("on every list"))]))
    language = SelectField(lazy("In letters written in"), choices=options(_LANGUAGES), default="fr")
    value = TextField(
        lazy("To be written instead"),
        [InputRequired(), Length(max=200)],
        description=lazy("E.g. “Madame le Maire”, “haute considération”, or for a place in the order its number."),
    )
    reason = TextField(lazy("Why"), [InputRequired(), Length(max=500)])

    def offer(self, lists: Sequence[OnList]) -> "DecisionForm":
        """The same form with the lists the person is on."""
        self.scope.choices = options([("", lazy("on every list")), *((one.scope, one.title) for one in lists)])
        return self


class OrganisationForm(Form):
    """What is said of an organisation."""

    refusals: ClassVar = {"NameOfBodyMissing": "name", "NameTaken": "aliases", "OwnParent": "parent"}
    name = TextField(lazy("Name"), [InputRequired(), Length(max=300)])
    acronym = TextField(lazy("Acronym"), [Length(max=40)])
    kind = SelectField(lazy("Kind"), choices=lambda: options(KINDS.items()), default="other")
    parent = TextField(lazy("Part of"), [Length(max=300)], description=lazy("Name of the organisation above it."))
    country = SelectField(lazy("Country"), choices=country_choices, default="FR")
    region = TextField(lazy("Region"), [Length(max=80)])
    aliases = LongTextField(
        lazy("Other spellings"),
        [Length(max=2000)],
        description=lazy("One a line: however a list writes it, it is this organisation."),
    )

    def body(self) -> Body:
        """What was typed, in the trade's words."""
        lines = (self.aliases.data or "").splitlines()
        return Body(
            self.name.data or "", self.acronym.data or "", self.kind.data, self.parent.data or "", self.country.data,
            self.region.data or "", lines,
        )  # fmt: skip


def organisation_form(body: Organisation | None) -> OrganisationForm:
    """Filled with what is known, unless something was sent."""
    if body is None:
        return OrganisationForm()
    spellings = "\n".join(alias.name for alias in body.aliases)
    told = {name: getattr(body, name) for name in ("name", "acronym", "kind", "country", "region")}
    return OrganisationForm(data={**told, "aliases": spellings, "parent": body.parent.name if body.parent else ""})


class OfficeForm(Form):
    """An office that one person at a time holds."""

    refusals: ClassVar = {"TitleOfOfficeMissing": "masculine", "OfficeKnown": "masculine"}
    masculine = TextField(lazy("Title held by a man"), [Length(max=300)], description=lazy("As it is printed."))
    feminine = TextField(lazy("Title held by a woman"), [Length(max=300)], description=lazy("Empty: the same."))


class HandOverForm(Form):
    """From when somebody holds an office."""

    refusals: ClassVar = {"OfficeTaken": "on"}
    on = DateField(lazy("From"), [InputRequired()])


class MergeForm(Form):
    """Which entry stays, and why they are one person."""

    keep = RadioField(lazy("Which entry stays?"), validate_choice=False, validators=[InputRequired()])
    reason = TextField(lazy("How do you know?"), [Length(max=500)], description=lazy("Kept with the merge."))
