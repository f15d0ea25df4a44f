"""Lists of guests on their way in: the file as sent, its rows as planned, layouts remembered."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import now
from app.columns import UtcDateTime
from app.database import Addressed, Row, db
from app.events.models import Category, Event


class GuestListImport(db.Model, Addressed):
    """A list somebody sent: read, shown for approval, taken in, perhaps undone."""

    __tablename__ = "guest_list_import"
    __retention__ = "file and rows are erased when the list is taken in or dropped; the summary stays a year"
    __table_args__ = (
        CheckConstraint(
            "state IN ('reading','refused','previewed','applying','applied','undone','dropped')", name="state"
        ),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    category_id: Mapped[int | None] = mapped_column(ForeignKey("category.id", ondelete="SET NULL"))
    file_name: Mapped[str] = mapped_column(String(200))
    # Who sent the list, in the organiser's words; layouts are remembered under it.
    sender: Mapped[str] = mapped_column(String(200), default="")
    # Language of letters for new guests whose row says none.
    language: Mapped[str] = mapped_column(String(2), default="fr")
    state: Mapped[str] = mapped_column(String(10), default="previewed")
    # The bytes as sent, until somebody decided.
    file: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    # What a person decided of the layout: {"sheet", "header", "fields"}; empty when nothing.
    chosen: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # What was seen while reading; see `app.guest_list.layouts.Seen`.
    seen: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, deferred=True)
    # Why the file was refused: {"code": name of the Refusal, "places": {…}}.
    problem: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # Work under way: rows done of how many.
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    # Counts, as `app.invitations.importing.Plan.counts`, and unknown categories.
    summary: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # The newest line of the journal when the rows were compared; -1 when they have not been.
    mark: Mapped[int] = mapped_column(default=0)
    # What taking in did, to take it back; see `app.invitations.undoing`.
    deeds: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, deferred=True)
    made_by: Mapped[str] = mapped_column(String(200), default="")
    # Public id of the account that sent the file, then of the one that decided.
    actor_id: Mapped[str] = mapped_column(String(26), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    event: Mapped[Event] = relationship()
    category: Mapped[Category | None] = relationship()


class GuestListRow(db.Model, Row):
    """One row of a list, and what would become of it."""

    __tablename__ = "guest_list_row"
    __retention__ = "erased when the list is taken in or dropped"
    __table_args__ = (
        UniqueConstraint("import_id", "number"),
        CheckConstraint("outcome IN ('','created','updated','unchanged','rejected')", name="outcome"),
        Index("ix_guest_list_row_import_outcome", "import_id", "outcome"),
    )

    import_id: Mapped[int] = mapped_column(ForeignKey("guest_list_import.id", ondelete="CASCADE"))
    # As the spreadsheet shows it.
    number: Mapped[int]
    # "" before the rows were compared.
    outcome: Mapped[str] = mapped_column(String(10), default="")
    # A code of guest_list.REASONS (rejected) or of matching.DOUBTS; "" for none.
    reason: Mapped[str] = mapped_column(String(20), default="")
    # What a person decided of a possible duplicate: "other", or the key of whom the row means.
    decision: Mapped[str] = mapped_column(String(40), default="")
    # The row as `GuestRow.as_json` gives it; for a rejected one {"column": title at fault}.
    values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # What the page shows: {"category", "is_known", "changes", "candidates"}.
    shown: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class ListLayout(db.Model, Row):
    """What the columns of a sender's lists hold, as a person said it once."""

    __tablename__ = "list_layout"
    __retention__ = "names of columns, no guest; kept while lists are imported"
    __table_args__ = (UniqueConstraint("sender", "fingerprint"),)

    sender: Mapped[str] = mapped_column(String(200), default="")
    # SHA-256 of the titles in their order, folded.
    fingerprint: Mapped[str] = mapped_column(String(64), index=True)
    # [[title, field], …] in the order of the columns.
    columns: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    used_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
