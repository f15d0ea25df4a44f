"""Rules of the directory: names as typed, folded beside; organisations named once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert

from app.codes import new_public_id
from app.database import db
from app.directory.models import Mandate, Organisation, Person
from app.directory.queries import find_organisation, list_organisations, organisation_key
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


def add_people(people: Sequence[NewPerson], *, at: datetime) -> list[int]:
    """Enter many people at once: three statements for any number. Their ids, in the same order.

    Raises NameMissing for the first without a name; nothing is entered then.
    """
    if not people:
        return []
    rows = [
        {**_name_columns(one.names), **_contact_columns(one.contact), "public_id": new_public_id(), "created_at": at}
        for one in people
    ]
    entered = db.session.execute(insert(Person).returning(Person.public_id, Person.id), rows)
    by_address = {row.public_id: row.id for row in entered}
    ids = [by_address[row["public_id"]] for row in rows]
    bodies = get_or_add_organisations(one.organisation for one in people)
    mandates = [
        mandate for person_id, one in zip(ids, people, strict=True) for mandate in _mandate_rows(person_id, one, bodies)
    ]
    if mandates:
        db.session.execute(insert(Mandate), mandates)
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
        "search_key": search_key(names.given, names.family, names.native)[:SEARCH_KEY_LENGTH],
    }


def reach(person: Person, contact: Contact) -> None:
    """Change how a person is reached."""
    for column, value in _contact_columns(contact).items():
        setattr(person, column, value)


def _contact_columns(contact: Contact) -> dict[str, str]:
    return {
        "email": contact.email.strip(),
        "phone": contact.phone.strip(),
        "language": contact.language,
        "country": contact.country,
    }


def set_mandates(person: Person, qualities: Sequence[str], organisation: str) -> None:
    """Replace a person's mandates; earlier public uses keep their own snapshot."""
    body = get_or_add_organisation(organisation) if organisation else None
    person.mandates = [
        Mandate(title=nfc(title).strip(), organisation=body, position=position)
        for position, title in enumerate(qualities, start=1)
    ]
    if body and not qualities:
        person.mandates = [Mandate(title="", organisation=body, position=1)]


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
    wanted = {name: organisation_key(name) for name in names if name.strip()}
    known = {body.search_key: body for body in list_organisations(set(wanted.values()))}
    for name, key in wanted.items():
        if key not in known:
            known[key] = Organisation(name=nfc(name).strip(), search_key=key)
            db.session.add(known[key])
    db.session.flush()
    return {name: known[key] for name, key in wanted.items()}
