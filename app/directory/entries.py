"""Entering somebody by hand, and correcting an entry: names, spellings, where letters go."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from app.audit.service import Actor, record
from app.database import db
from app.directory.models import Person
from app.directory.service import Contact, Names, add_person, also_spelt, reach, rename, speak


def enter_person(
    names: Names, contact: Contact, spellings: Iterable[str], *, spoken: Iterable[str] = (), actor: Actor, at: datetime
) -> Person:
    """A new entry; somebody alike may be there already and is proposed on its page. Raises NameMissing."""
    person = add_person(names, contact, at=at)
    also_spelt(person, spellings)
    speak(person, spoken)
    db.session.flush()
    _note("person.added", person, actor, at, after=_told(person))
    return person


def correct_person(
    person: Person,
    names: Names,
    contact: Contact,
    spellings: Iterable[str],
    *,
    spoken: Iterable[str] | None = None,
    actor: Actor,
    at: datetime,
) -> None:
    """Correct an entry; what was sent, printed or published stays as it was. `spoken` None: as they were.

    Raises NameMissing.
    """
    before = _told(person)
    rename(person, names)
    reach(person, contact)
    also_spelt(person, spellings)
    if spoken is not None:
        speak(person, spoken)
    _note("person.changed", person, actor, at, before=before, after=_told(person))


def _told(person: Person) -> dict[str, Any]:
    """An entry's facts for the journal."""
    names = ("civility", "given_name", "family_name", "native_name", "email", "phone", "language", "country")
    lists = {"aliases": list(person.aliases), "spoken": list(person.spoken or ())}
    return {**{name: getattr(person, name) for name in names}, **lists}


def _note(action: str, person: Person, actor: Actor, at: datetime, **states: Any) -> None:
    record(actor, action, kind="person", id=person.public_id, name=person.full_name, at=at, **states)


def note_spoken(person: Person, spoken: Iterable[str], *, actor: Actor, at: datetime) -> bool:
    """Say which languages a person speaks; answers whether that is news."""
    before = _told(person)
    speak(person, spoken)
    if _told(person) == before:
        return False
    _note("person.changed", person, actor, at, before=before, after=_told(person))
    return True
