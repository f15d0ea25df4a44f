"""An event may carry a logo"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A picture for each event that has one; its digest on the event, so that pages need not read it."""
    op.create_table(
        "event_logo",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("picture", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_logo_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_logo")),
        sa.UniqueConstraint("event_id", name=op.f("uq_event_logo_event_id")),
    )
    op.add_column("event", sa.Column("logo_digest", sa.String(16), nullable=False, server_default=""))


def downgrade() -> None:
    """Events without a picture."""
    # Not in batch: making the table anew would take what belongs to each event with it.
    op.drop_column("event", "logo_digest")
    op.drop_table("event_logo")
