"""Letters paced, bounced, stopped by their reader"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BEFORE = "state IN ('queued','sending','sent','failed','cancelled')"
AFTER = "state IN ('queued','sending','sent','bounced','failed','cancelled')"


def upgrade() -> None:
    """Letters know when they are due, which worker has them, and that they came back."""
    with op.batch_alter_table("message") as batch:
        batch.add_column(sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("worker", sa.String(length=80), nullable=False, server_default=""))
        batch.add_column(sa.Column("bounced_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE message SET due_at = queued_at")
    with op.batch_alter_table("message") as batch:
        batch.alter_column("due_at", existing_type=sa.DateTime(timezone=True), nullable=False)
        batch.drop_constraint(op.f("ck_message_state"), type_="check")
        batch.create_check_constraint(op.f("ck_message_state"), AFTER)
        batch.create_index("ix_message_state_due_at", ["state", "due_at"])
        batch.create_index("ix_message_sending_since", ["sending_since"])


def downgrade() -> None:
    """Letters that came back count as failed."""
    op.execute("UPDATE message SET state = 'failed' WHERE state = 'bounced'")
    with op.batch_alter_table("message") as batch:
        batch.drop_index("ix_message_sending_since")
        batch.drop_index("ix_message_state_due_at")
        batch.drop_constraint(op.f("ck_message_state"), type_="check")
        batch.create_check_constraint(op.f("ck_message_state"), BEFORE)
        batch.drop_column("bounced_at")
        batch.drop_column("worker")
        batch.drop_column("due_at")
