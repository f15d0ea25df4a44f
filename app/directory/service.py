"""Rules of the directory: names as typed, folded beside; organisations named once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert

from app.codes import new_public_id
from app.database import db
from app.directory.models import Mandate, NameWord, Organisation, Person
from app.directory.names import words_of
from app.directory.queries import find_organisation, in_batches, organisation_key, organisations_named
from app.errors import Refusal
from app.i18n import lazy
from app.text import fold, nfc, search_key

SEARCH_KEY_LENGTH = 900


class NameMissing(Refusal):
    """A person needs a name in Latin script: the badge and the desk read it."""

    message = lazy("Please give a first name or a surname in Latin letters.")


@dataclass(frozen=True)
class Names:
    """How a person is called; every text as typed."""

    given: str = ""
    family: str = ""
    native: str = ""
    civility: str = ""

    def cleaned(self) -> "Names":
        """The same in NFC, trimmed; an unknown civility becomes none."""
        known = self.civility if self.civility in {"M", "Mme"} else ""
        return replace(
            self,
            given=nfc(self.given).strip(),
            family=nfc(self.family).strip(),
            native=nfc(self.native).strip(),
            civility=known,
        )


@dataclass(frozen=True)
class Contact:
    """How a person is reached and in which language."""

    email: str = ""
    phone: str = ""
    language: str = "fr"
    country: str = "FR"


def add_person(
    names: Names, contact: Contact, *, qualities: Sequence[str] = (), organisation: str = "", at: datetime
) -> Person:
    """Enter a person with mandates in the order given, all at `organisation` (may be empty).

    Raises NameMissing.
    """
    person = Person(created_at=at, mandates=[])
    rename(person, names)
    reach(person, contact)
    db.session.add(person)
    set_mandates(person, qualities, organisation)
    return person


@dataclass(frozen=True)
class NewPerson:
    """Someone to enter with many others; `qualities` in printed order, at `organisation`."""

    names: Names
    contact: Contact = field(default_factory=Contact)
    qualities: tuple[str, ...] = ()
    organisation: str = ""
    spoken: tuple[str, ...] = ()


def add_people(people: Sequence[NewPerson], *, at: datetime) -> list[int]:
    """Enter many people at once: as many statements for any number. Their ids, in the same order.

    Raises NameMissing for the first without a name; nothing is entered then.
    """
    if not people:
        return []
    rows = [
        {
            **_name_columns(one.names),
            **_contact_columns(one.contact),
            "spoken": one.spoken,
            "public_id": new_public_id(),
            "created_at": at,
        }
        for one in people
    ]
    entered = db.session.execute(insert(Person).returning(Person.public_id, Person.id), rows)
    by_address = {row.public_id: row.id for row in entered}
    ids = [by_address[row["public_id"]] for row in rows]
    for some in in_batches(list(zip(ids, rows, strict=True))):
        words = [{"person_id": id_, "word": word} for id_, row in some for word in words_of(str(row["search_key"]))]
        if words:
            db.session.connection().execute(insert(NameWord), words)
    bodies = get_or_add_organisations(one.organisation for one in people)
    mandates = [
        mandate for person_id, one in zip(ids, people, strict=True) for mandate in _mandate_rows(person_id, one, bodies)
    ]
    if mandates:
        db.session.connection().execute(insert(Mandate), mandates)
    return ids


def _mandate_rows(person_id: int, one: NewPerson, bodies: dict[str, Organisation]) -> list[dict[str, Any]]:
    body = bodies.get(one.organisation)
    titles = one.qualities or (("",) if body else ())
    return [
        {
            "person_id": person_id,
            "organisation_id": body.id if body else None,
            "title": nfc(title).strip(),
            "position": position,
        }
        for position, title in enumerate(titles, start=1)
    ]


def rename(person: Person, names: Names) -> None:
    """Give a person other names and refresh what is searched. Raises NameMissing."""
    for column, value in _name_columns(names).items():
        setattr(person, column, value)
    person.search_key = person_key(names.cleaned(), person.aliases or ())


def also_spelt(person: Person, aliases: Iterable[str]) -> None:
    """Replace the other spellings under which a person is found; none of them is ever printed."""
    names = Names(person.given_name, person.family_name, person.native_name)
    person.aliases = tuple(dict.fromkeys(text for one in aliases if (text := nfc(one).strip())))
    person.search_key = person_key(names, person.aliases)


def _name_columns(names: Names) -> dict[str, str]:
    names = names.cleaned()
    if not (names.given or names.family):
        raise NameMissing
    return {
        "civility": names.civility,
        "given_name": names.given,
        "family_name": names.family,
        "native_name": names.native,
        "folded_given": fold(names.given),
        "folded_family": fold(names.family),
        "search_key": person_key(names, ()),
    }


def person_key(names: Names, aliases: Iterable[str]) -> str:
    """What a person is found by: every name, and the other spellings known."""
    return search_key(names.given, names.family, names.native, *aliases)[:SEARCH_KEY_LENGTH]


def reach(person: Person, contact: Contact) -> None:
    """Change how a person is reached."""
    for column, value in _contact_columns(contact).items():
        setattr(person, column, value)


def speak(person: Person, spoken: Iterable[str]) -> None:
    """Replace the languages a person speaks (ISO 639-1), in the order in which badges print them."""
    person.spoken = tuple(dict.fromkeys(spoken))


def _contact_columns(contact: Contact) -> dict[str, str]:
    return {
        "email": contact.email.strip(),
        "phone": contact.phone.strip(),
        "language": contact.language,
        "country": contact.country,
    }


def set_mandates(person: Person, qualities: Sequence[str], organisation: str) -> None:
    """What a list says of a person's mandates, in its order; earlier public uses keep their own snapshot.

    A mandate the list repeats stays the same row. One it leaves out goes, unless somebody dated it, tied it to an
    office or gave it a place in an order of printing: that one stays, after the others.
    """
    body = get_or_add_organisation(organisation) if organisation else None
    titles = [nfc(title).strip() for title in qualities] or ([""] if body else [])
    before, now_held = list(person.mandates), []
    for title in titles:
        mandate = next((one for one in before if _is_same_mandate(one, title, body)), None)
        if mandate is None:
            mandate = Mandate(title=title, organisation=body)
        else:
            before.remove(mandate)
            mandate.title, mandate.organisation = title, mandate.organisation or body
        now_held.append(mandate)
    arranged = {line.mandate_id for one in person.presentations for line in one.lines} if before else set()
    now_held += [one for one in before if _is_tended(one) or one.id in arranged]
    for position, mandate in enumerate(now_held, start=1):
        mandate.position = position
    person.mandates = now_held


def _is_tended(mandate: Mandate) -> bool:
    """Whether somebody said more of it than a list does."""
    return bool(mandate.office_id or mandate.valid_from or mandate.valid_to or mandate.seniority_from)


def _is_same_mandate(mandate: Mandate, title: str, body: Organisation | None) -> bool:
    if fold(mandate.title) != fold(title):
        return False
    return mandate.organisation in (None, body) or _is_tended(mandate)


def get_or_add_organisation(name: str, *, kind: str = "other", country: str = "FR") -> Organisation:
    """The organisation of that name, entered if it is new."""
    found = find_organisation(name)
    if found:
        return found
    body = Organisation(name=nfc(name).strip(), kind=kind, country=country, search_key=organisation_key(name))
    db.session.add(body)
    db.session.flush()
    return body


def get_or_add_organisations(names: Iterable[str]) -> dict[str, Organisation]:
    """The organisations of these names, by name as written; new ones are entered together."""
    wanted = [name for name in dict.fromkeys(names) if name.strip()]
    found = organisations_named(wanted)
    entered: dict[str, Organisation] = {}
    for name in wanted:
        key = organisation_key(name)
        if name not in found:
            entered.setdefault(key, Organisation(name=nfc(name).strip(), search_key=key))
            found[name] = entered[key]
    db.session.add_all(entered.values())
    db.session.flush()
    return found
