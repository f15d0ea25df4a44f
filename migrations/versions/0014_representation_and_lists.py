"""Lists handed to the security of the venue, locked version by version"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Versions of the list, and on the event when the first one was locked."""
    with op.batch_alter_table("event") as batch:
        batch.add_column(sa.Column("list_locked_at", INSTANT, nullable=True))
    op.create_table(
        "security_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=26), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("locked_at", INSTANT, nullable=False),
        sa.Column("locked_by", sa.String(length=200), nullable=False),
        sa.Column("recipient", sa.String(length=300), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("titles", sa.JSON(), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_security_list_version")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_security_list_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_security_list")),
        sa.UniqueConstraint("public_id", name=op.f("uq_security_list_public_id")),
        sa.UniqueConstraint("event_id", "version", name=op.f("uq_security_list_event_id_version")),
    )


def downgrade() -> None:
    """Lists are forgotten."""
    op.drop_table("security_list")
    with op.batch_alter_table("event") as batch:
        batch.drop_column("list_locked_at")
