"""Everything one guest tells beside the answer, read and written together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.audit.service import Actor
from app.events.models import Event
from app.registration import consents, given_answers, printing
from app.registration.given_answers import Raw, answer_words
from app.registration.life import CONSENT_KINDS, Consent, Question, QuestionAnswer, RegistrationDetail
from app.registration.life_queries import find_detail, list_answers_of, list_consents
from app.registration.models import Registration
from app.registration.printing import Printed

_PRINTED = frozenset({"title", "document_name"})


@dataclass(frozen=True)
class Told:
    """What was told: `printed` None and kinds left out of `wishes` stay as they are."""

    printed: Printed | None = None
    # Kind of consent → what was written; None: nothing, or taken back.
    wishes: Mapping[str, str | None] = field(default_factory=dict)
    has_agreed: bool = False
    given: Mapping[Question, Raw] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """What is known of a guest beside the answer."""

    detail: RegistrationDetail | None = None
    wishes: Mapping[str, Consent] = field(default_factory=dict)
    answers: Mapping[int, QuestionAnswer] = field(default_factory=dict)

    def lines(self) -> list[tuple[Question, str]]:
        """What was answered to the questions still asked, in words, in their order."""
        live = [one for one in self.answers.values() if one.question.removed_at is None]
        live.sort(key=lambda one: (one.question.position, one.question_id))
        return [(one.question, answer_words(one.question, one.value)) for one in live]


def asks_anything(event: Event) -> bool:
    """Whether guests tell anything beside the answer when they register."""
    return any(name != "desk_questions" for name in event.asks)


def asks_print(event: Event) -> bool:
    """Whether guests say how they are printed, or what their document says."""
    return bool(_PRINTED & set(event.asks))


def tell(registration: Registration, told: Told, *, actor: Actor, at: datetime) -> str:
    """Keep what a guest told. Answers what came of the print: "same", "changed", "kept_aside".

    Raises what `printing.print_as`, `consents.say` and `given_answers.answer` raise.
    """
    done = printing.print_as(registration, told.printed, actor=actor, at=at) if told.printed else "same"
    if told.wishes:
        consents.say(registration, told.wishes, has_agreed=told.has_agreed, actor=actor, at=at)
    if told.given:
        given_answers.answer(registration, told.given, actor=actor, at=at)
    return done


def known_of(registration: Registration) -> Known:
    """What is known of a guest; of what the event does not use nothing is read."""
    event = registration.event
    reads_detail = asks_print(event) or registration.category.frozen_on is not None
    return Known(
        find_detail(registration.id) if reads_detail else None,
        list_consents(registration.id) if any(kind in event.asks for kind in CONSENT_KINDS) else {},
        list_answers_of(registration.id) if {"questions", "desk_questions"} & set(event.asks) else {},
    )
