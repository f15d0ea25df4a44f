"""Reading lists of guests on their way in."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Row, Select, func, select

from app.audit.models import AuditEntry
from app.database import db
from app.errors import NotFound
from app.events.models import Event
from app.invitations.list_models import GuestListImport, GuestListRow, ListLayout

BATCH = 2000
LATEST = 20


def get_import(event: Event, public_id: str) -> GuestListImport:
    """A list of the event. Raises NotFound."""
    wanted = select(GuestListImport).where(GuestListImport.event_id == event.id, GuestListImport.public_id == public_id)
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound
    return found


def find_import(public_id: str) -> GuestListImport | None:
    """A list, whatever its event."""
    return db.session.scalar(select(GuestListImport).where(GuestListImport.public_id == public_id))


def list_imports(event: Event, limit: int = LATEST) -> list[GuestListImport]:
    """The lists of the event that came last, the newest first."""
    wanted = select(GuestListImport).where(GuestListImport.event_id == event.id)
    return list(db.session.scalars(wanted.order_by(GuestListImport.id.desc()).limit(limit)))


def select_rows(kept: GuestListImport) -> Select[GuestListRow]:
    """The rows of a list, in its order."""
    return select(GuestListRow).where(GuestListRow.import_id == kept.id).order_by(GuestListRow.number)


def page_of_rows(kept: GuestListImport, tab: str, page: int, size: int) -> tuple[list[GuestListRow], int]:
    """One page of the rows with an outcome (or "possible_duplicates"), and how many there are."""
    wanted = select_rows(kept)
    if tab == "possible_duplicates":
        wanted = wanted.where(GuestListRow.reason != "", GuestListRow.outcome != "rejected")
    else:
        wanted = wanted.where(GuestListRow.outcome == tab)
    total = db.session.scalar(select(func.count()).select_from(wanted.order_by(None).subquery())) or 0
    return list(db.session.scalars(wanted.limit(size).offset((max(page, 1) - 1) * size))), total


def find_row(kept: GuestListImport, number: int) -> GuestListRow | None:
    """The row of that number."""
    return db.session.scalar(select_rows(kept).where(GuestListRow.number == number))


def list_layouts(fingerprint: str) -> Sequence[ListLayout]:
    """Layouts remembered for these titles, the last used first."""
    wanted = select(ListLayout).where(ListLayout.fingerprint == fingerprint)
    return db.session.scalars(wanted.order_by(ListLayout.used_at.desc())).all()


def list_layouts_of(sender: str) -> Sequence[ListLayout]:
    """Layouts remembered for a sender, the last used first."""
    wanted = select(ListLayout).where(ListLayout.sender == sender)
    return db.session.scalars(wanted.order_by(ListLayout.used_at.desc())).all()


def list_senders() -> list[str]:
    """Names of those whose layout is remembered."""
    wanted = select(ListLayout.sender).where(ListLayout.sender != "").distinct()
    return sorted(db.session.scalars(wanted))


def iterate_rows(kept: GuestListImport) -> Iterator[Row[Any]]:
    """Number, outcome, reason, decision and values of every row, in order, a few thousand in memory at a time."""
    columns = (
        GuestListRow.number,
        GuestListRow.outcome,
        GuestListRow.reason,
        GuestListRow.decision,
        GuestListRow.values,
    )
    wanted = select(*columns).where(GuestListRow.import_id == kept.id).order_by(GuestListRow.number)
    yield from db.session.execute(wanted.execution_options(yield_per=BATCH))


def count_outcomes(kept: GuestListImport) -> dict[str, int]:
    """How many rows have each outcome, and how many possible duplicates nobody has decided yet."""
    wanted = select(GuestListRow.outcome, func.count()).where(GuestListRow.import_id == kept.id)
    found = {outcome: number for outcome, number in db.session.execute(wanted.group_by(GuestListRow.outcome))}  # noqa: C416 - rows, not pairs
    doubtful = select(func.count()).where(
        GuestListRow.import_id == kept.id,
        GuestListRow.reason != "",
        GuestListRow.outcome != "rejected",
        GuestListRow.decision == "",
    )
    outcomes = ("created", "updated", "unchanged", "rejected")
    return {**{one: found.get(one, 0) for one in outcomes}, "possible_duplicates": db.session.scalar(doubtful) or 0}


# What somebody does to guests elsewhere while a list waits.
_OVERTAKING = ("guest_list.applied", "guest_list.undone", "invitation.added", "invitation.changed")


def is_overtaken(kept: GuestListImport) -> bool:
    """Whether the event's guests were changed since the list was compared with them."""
    wanted = select(AuditEntry.id).where(
        AuditEntry.id > kept.mark, AuditEntry.topic == kept.event.public_id, AuditEntry.action.in_(_OVERTAKING)
    )
    return kept.mark < 0 or db.session.scalar(wanted.limit(1)) is not None


def count_rows(kept: GuestListImport) -> int:
    """How many rows the list has."""
    return db.session.scalar(select(func.count()).where(GuestListRow.import_id == kept.id)) or 0
