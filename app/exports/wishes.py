"""What guests told beside the answer, as lists: questions of the organiser's own, needs, who agreed to be listed.

Needs are a list of their own, for those who prepare the place and the meals: they never stand in the general
list, which travels further (GDPR 5.1.c).
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from app import tables
from app.errors import NotFound
from app.events.models import Event
from app.i18n import _, in_language
from app.registration.given_answers import answer_words
from app.registration.life import Consent
from app.registration.life_queries import list_answers_at, list_consents_at, list_questions
from app.registration.words import STATE_WORDS, WISH_WORDS

# Name of a list → the consents it is made of.
KINDS: dict[str, tuple[str, ...]] = {"needs": ("access", "diet"), "photo": ("photo",), "sharing": ("sharing",)}


def answer_columns(event: Event, language: str) -> tuple[list[str], dict[int, list[str]]]:
    """A column for each question that is asked: titles, and the answers in words by registration id.

    Nothing is read for an event that asks none.
    """
    if not {"questions", "desk_questions"} & set(event.asks):
        return [], {}
    with in_language(language):
        questions = list_questions(event)
        places = {one.id: place for place, one in enumerate(questions)}
        rows: dict[int, list[str]] = {}
        for (registration, question), held in list_answers_at(event).items():
            if question in places:
                row = rows.setdefault(registration, [""] * len(questions))
                row[places[question]] = answer_words(questions[places[question]], held.value)
        return [one.label.get(language) for one in questions], rows


def wishes(event: Event, name: str, language: str) -> tuple[list[str], list[list[Any]]]:
    """One of KINDS as titles and rows, by name; only those who come or wait. Raises NotFound."""
    if name not in KINDS:
        raise NotFound
    found = list_consents_at(event, KINDS[name])
    with in_language(language):
        titles = [_("First name"), _("Surname"), _("Functions"), _("Organisation")]
        if name == "sharing":
            return titles, [_person(one) for one in found]
        titles += [_("Category"), _("State"), _("What"), _("In their words")]
        return titles, [[*_person(one), *_told(one, language)] for one in found]


def _person(one: Consent) -> list[Any]:
    held, person = one.registration, one.registration.person
    return [person.given_name, person.family_name, " ; ".join(held.qualities), held.organisation]


def _told(one: Consent, language: str) -> list[Any]:
    held = one.registration
    state = str(STATE_WORDS[held.state][1])
    return [held.category.name.get(language), state, str(WISH_WORDS[one.kind]), one.text]


def wishes_file(event: Event, name: str, format: str, language: str, *, made_by: str, at: datetime) -> bytes:
    """The list as a file: csv, else xlsx. Raises NotFound."""
    columns, rows = wishes(event, name, language)
    if format == "csv":
        return tables.csv_bytes(columns, rows, language)
    title = event.title.get(language)
    return tables.xlsx_bytes(columns, rows, title=title, made_by=made_by, made_at=at.astimezone(UTC), language=language)


def count_wishes(event: Event) -> dict[str, int]:
    """How many people stand on each list that the event can have; nothing is read for one that offers none."""
    offered = [name for name, kinds in KINDS.items() if set(kinds) & set(event.asks)]
    return {name: _people(list_consents_at(event, KINDS[name])) for name in offered}


def _people(found: Sequence[Consent]) -> int:
    return len({one.registration_id for one in found})
