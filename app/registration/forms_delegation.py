"""Forms of delegations: the organiser's, and those of the contact who names the members."""

from datetime import UTC, datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from babel import Locale
from wtforms.fields import DateTimeLocalField, EmailField, IntegerField, RadioField, SelectField
from wtforms.validators import Email, InputRequired, Length, NumberRange, Optional

from app.directory.service import Names
from app.events.models import Event
from app.forms import Form, TextField, options
from app.i18n import here, language, lazy
from app.invitations.delegation import Delegation, DelegationMember
from app.invitations.delegations import DelegationFacts, MemberFacts
from app.registration.forms import CIVILITIES
from app.registration.words import MEMBER_ROLES
from app.text import fold

LANGUAGES = [("fr", lazy("French")), ("en", lazy("English"))]
NOT_COMPLETE = lazy("This address is not complete. Example: name@town.fr")
MOST_MEMBERS = 200
# Two letters among the territories of CLDR that are no country: unions, unknown, test regions.
NO_COUNTRY = frozenset({"EU", "EZ", "UN", "XA", "XB", "ZZ"})
TOGETHER = [
    ("all", lazy("All together, or nobody yet")),
    ("some", lazy("As many as there are places; the others wait in the queue")),
]


def countries() -> list[tuple[str, str]]:
    """Every country by its ISO code and its name in the reader's language, in the order of names."""
    names = {str(code): str(name) for code, name in Locale(language()).territories.items()}
    codes = [code for code in names if len(code) == 2 and code.isalpha() and code not in NO_COUNTRY]
    return sorted(((code, names[code]) for code in codes), key=lambda pair: fold(pair[1]))


class DelegationForm(Form):
    """What an organiser says of a delegation."""

    refusals: ClassVar = {"BelowThoseNamed": "quota"}
    name = TextField(
        lazy("Organisation or country"),
        [InputRequired(lazy("Please say who sends the delegation.")), Length(max=300)],
        description=lazy("As printed on its badges."),
    )
    country = SelectField(lazy("Country"), validate_choice=True)
    category = SelectField(lazy("Category"), [InputRequired()])
    quota = IntegerField(
        lazy("Delegates, the head among them"),
        [InputRequired(lazy("Please give a number.")), NumberRange(0, MOST_MEMBERS)],
        default=5,
    )
    support_quota = IntegerField(
        lazy("Interpreters, drivers, security officers"),
        [InputRequired(lazy("Please give a number.")), NumberRange(0, MOST_MEMBERS)],
        default=0,
    )
    contact_name = TextField(
        lazy("Contact person"), [Length(max=200)], description=lazy("Names the members, by one link.")
    )
    contact_email = EmailField(
        lazy("E-mail address of the contact"), [Optional(), Length(max=254), Email(NOT_COMPLETE)]
    )
    language = SelectField(lazy("Language of letters"), choices=options(LANGUAGES))
    answer_until = DateTimeLocalField(
        lazy("Extension for this delegation alone"),
        [Optional()],
        format="%Y-%m-%dT%H:%M",
        description=lazy("In the event’s zone. Empty: the event’s deadline holds."),
    )

    def offer(self, event: Event) -> "DelegationForm":
        """The same form with the event's categories and every country."""
        self.country.choices = options(countries())
        self.category.choices = options([(c.key, here(c.name)) for c in event.categories])
        if self.country.data is None:
            self.country.data = "FR"
        return self

    def show(self, delegation: Delegation) -> "DelegationForm":
        """The same form holding what is known."""
        for name in ("name", "country", "quota", "support_quota", "contact_name", "contact_email", "language"):
            self[name].data = getattr(delegation, name)
        self.category.data = delegation.category.key
        if delegation.answer_until:
            self.answer_until.data = delegation.answer_until.astimezone(ZoneInfo(delegation.event.timezone))
        return self

    def facts(self, zone: str) -> DelegationFacts:
        """What was said; hours typed are those of `zone`."""
        until: datetime | None = self.answer_until.data
        return DelegationFacts(
            name=self.name.data or "",
            country=self.country.data,
            quota=self.quota.data or 0,
            support_quota=self.support_quota.data or 0,
            contact_name=self.contact_name.data or "",
            contact_email=(self.contact_email.data or "").strip(),
            language=self.language.data,
            answer_until=until.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) if until else None,
        )


class MemberForm(Form):
    """Someone the contact names."""

    refusals: ClassVar = {
        "QuotaReached": "role",
        "HeadNamed": "role",
        "NamedTwice": "family_name",
        "NameMissing": "family_name",
        "AlreadyComing": "family_name",
    }
    role = SelectField(lazy("Comes as"), [InputRequired()], choices=options(MEMBER_ROLES.items()), default="member")
    civility = SelectField(lazy("Form of address"), [Optional()], choices=options(CIVILITIES), default="")
    given_name = TextField(
        lazy("First name"), [Length(max=120)], description=lazy("In Latin letters, as on the identity document.")
    )
    family_name = TextField(lazy("Surname"), [Length(max=120)], description=lazy("In Latin letters too."))
    native_name = TextField(
        lazy("Name in its own script"), [Length(max=200)], description=lazy("Printed small on the badge. Optional.")
    )
    quality = TextField(lazy("Function"), [Length(max=300)], description=lazy("As it should read on the badge."))
    email = EmailField(
        lazy("E-mail address"),
        [Optional(), Length(max=254), Email(NOT_COMPLETE)],
        description=lazy("Optional: an entrance code then leaves for it. Badges are handed over in one pack."),
    )

    def show(self, member: DelegationMember) -> "MemberForm":
        """The same form for somebody else in the same role."""
        self.role.data = member.role
        return self

    def facts(self) -> MemberFacts:
        """Who was named."""
        names = Names(
            self.given_name.data or "",
            self.family_name.data or "",
            self.native_name.data or "",
            self.civility.data or "",
        )
        return MemberFacts(names, self.role.data, self.quality.data or "", (self.email.data or "").strip())


class PlacesForm(Form):
    """How the places are asked for."""

    together = RadioField(
        lazy("If there are fewer places than people"),
        [InputRequired(lazy("Please choose one of the two."))],
        choices=options(TOGETHER),
        default="some",
    )

    @property
    def is_all_or_nothing(self) -> bool:
        """Whether nobody is registered unless everyone is."""
        return bool(self.together.data == "all")
