"""Lists read in the background, mapped, applied, undone"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STATES = "state IN ('reading','refused','previewed','applying','applied','undone','dropped')"
FORMER_STATES = "state IN ('previewed','applied','dropped')"


def upgrade() -> None:
    """Rows of a list get a table of their own; lists waiting for approval keep waiting."""
    op.create_table(
        "guest_list_row",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("decision", sa.String(length=40), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("shown", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('','created','updated','unchanged','rejected')", name=op.f("ck_guest_list_row_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["guest_list_import.id"], name=op.f("fk_guest_list_row_import_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guest_list_row")),
        sa.UniqueConstraint("import_id", "number", name=op.f("uq_guest_list_row_import_id_number")),
    )
    op.create_index("ix_guest_list_row_import_outcome", "guest_list_row", ["import_id", "outcome"])
    op.create_table(
        "list_layout",
        sa.Column("sender", sa.String(length=200), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_layout")),
        sa.UniqueConstraint("sender", "fingerprint", name=op.f("uq_list_layout_sender_fingerprint")),
    )
    op.create_index(op.f("ix_list_layout_fingerprint"), "list_layout", ["fingerprint"])
    _widen_import()
    _move_rows()
    with op.batch_alter_table("guest_list_import") as batch:
        batch.drop_column("rows")
        for name in ("sender", "language", "chosen", "seen", "problem", "done", "total", "mark", "deeds", "actor_id"):
            batch.alter_column(name, server_default=None)


def _widen_import() -> None:
    with op.batch_alter_table("guest_list_import") as batch:
        batch.drop_constraint(op.f("ck_guest_list_import_state"), type_="check")
        batch.create_check_constraint(op.f("ck_guest_list_import_state"), STATES)
        batch.add_column(sa.Column("sender", sa.String(length=200), nullable=False, server_default=""))
        batch.add_column(sa.Column("language", sa.String(length=2), nullable=False, server_default="fr"))
        batch.add_column(sa.Column("file", sa.LargeBinary(), nullable=True))
        for name in ("chosen", "seen", "problem", "deeds"):
            batch.add_column(sa.Column(name, sa.JSON(), nullable=False, server_default="{}"))
        for name in ("done", "total", "mark"):
            batch.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("actor_id", sa.String(length=26), nullable=False, server_default=""))
        batch.add_column(sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True))


def _tables() -> tuple[sa.TableClause, sa.TableClause]:
    lists = sa.table(
        "guest_list_import",
        sa.column("id", sa.Integer),
        sa.column("rows", sa.JSON),
        sa.column("summary", sa.JSON),
        sa.column("language", sa.String),
        sa.column("state", sa.String),
        sa.column("mark", sa.Integer),
    )
    rows = sa.table(
        "guest_list_row",
        sa.column("import_id", sa.Integer),
        sa.column("number", sa.Integer),
        sa.column("outcome", sa.String),
        sa.column("reason", sa.String),
        sa.column("decision", sa.String),
        sa.column("values", sa.JSON),
        sa.column("shown", sa.JSON),
    )
    return lists, rows


def _move_rows() -> None:
    """What waits for approval is to be compared again: `mark` says that it has not been."""
    lists, rows = _tables()
    connection = op.get_bind()
    waiting = sa.select(lists.c.id, lists.c.rows, lists.c.summary).where(lists.c.state == "previewed")
    for number, held, summary in connection.execute(waiting).all():
        base = {"import_id": number, "reason": "", "decision": "", "shown": {}}
        moved = [{**base, "number": row["number"], "outcome": "", "values": row} for row in held]
        taken = {row["number"] for row in held}
        moved += [
            {**base, "number": row, "outcome": "rejected", "reason": code, "values": {"column": column}}
            for row, code, column in (summary or {}).get("rejected", [])
            if row not in taken
        ]
        if moved:
            connection.execute(rows.insert(), moved)
        change = lists.update().where(lists.c.id == number)
        connection.execute(change.values(language=(summary or {}).get("language", "fr"), summary={}, mark=-1))


def downgrade() -> None:
    """Lists under way are forgotten; what was taken in stays."""
    lists, _rows = _tables()
    op.execute(lists.update().where(lists.c.state.not_in(["applied"])).values(state="dropped"))
    with op.batch_alter_table("guest_list_import") as batch:
        batch.drop_constraint(op.f("ck_guest_list_import_state"), type_="check")
        batch.create_check_constraint(op.f("ck_guest_list_import_state"), FORMER_STATES)
        batch.add_column(sa.Column("rows", sa.JSON(), nullable=False, server_default="[]"))
        for name in (
            "sender", "language", "file", "chosen", "seen", "problem", "done", "total", "mark", "deeds",
            "actor_id", "decided_at",
        ):  # fmt: skip
            batch.drop_column(name)
    op.drop_table("list_layout")
    op.drop_table("guest_list_row")
