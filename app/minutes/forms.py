"""Forms of the minutes."""

from wtforms.fields import BooleanField, DateField
from wtforms.validators import InputRequired, Length

from app.columns import Bilingual
from app.forms import Form, LongTextField, TextField
from app.i18n import lazy
from app.minutes.models import Decision, Intervention, Minutes, Section

LONGEST = 20_000  # characters of one text
_PARAGRAPHS = lazy("A blank line parts paragraphs; **two stars** make bold.")


class TextForm(Form):
    """Title, date, introduction."""

    title_fr = TextField(lazy("Title in French"), [InputRequired(), Length(max=300)])
    title_en = TextField(lazy("Title in English"), [Length(max=300)])
    issued_on = DateField(lazy("Date of the document"), [InputRequired()])
    introduction_fr = LongTextField(lazy("Introduction in French"), [Length(max=LONGEST)], description=_PARAGRAPHS)
    introduction_en = LongTextField(lazy("Introduction in English"), [Length(max=LONGEST)], description=_PARAGRAPHS)


class SectionForm(Form):
    """Heading and framing paragraphs of a section."""

    label_fr = TextField(lazy("Label in French"), [InputRequired(), Length(max=200)])
    label_en = TextField(lazy("Label in English"), [Length(max=200)])
    title_fr = TextField(lazy("Title in French"), [Length(max=300)])
    title_en = TextField(lazy("Title in English"), [Length(max=300)])
    narrative_fr = LongTextField(lazy("Framing paragraphs in French"), [Length(max=LONGEST)], description=_PARAGRAPHS)
    narrative_en = LongTextField(lazy("Framing paragraphs in English"), [Length(max=LONGEST)], description=_PARAGRAPHS)


class InterventionForm(Form):
    """What one person said."""

    name = TextField(lazy("Name as printed"), [InputRequired(), Length(max=200)])
    qualities = LongTextField(
        lazy("Qualities as printed"), [Length(max=2000)], description=lazy("One to a line, in the order of printing.")
    )
    is_from_room = BooleanField(lazy("Spoke from the room"))
    is_joint = BooleanField(
        lazy("Spoke together with the person before"),
        description=lazy("Both names stand before the text of the first."),
    )
    text_fr = LongTextField(lazy("What was said, in French"), [Length(max=LONGEST)], description=_PARAGRAPHS)
    text_en = LongTextField(lazy("What was said, in English"), [Length(max=LONGEST)], description=_PARAGRAPHS)

    def lines(self) -> list[str]:
        """The qualities in their order."""
        return (self.qualities.data or "").splitlines()


class DecisionForm(Form):
    """An orientation or a commitment."""

    is_numbered = BooleanField(
        lazy("Orientation with a number"),
        default=True,
        description=lazy("Without a number it is a commitment outside the list."),
    )
    text_fr = LongTextField(lazy("Text in French"), [InputRequired(), Length(max=2000)])
    text_en = LongTextField(lazy("Text in English"), [Length(max=2000)])


def _pair(name: str, text: Bilingual) -> dict[str, str]:
    return {f"{name}_fr": text.fr, f"{name}_en": text.en}


def text_form(minutes: Minutes) -> TextForm:
    """The form of the head, filled with what it is now unless something was sent."""
    introduction = _pair("introduction", minutes.introduction)
    values = {**_pair("title", minutes.title), **introduction, "issued_on": minutes.issued_on}
    return TextForm(data=values)


def section_form(section: Section) -> SectionForm:
    """The form of a section, filled likewise."""
    heading = {**_pair("label", section.label), **_pair("title", section.title)}
    return SectionForm(data={**heading, **_pair("narrative", section.narrative)})


def intervention_form(one: Intervention) -> InterventionForm:
    """The form of a passage, filled likewise."""
    return InterventionForm(data={
        "name": one.name, "qualities": "\n".join(one.qualities), "is_from_room": one.is_from_room,
        "is_joint": one.is_joint, **_pair("text", one.text),
    })  # fmt: skip


def decision_form(one: Decision) -> DecisionForm:
    """The form of a decision, filled likewise."""
    return DecisionForm(data={"is_numbered": one.number is not None, **_pair("text", one.text)})
