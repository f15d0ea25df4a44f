"""Forms of letters: the list's filter, and the wording."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField, SelectField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from app.columns import Bilingual
from app.events.models import Event
from app.forms import Form, LongTextField, TextField, bilingual, options
from app.i18n import LazyText, here, lazy
from app.letters.addressees import Addressee, Narrowing
from app.letters.models import LetterTemplate
from app.letters.placeholders import UnknownPlaceholder, check_placeholders
from app.letters.service import Text
from app.letters.wording import FACTS, TEXTS, Signature
from app.letters.words import MESSAGE_STATES, kind_words
from app.outbox.queries import list_kinds


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


def _signed_by(label: LazyText) -> SelectField:
    return SelectField(
        label, choices=options([("", lazy("Not said")), ("Mme", lazy("Ms")), ("M", lazy("Mr"))]), default=""
    )


class WordingForm(Form):
    """The wording of one letter, in both languages."""

    motto_fr = TextField(lazy("Motto in French"), [Length(max=120)], description=lazy("Above the letterhead."))
    motto_en = TextField(lazy("Motto in English"), [Length(max=120)])
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
    )
    dated_on = DateField(
        lazy("Date printed"), [Optional()], description=lazy("Left empty, each letter is dated the day it leaves.")
    )
    reference = TextField(lazy("Reference"), [Length(max=80)], description=lazy("As in “Our ref.: DCTCIV/2026/12”."))
    has_addressee = BooleanField(lazy("Print the guest’s name and functions above the letter"))
    subject_fr = TextField(lazy("Subject in French"), [Length(max=200)])
    subject_en = TextField(lazy("Subject in English"), [Length(max=200)])
    prints_object = BooleanField(lazy("Print the subject on the letter too"))
    heading_fr = TextField(
        lazy("Title above the text, in French"), [Length(max=300)], description=lazy("For an open letter.")
    )
    heading_en = TextField(lazy("Title above the text, in English"), [Length(max=300)])
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
    announcement_fr = LongTextField(
        lazy("Lines of the announcement in French"),
        description=lazy("Left empty, they are the facts of the event. A line between two pairs of stars is large."),
    )
    announcement_en = LongTextField(lazy("Lines of the announcement in English"))
    closing_fr = LongTextField(
        lazy("Closing formula in French"),
        description=lazy("With {salutation}, it repeats the form of address word for word."),
    )
    closing_en = LongTextField(lazy("Closing formula in English"))
    enclosures_fr = LongTextField(lazy("Enclosures in French"), description=lazy("One a line."))
    enclosures_en = LongTextField(lazy("Enclosures in English"))
    signatories = LongTextField(
        lazy("Who signs"),
        description=lazy("The name on one line, functions on the next ones; an empty line before another signatory."),
    )
    civility_1, civility_2 = _signed_by(lazy("First signatory")), _signed_by(lazy("Second signatory"))
    civility_3, civility_4 = _signed_by(lazy("Third signatory")), _signed_by(lazy("Fourth signatory"))

    def show(self, template: LetterTemplate) -> "WordingForm":
        """The same form holding a wording."""
        for name in TEXTS:
            text = getattr(template, name)
            self[f"{name}_fr"].data, self[f"{name}_en"].data = text.fr, text.en
        for name in FACTS:
            self[name].data = getattr(template, name)
        self.signatories.data = "\n\n".join("\n".join([one.name, *one.qualities]) for one in template.signatories)
        for one in template.signatories[:MOST_SIGNATORIES]:
            self[f"civility_{one.position}"].data = one.civility
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        """Known placeholders only, said beside the field that holds another."""
        is_valid = bool(super().validate(extra_validators))
        for name in (f"{text}_{code}" for text in TEXTS for code in ("fr", "en")):
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
        texts: dict[str, Any] = {name: bilingual(self, name) for name in TEXTS}
        facts = {name: self[name].data for name in FACTS}
        facts["place"], facts["reference"] = facts["place"] or "", facts["reference"] or ""
        return Text(**texts, **facts, signatories=self._signed())

    def _signed(self) -> tuple[Signature, ...]:
        signed = _signatures(self.signatories.data or "")
        civilities = [self[f"civility_{place}"].data or "" for place in range(1, MOST_SIGNATORIES + 1)]
        return tuple(replace(one, civility=said) for one, said in zip(signed, civilities, strict=False))


class ScanForm(Form):
    """A signature scanned, with what is read in its place."""

    refusals: ClassVar = {
        "NoAlternative": "alternative_fr",
        **dict.fromkeys(("NotAPicture", "PictureTooLarge", "PictureTooSmall", "DamagedPicture"), "picture"),
    }

    picture = FileField(
        lazy("Scanned signature"), [FileRequired(lazy("Choose a picture."))],
        description=lazy("PNG or JPEG, black on white or on nothing; printed 18 mm high."),
    )  # fmt: skip
    alternative_fr = TextField(
        lazy("In words, in French"),
        [InputRequired(), Length(max=200)],
        description=lazy("Read by those who do not see it."),
    )
    alternative_en = TextField(lazy("In words, in English"), [Length(max=200)])

    def alternative(self) -> Bilingual:
        """The picture in words."""
        return bilingual(self, "alternative")


class PublishForm(Form):
    """Where the letter is put for everyone to read."""

    attached = SelectField(
        lazy("Attached to"),
        choices=options(
            [
                ("event", lazy("this event")),
                ("series", lazy("its series, for every edition")),
                ("nothing", lazy("nothing: the library alone")),
            ]
        ),
    )


class PreviewForm(Form):
    """To whom the letter is shown."""

    class Meta(Form.Meta):
        """GET."""

        csrf = False

    who = SelectField(lazy("Show the letter to"), validate_choice=False)
    find = TextField(lazy("Another guest, by name"), [Length(max=100)])
    in_language = SelectField(lazy("Language"), choices=options([("fr", "Français"), ("en", "English")]))

    def offer(self, audience: Sequence[Addressee]) -> "PreviewForm":
        """The same form with these guests to choose from; the first is chosen unless another is."""
        invented = ("", lazy("An invented guest"))
        self.who.choices = options([*((one.key, one.recipient.name) for one in audience), invented])
        if self.who.data is None and audience:
            self.who.data, self.in_language.data = audience[0].key, audience[0].language
        return self


class MergeForm(Form):
    """Which letters are printed in one file."""

    kind = SelectField(lazy("Kind of letter"))
    category = SelectField(lazy("Category"))
    channel = SelectField(
        lazy("Guests whose letter goes"),
        choices=options(
            [
                ("paper", lazy("on paper, by post")),
                ("hand", lazy("by hand")),
                ("mail", lazy("by mail")),
                ("", lazy("by whatever way")),
            ]
        ),
    )
    is_unsent = BooleanField(lazy("Only those whose letter has not left yet"))
    is_two_sided = BooleanField(lazy("Printed on both sides: each letter begins on a sheet of its own"))

    def offer(self, event: Event, kinds: Sequence[str]) -> "MergeForm":
        """The same form with the categories of the event."""
        self.kind.choices = options([(kind, kind_words(kind)) for kind in kinds])
        self.category.choices = options([("", lazy("All guests")), *((c.key, here(c.name)) for c in event.categories)])
        return self

    def narrowing(self) -> Narrowing:
        """Whom the letters go to."""
        return Narrowing(category=self.category.data, channel=self.channel.data, is_unsent=self.is_unsent.data)


MOST_SIGNATORIES = 4


def _signatures(typed: str) -> tuple[Signature, ...]:
    blocks: list[list[str]] = [[]]
    for line in typed.splitlines():
        if line.strip():
            blocks[-1].append(line.strip())
        elif blocks[-1]:
            blocks.append([])
    return tuple(Signature(block[0], tuple(block[1:])) for block in blocks if block)
