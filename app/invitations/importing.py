"""Taking in a list of guests: first a plan that writes nothing, then all of it or none of it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from app.audit.service import Actor, record
from app.directory.models import Person
from app.directory.service import Contact, Names, NewPerson, add_people, reach, rename, set_mandates
from app.errors import Refusal
from app.events.models import Category, Event
from app.events.queries import find_category
from app.guest_list import REASONS, GuestList, GuestRow, read_guest_list
from app.i18n import lazy
from app.invitations.drafts import NewInvitation, change, invite_many
from app.invitations.known import Changes, Known, known_from, list_known
from app.invitations.matching import DOUBTS, Register
from app.invitations.models import Invitation
from app.invitations.service import Quality
from app.text import fold

OUTCOMES = ("created", "updated", "unchanged", "rejected")


class UnknownCategory(Refusal):
    """The category asked for is none of the event's."""

    message = lazy("This event has no category “%(name)s”. It has: %(known)s.")
    status = 422


class NoCategory(Refusal):
    """Guests belong to a category."""

    message = lazy("This event has no category yet. Please add one in its settings first.")
    status = 422


@dataclass(frozen=True)
class PlannedRow:
    """What becomes of one row.

    `outcome` is one of OUTCOMES; `reason` a code of `guest_list.REASONS` for a rejected row, a code
    of `matching.DOUBTS` for one that may be somebody else, with `with_` saying who; else "".
    """

    number: int
    outcome: str
    row: GuestRow | None = None
    known: Known | None = None
    reason: str = ""
    with_: str = ""
    column: str = ""
    changes: Changes = field(default_factory=dict)

    @property
    def is_doubtful(self) -> bool:
        """Whether the row may be somebody we know."""
        return bool(self.reason) and self.outcome != "rejected"

    @property
    def sentence(self) -> str:
        """The reason in the reader's language."""
        if not self.reason:
            return ""
        text = REASONS[self.reason] if self.outcome == "rejected" else DOUBTS[self.reason]
        return f"{text} ({self.column})" if self.column else str(text)


@dataclass(frozen=True)
class Plan:
    """What a list would do to an event's guests, row by row, in the order of the list."""

    event: Event
    rows: tuple[PlannedRow, ...]
    language: str
    # Categories that rows name and the event does not have, with how many rows name each.
    unknown_categories: Mapping[str, int]

    def counts(self) -> dict[str, int]:
        """How many rows have each outcome, and how many are doubtful."""
        found = Counter(row.outcome for row in self.rows)
        counted = {outcome: found[outcome] for outcome in OUTCOMES}
        return {**counted, "possible_duplicates": sum(row.is_doubtful for row in self.rows)}

    def as_json(self) -> dict[str, Any]:
        """The answer of `parvis import-invitees --json`."""
        counts = self.counts()
        return {
            **{outcome: counts[outcome] for outcome in ("created", "updated", "unchanged")},
            "possible_duplicates": [
                {"row": row.number, "reason": row.sentence, "with": row.with_} for row in self.rows if row.is_doubtful
            ],
            "rejected": [{"row": row.number, "reason": row.sentence} for row in self.rows if row.outcome == "rejected"],
        }


def plan(event: Event, guest_list: GuestList, category: Category | None = None, language: str = "fr") -> Plan:
    """What `guest_list` would do. Reads a fixed number of times, writes nothing.

    `category` is for new guests whose row names none (default: the event's first); `language` for
    those whose row says nothing of theirs. Raises NoCategory.
    """
    if not event.categories:
        raise NoCategory
    planner = _Planner(event, guest_list.rows, category or event.categories[0], language)
    rejected = [
        PlannedRow(number, "rejected", reason=code, column=column) for number, code, column in guest_list.rejected
    ]
    rows = sorted([*planner.plan(), *rejected], key=lambda row: row.number)
    return Plan(event, tuple(rows), language, dict(planner.unknown))


class _Planner:
    """Goes through the rows as if each were taken in before the next."""

    def __init__(self, event: Event, rows: Iterable[GuestRow], default: Category, language: str) -> None:
        self.rows, self.default, self.language = list(rows), default, language
        self.categories = {
            fold(name): category
            for category in event.categories
            for name in (category.name.en, category.name.fr, category.key)
            if name
        }
        self.unknown: Counter[str] = Counter()
        self.register = Register(list_known(event, self.rows), self.rows)

    def plan(self) -> list[PlannedRow]:
        return [self._planned(row) for row in self.rows]

    def _planned(self, row: GuestRow) -> PlannedRow:
        named = self.categories.get(fold(row.category)) if row.category else None
        if row.category and named is None:
            self.unknown[row.category] += 1
        same = self.register.find_same(row)
        if same is None:
            return self._new(row, named or self.default)
        if same.invitation is None and not same.row:
            same.category = named or self.default
            return PlannedRow(row.number, "created", row, same, changes=same.learn(row, None))
        return self._again(row, same, named)

    def _again(self, row: GuestRow, same: Known, named: Category | None) -> PlannedRow:
        """A row about someone invited already, or about someone an earlier row brought in."""
        if same.invitation is not None and same.invitation.state == "withdrawn":
            return PlannedRow(row.number, "unchanged", row, same, "withdrawn", same.label)
        earlier = same.row
        changes = same.learn(row, named)
        outcome = "updated" if changes else "unchanged"
        planned = PlannedRow(row.number, outcome, row, same, changes=changes)
        if earlier:
            return replace(planned, reason="same_list", with_=f"{same.label}, {earlier}")
        return planned

    def _new(self, row: GuestRow, category: Category) -> PlannedRow:
        alike = self.register.find_alike(row)
        known = known_from(row, category, self.language)
        self.register.add(known)
        planned = PlannedRow(row.number, "created", row, known)
        return replace(planned, reason=alike[0], with_=alike[1].label) if alike else planned


def apply(plan: Plan, *, file_name: str, secret: str, actor: Actor, at: datetime) -> dict[str, int]:
    """Do what the plan says, all of it, in the caller's transaction; returns its counts.

    `secret`: the key of personal links; `file_name`: for the journal. Nothing is sent. The caller
    commits, or nothing happened.
    """
    people = list(dict.fromkeys(row.known for row in plan.rows if row.known))
    for known in people:
        if known.invitation and known.changes:
            _update(known, known.invitation, actor, at)
    invite_all(plan.event, [one for one in people if not one.invitation], secret=secret, at=at)
    counts = plan.counts()
    record(
        actor, "guest_list.applied", kind="event", id=plan.event.public_id,
        name=file_name, topic=plan.event.public_id, at=at, after=dict(counts),
    )  # fmt: skip
    return counts


def invite_all(event: Event, people: Iterable[Known], *, secret: str, at: datetime) -> None:
    """Enter those the directory lacks, then draft everyone's invitation."""
    wanted = list(people)
    new = [known for known in wanted if known.person is None]
    ids = dict(zip(map(id, new), add_people([_new_person(one) for one in new], at=at), strict=True))
    for known in wanted:
        if known.person is not None and known.changes:
            _update_person(known.person, known)
    invitations = [
        NewInvitation(
            person_id=known.person.id if known.person else ids[id(known)],
            category_id=known.category.id if known.category else event.categories[0].id,
            quality=Quality(tuple(known.values["qualities"]), known.values["organisation"]),
            email=known.values["email"],
            language=known.values["language"],
            extra=known.values["extra"],
        )
        for known in wanted
    ]
    invite_many(event, invitations, secret=secret, at=at)


def _names(values: Mapping[str, Any]) -> Names:
    return Names(values["given_name"], values["family_name"], values["native_name"], values["civility"])


def _contact(values: Mapping[str, Any]) -> Contact:
    return Contact(values["email"], values["phone"], values["language"], values["country"])


def _new_person(known: Known) -> NewPerson:
    values = known.values
    qualities = tuple(values["qualities"])
    return NewPerson(_names(values), _contact(values), qualities, values["organisation"])


def _update_person(person: Person, known: Known) -> None:
    rename(person, _names(known.values))
    reach(person, _contact(known.values))
    if known.changes.keys() & {"qualities", "organisation"}:
        set_mandates(person, known.values["qualities"], known.values["organisation"])


def _update(known: Known, invitation: Invitation, actor: Actor, at: datetime) -> None:
    _update_person(invitation.person, known)
    values = known.values
    change(
        invitation,
        quality=Quality(tuple(values["qualities"]), values["organisation"]),
        category=known.category or invitation.category,
        email=values["email"],
        language=values["language"],
        extra=values["extra"],
        actor=actor,
        at=at,
    )


def import_file(  # noqa: PLR0913 - a list has that many facts, all named
    event: Event,
    data: bytes,
    file_name: str,
    category_key: str | None = None,
    *,
    secret: str,
    actor: Actor,
    at: datetime,
    dry_run: bool = False,
    language: str = "fr",
) -> dict[str, Any]:
    """Read a list and, unless `dry_run`, take it in; `Plan.as_json` says what that did.

    Raises UnknownCategory, NoCategory and the refusals of `app.guest_list`. The caller commits.
    """
    category = get_category_named(event, category_key) if category_key else None
    planned = plan(event, read_guest_list(data, file_name), category, language)
    if not dry_run:
        apply(planned, file_name=file_name, secret=secret, actor=actor, at=at)
    return planned.as_json()


def get_category_named(event: Event, words: str) -> Category:
    """The category of that key, or of that name in French or in English. Raises UnknownCategory."""
    found = find_category(event, words) or next(
        (c for c in event.categories if fold(words) in {fold(c.key), fold(c.name.fr), fold(c.name.en)}), None
    )
    if found is None:
        raise UnknownCategory(name=words, known=", ".join(c.key for c in event.categories))
    return found
