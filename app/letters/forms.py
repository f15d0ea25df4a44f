"""Forms of letters: the list's filter, and the wording."""

from typing import Any

from wtforms import BooleanField, SelectField
from wtforms.validators import Length, ValidationError

from app.events.models import Event
from app.forms import Form, LongTextField, TextField, bilingual, options
from app.i18n import lazy
from app.letters.models import LetterTemplate
from app.letters.placeholders import UnknownPlaceholder, check_placeholders
from app.letters.service import Text
from app.letters.wording import Signature
from app.letters.words import MESSAGE_STATES, kind_words
from app.outbox.queries import list_kinds

PLACES = ("subject", "body", "closing", "salutation")
BILINGUAL = ("letterhead", "subject", "salutation", "body", "closing")


class LetterFilter(Form):
    """Narrows the list of letters; changes nothing, so it needs no CSRF token."""

    class Meta(Form.Meta):
        """GET."""

        csrf = False

    q = TextField(lazy("Name or address"))
    kind = SelectField(lazy("Kind"), validate_choice=False)
    state = SelectField(lazy("State"), validate_choice=False)

    def offer(self, event: Event) -> "LetterFilter":
        """The same form with the kinds this event has."""
        kinds = [(kind, kind_words(kind)) for kind in list_kinds(event.public_id)]
        self.kind.choices = options([("", lazy("All")), *kinds])
        self.state.choices = options([("", lazy("All")), *((key, word) for key, (_, word) in MESSAGE_STATES.items())])
        return self

    def narrowing(self) -> dict[str, str]:
        """Keywords of `outbox.queries.list_messages`."""
        return {"words": self.q.data or "", "kind": self.kind.data or "", "state": self.state.data or ""}


class WordingForm(Form):
    """The wording of one letter, in both languages."""

    letterhead_fr = LongTextField(
        lazy("Letterhead in French"), description=lazy("One line each; the last is the quality of who writes.")
    )
    letterhead_en = LongTextField(lazy("Letterhead in English"))
    place = TextField(lazy("Place before the date"), [Length(max=80)])
    date_style = SelectField(
        lazy("How the date is written"),
        choices=options(
            [
                ("long", lazy("23 October 2025")),
                ("weekday", lazy("Thursday 23 October 2025")),
                ("numeric", lazy("23/10/2025")),
                ("none", lazy("no date")),
            ]
        ),
        description=lazy("A letter is dated the day it leaves."),
    )
    subject_fr = TextField(lazy("Subject in French"), [Length(max=200)])
    subject_en = TextField(lazy("Subject in English"), [Length(max=200)])
    prints_object = BooleanField(lazy("Print the subject on the letter too"))
    salutation_fr = LongTextField(
        lazy("Form of address in French"),
        description=lazy("Left empty, it follows each invitee’s civility and first function."),
    )
    salutation_en = LongTextField(lazy("Form of address in English"))
    body_fr = LongTextField(
        lazy("Text in French"),
        description=lazy(
            "Paragraphs separated by an empty line; **bold**, *italic*. A paragraph that names something"
            " the event does not have, such as a deadline, is left out."
        ),
    )
    body_en = LongTextField(lazy("Text in English"))
    closing_fr = LongTextField(
        lazy("Closing formula in French"),
        description=lazy("With {salutation}, it repeats the form of address word for word."),
    )
    closing_en = LongTextField(lazy("Closing formula in English"))
    signatories = LongTextField(
        lazy("Who signs"),
        description=lazy("The name on one line, functions on the next ones; an empty line before another signatory."),
    )

    def show(self, template: LetterTemplate) -> "WordingForm":
        """The same form holding a wording."""
        for name in BILINGUAL:
            text = getattr(template, name)
            self[f"{name}_fr"].data, self[f"{name}_en"].data = text.fr, text.en
        for name in ("place", "date_style", "prints_object"):
            self[name].data = getattr(template, name)
        self.signatories.data = "\n\n".join("\n".join([one.name, *one.qualities]) for one in template.signatories)
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        """Known placeholders only, said beside the field that holds another."""
        is_valid = bool(super().validate(extra_validators))
        for name in (f"{place}_{code}" for place in PLACES for code in ("fr", "en")):
            try:
                check_placeholders(self[name].data or "")
            except UnknownPlaceholder as refusal:
                self[name].errors = [*self[name].errors, refusal.sentence]
                is_valid = False
        return is_valid

    def validate_signatories(self, field: Any) -> None:
        """As many as stand side by side on a sheet."""
        if len(_signatures(field.data or "")) > MOST_SIGNATORIES:
            raise ValidationError(lazy("At most four people sign side by side."))

    def text(self) -> Text:
        """What was typed."""
        return Text(
            **{name: bilingual(self, name) for name in BILINGUAL},
            place=self.place.data or "",
            date_style=self.date_style.data,
            prints_object=self.prints_object.data,
            signatories=_signatures(self.signatories.data or ""),
        )


MOST_SIGNATORIES = 4


def _signatures(typed: str) -> tuple[Signature, ...]:
    blocks: list[list[str]] = [[]]
    for line in typed.splitlines():
        if line.strip():
            blocks[-1].append(line.strip())
        elif blocks[-1]:
            blocks.append([])
    return tuple(Signature(block[0], tuple(block[1:])) for block in blocks if block)
