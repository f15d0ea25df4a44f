"""Rules of the directory: names as typed, folded beside; organisations named once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.database import db
from app.directory.models import Mandate, Organisation, Person
from app.directory.queries import find_organisation
from app.errors import Refusal
from app.i18n import lazy
from app.text import fold, nfc, search_key


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
    names: Names,
    contact: Contact,
    *,
    qualities: Sequence[str] = (),
    organisation: str = "",
    at: datetime,
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


def rename(person: Person, names: Names) -> None:
    """Give a person other names and refresh what is searched. Raises NameMissing."""
    names = names.cleaned()
    if not (names.given or names.family):
        raise NameMissing
    person.civility = names.civility
    person.given_name, person.family_name = names.given, names.family
    person.native_name = names.native
    person.folded_given, person.folded_family = fold(names.given), fold(names.family)
    person.search_key = search_key(names.given, names.family, names.native)


def reach(person: Person, contact: Contact) -> None:
    """Change how a person is reached."""
    person.email, person.phone = contact.email.strip(), contact.phone.strip()
    person.language, person.country = contact.language, contact.country


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
    body = Organisation(
        name=nfc(name).strip(), kind=kind, country=country, search_key=search_key(name)[:700]
    )
    db.session.add(body)
    db.session.flush()
    return body
