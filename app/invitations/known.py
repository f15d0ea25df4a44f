"""Everyone a list of guests may speak of, and what is known of each."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import selectinload

from app.columns import LANGUAGES
from app.database import db
from app.directory.models import Person
from app.directory.queries import in_batches, list_offices, list_people_by_family
from app.events.models import Category, Event
from app.guest_list import GuestRow
from app.invitations.models import Invitation
from app.invitations.queries import list_invitations
from app.text import fold

Changes = dict[str, tuple[Any, Any]]


@dataclass(eq=False, slots=True)
class Known:
    """Someone of the directory, invited already, or brought in by an earlier row of the list.

    `values` is what is true of this person once the rows read so far are taken in, by column:
    civility, given_name, family_name, native_name, qualities, organisation, email, phone, language,
    country, spoken, zone, extra. `row` is the number of the last row that spoke of this person, 0 for none.
    `before` is what was true when the first change was learnt, with the category's id; empty without one.
    """

    values: dict[str, Any]
    person: Person | None = None
    invitation: Invitation | None = None
    category: Category | None = None
    row: int = 0
    changes: Changes = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    # "p:" and the person's public id, or "r:" and the row that brought them in.
    key: str = ""
    # Folded, to compare with.
    given: str = ""
    family: str = ""
    emails: set[str] = field(default_factory=set)
    organisations: set[str] = field(default_factory=set)
    qualities: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.given, self.family = fold(self.values["given_name"]), fold(self.values["family_name"])
        self.key = f"p:{self.person.public_id}" if self.person else f"r:{self.row}"
        self._remember(self.values)

    @property
    def name(self) -> str:
        """Given name, then surname."""
        return f"{self.values['given_name']} {self.values['family_name']}".strip()

    @property
    def label(self) -> str:
        """What tells this person from namesakes: "Pia Imbs (Eurométropole de Strasbourg)"."""
        organisation = self.values["organisation"]
        return f"{self.name} ({organisation})" if organisation else self.name

    def learn(self, row: GuestRow, category: Category | None) -> Changes:
        """Take in what a row says; returns what that changes: column -> (before, after).

        An empty cell says nothing; another case or spelling of the same words changes nothing,
        accents that were missing do. A row of a list we wrote ourselves says exactly what it holds,
        its emptied cells too. `category` is the one the row names, None when it names none.
        """
        is_ours = bool(row.reference)
        says = told(row) | {name: _NOTHING.get(name, "") for name in row.cleared}
        changes = {
            name: (self.values[name], value)
            for name, value in says.items()
            if _is_news(name, self.values[name], value, is_exact=is_ours)
        }
        extra = {title: text for title, text in {**self.values["extra"], **row.extra}.items() if text}
        if extra != self.values["extra"]:
            changes["extra"] = (self.values["extra"], extra)
        if (changes or category is not self.category) and not self.before:
            self.before = {**self.values, "category": self.category.id if self.category else 0}
        if category is not None and category is not self.category:
            changes["category"] = (self.category.key if self.category else "", category.key)
            self.category = category
        self.values |= {name: after for name, (_, after) in changes.items() if name != "category"}
        self.changes |= changes
        self.row = row.number
        self._remember(told(row))
        return changes

    def _remember(self, values: dict[str, Any]) -> None:
        if values.get("email"):
            self.emails.add(values["email"].lower())
        if values.get("organisation"):
            self.organisations.add(fold(values["organisation"]))
        self.qualities |= {fold(quality) for quality in values.get("qualities", ())}


_NOTHING: dict[str, Any] = {"qualities": (), "spoken": ()}


def told(row: GuestRow) -> dict[str, Any]:
    """What a row says of a person, without what it leaves empty."""
    said = {
        name: getattr(row, name)
        for name in (
            "civility", "given_name", "family_name", "native_name", "qualities", "organisation",
            "email", "phone", "country", "spoken", "zone",
        )
    }  # fmt: skip
    said["language"] = letter_language(row.language)
    return {name: value for name, value in said.items() if value}


def letter_language(code: str) -> str:
    """The language we write in to a reader of `code` (ISO 639-1): ours if we have it, else English."""
    return code if code in LANGUAGES or not code else "en"


def known_from(row: GuestRow, category: Category, language: str) -> Known:
    """The person a row brings in; `language` when the row says nothing of theirs."""
    values: dict[str, Any] = {
        "civility": "", "given_name": "", "family_name": "", "native_name": "", "qualities": (),
        "organisation": "", "email": "", "phone": "", "country": "FR", "language": language,
        "spoken": (), "zone": "", **told(row), "extra": dict(row.extra),
    }  # fmt: skip
    return Known(values, category=category, row=row.number)


def _is_news(name: str, before: Any, after: Any, *, is_exact: bool) -> bool:
    if before == after:
        return False
    if name == "phone":
        return _dialled(before) != _dialled(after)
    if name == "email":
        return bool(before.lower() != after.lower())
    if is_exact:
        return True
    if name in {"given_name", "family_name"}:
        return before.isascii() and not after.isascii()
    return bool(name != "organisation" or fold(before) != fold(after))


def _dialled(number: str) -> str:
    """A telephone number as dialled: spreadsheets and lists space it as they like."""
    return re.sub(r"[^\d+]", "", number.replace("(0)", "") if number.startswith("+") else number)


def list_known(event: Event, rows: Sequence[GuestRow]) -> list[Known]:
    """Everyone invited to the event, and those of the directory who bear a surname of the list."""
    invited = [_from_invitation(one) for one in list_invitations(event)]
    ids = {known.person.id for known in invited if known.person}
    families = sorted({fold(row.family_name) for row in rows})
    others = [one for one in list_people_by_family(families) if one.id not in ids]
    offices: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for person_id, title, organisation in list_offices([one.id for one in others]):
        offices[person_id].append((title, organisation or ""))
    return invited + [_from_person(one, offices[one.id]) for one in others]


def _from_invitation(invitation: Invitation) -> Known:
    person = invitation.person
    values = {
        **_own(person),
        "qualities": tuple(invitation.qualities),
        "organisation": invitation.organisation,
        "email": invitation.email,
        "language": invitation.language,
        "zone": invitation.zone,
        "extra": dict(invitation.extra),
    }
    known = Known(values, person, invitation, invitation.category)
    known.emails |= {person.email.lower()} if person.email else set()
    return known


def _from_person(person: Person, offices: Iterable[tuple[str, str]]) -> Known:
    titles = tuple(title for title, _ in offices if title)
    bodies = [organisation for _, organisation in offices if organisation]
    values = {
        **_own(person),
        "qualities": titles,
        "organisation": bodies[0] if bodies else "",
        "email": person.email,
        "language": person.language,
        "zone": "",
        "extra": {},
    }
    known = Known(values, person)
    known.organisations |= {fold(body) for body in bodies}
    return known


def _own(person: Person) -> dict[str, Any]:
    return {
        name: getattr(person, name)
        for name in ("civility", "given_name", "family_name", "native_name", "phone", "country", "spoken")
    }


def read_again(people: Iterable[Known]) -> None:
    """Load anew, a thousand at a time, the rows behind those who change: they were read before the lock."""
    changing = [known for known in people if known.person is not None]
    invitations: set[int] = {inspect(one.invitation).identity[0] for one in changing if one.invitation and one.changes}
    persons: set[int] = {inspect(one.person).identity[0] for one in changing if one.changes or not one.invitation}
    with_mandates = selectinload(Person.mandates)
    for some in in_batches(sorted(persons)):
        db.session.scalars(select(Person).where(Person.id.in_(some)).options(with_mandates)).all()
    for some in in_batches(sorted(invitations)):
        db.session.scalars(select(Invitation).where(Invitation.id.in_(some))).all()
