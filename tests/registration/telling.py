"""What tests of registration life share: an event that asks, and what its guests tell."""

from collections.abc import Sequence
from typing import Any

from app.clock import now
from app.columns import Bilingual
from app.database import db
from app.events.asking import set_asked
from app.events.models import Event
from app.registration.life import Question
from app.registration.questions import QuestionFacts, add_question
from tests.factories import ORGANISER

WISHES = ("access", "diet", "photo", "sharing")


def let_ask(event: Event, *names: str) -> Event:
    """The same event, asking its guests these things."""
    set_asked(event, {*event.asks, *names}, actor=ORGANISER, at=now())
    db.session.commit()
    return event


def ask_question(event: Event, kind: str, label: str = "", **values: Any) -> Question:
    """One question more."""
    facts: dict[str, Any] = {"label": Bilingual(label or f"Question {kind}", f"{label or kind}?"), **values}
    if kind == "choice":
        facts.setdefault("choices", (("En train", "By train"), ("En autocar", "By coach")))
    question = add_question(event, QuestionFacts(kind, **facts), actor=ORGANISER, at=now())
    db.session.commit()
    return question


def labels(questions: Sequence[Question]) -> list[str]:
    """The questions by their French words."""
    return [one.label.fr for one in questions]
