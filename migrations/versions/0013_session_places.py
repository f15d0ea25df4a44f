"""Places in sessions"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Sessions have places; who registered may have one in each."""
    with op.batch_alter_table("event") as batch:
        batch.add_column(sa.Column("has_session_choices", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("session") as batch:
        batch.add_column(sa.Column("enrolment", sa.String(length=6), nullable=False, server_default="none"))
        batch.add_column(sa.Column("capacity", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("state", sa.String(length=9), nullable=False, server_default="planned"))
        batch.create_check_constraint(op.f("ck_session_capacity"), "capacity IS NULL OR capacity >= 0")
        batch.create_check_constraint(op.f("ck_session_enrolment"), "enrolment IN ('none','open','closed')")
        batch.create_check_constraint(op.f("ck_session_state"), "state IN ('planned','cancelled')")
    _places()


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("session_place")
    with op.batch_alter_table("session") as batch:
        for name in ("capacity", "enrolment", "state"):
            batch.drop_constraint(op.f(f"ck_session_{name}"), type_="check")
        for name in ("state", "capacity", "enrolment"):
            batch.drop_column(name)
    with op.batch_alter_table("event") as batch:
        batch.drop_column("has_session_choices")


def _places() -> None:
    op.create_table(
        "session_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("waiting_rank", sa.Integer(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(state = 'waiting') = (waiting_rank IS NOT NULL)", name=op.f("ck_session_place_rank")),
        sa.CheckConstraint("state IN ('confirmed','waiting','cancelled')", name=op.f("ck_session_place_state")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name="fk_session_place_session_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name="fk_session_place_registration_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_session_place"),
        sa.UniqueConstraint("public_id", name="uq_session_place_public_id"),
        sa.UniqueConstraint("session_id", "registration_id", name="uq_session_place_session_id_registration_id"),
        sa.UniqueConstraint("session_id", "waiting_rank", name="uq_session_place_session_id_waiting_rank"),
    )
    op.create_index("ix_session_place_registration_id", "session_place", ["registration_id"])
    op.create_index("ix_session_place_session_state", "session_place", ["session_id", "state"])
