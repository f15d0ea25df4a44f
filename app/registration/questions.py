"""Questions of the organiser's own: made, corrected, put in order, taken away and put back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.audit.service import Actor, record
from app.codes import new_public_id
from app.columns import Bilingual
from app.database import db, lock_row
from app.documents.files import TYPES
from app.errors import Refusal
from app.events.asking import set_asked
from app.events.models import Event
from app.i18n import here, lazy
from app.registration.life import QUESTION_KINDS, Question
from app.registration.life_queries import count_answers, list_questions
from app.text import slug

MOST_QUESTIONS, MOST_CHOICES = 20, 30


class QuestionEmpty(Refusal):
    """A question asks something."""

    message = lazy("Please write the question, in French or in English.")
    status = 422


class TooFewChoices(Refusal):
    """A choice is between two things at least."""

    message = lazy("Please give at least two choices, one a line.")
    status = 422


class KindStands(Refusal):
    """Answers of one kind are not answers of another."""

    message = lazy("Guests have answered already: the kind of this question stays. Take it away and ask another.")
    status = 422


class TooManyQuestions(Refusal):
    """A form that long is not answered."""

    message = lazy("%(most)s questions are enough: please take one away first.")
    status = 422


@dataclass(frozen=True)
class QuestionFacts:
    """What a question is. `choices`: (French, English) each; `categories`: keys, empty for everyone."""

    kind: str
    label: Bilingual
    hint: Bilingual = Bilingual()
    choices: tuple[tuple[str, str], ...] = ()
    is_required: bool = False
    asked_at: str = "registration"
    categories: tuple[str, ...] = ()
    most_megabytes: int = 5
    endings: tuple[str, ...] = ("pdf", "jpg", "png")


def facts_of(question: Question) -> QuestionFacts:
    """A question as it stands, to be given back corrected."""
    return QuestionFacts(
        question.kind, question.label, question.hint, tuple((c["fr"], c["en"]) for c in offered(question)),
        question.is_required, question.asked_at, question.categories, question.most_megabytes, question.endings,
    )  # fmt: skip


def offered(question: Question) -> list[dict[str, str]]:
    """The choices that may still be made; one taken away keeps its words for those who made it."""
    return [choice for choice in question.choices if not choice.get("removed")]


def add_question(event: Event, facts: QuestionFacts, *, actor: Actor, at: datetime) -> Question:
    """Ask one more, after the others. Raises QuestionEmpty, TooFewChoices, TooManyQuestions."""
    lock_row(event)
    known = list_questions(event)
    if len(known) >= MOST_QUESTIONS:
        raise TooManyQuestions(most=MOST_QUESTIONS)
    position = max((one.position for one in known), default=0) + 1
    question = Question(public_id=new_public_id(), event=event, position=position, created_at=at)
    _fill(question, facts)
    db.session.add(question)
    db.session.flush()
    _note_asked(event, actor, at)
    _record(question, "question.added", actor, at)
    return question


def change_question(question: Question, facts: QuestionFacts, *, actor: Actor, at: datetime) -> None:
    """Correct a question; what was answered stays. Raises QuestionEmpty, TooFewChoices, KindStands."""
    lock_row(question)
    if facts.kind != question.kind and count_answers(question.id):
        raise KindStands
    _fill(question, facts)
    db.session.flush()
    _note_asked(question.event, actor, at)
    _record(question, "question.changed", actor, at)


def move_question(question: Question, step: int, *, actor: Actor, at: datetime) -> None:
    """One place up (-1) or down (1) among those asked; at the end nothing moves."""
    lock_row(question.event)
    known = list_questions(question.event)
    here_now = known.index(question) if question in known else -1
    there = here_now + step
    if here_now < 0 or not 0 <= there < len(known):
        return
    known.insert(there, known.pop(here_now))
    for position, one in enumerate(known, start=1):
        one.position = position
    db.session.flush()
    _record(question, "question.moved", actor, at)


def remove_question(question: Question, *, actor: Actor, at: datetime) -> None:
    """No longer ask it; what was answered is kept until it is put back, or the event is over."""
    if question.removed_at is None:
        question.removed_at = at
        db.session.flush()
        _note_asked(question.event, actor, at)
        _record(question, "question.removed", actor, at)


def put_back(question: Question, *, actor: Actor, at: datetime) -> None:
    """Ask it again, with its answers."""
    if question.removed_at is not None:
        question.removed_at = None
        db.session.flush()
        _note_asked(question.event, actor, at)
        _record(question, "question.put_back", actor, at)


def _fill(question: Question, facts: QuestionFacts) -> None:
    if facts.kind not in QUESTION_KINDS:
        raise ValueError(facts.kind)
    if not facts.label:
        raise QuestionEmpty
    choices = [pair for pair in facts.choices if pair[0].strip() or pair[1].strip()]
    if facts.kind == "choice" and len(choices) < 2:
        raise TooFewChoices
    question.kind, question.label, question.hint = facts.kind, facts.label, facts.hint
    question.choices = _merged(question.choices or [], choices[:MOST_CHOICES]) if facts.kind == "choice" else []
    question.is_required, question.asked_at = facts.is_required, facts.asked_at
    keys = {category.key for category in question.event.categories}
    question.categories = tuple(key for key in facts.categories if key in keys)
    question.most_megabytes = facts.most_megabytes
    question.endings = tuple(ending for ending in facts.endings if ending in TYPES)


def _merged(held: list[dict[str, str]], wanted: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    """The choices wanted, each under the key it had: by its words, else by its line where only that line changed."""
    left = list(held)
    keys: list[str | None] = []
    for fr, en in wanted:
        same = next((one for one in left if (one["fr"], one["en"]) == (fr, en)), None)
        if same:
            left.remove(same)
        keys.append(same["key"] if same else None)
    made = []
    taken = {one["key"] for one in held}
    for number, (fr, en) in enumerate(wanted):
        key = keys[number]
        if key is None and len(held) == len(wanted) and held[number] in left:
            left.remove(held[number])
            key = held[number]["key"]
        if key is None:
            key = _free_key(fr or en, taken)
            taken.add(key)
        made.append({"key": key, "fr": fr, "en": en})
    return made + [{**one, "removed": "1"} for one in left]


def _free_key(words: str, taken: set[str]) -> str:
    base = slug(words)[:30].strip("-") or "choice"
    return next(key for key in (base, *(f"{base}-{n}" for n in range(2, 1000))) if key not in taken)


def _note_asked(event: Event, actor: Actor, at: datetime) -> None:
    """The event knows whether it has questions, so that one without asks the database nothing."""
    asked_at = {one.asked_at for one in list_questions(event)}
    marks = {"registration": "questions", "desk": "desk_questions"}
    others = set(event.asks) - set(marks.values())
    set_asked(event, others | {mark for place, mark in marks.items() if place in asked_at}, actor=actor, at=at)


def _record(question: Question, action: str, actor: Actor, at: datetime) -> None:
    event = question.event
    record(
        actor, action, kind="event", id=event.public_id, name=event.title.get("fr"), topic=event.public_id, at=at,
        after={"question": here(question.label), "kind": question.kind, "asked": question.asked_at},
    )  # fmt: skip
