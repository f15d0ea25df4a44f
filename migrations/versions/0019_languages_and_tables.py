"""The languages a person speaks, and the table or zone a guest is given"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None
PLACED = ("invitation", "registration")


def upgrade() -> None:
    """Nobody's languages are known yet, and nobody has a table."""
    with op.batch_alter_table("person") as batch:
        batch.add_column(sa.Column("spoken", sa.JSON(), nullable=False, server_default="[]"))
    for table in PLACED:
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("zone", sa.String(length=30), nullable=False, server_default=""))


def downgrade() -> None:
    """The badges of before showed neither."""
    for table in PLACED:
        with op.batch_alter_table(table) as batch:
            batch.drop_column("zone")
    with op.batch_alter_table("person") as batch:
        batch.drop_column("spoken")
