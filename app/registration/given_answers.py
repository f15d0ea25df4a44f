"""What guests answer to the organiser's own questions: checked, kept, told in words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from babel import Locale

from app import when
from app.audit.service import Actor, record
from app.database import db, lock_row
from app.documents.files import media_type
from app.errors import Refusal
from app.i18n import _, here, language, lazy
from app.registration.life import Question, QuestionAnswer
from app.registration.life_queries import list_answers_of
from app.registration.models import Registration
from app.registration.questions import offered
from app.text import file_name, nfc

LONGEST = 1000
_PHONE = re.compile(r"^\+?\d{6,15}$")


class AnswerNeeded(Refusal):
    """Some questions must be answered."""

    message = lazy("Please answer this question.")
    status = 422


class UnreadableAnswer(Refusal):
    """An answer is of the kind that is asked for."""

    message = lazy("Please choose one of the answers, or give a real date.")
    status = 422


class AnswerTooLong(Refusal):
    """A few lines, not a letter."""

    message = lazy("This is too long: %(most)s characters at most.")
    status = 422


class NotAPhone(Refusal):
    """A telephone number has digits."""

    message = lazy("This is not a telephone number. Example: +33 6 12 34 56 78.")
    status = 422


class FileTooLarge(Refusal):
    """Each question says how large a file may be."""

    message = lazy("This file is too large: %(megabytes)s MB at most.")
    status = 422


class FileNotWanted(Refusal):
    """Each question says which files it takes."""

    message = lazy("Please send one of these kinds of file: %(endings)s.")
    status = 422


@dataclass(frozen=True)
class Upload:
    """A file as it came."""

    name: str
    data: bytes


Raw = str | Upload | None


@dataclass(frozen=True)
class Checked:
    """An answer that may be kept; an empty value: none. `mime` and `data` of a file only."""

    value: str = ""
    mime: str = ""
    data: bytes | None = None


def check(question: Question, raw: Raw, *, has_answer: bool = False) -> Checked:
    """An answer in the form it is kept in. `has_answer`: a file was given before, and none now keeps it.

    Raises AnswerNeeded, UnreadableAnswer, AnswerTooLong, NotAPhone, FileTooLarge, FileNotWanted, and what
    `app.documents.files.media_type` raises.
    """
    if isinstance(raw, Upload):
        return _check_file(question, raw)
    text = nfc(raw or "").strip()
    if not text:
        if question.is_required and not has_answer:
            raise AnswerNeeded
        return Checked()
    if question.kind == "file":
        raise UnreadableAnswer
    return Checked(_check_text(question, text))


def _check_text(question: Question, text: str) -> str:
    if len(text) > LONGEST:
        raise AnswerTooLong(most=LONGEST)
    if question.kind == "phone":
        digits = re.sub(r"[\s().\-/\u00a0\u202f]", "", text)
        if not _PHONE.match(digits):
            raise NotAPhone
        return digits
    known: dict[str, bool] = {
        "choice": text in {one["key"] for one in offered(question)},
        "yes_no": text in {"yes", "no"},
        "country": text in Locale("en").territories and len(text) == 2,
        "date": _is_date(text),
    }
    if not known.get(question.kind, True):
        raise UnreadableAnswer
    return text


def _is_date(text: str) -> bool:
    try:
        return 1900 <= date.fromisoformat(text).year <= 2200
    except ValueError:
        return False


def _check_file(question: Question, upload: Upload) -> Checked:
    if question.kind != "file":
        raise UnreadableAnswer
    if len(upload.data) > question.most_megabytes * 1024**2:
        raise FileTooLarge(megabytes=question.most_megabytes)
    ending = upload.name.rpartition(".")[2].lower()
    endings = {"jpg" if one == "jpeg" else one for one in question.endings}
    if endings and ("jpg" if ending == "jpeg" else ending) not in endings:
        raise FileNotWanted(endings=", ".join(question.endings))
    return Checked(file_name(upload.name)[-120:], media_type(upload.name, upload.data), upload.data)


def answer(registration: Registration, given: Mapping[Question, Raw], *, actor: Actor, at: datetime) -> int:
    """Keep what a guest answers to these questions; how many answers changed. An emptied one is forgotten.

    A file left out stays. Raises what `check` raises.
    """
    lock_row(registration)
    known = list_answers_of(registration.id)
    changed = []
    for question, raw in given.items():
        held = known.get(question.id)
        checked = check(question, raw, has_answer=held is not None and question.kind == "file")
        if _keep(registration, question, held, checked, at):
            changed.append(question)
    if changed:
        db.session.flush()
        _record(registration, changed, actor, at)
    return len(changed)


def _keep(
    registration: Registration, question: Question, held: QuestionAnswer | None, checked: Checked, at: datetime
) -> bool:
    if not checked.value:
        if held is None or question.kind == "file":
            return False
        db.session.delete(held)
        return True
    if held is not None and checked.data is None and held.value == checked.value:
        return False
    if held is None:
        held = QuestionAnswer(registration_id=registration.id, question_id=question.id)
        db.session.add(held)
    held.value, held.changed_at, held.mime, held.data = checked.value, at, checked.mime, checked.data
    return True


def answer_words(question: Question, value: str) -> str:
    """An answer as people read it, in the reader's language."""
    if question.kind == "yes_no":
        return _("Yes") if value == "yes" else _("No")
    if question.kind == "choice":
        found = next((one for one in question.choices if one["key"] == value), None)
        return (found[language()] or found["fr"] or found["en"]) if found else value
    if question.kind == "date":
        return when.date_words(date.fromisoformat(value), language())
    if question.kind == "country":
        return str(Locale(language()).territories.get(value, value))
    return value


def _record(registration: Registration, changed: list[Question], actor: Actor, at: datetime) -> None:
    """Which questions, never what was answered: the journal is kept longer."""
    record(
        actor, "registration.answered_questions", kind="registration", id=registration.public_id,
        name=registration.person.full_name, topic=registration.event.public_id, at=at,
        after={"questions": [here(one.label) for one in changed]},
    )  # fmt: skip
