"""Lists of guests on their way in: kept after reading, shown, then applied or dropped."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert

from app.audit.service import Actor, record
from app.database import db, lock_rows
from app.errors import Refusal
from app.events.models import Category, Event
from app.guest_list import GuestList, GuestRow
from app.i18n import lazy
from app.invitations.importing import Plan, apply, plan
from app.invitations.list_models import GuestListImport, GuestListRow
from app.invitations.list_queries import iterate_rows


class AlreadyDecided(Refusal):
    """A list is taken in once."""

    message = lazy("This list was already taken in or dropped: nothing was changed by this click.")


def keep_for_preview(
    event: Event, read: GuestList, category: Category, *, file_name: str, language: str, actor: Actor, at: datetime
) -> GuestListImport:
    """Keep a list as read, until somebody decides. None of it is a guest yet."""
    kept = GuestListImport(
        event_id=event.id,
        category_id=category.id,
        file_name=file_name[:200],
        language=language,
        made_by=actor.name,
        created_at=at,
    )
    db.session.add(kept)
    db.session.flush()
    rows = [
        {"import_id": kept.id, "number": row.number, "values": row.as_json(), "outcome": "", "reason": ""}
        for row in read.rows
    ]
    rows += [
        {"import_id": kept.id, "number": number, "values": {"column": column}, "outcome": "rejected", "reason": code}
        for number, code, column in read.rejected
    ]
    if rows:
        db.session.execute(insert(GuestListRow), rows)
    _record(kept, "guest_list.read", event, actor, at, {"rows": len(read.rows)})
    return kept


def plan_of(kept: GuestListImport) -> Plan:
    """What the list would do now. Writes nothing. Raises AlreadyDecided when its rows are gone."""
    if kept.state != "previewed":
        raise AlreadyDecided
    rows = list(iterate_rows(kept))
    read = GuestList(
        columns=[],
        mapping={},
        rows=[GuestRow.from_json(row.values) for row in rows if row.outcome != "rejected"],
        rejected=[(row.number, row.reason, row.values["column"]) for row in rows if row.outcome == "rejected"],
        header_row=0,
    )
    return plan(kept.event, read, kept.category, kept.language)


def take_in(kept: GuestListImport, *, secret: str, actor: Actor, at: datetime) -> dict[str, int]:
    """Make guests of the list, all of it; returns the counts of `Plan.counts`.

    Raises AlreadyDecided. The caller commits, or nothing happened.
    """
    lock_rows(GuestListImport, [kept.id])
    counts = apply(plan_of(kept), file_name=kept.file_name, secret=secret, actor=actor, at=at)
    _close(kept, "applied", counts)
    return counts


def drop(kept: GuestListImport, *, actor: Actor, at: datetime) -> None:
    """Forget the list. Raises AlreadyDecided."""
    lock_rows(GuestListImport, [kept.id])
    if kept.state != "previewed":
        raise AlreadyDecided
    _record(kept, "guest_list.dropped", kept.event, actor, at, {})
    _close(kept, "dropped", {})


def _close(kept: GuestListImport, state: str, summary: dict[str, Any]) -> None:
    """Rows of people who are no guests are not kept (architecture promise 7)."""
    db.session.execute(delete(GuestListRow).where(GuestListRow.import_id == kept.id))
    kept.state, kept.summary = state, summary


def _record(
    kept: GuestListImport, action: str, event: Event, actor: Actor, at: datetime, after: dict[str, Any]
) -> None:
    record(
        actor, action, kind="guest_list", id=kept.public_id, name=kept.file_name,
        topic=event.public_id, at=at, after=after,
    )  # fmt: skip
