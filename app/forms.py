"""The base form: CSRF, the reader's language, text kept in NFC, dates in both languages."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from flask_wtf import FlaskForm
from wtforms.fields import StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app.columns import Bilingual
from app.errors import Refusal
from app.i18n import _, language
from app.text import nfc


class Form(FlaskForm):
    """Parent of every form."""

    # Name of a refusal → name of the field it speaks of; any other is told above the form.
    refusals: ClassVar[Mapping[str, str]] = {}

    class Meta(FlaskForm.Meta):
        """WTForms' own sentences come in the reader's language."""

        def get_translations(self, form: Any) -> Any:
            self.locales = [language()]
            return super(FlaskForm.Meta, self).get_translations(form)

    def tell(self, refusal: Refusal) -> None:
        """Put the sentence of a refusal, or of each of several, beside the field it speaks of."""
        for one in refusal.parts:
            place = self.refusals.get(one.code, "")
            if place in self:
                self[place].errors = [*self[place].errors, one.sentence]
            else:
                self.form_errors.append(one.sentence)


def _clean(value: Any) -> Any:
    return nfc(value).strip() if isinstance(value, str) else value


class TextField(StringField):
    """One line, trimmed, NFC."""

    def __init__(self, label: Any = None, validators: Any = None, **options: Any) -> None:
        super().__init__(label, validators, filters=[_clean], **options)


class LongTextField(TextAreaField):
    """Several lines, trimmed, NFC."""

    def __init__(self, label: Any = None, validators: Any = None, **options: Any) -> None:
        super().__init__(label, validators, filters=[_clean], **options)


def real_day(_form: Any, field: Any) -> None:
    """A validator of dates: a day whose instants exist in every zone, as those of the years 1 and 9999 do not."""
    if field.data is not None and not 1900 <= field.data.year <= 9000:
        raise ValidationError(_("Please give a day of our time."))


def options(pairs: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    """Choices of a select or radio field, from pairs of value and words."""
    return [SelectChoice(value, words) for value, words in pairs]


def bilingual(form: Form, name: str) -> Bilingual:
    """The value of the pair of fields `<name>_fr` and `<name>_en`."""
    return Bilingual(form[f"{name}_fr"].data or "", form[f"{name}_en"].data or "")
