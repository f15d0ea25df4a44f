"""Lists of guests on their way in: received, read and compared, shown, then taken in or dropped.

What takes long (`examining.examine`, `compare`) writes nothing and needs no lock; what writes is short.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert

from app.audit.queries import find_last_entry_id
from app.audit.service import Actor, record
from app.database import db, lock_rows
from app.errors import Refusal
from app.events.models import Event
from app.guest_list import Chosen, GuestList, GuestRow, Seen
from app.i18n import lazy
from app.invitations.examining import Examined, Sent, share, stored, summary_of
from app.invitations.importing import apply
from app.invitations.known import read_again
from app.invitations.layouts import remember
from app.invitations.list_models import GuestListImport, GuestListRow
from app.invitations.list_queries import count_outcomes, find_row, iterate_rows
from app.invitations.planning import OTHER, Plan, Tell, plan

# Above it a list is taken in by the worker, with its progress on the page.
SMALL_ROWS = 1000
BATCH = 2000
# Rows not taken in of which the number and the reason are told afterwards.
MOST_LEFT_OUT = 200


class AlreadyDecided(Refusal):
    """A list is taken in once."""

    message = lazy("This list was already taken in or dropped: nothing was changed by this click.")


class NotFinished(Refusal):
    """Something unforeseen ended the work on a list."""

    message = lazy(
        "Something went wrong while this list was being read, and nothing of it was taken in. Send it again."
    )


def keep(sent: Sent, *, actor: Actor, at: datetime) -> GuestListImport:
    """Keep a list as sent, to be read. None of it is a guest yet."""
    kept = GuestListImport(
        event_id=sent.event.id,
        category_id=sent.category.id if sent.category else None,
        file_name=sent.file_name[:200],
        sender=sent.sender[:200],
        language=sent.language,
        file=sent.data,
        state="reading",
        made_by=actor.name,
        actor_id=actor.id,
        created_at=at,
    )
    db.session.add(kept)
    db.session.flush()
    return kept


def sent_of(kept: GuestListImport) -> Sent:
    """The list as it came, with what was decided of its layout since."""
    chosen = Chosen.from_json(kept.chosen)
    return Sent(kept.event, kept.file or b"", kept.file_name, kept.category, kept.language, kept.sender, chosen)


def settle(kept: GuestListImport, found: Examined, *, actor: Actor, at: datetime) -> None:
    """Write down what was found: the list is shown, or refused with its reason. Raises AlreadyDecided."""
    lock_rows(GuestListImport, [kept.id])
    if kept.state not in {"reading", "previewed", "refused"}:
        raise AlreadyDecided
    _erase_rows(kept)
    kept.done = kept.total = 0
    kept.seen = found.seen.as_json() if found.seen else {}
    if found.problem is not None:
        kept.state, kept.problem, kept.summary = "refused", told(found.problem), {}
        return
    _write_rows(kept, found.rows)
    kept.state, kept.problem, kept.summary, kept.mark = "previewed", {}, found.summary, found.mark
    _record(kept, "guest_list.read", actor, at, {"rows": len(found.rows)})


def told(problem: Refusal) -> dict[str, Any]:
    """A refusal as stored; `app.invitations.words.problem_sentence` says it in the reader's language."""
    return {"message": problem.message.message, "places": problem.places, "code": problem.code}


def _write_rows(kept: GuestListImport, rows: list[dict[str, Any]]) -> None:
    connection = db.session.connection()
    for start in range(0, len(rows), BATCH):
        connection.execute(insert(GuestListRow), [{"import_id": kept.id, **row} for row in rows[start : start + BATCH]])


def choose_layout(kept: GuestListImport, chosen: Chosen) -> None:
    """Read the list another way, and remember it for its sender. Raises AlreadyDecided."""
    if kept.state not in {"previewed", "refused"} or kept.file is None:
        raise AlreadyDecided
    kept.chosen = chosen.as_json()
    seen = Seen.from_json(kept.seen)
    if chosen.fields is not None and chosen.sheet == seen.sheet and chosen.header == seen.header:
        titles = [title for title, _, _ in seen.columns]
        remember(kept.sender, list(zip(titles, chosen.fields, strict=False)))


def start_reading(kept: GuestListImport) -> None:
    """Leave the reading of a long list to the worker."""
    kept.state, kept.done, kept.total = "reading", 0, 0


def compare(kept: GuestListImport, tell: Tell | None = None) -> tuple[Plan, int]:
    """What the list would do now, with what was decided of its rows; and the journal's newest line.

    Writes nothing. Raises AlreadyDecided when its rows are gone.
    """
    if kept.state not in {"previewed", "applying"}:
        raise AlreadyDecided
    mark = find_last_entry_id()
    rows, rejected, decisions = [], [], {}
    for row in iterate_rows(kept):
        if row.outcome == "rejected":
            rejected.append((row.number, row.reason, row.values.get("column", "")))
            continue
        rows.append(GuestRow.from_json(row.values))
        if row.decision:
            decisions[row.number] = row.decision
    read = GuestList(columns=[], mapping={}, rows=rows, rejected=rejected, header_row=0)
    return plan(kept.event, read, kept.category, kept.language, decisions, share(tell, 0)), mark


def compare_again(kept: GuestListImport) -> None:
    """Show anew what the list would do, decisions kept: the guests have changed since. Raises AlreadyDecided."""
    planned, mark = compare(kept)
    decisions = {row.number: row.decision for row in iterate_rows(kept) if row.decision}
    _erase_rows(kept)
    rows = [{**stored(row), "decision": decisions.get(row.number, "")} for row in planned.rows]
    _write_rows(kept, rows)
    kept.summary, kept.mark = {**kept.summary, **summary_of(planned)}, mark


def decide(kept: GuestListImport, number: int, decision: str) -> None:
    """Say whom a doubtful row means: OTHER, the key of somebody shown beside it, or "" to take that back.

    Raises AlreadyDecided.
    """
    lock_rows(GuestListImport, [kept.id])
    row = find_row(kept, number)
    if kept.state != "previewed" or row is None or not row.shown.get("alike"):
        raise AlreadyDecided
    if decision in {"", OTHER, *(one["key"] for one in row.shown["alike"])}:
        row.decision = decision
        row.outcome = _decided_outcome(row, decision)
        db.session.flush()
        kept.summary = {**kept.summary, **count_outcomes(kept)}


def _decided_outcome(row: GuestListRow, decision: str) -> str:
    if not decision:
        return str(row.shown["planned"])
    same = next((one for one in row.shown["alike"] if one["key"] == decision), None)
    # Somebody known who is not invited yet gets an invitation of this list all the same.
    return "updated" if same and (same["is_invited"] or decision.startswith("r:")) else "created"


def take_in(
    kept: GuestListImport, *, secret: str, actor: Actor, at: datetime, ready: tuple[Plan, int] | None = None
) -> dict[str, int]:
    """Make guests of the list, all of it; returns the counts of `Plan.counts`.

    `ready`: what `compare` answered; it is used if nothing was written in the journal since. Raises
    AlreadyDecided. The caller commits, or nothing happened.
    """
    lock_rows(Event, [kept.event_id])
    lock_rows(GuestListImport, [kept.id])
    if kept.state not in {"previewed", "applying"}:
        raise AlreadyDecided
    if ready is None or ready[1] != find_last_entry_id():
        ready = compare(kept)
    planned = ready[0]
    read_again([row.known for row in planned.rows if row.known])
    deeds = apply(planned, file_name=kept.file_name, secret=secret, actor=actor, at=at)
    left_out = [[row.number, row.reason, row.column] for row in planned.rows if row.outcome == "rejected"]
    _close(kept, "applied", {**planned.counts(), "left_out": left_out[:MOST_LEFT_OUT]}, actor, at)
    kept.deeds = vars(deeds)
    return planned.counts()


def start_taking_in(kept: GuestListImport, *, actor: Actor) -> None:
    """Leave a long list to the worker, which does it in the name of `actor`. Raises AlreadyDecided."""
    lock_rows(GuestListImport, [kept.id])
    if kept.state != "previewed":
        raise AlreadyDecided
    kept.state, kept.actor_id, kept.made_by, kept.done, kept.total = "applying", actor.id, actor.name, 0, 0


def drop(kept: GuestListImport, *, actor: Actor, at: datetime) -> None:
    """Forget the list. Raises AlreadyDecided."""
    lock_rows(GuestListImport, [kept.id])
    if kept.state not in {"previewed", "refused", "reading"}:
        raise AlreadyDecided
    _record(kept, "guest_list.dropped", actor, at, {})
    _close(kept, "dropped", {}, actor, at)


def _close(kept: GuestListImport, state: str, summary: dict[str, Any], actor: Actor, at: datetime) -> None:
    """Rows of people who are no guests are not kept (architecture promise 7)."""
    _erase_rows(kept)
    kept.state, kept.file, kept.seen, kept.problem = state, None, {}, {}
    kept.summary, kept.made_by, kept.actor_id, kept.decided_at = summary, actor.name, actor.id, at


def _erase_rows(kept: GuestListImport) -> None:
    wanted = delete(GuestListRow).where(GuestListRow.import_id == kept.id)
    db.session.execute(wanted, execution_options={"synchronize_session": False})


def _record(kept: GuestListImport, action: str, actor: Actor, at: datetime, after: dict[str, Any]) -> None:
    record(
        actor, action, kind="guest_list", id=kept.public_id, name=kept.file_name,
        topic=kept.event.public_id, at=at, after=after,
    )  # fmt: skip
