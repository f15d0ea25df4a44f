"""Versions, signatures and print runs of badges"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A badge keeps its identity through its versions; a run of printing keeps its list, its reason, its file."""
    with op.batch_alter_table("event") as batch:
        batch.add_column(sa.Column("badge_key", sa.Integer(), nullable=False, server_default="1"))
    with op.batch_alter_table("badge") as batch:
        batch.alter_column("code", existing_type=sa.String(40), type_=sa.String(140), existing_nullable=False)
        batch.add_column(sa.Column("identity", sa.String(26), nullable=False, server_default=""))
        batch.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("former_codes", sa.String(200), nullable=False, server_default=""))
    op.execute("UPDATE badge SET identity = substr(code, 1, 26)")
    with op.batch_alter_table("badge") as batch:
        batch.alter_column("identity", existing_type=sa.String(26), existing_nullable=False, server_default=None)
        batch.create_unique_constraint(op.f("uq_badge_identity"), ["identity"])
    with op.batch_alter_table("print_run") as batch:
        batch.add_column(sa.Column("product", sa.String(20), nullable=False, server_default="badges"))
        batch.add_column(sa.Column("scope", sa.String(10), nullable=False, server_default="all"))
        batch.add_column(sa.Column("reason", sa.String(200), nullable=False, server_default=""))
        batch.add_column(sa.Column("options", sa.JSON(), nullable=False, server_default="{}"))
        batch.add_column(sa.Column("state", sa.String(8), nullable=False, server_default="ready"))
        batch.add_column(sa.Column("done", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("pages", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("trouble", sa.String(500), nullable=False, server_default=""))
        batch.add_column(sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("pdf", sa.LargeBinary(), nullable=True))
        batch.create_check_constraint(op.f("ck_print_run_state"), "state IN ('waiting','running','ready','failed')")
        batch.create_check_constraint(op.f("ck_print_run_scope"), "scope IN ('all','changed','one','delegation')")
    op.create_table(
        "printed_badge",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("badge_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(32), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["print_run.id"], name=op.f("fk_printed_badge_run_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["badge_id"], ["badge.id"], name=op.f("fk_printed_badge_badge_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printed_badge")),
        sa.UniqueConstraint("run_id", "badge_id", name=op.f("uq_printed_badge_run_id_badge_id")),
    )
    op.create_index(op.f("ix_printed_badge_badge_id"), "printed_badge", ["badge_id"])


def downgrade() -> None:
    """Codes signed since then become the bare identity again; what was printed of them is read no more."""
    op.drop_table("printed_badge")
    with op.batch_alter_table("print_run") as batch:
        batch.drop_constraint(op.f("ck_print_run_scope"), type_="check")
        batch.drop_constraint(op.f("ck_print_run_state"), type_="check")
        for column in (
            "pdf", "finished_at", "trouble", "pages", "done", "state", "options", "reason", "scope", "product",
        ):  # fmt: skip
            batch.drop_column(column)
    op.execute("UPDATE badge SET code = identity, matrix = NULL WHERE code != identity")
    with op.batch_alter_table("badge") as batch:
        batch.drop_constraint(op.f("uq_badge_identity"), type_="unique")
        batch.drop_column("former_codes")
        batch.drop_column("version")
        batch.drop_column("identity")
        batch.alter_column("code", existing_type=sa.String(140), type_=sa.String(40), existing_nullable=False)
    with op.batch_alter_table("event") as batch:
        batch.drop_column("badge_key")
