"""Reading the directory."""

from collections.abc import Collection, Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, Row, and_, func, or_, select
from sqlalchemy.orm import selectinload

from app.database import db
from app.directory.models import Mandate, NameWord, Organisation, OrganisationAlias, Person
from app.directory.names import WORD_LENGTH
from app.errors import NotFound
from app.text import search_key, search_terms

Value = TypeVar("Value")
BATCH = 1000
PAGE = 50
# Entries that turned out to be somebody else's stay for their history only.
IS_CURRENT = Person.merged_into_id.is_(None)
ORGANISATION_KEY_LENGTH = 700


def get_person(public_id: str) -> Person:
    """The person at this address, or the one this entry turned out to be. Raises NotFound."""
    person = get_entry(public_id)
    while person.merged_into_id is not None:
        person = db.session.get_one(Person, person.merged_into_id)
    return person


def get_entry(public_id: str) -> Person:
    """The very entry at this address, merged or not. Raises NotFound."""
    person = db.session.scalar(select(Person).where(Person.public_id == public_id))
    if person is None:
        raise NotFound
    return person


def list_namesakes(folded_given: str, folded_family: str) -> list[Person]:
    """People whose folded names are equal, whoever they are."""
    wanted = select(Person).where(
        Person.folded_family == folded_family, Person.folded_given == folded_given, IS_CURRENT
    )
    return list(db.session.scalars(wanted.order_by(Person.id)))


def list_people_by_family(folded_families: Sequence[str]) -> list[Person]:
    """People with one of these folded surnames (one query for a thousand of them)."""
    found: list[Person] = []
    for some in in_batches(folded_families):
        wanted = select(Person).where(Person.folded_family.in_(some), IS_CURRENT).order_by(Person.id)
        found += db.session.scalars(wanted)
    return found


def named(words: str) -> list[ColumnElement[bool]]:
    """What a name must fulfil to hold every word typed, accents and case aside; nothing for no word."""
    return [Person.search_key.contains(term, autoescape=True) for term in search_terms(words)]


def begins(word: str) -> ColumnElement[bool]:
    """Whether one of a person's words begins like `word` (`app.text.search_terms`): one range of the index."""
    first, after = _range(word[:WORD_LENGTH])
    bearing = select(NameWord.person_id).where(NameWord.word >= first, NameWord.word < after)
    return Person.id.in_(bearing)


def _range(first: str) -> tuple[str, str]:
    return first, first[:-1] + chr(ord(first[-1]) + 1)


def _wanted(words: str) -> list[ColumnElement[bool]]:
    """What every word typed asks of a name. One letter is an initial: of the surname when it stands alone."""
    terms = search_terms(words)
    found: list[ColumnElement[bool]] = [IS_CURRENT]
    for term in terms:
        first, after = _range(term)
        family = and_(Person.folded_family >= first, Person.folded_family < after)
        given = and_(Person.folded_given >= first, Person.folded_given < after)
        initial = family if len(terms) == 1 else or_(family, given)
        found.append(initial if len(term) == 1 else begins(term))
    return found


def search_people(words: str, limit: int = 20, *, offset: int = 0) -> list[Person]:
    """People whose name holds words beginning like every word typed, in any order, however transliterated."""
    if not search_terms(words):
        return []
    wanted = select(Person).where(*_wanted(words)).options(selectinload(Person.mandates))
    # Not the column itself: PostgreSQL would walk half its index in this order to find twenty of a few hundred.
    ordered = wanted.order_by(func.coalesce(Person.folded_family, ""), Person.folded_given, Person.id)
    return list(db.session.scalars(ordered.limit(limit).offset(offset)))


def count_people(words: str = "") -> int:
    """How many people `search_people` finds; everyone when nothing is typed."""
    wanted = select(func.count()).select_from(Person).where(*_wanted(words))
    return db.session.scalar(wanted) or 0


def list_people(page: int = 1) -> list[Person]:
    """Everyone, by surname, `PAGE` a page."""
    wanted = select(Person).where(IS_CURRENT).options(selectinload(Person.mandates).joinedload(Mandate.organisation))
    ordered = wanted.order_by(Person.folded_family, Person.folded_given, Person.id)
    return list(db.session.scalars(ordered.limit(PAGE).offset((page - 1) * PAGE)))


def find_organisation(name: str) -> Organisation | None:
    """The organisation written that way, accents, case and apostrophes aside, or its alias or acronym."""
    return organisations_named([name]).get(name)


def organisations_named(names: Collection[str]) -> dict[str, Organisation]:
    """The organisations these names mean, by name as written: name, then alias, then an acronym only one has."""
    keys = {name: organisation_key(name) for name in names if name.strip()}
    known = {body.search_key: body for body in list_organisations(set(keys.values()))}
    found = {name: known[key] for name, key in keys.items() if key in known}
    found |= _by_alias({name: key for name, key in keys.items() if name not in found})
    found |= _by_acronym([name for name in keys if name not in found])
    return found


def _by_alias(keys: dict[str, str]) -> dict[str, Organisation]:
    aliases: dict[str, Organisation] = {}
    for some in in_batches(sorted(set(keys.values()))):
        wanted = select(OrganisationAlias).where(OrganisationAlias.search_key.in_(some))
        aliases |= {one.search_key: one.organisation for one in db.session.scalars(wanted)}
    return {name: aliases[key] for name, key in keys.items() if key in aliases}


def _by_acronym(names: Sequence[str]) -> dict[str, Organisation]:
    bodies: dict[str, list[Organisation]] = {}
    for some in in_batches([name.strip() for name in names]):
        for body in db.session.scalars(select(Organisation).where(Organisation.acronym.in_(some))):
            bodies.setdefault(body.acronym, []).append(body)
    return {name: bodies[name.strip()][0] for name in names if len(bodies.get(name.strip(), ())) == 1}


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
