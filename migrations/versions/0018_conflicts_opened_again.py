"""Conflicts of the door opened again, and what else devices without a network bring"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True)
KINDS_BEFORE = "kind IN ('twice_in','cancelled_before','copy_suspected','clock_off','refused_here')"
KINDS_AFTER = (
    "kind IN ('twice_in','cancelled_before','copy_suspected','clock_off','refused_here','undo_crossed','stale_list')"
)


def upgrade() -> None:
    """Each decision and each reopening is a row; the conflict keeps the decision that stands."""
    op.create_table(
        "door_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conflict_id", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("decided_at", WHEN, nullable=False),
        sa.ForeignKeyConstraint(
            ["conflict_id"], ["door_conflict.id"], name="fk_door_decision_conflict_id", ondelete="CASCADE"
        ),
        sa.CheckConstraint(
            "decision IN ('','stands','one_person','two_people','taken_back','seen')",
            name=op.f("ck_door_decision_decision"),
        ),
        sa.PrimaryKeyConstraint("id", name="pk_door_decision"),
    )
    op.create_index("ix_door_decision_conflict_id", "door_decision", ["conflict_id"])
    op.execute(
        "INSERT INTO door_decision (conflict_id, decision, reason, decided_by, decided_at) "
        "SELECT id, decision, reason, decided_by, decided_at FROM door_conflict WHERE decision <> '' ORDER BY id"
    )
    _kinds(KINDS_AFTER)


def downgrade() -> None:
    """What had no word before is gone; of the decisions the one that stands."""
    op.drop_table("door_decision")
    op.execute("DELETE FROM door_conflict WHERE kind IN ('undo_crossed','stale_list')")
    _kinds(KINDS_BEFORE)


def _kinds(known: str) -> None:
    with op.batch_alter_table("door_conflict") as batch:
        batch.drop_constraint(op.f("ck_door_conflict_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_door_conflict_kind"), known)
