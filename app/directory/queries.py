"""Reading the directory."""

from collections.abc import Collection, Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, Row, or_, select

from app.database import db
from app.directory.models import Mandate, Organisation, Person
from app.errors import NotFound
from app.text import search_key, search_terms

Value = TypeVar("Value")
BATCH = 1000
ORGANISATION_KEY_LENGTH = 700


def get_person(public_id: str) -> Person:
    """The person at this address. Raises NotFound."""
    person = db.session.scalar(select(Person).where(Person.public_id == public_id))
    if person is None:
        raise NotFound
    return person


def list_namesakes(folded_given: str, folded_family: str) -> list[Person]:
    """People whose folded names are equal, whoever they are."""
    wanted = select(Person).where(Person.folded_family == folded_family, Person.folded_given == folded_given)
    return list(db.session.scalars(wanted.order_by(Person.id)))


def list_people_by_family(folded_families: Sequence[str]) -> list[Person]:
    """People with one of these folded surnames (one query for a thousand of them)."""
    found: list[Person] = []
    for some in in_batches(folded_families):
        wanted = select(Person).where(Person.folded_family.in_(some)).order_by(Person.id)
        found += db.session.scalars(wanted)
    return found


def named(words: str) -> list[ColumnElement[bool]]:
    """What a name must fulfil to hold every word typed, accents and case aside; nothing for no word."""
    return [Person.search_key.contains(term, autoescape=True) for term in search_terms(words)]


def search_people(words: str, limit: int = 20) -> list[Person]:
    """People whose name holds every word typed, in any order, accents and case aside."""
    if not search_terms(words):
        return []
    wanted = select(Person).where(*named(words))
    return list(db.session.scalars(wanted.order_by(Person.folded_family, Person.id).limit(limit)))


def find_organisation(name: str) -> Organisation | None:
    """The organisation written that way, accents, case and apostrophes aside."""
    wanted = select(Organisation).where(
        or_(Organisation.search_key == organisation_key(name), Organisation.name == name)
    )
    return db.session.scalar(wanted.limit(1))


def organisation_key(name: str) -> str:
    """What names an organisation once, however it is written: at most 700 characters."""
    return (search_key(name) or name.strip())[:ORGANISATION_KEY_LENGTH]


def list_organisations(keys: Collection[str]) -> list[Organisation]:
    """The organisations of these keys (`organisation_key`)."""
    found: list[Organisation] = []
    for some in in_batches(sorted(keys)):
        wanted = select(Organisation).where(Organisation.search_key.in_(some))
        found += db.session.scalars(wanted)
    return found


def list_offices(person_ids: Collection[int]) -> list[Row[int, str, str | None]]:
    """(person id, title, name of the organisation or None) of these people's mandates."""
    found: list[Row[int, str, str | None]] = []
    for some in in_batches(sorted(person_ids)):
        wanted = (
            select(Mandate.person_id, Mandate.title, Organisation.name)
            .outerjoin(Mandate.organisation)
            .where(Mandate.person_id.in_(some))
            .order_by(Mandate.person_id, Mandate.position)
        )
        found += db.session.execute(wanted)
    return found


def in_batches(values: Sequence[Value], size: int = BATCH) -> list[Sequence[Value]]:
    """`values` in pieces short enough for one statement on every database."""
    return [values[start : start + size] for start in range(0, len(values), size)]
