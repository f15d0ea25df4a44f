"""Reading the directory."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from app.database import db
from app.directory.models import Organisation, Person
from app.errors import NotFound
from app.text import search_key, search_terms


def get_person(public_id: str) -> Person:
    """The person at this address. Raises NotFound."""
    person = db.session.scalar(select(Person).where(Person.public_id == public_id))
    if person is None:
        raise NotFound
    return person


def list_namesakes(folded_given: str, folded_family: str) -> list[Person]:
    """People whose folded names are equal, whoever they are."""
    wanted = select(Person).where(
        Person.folded_family == folded_family, Person.folded_given == folded_given
    )
    return list(db.session.scalars(wanted.order_by(Person.id)))


def list_people_by_family(folded_families: Sequence[str]) -> list[Person]:
    """People with one of these folded surnames (one query for a whole list)."""
    wanted = select(Person).where(Person.folded_family.in_(folded_families))
    return list(db.session.scalars(wanted.order_by(Person.id)))


def search_people(words: str, limit: int = 20) -> list[Person]:
    """People whose name holds every word typed, in any order, accents and case aside."""
    terms = search_terms(words)
    if not terms:
        return []
    wanted = select(Person).where(*[Person.search_key.contains(t, autoescape=True) for t in terms])
    return list(db.session.scalars(wanted.order_by(Person.folded_family, Person.id).limit(limit)))


def find_organisation(name: str) -> Organisation | None:
    """The organisation written that way, accents, case and apostrophes aside."""
    key = search_key(name)
    wanted = select(Organisation).where(or_(Organisation.search_key == key, Organisation.name == name))
    return db.session.scalar(wanted.limit(1))
