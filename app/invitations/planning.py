"""What a list of guests would do, row by row: a plan that writes nothing."""

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from app.errors import Refusal
from app.events.models import Category, Event
from app.guest_list import REASONS, GuestList, GuestRow
from app.i18n import lazy
from app.invitations.known import Changes, Known, known_from, list_known
from app.invitations.matching import DOUBTS, Register
from app.text import fold

TOLD_EVERY = 1000  # rows between two words of progress
OUTCOMES = ("created", "updated", "unchanged", "rejected")


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Let the garbage collector rest while a long list is worked on.

    It would go through a million objects that stay, again and again: a quarter of the time of 50,000 rows.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class NoCategory(Refusal):
    """Guests belong to a category."""

    message = lazy("This event has no category yet. Please add one in its settings first.")
    status = 422


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What becomes of one row.

    `outcome` is one of OUTCOMES; `reason` a code of `guest_list.REASONS` for a rejected row, a code
    of `matching.DOUBTS` for one that may be somebody else, with `with_` saying who and `alike` holding
    those it may be; else "".
    """

    number: int
    outcome: str
    row: GuestRow | None = None
    known: Known | None = None
    reason: str = ""
    with_: str = ""
    column: str = ""
    changes: Changes = field(default_factory=dict)
    alike: tuple[Known, ...] = ()

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


Decisions = Mapping[int, str]
"""What a person decided of possible duplicates, by row number: OTHER, or `Known.key` of whom the row means."""
OTHER = "other"
Tell = Callable[[int, int], None]


def plan(
    event: Event,
    guest_list: GuestList,
    category: Category | None = None,
    language: str = "fr",
    decisions: Decisions | None = None,
    tell: Tell | None = None,
) -> Plan:
    """What `guest_list` would do. Reads a fixed number of times, writes nothing.

    `category` is for new guests whose row names none (default: the event's first); `language` for
    those whose row says nothing of theirs; `tell` learns how many rows of how many are compared.
    Raises NoCategory.
    """
    if not event.categories:
        raise NoCategory
    planner = _Planner(event, guest_list.rows, category or event.categories[0], language, decisions or {})
    rejected = [
        PlannedRow(number, "rejected", reason=code, column=column) for number, code, column in guest_list.rejected
    ]
    rows = sorted([*planner.plan(tell), *rejected], key=lambda row: row.number)
    return Plan(event, tuple(rows), language, dict(planner.unknown))


class _Planner:
    """Goes through the rows as if each were taken in before the next."""

    def __init__(
        self, event: Event, rows: Iterable[GuestRow], default: Category, language: str, decisions: Decisions
    ) -> None:
        self.rows, self.default, self.language, self.decisions = list(rows), default, language, decisions
        self.categories = {
            fold(name): category
            for category in event.categories
            for name in (category.name.en, category.name.fr, category.key)
            if name
        }
        self.unknown: Counter[str] = Counter()
        self.register = Register(list_known(event, self.rows), self.rows)

    def plan(self, tell: Tell | None) -> list[PlannedRow]:
        planned = []
        for done, row in enumerate(self.rows):
            if tell and done % TOLD_EVERY == 0:
                tell(done, len(self.rows))
            planned.append(self._planned(row))
        return planned

    def _planned(self, row: GuestRow) -> PlannedRow:
        named = self.categories.get(fold(row.category)) if row.category else None
        if row.category and named is None:
            self.unknown[row.category] += 1
        decision = self.decisions.get(row.number, "")
        if row.reference:
            referred = self.register.find_referred(row.reference)
            if referred is not None:
                return self._again(row, referred, named)
            row = as_of_anyone(row)
        if decision == OTHER:
            return self._new(row, named or self.default, is_decided=True)
        decided = self.register.find_decided(decision) if decision else None
        same = decided or self.register.find_same(row)
        if same is None:
            return self._new(row, named or self.default)
        if same.invitation is None and not same.row:
            same.category = named or self.default
            return PlannedRow(row.number, "created", row, same, changes=same.learn(row, None))
        return self._again(row, same, named, is_decided=decided is not None)

    def _again(self, row: GuestRow, same: Known, named: Category | None, *, is_decided: bool = False) -> PlannedRow:
        """A row about someone invited already, or about someone an earlier row brought in."""
        if same.invitation is not None and same.invitation.state == "withdrawn":
            doubt = "" if row.reference or is_decided else "withdrawn"
            return PlannedRow(row.number, "unchanged", row, same, doubt, same.label if doubt else "")
        earlier = same.row
        changes = same.learn(row, named)
        outcome = "updated" if changes else "unchanged"
        planned = PlannedRow(row.number, outcome, row, same, changes=changes)
        if earlier and not is_decided:
            return replace(planned, reason="same_list", with_=f"{same.label}, {earlier}", alike=(same,))
        return planned

    def _new(self, row: GuestRow, category: Category, *, is_decided: bool = False) -> PlannedRow:
        alike = None if is_decided else self.register.find_alike(row)
        known = known_from(row, category, self.language)
        self.register.add(known)
        planned = PlannedRow(row.number, "created", row, known)
        if alike is None:
            return planned
        code, people = alike
        return replace(planned, reason=code, with_=people[0].label, alike=tuple(people))


def as_of_anyone(row: GuestRow) -> GuestRow:
    """A row whose reference is not of this event: an ordinary one, whose empty cells say nothing."""
    extra = {title: text for title, text in row.extra.items() if text}
    return replace(row, reference="", cleared=(), extra=extra)
