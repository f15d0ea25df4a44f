"""A person's mandates: dated, ordered, and the orders of their own in which some uses print them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.audit.service import Actor, record
from app.database import db
from app.directory.models import Mandate, Office, Person, Presentation, PresentationLine
from app.directory.offices import find_mandate_of, list_holders
from app.directory.service import get_or_add_organisation
from app.errors import NotFound, Refusal
from app.i18n import lazy
from app.text import nfc

# Two mandates on one printed line.
JOINS = " et "


class NothingHeld(Refusal):
    """A mandate says what is held, or where."""

    message = lazy("Please give the function as it is printed, or the organisation.")


class EndsBeforeItBegins(Refusal):
    """A mandate ends after it begins."""

    message = lazy("The mandate would end before it begins. Please check both days.")


class OfficeTaken(Refusal):
    """One person at a time holds an office."""

    message = lazy("%(name)s holds this office at that time. Please say first until when, on their page.")


class EmptyPresentation(Refusal):
    """An order of printing has a name and prints something."""

    message = lazy("Please give this order a name and a number to at least one mandate.")


@dataclass(frozen=True)
class Term:
    """A mandate as somebody types it; days are the first and the last, both included."""

    title: str
    organisation: str = ""
    office: Office | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    seniority_from: date | None = None

    def checked(self, person: Person) -> "Term":
        """The same, cleaned; an office gives its title. Raises NothingHeld, EndsBeforeItBegins."""
        title = nfc(self.title).strip()
        body = nfc(self.organisation).strip()
        if self.office:
            title, body = title or self.office.title_for(person.civility), body or self.office.organisation.name
        if not (title or body):
            raise NothingHeld
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise EndsBeforeItBegins
        return Term(title, body, self.office, self.valid_from, self.valid_to, self.seniority_from)


def snapshot_qualities(person: Person, on: date, presentation: Presentation | None = None) -> tuple[str, ...]:
    """The lines a public use on that day keeps, in the printed order; a later change leaves them alone.

    Without a presentation: the mandates held on the day, in the person's order. With one: its lines, without what is
    no longer held.
    """
    if presentation is None:
        return tuple(one.title for one in person.mandates if one.title and one.is_held_on(on))
    lines: dict[int, list[str]] = {}
    for one in presentation.lines:
        if one.mandate.title and one.mandate.is_held_on(on):
            lines.setdefault(one.line, []).append(one.mandate.title)
    return tuple(map(JOINS.join, lines.values()))


def get_mandate(person: Person, mandate_id: int) -> Mandate:
    """One of the person's mandates. Raises NotFound."""
    found = next((one for one in person.mandates if one.id == mandate_id), None)
    if found is None:
        raise NotFound
    return found


def get_presentation(person: Person, public_id: str) -> Presentation:
    """One of the person's orders of printing. Raises NotFound."""
    found = next((one for one in person.presentations if one.public_id == public_id), None)
    if found is None:
        raise NotFound
    return found


def add_mandate(person: Person, term: Term, *, actor: Actor, at: datetime) -> Mandate:
    """Give a person a mandate, printed last. Raises as `Term.checked`, and OfficeTaken."""
    mandate = Mandate(position=len(person.mandates) + 1)
    _fill(mandate, person, term)
    person.mandates.append(mandate)
    db.session.flush()
    _note("mandate.added", person, actor, at, after=_told(mandate))
    return mandate


def change_mandate(mandate: Mandate, term: Term, *, actor: Actor, at: datetime) -> None:
    """Correct a mandate. Raises as `add_mandate`."""
    before = _told(mandate)
    _fill(mandate, mandate.person, term)
    _note("mandate.changed", mandate.person, actor, at, before=before, after=_told(mandate))


def _fill(mandate: Mandate, person: Person, term: Term) -> None:
    term = term.checked(person)
    if term.office:
        _check_free(term.office, person, term)
    mandate.title = term.title
    mandate.organisation = get_or_add_organisation(term.organisation) if term.organisation else None
    mandate.office = term.office
    mandate.valid_from, mandate.valid_to = term.valid_from, term.valid_to
    mandate.seniority_from = term.seniority_from


def _check_free(office: Office, person: Person, term: Term) -> None:
    """Raises OfficeTaken when another person holds the office on a day of the term."""
    first, last = term.valid_from or date.min, term.valid_to or date.max
    for held in list_holders(office):
        overlaps = (held.valid_from or date.min) <= last and first <= (held.valid_to or date.max)
        if overlaps and held.person_id != person.id:
            raise OfficeTaken(name=held.person.full_name)


def move_mandate(mandate: Mandate, step: int, *, actor: Actor, at: datetime) -> bool:
    """Exchange a mandate with the one printed before (-1) or after (+1). Whether it moved."""
    person = mandate.person
    ordered = sorted(person.mandates, key=lambda one: one.position)
    place = ordered.index(mandate)
    if not 0 <= place + step < len(ordered):
        return False
    ordered[place], ordered[place + step] = ordered[place + step], ordered[place]
    for position, one in enumerate(ordered, start=1):
        one.position = position
    db.session.flush()
    db.session.expire(person, ["mandates"])
    _note("mandate.moved", person, actor, at, after={"order": [one.title for one in ordered]})
    return True


def remove_mandate(mandate: Mandate, *, actor: Actor, at: datetime) -> None:
    """Take away a mandate entered by mistake; one that ended keeps its row with its last day."""
    person = mandate.person
    _note("mandate.removed", person, actor, at, before=_told(mandate))
    person.mandates.remove(mandate)


def hand_over(office: Office, successor: Person, on: date, *, actor: Actor, at: datetime) -> Mandate:
    """The office passes to `successor` on that day: the holder's mandate ends the day before, theirs begins.

    Raises EndsBeforeItBegins when the holder began that day or later, OfficeTaken when somebody else takes it up later.
    """
    held = find_mandate_of(office, on)
    if held and held.person_id == successor.id:
        return held
    if held:
        if on <= (held.valid_from or date.min):
            raise EndsBeforeItBegins
        before = _told(held)
        held.valid_to = on - timedelta(days=1)
        db.session.flush()
        _note("mandate.changed", held.person, actor, at, before=before, after=_told(held))
    return add_mandate(successor, Term("", office=office, valid_from=on), actor=actor, at=at)


def save_presentation(
    person: Person,
    presentation: Presentation | None,
    name: str,
    lines: Sequence[Sequence[Mandate]],
    *,
    actor: Actor,
    at: datetime,
) -> Presentation:
    """Keep an order of printing: printed lines in order, each of one or several mandates. Raises EmptyPresentation."""
    name = nfc(name).strip()
    if not (name and any(lines)):
        raise EmptyPresentation
    one = presentation or Presentation()
    one.name = name[:120]
    if presentation is None:
        person.presentations.append(one)
    flat = [(mandate, number) for number, line in enumerate(lines, start=1) for mandate in line]
    one.lines = [
        PresentationLine(mandate=mandate, position=position, line=number)
        for position, (mandate, number) in enumerate(flat, start=1)
    ]
    db.session.flush()
    told = {"name": one.name, "lines": [JOINS.join(mandate.title for mandate in line) for line in lines]}
    _note("presentation.saved", person, actor, at, after=told)
    return one


def remove_presentation(presentation: Presentation, *, actor: Actor, at: datetime) -> None:
    """Drop an order of printing; what was printed with it stays as it was."""
    person = presentation.person
    _note("presentation.removed", person, actor, at, before={"name": presentation.name})
    person.presentations.remove(presentation)


def _told(mandate: Mandate) -> dict[str, Any]:
    """A mandate's facts for the journal."""
    return {
        "title": mandate.title,
        "organisation": mandate.organisation.name if mandate.organisation else "",
        "from": mandate.valid_from.isoformat() if mandate.valid_from else None,
        "to": mandate.valid_to.isoformat() if mandate.valid_to else None,
    }


def _note(action: str, person: Person, actor: Actor, at: datetime, **states: Any) -> None:
    record(actor, action, kind="person", id=person.public_id, name=person.full_name, at=at, **states)
