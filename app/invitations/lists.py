"""Lists of guests on their way in: kept after reading, shown, then applied or dropped."""

from datetime import datetime
from typing import Any

from app.audit.service import Actor, record
from app.database import db, lock_rows
from app.errors import Refusal
from app.events.models import Category, Event
from app.guest_list import GuestList, GuestRow
from app.i18n import lazy
from app.invitations.importing import Plan, apply, plan
from app.invitations.models import GuestListImport


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
        rows=[row.as_json() for row in read.rows],
        summary={"language": language, "rejected": [list(one) for one in read.rejected], "mapping": read.mapping},
        made_by=actor.name,
        created_at=at,
    )
    db.session.add(kept)
    db.session.flush()
    _record(kept, "guest_list.read", event, actor, at, {"rows": len(read.rows)})
    return kept


def plan_of(kept: GuestListImport) -> Plan:
    """What the list would do now. Writes nothing. Raises AlreadyDecided when its rows are gone."""
    if kept.state != "previewed":
        raise AlreadyDecided
    read = GuestList(
        columns=[],
        mapping=kept.summary.get("mapping", {}),
        rows=[GuestRow.from_json(row) for row in kept.rows],
        rejected=[(number, code, column) for number, code, column in kept.summary["rejected"]],
        header_row=0,
    )
    return plan(kept.event, read, kept.category, kept.summary.get("language", "fr"))


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
    _record(kept, "guest_list.dropped", kept.event, actor, at, {"rows": len(kept.rows)})
    _close(kept, "dropped", {})


def _close(kept: GuestListImport, state: str, summary: dict[str, Any]) -> None:
    """Rows of people who are no guests are not kept (architecture promise 7)."""
    kept.state, kept.rows, kept.summary = state, [], summary


def _record(
    kept: GuestListImport, action: str, event: Event, actor: Actor, at: datetime, after: dict[str, Any]
) -> None:
    record(
        actor, action, kind="guest_list", id=kept.public_id, name=kept.file_name,
        topic=event.public_id, at=at, after=after,
    )  # fmt: skip
