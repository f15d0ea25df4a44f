"""Reading a list that came and comparing it with everyone we know; nothing is written."""

from dataclasses import dataclass, field
from typing import Any

from app.audit.queries import find_last_entry_id
from app.errors import Refusal
from app.events.models import Category, Event
from app.guest_list import Chosen, Seen, look, open_list, read_rows
from app.invitations.known import Known
from app.invitations.layouts import as_remembered
from app.invitations.planning import Plan, PlannedRow, Tell, plan

# Above it a list is read by the worker, with its progress on the page.
SMALL_BYTES = 200_000


@dataclass(frozen=True)
class Sent:
    """A list as it came: its bytes, and what its sender's organiser said of it."""

    event: Event
    data: bytes
    file_name: str
    category: Category | None = None
    language: str = "fr"
    sender: str = ""
    chosen: Chosen = field(default_factory=Chosen)

    @property
    def is_small(self) -> bool:
        """Whether reading it takes less than a second or two."""
        return len(self.data) <= SMALL_BYTES


@dataclass
class Examined:
    """What was found in a list: plain values, ready to be stored."""

    seen: Seen | None = None
    problem: Refusal | None = None
    rows: list[dict[str, Any]] = field(default_factory=list)
    summary: dict[str, Any] = field(default_factory=dict)
    mark: int = 0


def examine(sent: Sent, tell: Tell | None = None) -> Examined:
    """Read a list and compare it with whom we know. Writes nothing.

    A file that cannot be used is told in `problem`; when its grid could be read, `seen` shows it.
    """
    found = Examined(mark=find_last_entry_id())
    try:
        grids = open_list(sent.data, sent.file_name)
        found.seen = look(grids, sent.chosen)
        chosen = as_remembered(sent.chosen, found.seen, sent.sender)
        if chosen != sent.chosen:
            found.seen = look(grids, chosen)
        read = read_rows(grids, chosen, tell=share(tell, 0))
        del grids
        planned = plan(sent.event, read, sent.category, sent.language, tell=share(tell, 1))
    except Refusal as refusal:
        found.problem = refusal
        return found
    found.rows = [stored(row) for row in planned.rows]
    found.summary = summary_of(planned, is_remembered=chosen != sent.chosen)
    return found


def share(tell: Tell | None, half: int) -> Tell | None:
    """Reading is the first half of the work, comparing the second."""
    return (lambda done, total: tell(half * total + done, 2 * total)) if tell else None


def summary_of(planned: Plan, *, is_remembered: bool = False) -> dict[str, Any]:
    """What a plan comes to, as kept with its list."""
    unknown = dict(planned.unknown_categories)
    return {**planned.counts(), "unknown_categories": unknown, "is_remembered": is_remembered}


def stored(planned: PlannedRow) -> dict[str, Any]:
    """A planned row as columns of `GuestListRow`."""
    known = planned.known
    values = planned.row.as_json() if planned.row else {"column": planned.column}
    shown: dict[str, Any] = {}
    if known is not None:
        shown["category"] = known.category.key if known.category else ""
        shown["is_known"] = known.person is not None
    if planned.changes:
        shown["changes"] = {name: [_plain(one) for one in pair] for name, pair in planned.changes.items()}
    if planned.is_doubtful:
        shown["planned"] = planned.outcome
        shown["with"] = planned.with_
        shown["alike"] = [_card(one) for one in planned.alike]
    return {
        "number": planned.number, "outcome": planned.outcome, "reason": planned.reason, "decision": "",
        "values": values, "shown": shown,
    }  # fmt: skip


def _card(known: Known) -> dict[str, Any]:
    """Whom a row may mean, as shown beside it."""
    facts = {name: _plain(known.values[name]) for name in ("native_name", "qualities", "organisation", "email")}
    return {"key": known.key, "name": known.name, "is_invited": known.invitation is not None, **facts}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
