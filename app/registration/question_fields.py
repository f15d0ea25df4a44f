"""The organiser's own questions as fields of a form, at registration and at the desk."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from flask_wtf.file import FileField
from wtforms.fields import DateField, RadioField, SelectField, TelField
from wtforms.validators import Length, Optional

from app.errors import Refusal
from app.forms import Form, LongTextField, options
from app.i18n import _, here, language, lazy
from app.registration import given_answers
from app.registration.forms_delegation import countries
from app.registration.given_answers import Raw, Upload
from app.registration.life import Question, QuestionAnswer
from app.registration.questions import offered

YES_NO = [("yes", lazy("Yes")), ("no", lazy("No"))]
# More choices than this are a list to open.
MOST_RADIOS = 6


class Asked:
    """Marks a field that must be answered; the rule itself is `given_answers.check`."""

    field_flags: ClassVar = {"required": True}

    def __call__(self, form: Any, field: Any) -> None:
        """Nothing: see `answers_are_right`."""


def name_of(question: Question) -> str:
    """Name of the field that holds the answer to a question."""
    return f"q_{question.public_id}"


def question_fields(questions: Sequence[Question]) -> dict[str, Any]:
    """A field for each question, by its name."""
    return {name_of(one): _field(one) for one in questions}


def answers_shown(questions: Sequence[Question], held: Mapping[int, QuestionAnswer]) -> dict[str, Any]:
    """What was answered before, as the fields take it; a file is not sent back."""
    return {
        name_of(one): date.fromisoformat(held[one.id].value) if one.kind == "date" else held[one.id].value
        for one in questions
        if one.kind != "file" and one.id in held
    }


def raw_of(form: Form, question: Question) -> Raw:
    """What was typed or sent; a file is read once and remembered."""
    field = form[name_of(question)]
    typed = field.data
    if question.kind == "file":
        if not hasattr(field, "upload"):
            is_sent = bool(typed) and bool(getattr(typed, "filename", ""))
            field.upload = Upload(typed.filename, typed.read()) if is_sent else None
        upload: Upload | None = field.upload
        return upload
    return typed.isoformat() if isinstance(typed, date) else typed


def answers_are_right(form: Form, questions: Sequence[Question], held: Mapping[int, QuestionAnswer]) -> bool:
    """Whether each answer is one the question takes; a refusal is told beside its field."""
    is_right = True
    for question in questions:
        try:
            given_answers.check(question, raw_of(form, question), has_answer=question.id in held)
        except Refusal as refusal:
            form[name_of(question)].errors = [refusal.sentence]
            is_right = False
    return is_right


class QuestionsForm(Form):
    """These questions alone."""

    questions: ClassVar[Sequence[Question]] = ()
    held: ClassVar[Mapping[int, QuestionAnswer]] = {}

    def validate(self, extra_validators: Any = None) -> bool:
        """Each question says itself what it takes."""
        is_valid = bool(super().validate(extra_validators))
        return answers_are_right(self, self.questions, self.held) and is_valid


def questions_form(questions: Sequence[Question], held: Mapping[int, QuestionAnswer]) -> QuestionsForm:
    """A form of these questions alone, filled with what was answered before."""
    bound = {"questions": tuple(questions), "held": held}
    made = type("AskedQuestionsForm", (QuestionsForm,), {**question_fields(questions), **bound})
    form: QuestionsForm = made(data=answers_shown(questions, held))
    return form


def _field(question: Question) -> Any:
    hint = here(question.hint)
    if not question.is_required:
        hint = f"{hint} {_('Optional.')}".strip()
    rules: list[Any] = [Asked()] if question.is_required else [Optional()]
    return _BY_KIND.get(question.kind, _text)(question, hint, rules)


def _text(question: Question, hint: str, rules: list[Any]) -> Any:
    longest = Length(max=given_answers.LONGEST)
    return LongTextField(here(question.label), [*rules, longest], description=hint)


def _choice(question: Question, hint: str, rules: list[Any]) -> Any:
    pairs: list[tuple[str, Any]] = list(YES_NO)
    if question.kind == "choice":
        pairs = [(one["key"], one[language()] or one["fr"] or one["en"]) for one in offered(question)]
    label = here(question.label)
    if len(pairs) > MOST_RADIOS or not question.is_required:
        return SelectField(label, rules, choices=options([("", _("Please choose")), *pairs]), description=hint)
    return RadioField(label, rules, choices=options(pairs), description=hint, validate_choice=False)


def _country(question: Question, hint: str, rules: list[Any]) -> Any:
    choices = options([("", _("Please choose")), *countries()])
    return SelectField(here(question.label), rules, choices=choices, description=hint)


def _date(question: Question, hint: str, rules: list[Any]) -> Any:
    return DateField(here(question.label), [*rules, Optional()], description=hint)


def _phone(question: Question, hint: str, rules: list[Any]) -> Any:
    return TelField(here(question.label), [*rules, Length(max=40)], description=hint)


def _file(question: Question, hint: str, rules: list[Any]) -> Any:
    kinds = ", ".join(question.endings)
    limits = _("%(kinds)s; %(megabytes)s MB at most.", kinds=kinds, megabytes=question.most_megabytes)
    return FileField(here(question.label), rules, description=f"{limits} {hint}".strip())


_BY_KIND = {"choice": _choice, "yes_no": _choice, "country": _country, "date": _date, "phone": _phone, "file": _file}
