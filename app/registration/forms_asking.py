"""What an organiser asks of guests: what is offered, until when what is printed changes, questions of one's own."""

from typing import Any, ClassVar

from wtforms.fields import BooleanField, DateField, IntegerField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.events.models import Event
from app.forms import Form, LongTextField, TextField, bilingual, options
from app.i18n import here, lazy
from app.registration.life import Question
from app.registration.models import Registration
from app.registration.printing import Printed
from app.registration.questions import QuestionFacts, offered
from app.registration.tables import LONGEST
from app.registration.words import KIND_OF_QUESTION
from app.spoken import SpokenField

# What may be asked → its words and what it is for.
ASKABLE = {
    "title": (lazy("Function and organisation"), lazy("As they are printed; filled in from the invitation.")),
    "document_name": (
        lazy("Name on the identity document"),
        lazy("Where the venue compares it. Never a number, never a copy."),
    ),
    "access": (lazy("Access needs"), lazy("Read by organisers only; the reception sees a sign. Erased after 7 days.")),
    "diet": (lazy("Diet"), lazy("Read by organisers only, for the caterer. Erased after 7 days.")),
    "photo": (lazy("No photograph"), lazy("The reception and the photographers are told.")),
    "sharing": (lazy("List shared with participants"), lazy("Only those who tick it stand on that list.")),
}
FILE_ENDINGS = (("pdf", "PDF"), ("jpg", "JPEG"), ("png", "PNG"), ("docx", "Word"), ("odt", "OpenDocument"))


class _Ticks(SelectMultipleField):
    """Several boxes under one legend."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class AskingForm(Form):
    """What guests are asked, and the day each category is frozen (added by `asking_form`)."""

    event: ClassVar[Event]

    def wanted(self) -> set[str]:
        """What is asked; questions, which their own list decides, as they are."""
        return {name for name in ASKABLE if self[name].data} | (set(self.event.asks) - set(ASKABLE))

    def days(self) -> dict[str, Any]:
        """The day each category is frozen, by its key."""
        return {one.key: self[freeze_field(one.key)].data for one in self.event.categories}


def freeze_field(key: str) -> str:
    """Name of the field that holds a category's day."""
    return f"frozen_{key.replace('-', '_')}"


def asking_form(event: Event) -> AskingForm:
    """The form of an event, filled with what holds now."""
    fields: dict[str, Any] = {name: BooleanField(label, description=hint) for name, (label, hint) in ASKABLE.items()}
    fields |= {freeze_field(one.key): DateField(here(one.name), [Optional()]) for one in event.categories}
    filled = {name: name in event.asks for name in ASKABLE}
    days = {freeze_field(one.key): one.frozen_on for one in event.categories}
    form: AskingForm = type("EventAskingForm", (AskingForm,), {**fields, "event": event})(data={**filled, **days})
    return form


class QuestionForm(Form):
    """One question."""

    refusals: ClassVar = {"QuestionEmpty": "label_fr", "TooFewChoices": "choices", "KindStands": "kind"}
    label_fr = TextField(lazy("Question in French"), [Length(max=300)])
    label_en = TextField(lazy("Question in English"), [Length(max=300)])
    hint_fr = TextField(lazy("Explanation in French"), [Length(max=300)])
    hint_en = TextField(lazy("Explanation in English"), [Length(max=300)])
    kind = SelectField(lazy("Kind of answer"), choices=options(KIND_OF_QUESTION.items()))
    choices = LongTextField(
        lazy("Choices"),
        [Length(max=4000)],
        description=lazy(
            "Of a choice only: one a line, French and English on both sides of a bar. En train | By train"
        ),
    )
    is_required = BooleanField(lazy("Must be answered"))
    asked_at = RadioField(
        lazy("Asked"),
        [InputRequired()],
        choices=options([("registration", lazy("At registration")), ("desk", lazy("At the desk"))]),
        default="registration",
    )
    categories = _Ticks(lazy("Of these categories"), description=lazy("None ticked: everyone."))
    endings = _Ticks(
        lazy("Kinds of file"),
        choices=options(FILE_ENDINGS),
        description=lazy("Of a file only."),
        default=["pdf", "jpg"],
    )
    most_megabytes = IntegerField(lazy("Largest file (MB)"), [Optional(), NumberRange(1, 10)], default=5)

    def offer(self, event: Event) -> "QuestionForm":
        """The same form with the event's categories."""
        self.categories.choices = options([(one.key, here(one.name)) for one in event.categories])
        return self

    def show(self, question: Question) -> "QuestionForm":
        """The same form holding a question."""
        for name in ("kind", "is_required", "asked_at", "most_megabytes"):
            self[name].data = getattr(question, name)
        self.categories.data, self.endings.data = list(question.categories), list(question.endings)
        for name in ("label", "hint"):
            text = getattr(question, name)
            self[f"{name}_fr"].data, self[f"{name}_en"].data = text.fr, text.en
        lines = [f"{one['fr']} | {one['en']}" if one["en"] else one["fr"] for one in offered(question)]
        self.choices.data = "\n".join(lines)
        return self

    def facts(self) -> QuestionFacts:
        """The question as the rules take it."""
        pairs = [line.partition("|") for line in (self.choices.data or "").splitlines() if line.strip()]
        return QuestionFacts(
            self.kind.data, bilingual(self, "label"), bilingual(self, "hint"),
            tuple((fr.strip(), en.strip()) for fr, _bar, en in pairs), bool(self.is_required.data), self.asked_at.data,
            tuple(self.categories.data or ()), self.most_megabytes.data or 5, tuple(self.endings.data or ()),
        )  # fmt: skip


class PrintedForm(Form):
    """An organiser corrects how a guest is printed."""

    refusals: ClassVar = {
        "TooManyLines": "qualities",
        "DocumentNameMissing": "document_family_name",
        "PrintsFrozen": "zone",
    }
    qualities = LongTextField(
        lazy("Function"), [Length(max=900)], description=lazy("As it should read on the badge, one function a line.")
    )
    organisation = TextField(lazy("Organisation"), [Length(max=300)])
    document_given_name = TextField(lazy("First names on the identity document"), [Length(max=120)])
    document_family_name = TextField(lazy("Surname on the identity document"), [Length(max=120)])
    zone = TextField(
        lazy("Table or zone"), [Length(max=LONGEST)], description=lazy("As the badge shows it, e.g. Table 12.")
    )
    spoken = SpokenField(
        lazy("Languages spoken"), [Length(max=200)], description=lazy("As the badge shows them: FR, EN. At most four.")
    )
    may_thaw = BooleanField(
        lazy("Print it all the same"),
        description=lazy("After the freeze: the badge is to be drawn again. Otherwise the reception is told."),
    )

    def show(self, registration: Registration, printed: Printed) -> "PrintedForm":
        """The same form holding how the guest is printed."""
        self.zone.data, self.spoken.data = registration.zone, registration.person.spoken
        self.qualities.data, self.organisation.data = "\n".join(printed.qualities), printed.organisation
        names = printed.document_names or ("", "")
        self.document_given_name.data, self.document_family_name.data = names
        return self

    def printed(self) -> Printed:
        """What was typed."""
        names = (self.document_given_name.data or "", self.document_family_name.data or "")
        return Printed(tuple((self.qualities.data or "").splitlines()), self.organisation.data or "", names)


class DecisionForm(Form):
    """Why a late request is granted or refused."""

    refusals: ClassVar = {"ReasonMissing": "reason"}
    reason = LongTextField(
        lazy("Reason"),
        [Length(max=500)],
        description=lazy("It stays in the journal; whoever asked reads it when you refuse."),
    )
