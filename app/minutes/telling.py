"""Minutes as they are read, whatever the paper: who spoke, under which heading, what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.lists import format_list

from app import when
from app.events.models import Event
from app.i18n import _, here, language
from app.minutes.models import Decision, Intervention, Minutes, Section
from app.programme.words import role_label


@dataclass(frozen=True)
class Passage:
    """What one person said, or several together; `text` in paragraphs with marks."""

    speakers: str
    text: str
    language: str
    opens_room: bool = False


def passages(section: Section) -> list[Passage]:
    """The passages of a section in the order of the narrative; joint speakers share one text."""
    groups: list[list[Intervention]] = []
    for one in section.interventions:
        if one.is_joint and groups:
            groups[-1].append(one)
        else:
            groups.append([one])
    told, in_room = [], False
    for group in groups:
        first = group[0]
        opens = first.is_from_room and not in_room
        in_room = first.is_from_room
        told.append(
            Passage(
                speakers=_listed([speaker(one.name, one.qualities) for one in group]),
                text=here(first.text),
                language=first.text.language(language()),
                opens_room=opens,
            )
        )
    return told


def speaker(name: str, qualities: Sequence[str]) -> str:
    """ "Pia Imbs, présidente de l'Eurométropole de Strasbourg"."""
    return f"{name}, {_listed(qualities)}" if qualities else name


def _listed(parts: Sequence[str]) -> str:
    return str(format_list(list(parts), locale=language()))


def composition(section: Section) -> list[tuple[str, list[dict[str, Any]]]]:
    """The people of a session in the programme's order, neighbours of one role under its label."""
    groups: list[tuple[str, list[dict[str, Any]]]] = []
    for one in section.composition:
        if groups and groups[-1][0] == one["role"]:
            groups[-1][1].append(one)
        else:
            groups.append((one["role"], [one]))
    return [(role_label(role, len(people)), people) for role, people in groups]


def orientations(minutes: Minutes) -> list[Decision]:
    """The numbered decisions."""
    return [one for one in minutes.decisions if one.number is not None]


def commitments(minutes: Minutes) -> list[Decision]:
    """The decisions outside the list."""
    return [one for one in minutes.decisions if one.number is None]


def issuers(event: Event) -> list[str]:
    """Who issues the minutes, from the higher body to the lower one."""
    return [body for body in (event.organiser_parent, event.organiser) if body]


def issue_date(day: date) -> str:
    """The date printed on the document."""
    return when.day_words(day, language())


def version_words(minutes: Minutes) -> str:
    """Says that a text is a draft or a correction; empty for the first published version."""
    if minutes.state == "draft":
        return _("Draft, not published")
    return _("Corrected version, number %(version)s", version=minutes.version) if minutes.version > 1 else ""


def room_words() -> str:
    """The heading of what was said from the room."""
    return _("Exchanges with the room")
